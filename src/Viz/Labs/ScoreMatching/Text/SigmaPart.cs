using System.Globalization;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Viz.Labs.Figures;
using ScoreGpu.Viz.Pages;
using ScoreGpu.Viz.Pages.Interactive;

namespace ScoreGpu.Viz.Labs.ScoreMatching.Text;

/// <summary>The page's seventh section: too little noise, and too much.</summary>
internal static class SigmaPart
{
    private const int DensityNodes = 48;

    /// <summary>Writes the section.</summary>
    public static void Write(Page page, ScoreMatchingData data, PageFigures figures)
    {
        IReadOnlyList<SigmaRun> runs = data.Sweep;
        SigmaRun least = runs[0];
        SigmaRun most = runs[^1];
        SigmaRun best = runs.MinBy(run => run.ToClean.RootMeanSquareError)!;
        SigmaRun nearest = runs.MinBy(run => run.Samples.ToClean.Value)!;
        ScoreMatchingCommands commands = new(data);
        page.Section("sigma", "Noise level", "Too little noise, and too much")
            .Paragraph($"""
                One number is left to choose. The noise decides what is learned, the score of
                <i>p</i><sub><i>σ</i></sub>, and how well: it decides how much the targets scatter. So
                {runs.Count} networks were trained, {Numerals.Count(data.Settings.DenoisingSteps)} steps each, from the same
                first weights.
                """)
            .Prediction(
                Html.Of($"Which <i>σ</i> comes closest to the data’s own score: the smallest?"),
                Html.Of($"""
                    {(best == least ? "Yes" : "No")}: <i>σ</i> = {Text(best)}, with a relative error of
                    {Numerals.Percent(best.ToClean.RootMeanSquareError)}, against
                    {(best == least ? "" : $"{Numerals.Percent(least.ToClean.RootMeanSquareError)} at {Text(least)} and ")}
                    {Numerals.Percent(most.ToClean.RootMeanSquareError)} at {Text(most)}.
                    """))
            .Slider(Slider(data), Html.Of($"""
                What a network learns at each <i>σ</i>, beside the exact score of the data with that noise; behind them the
                density. Move the noise: the clusters spread and merge, and the arrows shorten.
                """), commands.DenoisingAt(best.Sigma, "best.safetensors"))
            .Figure(figures["sigma"], Html.Of($"""
                Upper left: the error at the data’s points splits into what the noise biases (dashed) and what the network
                gets wrong about its own target. Upper right: how much of the loss is the targets’ scatter, which no
                training removes. Below: the samples’ distance to the data, and the width of the clusters (a sample
                counts with the nearer centre, so that where the clusters merge their tails are cut).
                """), commands.Lab)
            .Table(Table(data))
            .Finding(
                best != least && best != most ? "Bias against variance." : "One end of the range wins here.",
                $"""
                Large <i>σ</i> means bias: at {Text(most)} even the exact score of
                <i>p</i><sub><i>σ</i></sub> is {Numerals.Percent(most.Bias.RootMeanSquareError, 0)} off. Small
                <i>σ</i> means noise: the targets −<i>ε</i>/<i>σ</i> grow, the score does not. At
                {Text(least)} the targets’ scatter is {Numerals.Significant(least.NoiseOverSignal, 2)} times the mean square
                of the score that it hides, and {Numerals.Significant(data.Usual.NoiseOverSignal, 2)} times at {Text(data.Usual)}; the network’s
                error to its own target is {Numerals.Percent(data.Usual.ToNoised.RootMeanSquareError)} there and
                {Numerals.Percent(least.ToNoised.RootMeanSquareError)} at {Text(least)}, with the same number of steps.
                """)
            .Finding($"The samples are nearest to the data at σ = {Text(nearest)}.", $"""
                Their squared energy distance is {Numerals.Significant(nearest.Samples.ToClean.Value, 2)}, which is
                {(nearest.Samples.ToClean.Value <= 2 * nearest.Samples.ToClean.NullError
                    ? "no more than true samples show"
                    : "still more than true samples show")}; at {Text(most)} it is
                {Numerals.Significant(most.Samples.ToClean.Value, 2)}. At {Text(least)} it is
                {Numerals.Significant(least.Samples.ToClean.Value, 2)}, and the clusters are
                {Numerals.Percent(least.Samples.Widening)}
                wider than <i>p</i><sub><i>σ</i></sub>’s.
                """)
            .Finding(
                least.Far.Cosine < 0.8 ? "Far out, little noise leaves the field blind." : "Far out, little noise does less harm than is said.",
                $"""
                Where chains start, at points of N(0, 3²·I), the mean cosine to the exact score is
                {Numerals.Fixed(least.Far.Cosine, 3)} at {Text(least)} and {Numerals.Fixed(most.Far.Cosine, 3)} at
                {Text(most)}{(most.Far.Cosine > least.Far.Cosine ? ": noise brings training points there" : "")}.
                {(least.Samples.OutlierShare < 0.01
                    ? "Yet a smooth network carries its arrows on, in the plane and with two clusters, and nearly all chains find home"
                    : "Some chains never find home")}
                ({Numerals.Percent(least.Samples.OutlierShare, 2)} astray at {Text(least)}). That no one <i>σ</i> is best
                everywhere is the reason to use many: see <code>scoregpu lab ncsn</code>.
                """)
            .Commands(
                commands.DenoisingAt(best.Sigma, "best.safetensors"),
                commands.Samples("best.safetensors", data.Settings.StepSize, "best.svg", "best.npy"),
                commands.DenoisingAt(most.Sigma, "wide.safetensors"),
                ScoreMatchingCommands.Field("wide.safetensors", "wide.svg"));
    }

    private static string Text(SigmaRun run) => run.Sigma.ToString(CultureInfo.InvariantCulture);

    private static FieldFrames Slider(ScoreMatchingData data)
    {
        PlaneView view = SigmaSweep.View;
        double[] nodes = view.Nodes(SigmaSweep.Side);
        GaussianMixture[] noised = [.. data.Sweep.Select(run => ScoreTraining.Data.Noised(1.0, run.Sigma))];
        ScalarGrid[] densities =
        [
            .. noised.Select(mixture => ScalarGrid.Sample(
                (x, y) => mixture.Density([x, y]), view.XMin, view.XMax, view.YMin, view.YMax, nodes: DensityNodes)),
        ];
        return new FieldFrames(
            "The learned field and the exact score of the data with noise, over the noise level.",
            view,
            SigmaSweep.Side,
            [.. data.Sweep.Select(run => $"σ = {Text(run)}")],
            new FieldSeries("Learned", [.. data.Sweep.Select(run => (Points)run.Arrows)]) { Densities = densities },
            new FieldSeries("Exact score of the noised data", [.. noised.Select(mixture => (Points)mixture.Scores(nodes))])
            {
                Densities = densities,
            })
        {
            Parameter = "Noise level",
            Start = data.Sweep.ToList().IndexOf(data.Usual),
            Marks = LabInks.Centres(ScoreTraining.Data),
        };
    }

    private static PageTable Table(ScoreMatchingData data)
    {
        PageTable table = new(
        [
            Html.Of($"<i>σ</i>"), Html.Of($"exact <i>p</i><sub><i>σ</i></sub> to <i>p</i>"), Html.Of($"network to <i>p</i>"),
            Html.Of($"network to <i>p</i><sub><i>σ</i></sub>"), Html.Text("cosine at starts"), Html.Text("loss"),
            Html.Text("± a step"), Html.Text("least loss"), Html.Text("scatter / signal"), Html.Text("energy distance²"),
            Html.Text("std of a cluster"), Html.Text("astray"), Html.Text("denoised: energy distance²"),
            Html.Text("denoised: std"),
        ]);
        foreach (SigmaRun run in data.Sweep)
        {
            Html[] cells =
            [
                Html.Text(Text(run)),
                Html.Text(Numerals.Percent(run.Bias.RootMeanSquareError)),
                Html.Text(Numerals.Percent(run.ToClean.RootMeanSquareError)),
                Html.Text(Numerals.Percent(run.ToNoised.RootMeanSquareError)),
                Html.Text(Numerals.Fixed(run.Far.Cosine, 3)),
                Html.Text(Numerals.Significant(run.Loss)),
                Html.Text(Numerals.Significant(run.LossDeviation, 2)),
                Html.Text(Numerals.Significant(run.Floor)),
                Html.Text(Numerals.Significant(run.NoiseOverSignal, 2)),
                Html.Text(Numerals.Fixed(run.Samples.ToClean.Value, 4)),
                Html.Text(Numerals.Fixed(run.Samples.Width, 3)),
                Html.Text(Numerals.Percent(run.Samples.OutlierShare, 2)),
                Html.Text(Numerals.Fixed(run.Denoised.ToClean.Value, 4)),
                Html.Text(Numerals.Fixed(run.Denoised.Width, 3)),
            ];
            _ = run == data.Usual ? table.StrongRow(cells) : table.Row(cells);
        }

        return table;
    }
}
