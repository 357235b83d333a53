using System.Text;
using ScoreGpu.Viz.Drawing;
using ScoreGpu.Viz.Png;

namespace ScoreGpu.Viz.Svg;

/// <summary>
/// Writes SVG 1.1. Text stays text; clips are nested <c>svg</c> elements, so that several figures can share one HTML
/// page without their identifiers meeting.
/// </summary>
internal sealed class SvgCanvas : ICanvas
{
    private const string FontStack = "Inter, 'Segoe UI', 'Helvetica Neue', Helvetica, Arial, 'DejaVu Sans', sans-serif";

    private readonly StringBuilder _svg = new();

    /// <summary>A page of the given size in points, filled with one colour.</summary>
    public SvgCanvas(double width, double height, Color background, Color foreground, string title)
    {
        string w = SvgText.Number(width);
        string h = SvgText.Number(height);
        string label = SvgText.Escape(title);
        _svg.Append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"").Append(w).Append("pt\" height=\"").Append(h)
            .Append("pt\" viewBox=\"0 0 ").Append(w).Append(' ').Append(h).Append("\" role=\"img\" aria-label=\"")
            .Append(label).Append("\" font-family=\"").Append(FontStack).Append("\" fill=\"").Append(foreground.ToHex())
            .Append("\" stroke-linejoin=\"round\">\n<title>").Append(label).Append("</title>\n<rect width=\"").Append(w)
            .Append("\" height=\"").Append(h).Append("\" fill=\"").Append(background.ToHex()).Append("\"/>\n");
    }

    /// <summary>The whole document.</summary>
    public string Finish() => _svg.ToString() + "</svg>\n";

    public void Fill(PathData path, Color color)
    {
        if (path.Polylines.Count > 0)
        {
            AppendPath(path);
            AppendFill(color);
            _svg.Append("/>\n");
        }
    }

    public void Stroke(PathData path, Pen pen)
    {
        if (path.Polylines.Count > 0)
        {
            AppendPath(path);
            _svg.Append(" fill=\"none\"");
            AppendPen(pen);
            _svg.Append("/>\n");
        }
    }

    public void Marks(MarkerStyle style, IReadOnlyList<Point2> centres)
    {
        _svg.Append("<g");
        AppendFill(style.Fill);
        if (style.Edge is { } edge)
        {
            AppendPen(edge);
        }

        _svg.Append(">\n");
        Point2[] outline = style.Shape == Marker.Circle ? [] : MarkerOutline.Of(style.Shape, style.Size);
        string radius = SvgText.Number(style.Size / 2);
        foreach (Point2 centre in centres)
        {
            if (style.Shape == Marker.Circle)
            {
                _svg.Append("<circle cx=\"").Append(SvgText.Number(centre.X)).Append("\" cy=\"")
                    .Append(SvgText.Number(centre.Y)).Append("\" r=\"").Append(radius).Append("\"/>\n");
            }
            else
            {
                AppendPath(PathData.Closed(Array.ConvertAll(outline, p => p + centre)));
                _svg.Append("/>\n");
            }
        }

        _svg.Append("</g>\n");
    }

    public void Text(string text, Point2 anchor, TextStyle style)
    {
        string x = SvgText.Number(anchor.X);
        string y = SvgText.Number(anchor.Y);
        _svg.Append("<text x=\"").Append(x).Append("\" y=\"").Append(y)
            .Append("\" font-size=\"").Append(SvgText.Number(style.Size)).Append('"');
        if (style.Align != TextAlign.Start)
        {
            _svg.Append(" text-anchor=\"").Append(style.Align == TextAlign.Middle ? "middle" : "end").Append('"');
        }

        if (style.IsBold)
        {
            _svg.Append(" font-weight=\"600\"");
        }

        if (style.IsVertical)
        {
            _svg.Append(" transform=\"rotate(-90 ").Append(x).Append(' ').Append(y).Append(")\"");
        }

        if (style.Halo is { } halo)
        {
            _svg.Append(" paint-order=\"stroke\" stroke=\"").Append(halo.ToHex()).Append("\" stroke-width=\"")
                .Append(SvgText.Number(style.Size * 0.3)).Append('"');
        }

        AppendFill(style.Color);
        _svg.Append('>').Append(SvgText.Escape(text)).Append("</text>\n");
    }

    public void Image(Pixels pixels, Rect area)
    {
        byte[] png = PngWriter.Encode(pixels.Width, pixels.Height, pixels.Rgba, channels: 4);
        _svg.Append("<image");
        AppendArea(area);
        _svg.Append(" preserveAspectRatio=\"none\" href=\"data:image/png;base64,")
            .Append(Convert.ToBase64String(png)).Append("\"/>\n");
    }

    public void PushClip(Rect area)
    {
        _svg.Append("<svg");
        AppendArea(area);
        double[] viewBox = [area.Left, area.Top, area.Width, area.Height];
        _svg.Append(" viewBox=\"").AppendJoin(' ', viewBox.Select(SvgText.Number))
            .Append("\" overflow=\"hidden\">\n");
    }

    public void PopClip() => _svg.Append("</svg>\n");

    public void PushGroup(string name, double opacity = 1)
    {
        _svg.Append("<g class=\"").Append(SvgText.Escape(name)).Append('"');
        if (opacity < 1)
        {
            _svg.Append(" opacity=\"").Append(SvgText.Number(opacity)).Append('"');
        }

        _svg.Append(">\n");
    }

    public void PopGroup() => _svg.Append("</g>\n");

    private void AppendArea(Rect area)
        => _svg.Append(" x=\"").Append(SvgText.Number(area.Left)).Append("\" y=\"").Append(SvgText.Number(area.Top))
            .Append("\" width=\"").Append(SvgText.Number(area.Width)).Append("\" height=\"")
            .Append(SvgText.Number(area.Height)).Append('"');

    private void AppendPath(PathData path)
    {
        _svg.Append("<path d=\"");
        foreach (PathData.Polyline polyline in path.Polylines)
        {
            for (int i = 0; i < polyline.Points.Count; i++)
            {
                Point2 p = polyline.Points[i];
                _svg.Append(i == 0 ? 'M' : 'L').Append(SvgText.Number(p.X)).Append(' ').Append(SvgText.Number(p.Y));
            }

            if (polyline.IsClosed)
            {
                _svg.Append('Z');
            }
        }

        _svg.Append('"');
    }

    private void AppendFill(Color color)
    {
        _svg.Append(" fill=\"").Append(color.ToHex()).Append('"');
        if (color.Alpha < 1)
        {
            _svg.Append(" fill-opacity=\"").Append(SvgText.Number(color.Alpha)).Append('"');
        }
    }

    private void AppendPen(Pen pen)
    {
        _svg.Append(" stroke=\"").Append(pen.Color.ToHex()).Append("\" stroke-width=\"")
            .Append(SvgText.Number(pen.Width)).Append('"');
        if (pen.Color.Alpha < 1)
        {
            _svg.Append(" stroke-opacity=\"").Append(SvgText.Number(pen.Color.Alpha)).Append('"');
        }

        if (pen.IsDashed)
        {
            _svg.Append(" stroke-dasharray=\"").AppendJoin(' ', pen.Dash!.Select(SvgText.Number)).Append('"');
        }

        if (pen.RoundCaps)
        {
            _svg.Append(" stroke-linecap=\"round\"");
        }
    }
}
