using System.Runtime.InteropServices;
using ScoreGpu.Viz.Drawing;

namespace ScoreGpu.Viz.Png;

/// <summary>
/// Draws on an opaque page of float RGB pixels, so that many faint layers add up without rounding.
/// </summary>
internal sealed class RasterCanvas : ICanvas
{
    private readonly double _scale;
    private readonly float[] _rgb;
    private readonly CoverageRasteriser _rasteriser = new();
    private readonly Stack<PixelRect> _clips = new();
    private readonly Stack<Backdrop?> _groups = new();

    /// <summary>A page of the given size in points, filled with one colour.</summary>
    public RasterCanvas(double width, double height, double dpi, Color background)
    {
        _scale = dpi / 72;
        Width = (int)Math.Round(width * _scale);
        Height = (int)Math.Round(height * _scale);
        Dpi = dpi;
        _rgb = new float[Width * Height * 3];
        for (int i = 0; i < _rgb.Length; i += 3)
        {
            (_rgb[i], _rgb[i + 1], _rgb[i + 2]) = (background.R, background.G, background.B);
        }

        _clips.Push(new PixelRect(0, 0, Width, Height));
    }

    public int Width { get; }

    public int Height { get; }

    public double Dpi { get; }

    /// <summary>The page as a PNG.</summary>
    public byte[] ToPng()
    {
        byte[] bytes = new byte[_rgb.Length];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)Math.Clamp(_rgb[i] + 0.5f, 0, 255);
        }

        return PngWriter.Encode(Width, Height, bytes, channels: 3, Dpi);
    }

    public void Fill(PathData path, Color color)
    {
        foreach (PathData.Polyline polyline in path.Polylines)
        {
            _rasteriser.Add(CollectionsMarshal.AsSpan(ToPixels(polyline.Points)));
        }

        Paint(color);
    }

    public void Stroke(PathData path, Pen pen)
    {
        AddStroke(path, pen, default);
        Paint(pen.Color);
    }

    public void Marks(MarkerStyle style, IReadOnlyList<Point2> centres)
    {
        List<Point2> outline = ToPixels(MarkerOutline.Of(style.Shape, style.Size));
        PixelRect clip = _clips.Peek();
        double reach = (style.Size + (style.Edge?.Width ?? 0)) * _scale * 2;
        foreach (Point2 centre in centres)
        {
            Point2 at = centre * _scale;
            bool isNear = at.X > clip.Left - reach && at.X < clip.Right + reach
                && at.Y > clip.Top - reach && at.Y < clip.Bottom + reach;
            if (!isNear)
            {
                continue;
            }

            _rasteriser.Add(CollectionsMarshal.AsSpan(outline), at);
            Paint(style.Fill);
            if (style.Edge is { } edge)
            {
                var moved = outline.ConvertAll(p => p + at);
                Stroker.Add(_rasteriser, moved, closed: true, edge.Width * _scale, roundCaps: false);
                Paint(edge.Color);
            }
        }
    }

    public void Text(string text, Point2 anchor, TextStyle style)
    {
        if (style.Halo is { } halo)
        {
            TextOutline.Draw(_rasteriser, text, anchor, style, _scale, extraWeight: 0.15, () => Paint(halo));
        }

        TextOutline.Draw(_rasteriser, text, anchor, style, _scale, extraWeight: 0, () => Paint(style.Color));
    }

    public void Image(Pixels pixels, Rect area)
    {
        ImageResampler.Axis columns = ImageResampler.Along(area.Left * _scale, area.Right * _scale, pixels.Width);
        ImageResampler.Axis rows = ImageResampler.Along(area.Top * _scale, area.Bottom * _scale, pixels.Height);
        ImageResampler.Draw(pixels, columns, rows, _clips.Peek(), BlendPixel);
    }

    public void PushClip(Rect area) => _clips.Push(_clips.Peek().Intersect(PixelRect.Nearest(area, _scale)));

    public void PopClip() => _clips.Pop();

    public void PushGroup(string name, double opacity = 1)
        => _groups.Push(opacity >= 1 ? null : Backdrop.Take(_rgb, Width, _clips.Peek(), (float)opacity));

    public void PopGroup() => _groups.Pop()?.BlendUnder(_rgb, Width);

    private void AddStroke(PathData path, Pen pen, Point2 offset)
    {
        double width = Math.Max(pen.Width * _scale, 0.35);
        double[]? dash = pen.IsDashed ? Array.ConvertAll(pen.Dash!, length => length * _scale) : null;
        foreach (PathData.Polyline polyline in path.Polylines)
        {
            List<Point2> points = ToPixels(polyline.Points).ConvertAll(p => p + offset);
            double snapped = PixelSnap.Align(points, polyline.IsClosed, width);
            if (dash is null)
            {
                Stroker.Add(_rasteriser, points, polyline.IsClosed, snapped, pen.RoundCaps);
                continue;
            }

            foreach (List<Point2> piece in Dasher.Cut(points, polyline.IsClosed, dash))
            {
                Stroker.Add(_rasteriser, piece, closed: false, snapped, pen.RoundCaps);
            }
        }
    }

    private List<Point2> ToPixels(IReadOnlyList<Point2> points)
    {
        var pixels = new List<Point2>(points.Count);
        for (int i = 0; i < points.Count; i++)
        {
            pixels.Add(points[i] * _scale);
        }

        return pixels;
    }

    private void Paint(Color color)
    {
        _rasteriser.Flush(_clips.Peek(), (y, left, coverage) =>
        {
            for (int i = 0; i < coverage.Length; i++)
            {
                BlendPixel(left + i, y, color.R, color.G, color.B, coverage[i] * (float)color.Alpha);
            }
        });
    }

    private void BlendPixel(int x, int y, float r, float g, float b, float alpha)
    {
        int at = ((y * Width) + x) * 3;
        _rgb[at] += (r - _rgb[at]) * alpha;
        _rgb[at + 1] += (g - _rgb[at + 1]) * alpha;
        _rgb[at + 2] += (b - _rgb[at + 2]) * alpha;
    }
}
