namespace ScoreGpu.Viz.Layout;

/// <summary>Chooses the ends of axes from the data, where the panel does not give them.</summary>
internal static class LimitFinder
{
    private const double Margin = 0.05;

    /// <summary>The ends of one axis: the data's, a twentieth wider except where a layer needs no margin.</summary>
    public static (double Min, double Max) Fit(IEnumerable<Extent> extents, bool isLog)
    {
        Extent all = extents.Aggregate(Extent.Empty, (a, b) => a.Union(b));
        if (all.IsEmpty)
        {
            return isLog ? (1, 10) : (0, 1);
        }

        return isLog ? FitLog(all) : FitLinear(all);
    }

    /// <summary>Limits that a panel gives, if an axis can have them.</summary>
    /// <exception cref="ArgumentException">The axis is logarithmic and the limits are not above 0.</exception>
    public static (double Min, double Max) Check((double Min, double Max) limits, bool isLog, string name)
    {
        if (isLog)
        {
            Require.Positive(limits.Min, name);
        }

        return limits;
    }

    private static (double Min, double Max) FitLinear(Extent all)
    {
        if (all.Min == all.Max)
        {
            double half = all.Min == 0 ? 0.5 : Math.Abs(all.Min) * 0.1;
            return (all.Min - half, all.Max + half);
        }

        double margin = (all.Max - all.Min) * Margin;
        double min = all.Min == all.TightMin ? all.Min : all.Min - margin;
        double max = all.Max == all.TightMax ? all.Max : all.Max + margin;
        return (min, max);
    }

    private static (double Min, double Max) FitLog(Extent all)
    {
        double max = all.Max > 0 ? all.Max : 10;
        double min = all.Min > 0 ? all.Min : max * 1e-6;
        double factor = min == max ? 2 : Math.Pow(max / min, Margin);
        return (min / factor, max * factor);
    }
}
