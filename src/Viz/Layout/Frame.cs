using ScoreGpu.Viz.Drawing;

namespace ScoreGpu.Viz.Layout;

/// <summary>Where a panel's data go on the page.</summary>
internal sealed record Frame(AxisMap X, AxisMap Y, Rect Area, Theme Theme)
{
    public Point2 At(double x, double y) => new(X.Map(x), Y.Map(y));

    public Point2[] At(Points points)
    {
        var mapped = new Point2[points.Count];
        for (int i = 0; i < mapped.Length; i++)
        {
            mapped[i] = At(points.X[i], points.Y[i]);
        }

        return mapped;
    }
}
