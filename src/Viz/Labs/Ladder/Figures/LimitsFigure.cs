using ScoreGpu.Engine.Benchmarks.Ladder;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.Ladder.Figures;

/// <summary>What a rung's predicted time consists of, and where the measured time lies.</summary>
internal static class LimitsFigure
{
    private const double HalfBar = 0.32;

    // What is further off than this is drawn here, with its number.
    private const double Highest = 2.6;

    /// <summary>Draws both tasks of a device.</summary>
    public static LabFigure Draw(DeviceLadder device, string name)
    {
        Figure figure = new(12, 4.6, columns: 2);
        figure.Title($"What each rung should wait for\n{device.Place.DeviceName}, {device.Place.DeviceDescription}");
        IReadOnlyList<Rung>[] tasks = [Rung.Of(device, device.Forward), Rung.Of(device, device.Sampler)];
        double top = tasks.SelectMany(rungs => rungs).Select(rung => rung.Result.OverPrediction).Append(1).Max();
        string[] titles = ["The network", "The sampler"];
        for (int i = 0; i < tasks.Length; i++)
        {
            Panel panel = figure[0, i].Title(titles[i]).XLabel("rung")
                .XNames([.. tasks[i].Select(rung => Numerals.Count(rung.Number))]).YLimits(0, 1.8 * Math.Min(top, Highest));
            if (i == 0)
            {
                panel.YLabel("share of the predicted time");
            }

            Stack(panel, tasks[i]);
            panel.HorizontalLine(1, Ink.Muted, 1.1);
            if (tasks[i].Count > 0)
            {
                panel.Scatter(
                    Points.Of([.. tasks[i].Select(rung => ((double)rung.Number, HeightOf(rung)))]),
                    Ink.Foreground, 8, 1, Marker.Diamond, Ink.Background, label: "measured time");
            }

            foreach (Rung rung in tasks[i])
            {
                panel.Text(rung.Number, HeightOf(rung) + 0.17, Numerals.Significant(rung.Result.OverPrediction, 2));
            }

            panel.Legend(LegendPlacement.UpperRight);
        }

        return new LabFigure(
            name, "The parts of each rung’s predicted time, and its measured time in the same unit.", figure);
    }

    private static double HeightOf(Rung rung) => Math.Min(Highest, rung.Result.OverPrediction);

    private static void Stack(Panel panel, IReadOnlyList<Rung> rungs)
    {
        foreach (Rung rung in rungs)
        {
            RungPrediction prediction = rung.Result.Prediction;
            double[] ends = [rung.Number - HalfBar, rung.Number + HalfBar];
            double from = 0;
            foreach (PredictedTerm term in prediction.Added.Prepend(prediction.Overlapping.MaxBy(term => term.Seconds)))
            {
                double to = from + rung.ShareOf(term);
                if (to - from > 0.01)
                {
                    panel.Fill(
                        ends, new[] { from, from }, new[] { to, to }, LimitText.InkOf(term.Limit), 0.8, LimitText.NameOf(term.Limit));
                }

                from = to;
            }
        }
    }
}
