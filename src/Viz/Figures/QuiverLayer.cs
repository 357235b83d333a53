using ScoreGpu.Viz.Drawing;
using ScoreGpu.Viz.Layout;

namespace ScoreGpu.Viz;

/// <summary>An arrow for each vector of a field, its tail at the vector's point.</summary>
/// <param name="At">Where the arrows start.</param>
/// <param name="Vectors">The vectors, one a point.</param>
internal sealed record QuiverLayer(Points At, Points Vectors) : Layer
{
    /// <summary>The length of the longest arrow in data units; without one, the spacing of the points.</summary>
    public double? Length { get; init; }

    /// <summary>How the other arrows' lengths follow.</summary>
    public ArrowLengths Lengths { get; init; }

    /// <summary>The shaft's width in points; without one, a twelfth of the longest arrow.</summary>
    public double? Width { get; init; }

    /// <summary>Colours by magnitude; without a map and a colour, the theme's map for vectors.</summary>
    public ColorMap? Map { get; init; }

    /// <summary>The magnitudes that the map's ends stand for; without them, those of the field.</summary>
    public (double Min, double Max)? Range { get; init; }

    internal override string Kind => "quiver";

    internal override bool UsesCycle => false;

    internal override Extent XExtent => Extent.Of(At.X);

    internal override Extent YExtent => Extent.Of(At.Y);

    internal override ColorScale? ScaleFor(Theme theme)
    {
        if (Color is not null && Map is null)
        {
            return null;
        }

        double[] magnitudes = Magnitudes();
        (double min, double max) = Range ?? (magnitudes.DefaultIfEmpty(0).Min(), magnitudes.DefaultIfEmpty(1).Max());
        return new ColorScale(Map ?? theme.VectorMap, min, max, Alpha);
    }

    internal override void Draw(ICanvas canvas, Frame frame)
    {
        double[] magnitudes = Magnitudes();
        double greatest = magnitudes.DefaultIfEmpty(0).Max();
        double length = Length ?? 0.95 * Spacing();
        double width = Width ?? Math.Clamp(length / (frame.X.Max - frame.X.Min) * frame.Area.Width / 12, 0.8, 2.4);
        ColorScale? scale = ScaleFor(frame.Theme);
        for (int i = 0; i < At.Count; i++)
        {
            double relative = greatest == 0 ? 0 : magnitudes[i] / greatest;
            double reach = length * Lengths switch
            {
                ArrowLengths.SquareRoot => Math.Sqrt(relative),
                ArrowLengths.Equal => relative == 0 ? 0 : 1,
                _ => relative,
            };
            double perUnit = magnitudes[i] == 0 ? 0 : reach / magnitudes[i];
            Point2 tail = frame.At(At.X[i], At.Y[i]);
            Point2 tip = frame.At(At.X[i] + (perUnit * Vectors.X[i]), At.Y[i] + (perUnit * Vectors.Y[i]));
            canvas.Fill(Arrow.Outline(tail, tip, width), scale?.Sample(magnitudes[i]) ?? Shade(frame.Theme));
        }
    }

    internal override void DrawKey(ICanvas canvas, Rect area, Theme theme) => canvas.Fill(
        Arrow.Outline(new Point2(area.Left, area.Centre.Y), new Point2(area.Right, area.Centre.Y), 1.5),
        ScaleFor(theme)?.Map.Sample(0.5) ?? KeyShade(theme));

    private double[] Magnitudes()
        => Vectors.X.Select((x, i) => Math.Sqrt((x * x) + (Vectors.Y[i] * Vectors.Y[i]))).ToArray();

    // The side of a square's share of the points' bounding box, exact for a square grid.
    private double Spacing()
    {
        Extent x = XExtent;
        Extent y = YExtent;
        double area = (x.Max - x.Min) * (y.Max - y.Min);
        double side = Math.Sqrt(At.Count) - 1;
        return At.Count < 4 || area == 0 ? 1 : Math.Sqrt(area) / side;
    }
}
