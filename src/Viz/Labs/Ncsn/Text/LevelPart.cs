using ScoreGpu.Engine.Data;
using ScoreGpu.Viz.Labs.Text;
using ScoreGpu.Viz.Pages;
using ScoreGpu.Viz.Pages.Interactive;

namespace ScoreGpu.Viz.Labs.Ncsn.Text;

/// <summary>The page's first section: one network for twelve levels.</summary>
internal static class LevelPart
{
    // Whether a level counts as learned: the error is a tenth of the score.
    private const double Learned = 0.1;

    /// <summary>Writes the section.</summary>
    public static void Write(Page page, NcsnData data, PageFigures figures)
    {
        IReadOnlyList<LevelAgreement> levels = data.Levels;
        LevelAgreement first = levels[0];
        LevelAgreement last = levels[^1];
        LevelAgreement worst = levels.MaxBy(row => row.RelativeError)!;
        LevelAgreement? separate = levels.FirstOrDefault(row => row.Valley < 0.5);
        NcsnCommands commands = new(data);
        PageSection section = page.Section("levels", "Twelve levels", "One score for every noise level")
            .Paragraph($"""
                The data are eight Gaussians on a circle of radius 5, each with a standard deviation of 0.4. The score of
                one density tells a walker nothing about far modes, so the data are blurred: with noise of standard
                deviation <i>σ</i> added they have the density {LevelText.Noised}, and one network {LevelText.Network}
                learns the scores of all of {levels.Count} levels, a geometric sequence from <i>σ</i> =
                {LevelText.Sigma(first.Sigma)} down to {LevelText.Sigma(last.Sigma)}. What it sees in training is a point
                and its noise (denoising score matching):
                """)
            .Formula($"""
                <i>L</i> = mean over <i>σ</i> of ½·<i>λ</i>(<i>σ</i>)·E‖<i>s</i><sub><i>θ</i></sub>(<i>x</i> + <i>σε</i>,
                <i>σ</i>) + <i>ε</i>/<i>σ</i>‖² / <i>D</i>, with <i>λ</i>(<i>σ</i>) = <i>σ</i>²
                """)
            .Prediction(
                Html.Of($"At which level do the eight modes become separate?"),
                Html.Of($"""
                    {(separate is null
                        ? "At none of these."
                        : $"Between neighbouring centres the density is still {Numerals.Percent(levels[LevelBefore(separate)].Valley, 0)} of that at a centre at σ = {LevelText.Sigma(levels[LevelBefore(separate)].Sigma)}, and {Numerals.Percent(separate.Valley, 0)} at σ = {LevelText.Sigma(separate.Sigma)}.")}
                    Neighbours are {Numerals.Fixed(ModeHops.NeighbourDistance(NamedMixtures.Ring8), 2)} apart, so two of
                    them merge where <i>σ</i>² + 0.4² is the square of half of that.
                    """))
            .Slider(Frames(data), Html.Of($"""
                The score at each of the {levels.Count} levels: the network’s on the left, the exact one of the blurred
                data on the right. Move the slider from much noise to little: one basin, a ring, eight basins. In each
                frame arrows are drawn by the root of their length; they grow as the noise falls.
                """))
            .Figure(figures["fields"], Html.Of($"""
                The network’s score at four levels, over the density that it belongs to.
                """))
            .Figure(figures["levels"], Html.Of($"""
                Left: the network’s error against the exact score, in root mean squares over {data.Settings.ComparisonPoints}
                points of {LevelText.Noised}. Right: the loss at each level, of the network and of the exact score.
                """))
            .Finding(
                worst.RelativeError <= Learned ? "The network knows all levels." : "The network knows most of the levels.",
                $"""
                Its error is {Numerals.Percent(first.RelativeError)} of the score’s size at <i>σ</i> =
                {LevelText.Sigma(first.Sigma)} and {Numerals.Percent(worst.RelativeError)} at the worst level,
                <i>σ</i> = {LevelText.Sigma(worst.Sigma)}. Neighbouring levels help one another: it is one network.
                """)
            .Finding("The best network does not say −ε/σ.", $"""
                The target of the loss is −<i>ε</i>/<i>σ</i>, and it is often called the optimum. It is not: a point does
                not tell which noise it carries, and the best answer is the mean over all noises that could have led
                there, −E[<i>ε</i> | <i>x</i>]/<i>σ</i>, which is the score of {LevelText.Noised}. What no network can
                tell stays in the loss: {Numerals.Fixed(last.LeastLoss, 3)} for the exact score at <i>σ</i> =
                {LevelText.Sigma(last.Sigma)}, where a network that says 0 has ½ on average, and
                {Numerals.Fixed(first.LeastLoss, 3)} at <i>σ</i> = {LevelText.Sigma(first.Sigma)}. A falling loss is
                not the measure of a score network; the gap to the exact loss is, at most
                {Numerals.Fixed(levels.Max(row => row.Loss - row.LeastLoss), 4)} here.
                """);
        Shortened(section, data);
        section.Commands(
            commands.Train(data.Model, NcsnCommands.ModelFile),
            NcsnCommands.Field(NcsnCommands.ModelFile, levels[4].Sigma, "field.svg"),
            commands.FullTraining);

        int LevelBefore(LevelAgreement level) => Math.Max(0, levels.ToList().IndexOf(level) - 1);
    }

    private static void Shortened(PageSection section, NcsnData data)
    {
        NcsnSettings settings = data.Settings;
        LangevinRun network = data.Annealing["annealed_learned"];
        LangevinRun exact = data.Annealing["annealed_exact"];
        section
            .Heading("What was shortened, and what it costs")
            .Paragraph($"""
                The published course trains {NcsnSettings.FullLayers} × {settings.FullHidden} features for
                {settings.FullTraining} steps with a learning rate from
                {CommandText.Rate(settings.FullRate)} down to {CommandText.Rate(settings.FinalRate)}. This page
                trains {settings.Layers} × {settings.Hidden} features for {data.Model.Losses.Count} steps of the same
                batch of {settings.BatchSize}, from {CommandText.Rate(settings.Rate)} down to
                {CommandText.Rate(settings.FinalRate)}, and samples with a moving average of the weights (decay
                {CommandText.Plain(settings.Average)}): {Numerals.Seconds(data.Model.Elapsed)}. What a longer training could
                still win is the distance to the exact score with the same steps and the same noise: the squared energy
                distance to data is {Numerals.Fixed(network.Energy.Value, 4)} with the network and
                {Numerals.Fixed(exact.Energy.Value, 4)} with the exact score (two sets of data:
                ±{Numerals.Fixed(network.Energy.NullError, 4)}), outliers are
                {Numerals.Percent(network.Modes.OutlierShare, 2)} and {Numerals.Percent(exact.Modes.OutlierShare, 2)},
                the spread of a mode {Numerals.Fixed(network.MeanStd, 3)} and {Numerals.Fixed(exact.MeanStd, 3)}.
                The last command below is the course in full.
                """);
    }

    private static FieldFrames Frames(NcsnData data)
    {
        Motion motion = data.Motion;
        return new FieldFrames(
            "The score of the network and the exact score at every noise level.",
            PlaneView.Square(Motion.Reach),
            data.Settings.Arrows,
            [.. data.Levels.Select(level => $"σ = {LevelText.Sigma(level.Sigma)}")],
            new FieldSeries("network", Fields(motion.Learned)) { Densities = Densities() },
            new FieldSeries("exact", Fields(motion.Exact)) { Densities = Densities() })
        {
            Parameter = "Noise level",
            Start = 3,
            Marks = Figures.NcsnFigures.Centres,
        };

        IReadOnlyList<Points> Fields(IReadOnlyList<float[]> levels) => [.. levels.Select(field => (Points)field)];

        IReadOnlyList<ScalarGrid> Densities() =>
        [
            .. data.Levels.Select(level =>
            {
                var noised = NamedMixtures.Ring8.Noised(1.0, level.Sigma);
                return ScalarGrid.Sample(
                    (x, y) => noised.Density([x, y]),
                    -Motion.Reach,
                    Motion.Reach,
                    -Motion.Reach,
                    Motion.Reach,
                    nodes: 56);
            }),
        ];
    }
}
