namespace ScoreGpu.Viz.Layout;

/// <summary>Maps data along one axis to the page.</summary>
/// <param name="Min">The datum at From.</param>
/// <param name="Max">The datum at To.</param>
/// <param name="From">Where on the page the axis starts.</param>
/// <param name="To">Where it ends.</param>
/// <param name="IsLog">Whether the axis is logarithmic.</param>
internal sealed record AxisMap(double Min, double Max, double From, double To, bool IsLog)
{
    // Data far outside the limits must not overflow the rasteriser's arithmetic.
    private const double Farthest = 1e5;

    public double Map(double value)
    {
        double t = IsLog
            ? (Math.Log(Math.Max(value, Min * 1e-3)) - Math.Log(Min)) / (Math.Log(Max) - Math.Log(Min))
            : (value - Min) / (Max - Min);
        return Math.Clamp(From + (t * (To - From)), -Farthest, Farthest);
    }
}
