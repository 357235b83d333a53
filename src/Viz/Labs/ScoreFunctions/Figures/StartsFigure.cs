using ScoreGpu.Engine.Data;
using ScoreGpu.Viz.Labs.Figures;

namespace ScoreGpu.Viz.Labs.ScoreFunctions.Figures;

/// <summary>Exercise 4: where the forward process ends, where samplers start, and what becomes of the difference.
/// </summary>
internal static class StartsFigure
{
    private const int Bins = 60;
    private const double Least = 0.8;
    private const double Most = 3.2;

    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw(StartStudy starts)
    {
        Figure figure = new(10, 4.4, columns: 2);
        Column x = Column.Even(-6, 6, 401);
        Column marginal = x.Map(value => Profile(starts, value));
        figure[0, 0]
            .Title("Starts\ndensity of a coordinate of x(T)").XLabel("x").YLabel("density")
            .Fill(x, marginal, color: LabInks.Exact, alpha: 0.15)
            .Line(x, marginal, color: LabInks.Exact, width: 2.4, label: "forward process")
            .Line(x, x.Map(v => Gaussian(v, 1)), color: Ink.Pink, width: 1.8, label: "N(0, 1)")
            .Line(x, x.Map(v => Gaussian(v, 2)), color: Ink.Cyan, width: 1.8, label: "N(0, 4)")
            .Line(x, x.Map(v => Gaussian(v, starts.MatchedStd)), color: Ink.Yellow, width: 1.8, dash: Dash.Dashed,
                label: "matched")
            .Legend(LegendPlacement.UpperRight);
        figure[0, 1]
            .Title("Samples of the ODE\ndensity of |coordinate|").XLabel("|x|").YLabel("density")
            .XLimits(Least, Most)
            .Fill(Centres(), Histogram(starts.Data.Points), color: LabInks.Exact, alpha: 0.15)
            .Line(Centres(), Histogram(starts.Data.Points), color: LabInks.Exact, width: 2.4, label: "data")
            .Line(Centres(), Of("normal_ode"), color: Ink.Pink, width: 1.8, label: "from N(0, I)")
            .Line(Centres(), Of("double_normal_ode"), color: Ink.Cyan, width: 1.8, label: "from N(0, 4·I)")
            .Line(Centres(), Of("matched_ode"), color: Ink.Yellow, width: 1.8, dash: Dash.Dashed, label: "from matched")
            .Line(Centres(), Of("marginal_ode"), color: LabInks.Implied, width: 1.8, label: "from true x(T)")
            .VerticalLine(2, color: LabInks.Centre, alpha: 0.7)
            .Legend(LegendPlacement.UpperRight);
        return new LabFigure(
            "starts",
            "Left: the distribution of x_T and the Gaussians that samplers start from. Right: the samples that follow.",
            figure);

        Column Of(string key) => Histogram(starts[key].Points);
    }

    private static Column Centres() => Enumerable.Range(0, Bins)
        .Select(bin => Least + ((bin + 0.5) * (Most - Least) / Bins)).ToArray();

    private static Column Histogram(PointSet points)
    {
        double[] counts = new double[Bins];
        foreach (float value in points.Values)
        {
            double bin = (Math.Abs(value) - Least) / (Most - Least) * Bins;
            if (bin >= 0 && bin < Bins)
            {
                counts[(int)bin]++;
            }
        }

        double scale = Bins / ((Most - Least) * points.Values.Length);
        return Array.ConvertAll(counts, count => count * scale);
    }

    // One coordinate of the four noised clusters: two Gaussians.
    private static double Profile(StartStudy starts, double x)
    {
        double sum = 0.0;
        for (int k = 0; k < starts.Marginal.ComponentCount; k++)
        {
            sum += starts.Marginal.Weights[k]
                * Gaussian(x - starts.Marginal.Mean(k)[0], Math.Sqrt(starts.Marginal.Covariance(k)[0]));
        }

        return sum;
    }

    private static double Gaussian(double x, double std) =>
        Math.Exp(-0.5 * (x / std) * (x / std)) / (std * Math.Sqrt(2.0 * Math.PI));
}
