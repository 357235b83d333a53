using System.Globalization;
using ScoreGpu.Engine.Benchmarks.Ladder;

namespace ScoreGpu.Viz.Labs.Ladder.Figures;

/// <summary>Bars of measured rates, a rung each, under the machine's limit, with what was predicted.</summary>
internal static class LadderFigure
{
    private const double Giga = 1e9;
    private const double HalfBar = 0.32;

    /// <summary>Draws a ladder.</summary>
    public static LabFigure Draw(DeviceLadder device, TaskLadder task, string name, string title)
    {
        IReadOnlyList<Rung> rungs = Rung.Of(device, task);
        double limit = Rung.LimitOf(task);
        double slowest = rungs.Select(rung => Math.Min(rung.Rate, rung.PredictedRate)).DefaultIfEmpty(1).Min();
        double top = rungs.Select(rung => Math.Max(rung.Rate, rung.PredictedRate)).Append(limit)
            .Where(double.IsFinite).DefaultIfEmpty(1).Max();
        double bottom = slowest / 2.5;

        // Room over the limit for the legend, whatever the range.
        double ceiling = top * Math.Pow(top / bottom, 0.34);
        Figure figure = new(12, 5.4);
        figure.Title($"{title}\n{device.Place.DeviceName}, {device.Place.DeviceDescription}");
        Panel panel = figure[0, 0].YLabel("GFLOP/s")
            .LogY().XNames([.. rungs.Select(rung => $"{rung.Number}  {rung.Name}")]).YLimits(bottom, ceiling);

        if (double.IsFinite(limit))
        {
            panel.HorizontalLine(limit, Ink.Foreground, 1.6, Dash.Solid, label: "the machine’s limit");
        }

        if (device.Ceilings.CoreMultiplyAddFlops is { } core && rungs.Any(rung => !HasAllCores(rung)))
        {
            panel.HorizontalLine(core / Giga, Ink.Muted, 1.3, label: "the limit of one core");
        }

        foreach (Rung rung in rungs)
        {
            double[] ends = [rung.Number - HalfBar, rung.Number + HalfBar];
            panel.Fill(ends, new[] { rung.Rate, rung.Rate }, bottom, Ink.Violet, 0.75, "measured");
        }

        if (rungs.Count > 0)
        {
            panel.Segments(
                Points.Of([.. rungs.Select(rung => (rung.Number - 0.42, rung.PredictedRate))]),
                Points.Of([.. rungs.Select(rung => (rung.Number + 0.42, rung.PredictedRate))]),
                Ink.Orange, 2.6, label: "predicted");
        }

        foreach (Rung rung in rungs)
        {
            panel.Text(
                rung.Number, bottom * Math.Pow(ceiling / bottom, 0.05), Rate(rung.Rate), Ink.Foreground, 9.5, true);
        }

        panel.Legend(LegendPlacement.UpperLeft);
        return new LabFigure(name, $"{title}: measured and predicted operations a second under the limit.", figure);
    }

    private static bool HasAllCores(Rung rung) => rung.Result.Info.Work is not CpuWork { HasAllCores: false };

    private static string Rate(double value) =>
        value.ToString(value < 10 ? "0.0" : "0", CultureInfo.InvariantCulture);
}
