namespace ScoreGpu.Viz;

/// <summary>The range that data span along one axis, and the part of it that needs no margin.</summary>
internal readonly record struct Extent(double Min, double Max, double TightMin, double TightMax)
{
    public static Extent Empty { get; } = new(
        double.PositiveInfinity, double.NegativeInfinity, double.PositiveInfinity, double.NegativeInfinity);

    public bool IsEmpty => Min > Max;

    /// <summary>The range of the finite numbers among the values.</summary>
    public static Extent Of(IEnumerable<double> values)
    {
        Extent extent = Empty;
        foreach (double value in values)
        {
            if (double.IsFinite(value))
            {
                extent = extent with { Min = Math.Min(extent.Min, value), Max = Math.Max(extent.Max, value) };
            }
        }

        return extent;
    }

    /// <summary>A range that axes end at exactly, if nothing reaches beyond it.</summary>
    public static Extent Tight(double min, double max) => new(min, max, min, max);

    public Extent Union(Extent other) => new(
        Math.Min(Min, other.Min), Math.Max(Max, other.Max),
        Math.Min(TightMin, other.TightMin), Math.Max(TightMax, other.TightMax));
}
