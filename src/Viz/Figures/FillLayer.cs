using ScoreGpu.Viz.Drawing;
using ScoreGpu.Viz.Layout;

namespace ScoreGpu.Viz;

/// <summary>The area between two curves over the same abscissas.</summary>
/// <param name="X">Abscissas.</param>
/// <param name="Lower">Ordinates of one curve.</param>
/// <param name="Upper">Ordinates of the other.</param>
internal sealed record FillLayer(Column X, Column Lower, Column Upper) : Layer
{
    internal override string Kind => "fill";

    internal override Extent XExtent => Extent.Of(X.Values);

    internal override Extent YExtent
    {
        get
        {
            var lower = Extent.Of(Lower.Values);
            var all = lower.Union(Extent.Of(Upper.Values));

            // A flat base, such as the zero under a density, is where the axis should start.
            return lower.Min == lower.Max ? all.Union(Extent.Tight(lower.Min, lower.Min)) : all;
        }
    }

    internal override void Draw(ICanvas canvas, Frame frame)
    {
        var outline = new List<Point2>(2 * X.Length);
        for (int i = 0; i < X.Length; i++)
        {
            outline.Add(frame.At(X.Values[i], Upper.Values[i]));
        }

        for (int i = X.Length - 1; i >= 0; i--)
        {
            outline.Add(frame.At(X.Values[i], Lower.Values[i]));
        }

        canvas.Fill(PathData.Closed(outline), Shade(frame.Theme));
    }
}
