using ScoreGpu.Viz.Drawing;
using ScoreGpu.Viz.Fields;
using ScoreGpu.Viz.Layout;

namespace ScoreGpu.Viz;

/// <summary>Evenly spaced streamlines, thinner where they come close, with arrow heads.</summary>
/// <param name="Field">The field.</param>
/// <param name="Separation">The distance between lines, in data units.</param>
internal sealed record StreamlineLayer(VectorGrid Field, double Separation) : Layer
{
    // Thickness and colour change along a line in steps too small to see, so that a stroke is not a single segment.
    private const int Widths = 8;
    private const int Shades = 24;

    // The points of a line are a tenth of the separation apart, closer than a drawing needs.
    private const int Stride = 2;

    // A head stands in the middle of every stretch of so many separations.
    private const double HeadEvery = 9;
    private const double ThinnestShare = 0.25;

    private readonly IReadOnlyList<Streamline> _lines = StreamlineTracer.Trace(Field, Separation);

    /// <summary>The width in points where lines are far apart.</summary>
    public double Width { get; init; } = 1.4;

    /// <summary>Colours by magnitude; without a map and a colour, the theme's map for vectors.</summary>
    public ColorMap? Map { get; init; }

    internal override string Kind => "streamlines";

    internal override bool UsesCycle => false;

    internal override Extent XExtent => Extent.Tight(Field.X[0], Field.X[^1]);

    internal override Extent YExtent => Extent.Tight(Field.Y[0], Field.Y[^1]);

    internal override ColorScale? ScaleFor(Theme theme) => Color is not null && Map is null
        ? null
        : new ColorScale(Map ?? theme.VectorMap, Field.Least, Field.Greatest, Alpha);

    internal override void Draw(ICanvas canvas, Frame frame)
    {
        foreach (Streamline line in _lines)
        {
            DrawLine(canvas, frame, line);
        }

        foreach (Streamline line in _lines)
        {
            DrawHeads(canvas, frame, line);
        }
    }

    internal override void DrawKey(ICanvas canvas, Rect area, Theme theme) => canvas.Fill(
        Arrow.Outline(new Point2(area.Left, area.Centre.Y), new Point2(area.Right, area.Centre.Y), Width),
        ScaleFor(theme)?.Map.Sample(0.5) ?? KeyShade(theme));

    private void DrawLine(ICanvas canvas, Frame frame, Streamline line)
    {
        List<Point2> stroke = [frame.At(line.X[0], line.Y[0])];
        (int Width, int Shade) current = LookOf(line, 0);
        for (int i = 1; i < line.Count; i++)
        {
            bool isLast = i == line.Count - 1;
            if (i % Stride != 0 && !isLast)
            {
                continue;
            }

            Point2 at = frame.At(line.X[i], line.Y[i]);
            stroke.Add(at);
            (int Width, int Shade) look = LookOf(line, i);
            if (look != current || isLast)
            {
                double width = Width * (current.Width + 1) / Widths;
                canvas.Stroke(
                    PathData.Open(stroke), new Pen(ShadeOf(frame, current.Shade), width, RoundCaps: true));
                stroke = [at];
                current = look;
            }
        }
    }

    private void DrawHeads(ICanvas canvas, Frame frame, Streamline line)
    {
        // The points of a line are evenly apart.
        double length = (line.Count - 1) * Distance(line, 0, 1);
        int heads = Math.Max(1, (int)Math.Round(length / (HeadEvery * Separation)));
        for (int head = 0; head < heads; head++)
        {
            int i = Math.Clamp((int)((head + 0.5) / heads * line.Count), 1, line.Count - 1);
            Point2 tip = frame.At(line.X[i], line.Y[i]);
            Point2 along = tip - frame.At(line.X[i - 1], line.Y[i - 1]);
            double size = 2.6 * Width;
            double reach = along.Length == 0 ? 0 : size / along.Length;
            canvas.Fill(
                Arrow.Head(tip - (along * reach), tip + (along * reach), size),
                ShadeOf(frame, LookOf(line, i).Shade));
        }
    }

    private (int Width, int Shade) LookOf(Streamline line, int i)
    {
        double test = StreamlineTracer.TestFactor * Separation;
        double far = Math.Clamp((line.Gaps[i] - test) / (Separation - test), 0, 1);
        double share = ThinnestShare + ((1 - ThinnestShare) * far);
        (double u, double v) = Field.At(line.X[i], line.Y[i]);
        double magnitude = Math.Sqrt((u * u) + (v * v));
        double range = Field.Greatest - Field.Least;
        double strength = range > 0 ? (magnitude - Field.Least) / range : 0.5;
        return ((int)Math.Round(share * (Widths - 1)), (int)Math.Round(Math.Clamp(strength, 0, 1) * (Shades - 1)));
    }

    private Color ShadeOf(Frame frame, int shade) => ScaleFor(frame.Theme) is { } scale
        ? scale.Map.Sample(shade / (Shades - 1.0)).Fade(Alpha)
        : Shade(frame.Theme);

    private static double Distance(Streamline line, int a, int b) => Math.Sqrt(
        ((line.X[a] - line.X[b]) * (line.X[a] - line.X[b])) + ((line.Y[a] - line.Y[b]) * (line.Y[a] - line.Y[b])));
}
