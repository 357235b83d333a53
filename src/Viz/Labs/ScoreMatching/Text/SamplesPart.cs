using System.Globalization;
using ScoreGpu.Viz.Labs.Figures;
using ScoreGpu.Viz.Labs.ScoreMatching.Figures;
using ScoreGpu.Viz.Pages;
using ScoreGpu.Viz.Pages.Interactive;

namespace ScoreGpu.Viz.Labs.ScoreMatching.Text;

/// <summary>The page's fourth section: what Langevin dynamics make of the fields.</summary>
internal static class SamplesPart
{
    /// <summary>Writes the section.</summary>
    public static void Write(Page page, ScoreMatchingData data, PageFigures figures)
    {
        ScoreMatchingSettings settings = data.Settings;
        LangevinRun hyvarinen = data.Langevin[ScoreMatchingRun.HyvarinenKey];
        LangevinRun denoising = data.Langevin[ScoreMatchingRun.DenoisingKey];
        LangevinRun denoised = data.Langevin.Denoised;
        LangevinRun exact = data.Langevin["exact"];
        double clean = Math.Sqrt(LangevinPredictions.CleanVariance);
        double noised = Math.Sqrt(LangevinPredictions.NoisedVariance(settings.Sigma));
        bool isApart = IsApart(denoising);
        ScoreMatchingCommands commands = new(data);
        string drawn = commands.Samples("denoising.safetensors", settings.StepSize, "samples.svg", "samples.npy");
        page.Section("samples", "Samples", "From noise to samples")
            .Paragraph($"""
                Langevin dynamics need nothing but a score: step along it, add noise, repeat. {Numerals.Count(settings.Chains)}
                chains start from N(0, 3²·I) and take {Numerals.Count(settings.LangevinSteps)} steps of <i>η</i> =
                {Numerals.Significant(settings.StepSize, 1)}.
                """)
            .Formula($"<i>x</i>′ = <i>x</i> + <i>η</i>·<i>s</i>(<i>x</i>) + √<span class=\"root\">2<i>η</i></span>·<i>z</i>")
            .Prediction(
                Html.Of($"""
                    A cluster of the data has a standard deviation of {Numerals.Significant(clean, 1)}. Which one will the
                    samples of the denoising network have?
                    """),
                Html.Of($"""
                    {Numerals.Fixed(denoising.Width, 3)}. Its score is that of the data with noise, whose clusters have
                    √<span class="root">0.3² + <i>σ</i>²</span> = {Numerals.Fixed(noised, 3)}. Those of Hyvärinen’s
                    network have {Numerals.Fixed(hyvarinen.Width, 3)}.
                    """))
            .Player(Player(data), Html.Of($"""
                {settings.Particles} chains with the data’s exact score and with both learned fields, from the same starts
                and with the same noise; colours tell on which side a chain ends. Watch the first hundred steps, then who
                changes sides.
                """), drawn)
            .Figure(figures["langevin"], Html.Of($"""
                Above Hyvärinen’s network, below the denoising one: what the samples should be, {settings.DrawnChains}
                chains (disc: start, square: end; a state every {settings.RecordEvery} steps), and where a thousand chains
                end.
                """), drawn)
            .Figure(figures["widths"], Html.Of($"""
                The second coordinate, in which both clusters are one Gaussian. Hold each histogram against the
                density that the training aims at: the data for Hyvärinen’s, the noised data for the other.
                """), commands.Samples("hyvarinen.safetensors", settings.StepSize, "hyvarinen-samples.svg", "hyvarinen-samples.npy"))
            .Table(Table(data))
            .Paragraph($"""
                The squared energy distance is zero for equal distributions; between true samples of these sizes it
                scatters by {Numerals.Significant(denoising.ToClean.NullError, 2)}. Outliers lie more than four standard
                deviations from both clusters of the density that the row aims at. The last column is the share of chains
                that are on another side at the end than half-way.
                """)
            .Finding(
                isApart
                    ? "The samples do not match the data: they match the data with noise."
                    : "At this noise the samples cannot be told from the data.",
                $"""
                To the eye the picture is right: two clusters, in the right places. But the energy distance of the
                denoising network’s samples to the data is {Numerals.Significant(denoising.ToClean.Value, 2)},
                {Numerals.Significant(denoising.ToCleanInScatters, 2)} times what true samples
                scatter by; to the noised data it is {Numerals.Significant(denoising.ToNoised.Value, 2)}. Hyvärinen’s
                samples are {Numerals.Significant(hyvarinen.ToClean.Value, 2)} from the data,
                {(IsApart(hyvarinen) ? "also more than chance" : "no more than chance")}.
                """)
            .Finding(exact.Width > clean
                ? "Even a perfect score samples a little too wide."
                : "The bias of the step size is lost in the scatter here.", $"""
                A step of finite size adds too much noise: around a Gaussian of variance <i>v</i> the chain settles at
                <i>v</i>/(1 − <i>η</i>/2<i>v</i>), here a standard deviation of
                {Numerals.Fixed(LangevinPredictions.CleanWidth(settings), 4)} in place of {Numerals.Significant(clean, 1)}. With the
                exact score {Numerals.Fixed(exact.Width, 4)} were measured. The sampler <code>mala</code> below has no such
                bias.
                """)
            .Finding(DenoisedTitle(denoised, clean), $"""
                Since the noise is known, one may lead each sample to its mean origin, <i>x</i> +
                <i>σ</i>²·<i>s</i>(<i>x</i>) = E[<i>x</i><sub>0</sub> | <i>x</i>]. The clusters then have a standard
                deviation of {Numerals.Fixed(denoised.Width, 3)}, where theory says
                {Numerals.Fixed(LangevinPredictions.DenoisedWidth(settings.Sigma), 3)}: a mean scatters less than what it is the
                mean of. The energy distance to the data is {Numerals.Significant(denoised.ToClean.Value, 2)}
                {(denoised.ToClean.Value < denoising.ToClean.Value && denoised.Width < clean
                    ? "– nearer, but from the other side" : "")}.
                """)
            .Figure(figures["summary"], Html.Of($"""
                The whole way: points, the field learned from them by denoising, chains through it, and the samples over
                the data.
                """), commands.Lab)
            .Commands(
                drawn,
                commands.Samples("hyvarinen.safetensors", settings.StepSize, "hyvarinen-samples.svg", "hyvarinen-samples.npy"),
                commands.Samples("denoising.safetensors", 10 * settings.StepSize, "long-steps.svg", "long-steps.npy"),
                commands.Mala("hyvarinen.safetensors", "mala.svg", "mala.npy"));
    }

    private static bool IsApart(LangevinRun run) => !(run.ToCleanInScatters <= 3);

    private static string DenoisedTitle(LangevinRun denoised, double clean) => denoised.Width < 0.95 * clean
        ? "Taking the noise away overshoots."
        : "Taking the noise away gives back the data’s width.";

    private static ParticleFrames Player(ScoreMatchingData data)
    {
        LangevinRun[] runs =
        [
            data.Langevin["exact"],
            data.Langevin[ScoreMatchingRun.HyvarinenKey],
            data.Langevin[ScoreMatchingRun.DenoisingKey],
        ];
        string[] titles = ["Exact score", "Hyvärinen", "Denoising"];
        int frames = runs[0].Frames.Length / (2 * runs[0].Points.Count);
        string[] labels =
        [
            .. Enumerable.Range(0, frames).Select(k => string.Create(
                CultureInfo.InvariantCulture,
                $"step {Math.Min(k * data.Settings.RecordEvery, data.Settings.LangevinSteps):N0}")),
        ];
        return new ParticleFrames(
            "Three clouds of particles that Langevin dynamics draw from wide noise into two clusters.",
            PlaneView.Square(FieldProbes.Reach),
            labels,
            [.. runs.Zip(titles, (run, title) => new ParticleSeries(title, ChainPaths.Frames(run, data.Settings.Particles))
            {
                Groups = Sides(run, Math.Min(data.Settings.Particles, run.Points.Count)),
            })])
        {
            Parameter = "Step",
            Marks = LabInks.Centres(ScoreTraining.Data),
        };
    }

    private static byte[] Sides(LangevinRun run, int count) =>
        [.. Enumerable.Range(0, count).Select(i => (byte)(run.Points[i][0] < 0 ? 0 : 1))];

    private static PageTable Table(ScoreMatchingData data)
    {
        PageTable table = new(
        [
            Html.Text("score"), Html.Text("left"), Html.Text("std of a cluster"), Html.Text("outliers"),
            Html.Text("energy distance² to data"), Html.Text("to noised data"), Html.Text("±"), Html.Text("changed side"),
        ]);
        foreach (LangevinRun run in data.Langevin.Runs.Append(data.Langevin.Denoised))
        {
            Html[] cells =
            [
                Html.Text(run.Label),
                Html.Text(Numerals.Percent(run.LeftShare)),
                Html.Text(Numerals.Fixed(run.Width, 3)),
                Html.Text(Numerals.Percent(run.OutlierShare, 2)),
                Html.Text(Numerals.Fixed(run.ToClean.Value, 4)),
                Html.Text(Numerals.Fixed(run.ToNoised.Value, 4)),
                Html.Text(Numerals.Fixed(run.ToClean.NullError, 4)),
                Html.Text(Numerals.Percent(run.ChangedSide)),
            ];
            _ = run.Frames.Length == 0 && run != data.Langevin.Denoised ? table.StrongRow(cells) : table.Row(cells);
        }

        return table;
    }
}
