using System.Globalization;
using ScoreGpu.Engine.Distributions;

namespace ScoreGpu.Viz.Labs.Sde.Figures;

/// <summary>Exercise 6: the first coordinate of both clouds at several times, over the exact marginal.</summary>
internal static class SameMarginalsFigure
{
    private const double Reach = 3.6;
    private const int Bins = 36;

    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw(ReverseStudy study)
    {
        MarginalRow[] shown = [.. study.Marginals.Where((_, i) => i is 1 or 2 or 3 or 6)];
        Figure figure = new(11, 3.5, columns: shown.Length);
        for (int i = 0; i < shown.Length; i++)
        {
            double t = shown[i].Time;
            GaussianMixture density = SdeProcesses.At(SdeProcesses.Plane, SdeProcesses.Vp, t);
            Column x = Column.Even(-Reach, Reach, 301);
            Column exact = x.Map(at => Profile(density, at));
            Panel panel = figure[0, i]
                .Title($"t = {t.ToString("0.###", CultureInfo.InvariantCulture)}")
                .XLabel("x₁").XLimits(-Reach, Reach).YLimits(0, 1.6 * exact.Values.Max())
                .Fill(x, exact, color: Ink.Green, alpha: 0.18)
                .Line(x, exact, color: Ink.Green, width: 2.2, label: "exact")
                .Line(Centres(), Histogram(study.Sde[shown[i].Frame]), color: SdeInks.Sde, width: 1.5, label: "SDE")
                .Line(Centres(), Histogram(study.Flow[shown[i].Frame]), color: SdeInks.Flow, width: 1.5,
                    dash: Dash.Dashed, label: "flow");
            if (i == 0)
            {
                panel.YLabel("density").Legend(LegendPlacement.UpperRight);
            }
        }

        return new LabFigure(
            "same-marginals",
            "Histograms of the first coordinate of the SDE's and the flow's particles at four times, on the exact density.",
            figure);
    }

    private static Column Centres() =>
        Enumerable.Range(0, Bins).Select(bin => ((bin + 0.5) * 2 * Reach / Bins) - Reach).ToArray();

    private static Column Histogram(double[] states)
    {
        double[] counts = new double[Bins];
        for (int i = 0; i < states.Length; i += 2)
        {
            double bin = (states[i] + Reach) / (2 * Reach) * Bins;
            if (bin >= 0 && bin < Bins)
            {
                counts[(int)bin]++;
            }
        }

        double scale = Bins / (2 * Reach * (states.Length / 2));
        return Array.ConvertAll(counts, count => count * scale);
    }

    // The first coordinate's density: a Gaussian a component.
    private static double Profile(GaussianMixture density, double x)
    {
        double sum = 0.0;
        for (int k = 0; k < density.ComponentCount; k++)
        {
            double variance = density.Covariance(k)[0];
            double distance = x - density.Mean(k)[0];
            sum += density.Weights[k]
                * Math.Exp(-0.5 * distance * distance / variance) / Math.Sqrt(2 * Math.PI * variance);
        }

        return sum;
    }
}
