using ScoreGpu.Engine.Metrics;
using ScoreGpu.Viz.Labs.Text;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.ScoreFunctions.Text;

/// <summary>The page's fourth exercise, second half: how good the samples are, and what the start does.</summary>
internal static class StartPart
{
    /// <summary>Adds to the section.</summary>
    public static void Write(PageSection section, ScoreFunctionsData data, PageFigures figures)
    {
        StartStudy starts = data.Starts;
        double alphaBar = DdpmTraining.ProcessOf(data.Long).Schedule.AlphaBars[^1];
        LabCommands commands = new(data);
        section
            .Heading("Where the forward process really ends")
            .Paragraph($"""
                Samplers start from N(0, I), as if the forward process ended there. With <i>β</i> from
                {Numerals.Significant(data.Settings.BetaStart, 1)} to {Numerals.Significant(data.Settings.BetaEnd, 1)}
                in {data.Settings.DiffusionSteps} steps it does not: {Symbols.LastAlphaBar} =
                {Numerals.Fixed(alphaBar, 4)}, so {Symbols.Last} still carries {Numerals.Fixed(Math.Sqrt(alphaBar), 3)}
                of the data and is a mixture of four, with a standard deviation of
                {Numerals.Fixed(starts.MatchedStd, 3)} in a coordinate.
                """)
            .Figure(figures["starts"], Html.Of($"""
                Left: a coordinate of {Symbols.Last} as the forward process leaves it, and three Gaussians to start
                from. Right: what the ODE makes of each start. It moves every point on a fixed path, so a start that is
                too narrow ends too narrow, and too far in.
                """))
            .Figure(figures["samples"], Html.Of($"""
                Densities of the data and of five sets of samples, {data.Settings.QualitySamples} points each; crosses
                are the centres of the data.
                """),
                LabCommands.SamplesFrom("model.safetensors", "ddim", "x_T.npy", "true.svg", "true.npy"))
            .Table(Overview(starts))
            .Paragraph($"""
                A sample counts as an outlier beyond four standard deviations of every cluster; exact samples do so in
                {Numerals.Percent(Math.Exp(-8.0), 2)} of cases, and the cut narrows the standard deviation a little.
                The squared energy distance is zero for equal distributions; {starts.FloorDistances.Count} fresh sets
                of data are
                {string.Join(", ", starts.FloorDistances.Select(distance => Numerals.Significant(distance, 2)))}
                from the reference set, so differences below about {Numerals.Significant(2.0 * starts.Floor, 1)} say
                nothing.
                """);
        Verdicts(section, data);
        section
            .Heading("Cluster by cluster")
            .Paragraph($"The second model, from N(0, I) as usual and from the true {Symbols.Last}:")
            .Table(Clusters(starts))
            .Commands(
                commands.Samples("model.safetensors", "ddim", "normal.svg", "normal.npy"),
                LabCommands.SamplesFrom("model.safetensors", "ddim", "x_T.npy", "true.svg", "true.npy"),
                commands.Train(data.Remedy, "longer.safetensors"),
                commands.Samples("longer.safetensors", "ddim", "longer.svg", "longer.npy"))
            .Paragraph($"""
                (The files <code>starts.npy</code> and <code>x_T.npy</code> lie beside this page, as does
                <code>model.safetensors</code>.)
                """);
    }

    private static void Verdicts(PageSection section, ScoreFunctionsData data)
    {
        double longAlphaBar = DdpmTraining.ProcessOf(data.Remedy).Schedule.AlphaBars[^1];
        StartStudy starts = data.Starts;
        SampleQuality ode = starts["normal_ode"];
        SampleQuality sde = starts["normal_sde"];
        SampleQuality exact = starts["exact_normal_ode"];
        SampleQuality wide = starts["double_normal_ode"];
        SampleQuality matched = starts["matched_ode"];
        SampleQuality remedied = starts["marginal_ode"];
        SampleQuality longer = starts["schedule_ode"];
        SampleQuality brief = starts["short_normal_ode"];
        double limit = 2.0 * starts.Floor;
        bool startIsToBlame = exact.EnergyDistance > 5.0 * limit && ode.EnergyDistance < 2.0 * exact.EnergyDistance;
        section
            .Finding(startIsToBlame ? "The start matters, and the ODE never forgives it." : "What the start does.", $"""
                From N(0, I) the ODE’s clusters have a standard deviation of {Numerals.Fixed(ode.MeanStd, 3)} in place
                of 0.3, and their means are {Numerals.Fixed(ode.MeanOffset, 3)} off; the energy distance is
                {Numerals.Significant(ode.EnergyDistance, 2)}. With the exact score in place of the network it is
                {Numerals.Significant(exact.EnergyDistance, 2)}, so
                {(startIsToBlame ? "the network is not to blame: the start is" : "the start explains only part of it")}.
                From N(0, 4·I), the start of the paths above, the clusters come out too
                {(wide.MeanStd > 0.3 ? "wide" : "narrow")} ({Numerals.Fixed(wide.MeanStd, 3)},
                {Numerals.Percent(wide.Modes.OutlierShare)} outliers). The SDE’s energy distance from N(0, I) is
                {Numerals.Significant(sde.EnergyDistance, 2)}{(sde.EnergyDistance < ode.EnergyDistance
                    ? ": each step’s noise makes it forget a part of its start"
                    : "")}.
                """)
            .Finding("The remedy: start where the forward process ends.", $"""
                From the true {Symbols.Last} = √<span class="root">{Symbols.LastAlphaBar}</span>·{Symbols.Clean} +
                √<span class="root">1 − {Symbols.LastAlphaBar}</span>·<i>ε</i> the ODE’s samples have a standard
                deviation of {Numerals.Fixed(remedied.MeanStd, 3)}, {Numerals.Percent(remedied.Modes.OutlierShare, 2)}
                outliers and an energy distance of {Numerals.Significant(remedied.EnergyDistance, 2)},
                {(Math.Abs(remedied.EnergyDistance) < limit ? "not to be told from data" : "still above the floor")}.
                It needs data to start from, though. A Gaussian of the right size, standard deviation
                {Numerals.Fixed(starts.MatchedStd, 3)}, needs only their covariance and
                {(matched.EnergyDistance < 0.5 * ode.EnergyDistance ? "removes most of the error" : "helps little")}
                ({Numerals.Significant(matched.EnergyDistance, 2)}), but {Symbols.Last} is not Gaussian.
                """)
            .Finding("The other remedy: a schedule that reaches noise.", $"""
                With <i>β</i> up to {Numerals.Significant(data.Settings.LongBetaEnd, 1)} the process ends at
                {Symbols.LastAlphaBar} = {Numerals.Significant(longAlphaBar, 2)}, which
                is N(0, I) for all that matters. A model trained on it for {data.Remedy.Losses.Count} steps gives, from
                N(0, I), a standard deviation of {Numerals.Fixed(longer.MeanStd, 3)}, means
                {Numerals.Fixed(longer.MeanOffset, 3)} off, and an energy distance of
                {Numerals.Significant(longer.EnergyDistance, 2)}
                {(longer.EnergyDistance < 0.2 * ode.EnergyDistance ? "– a small part of the error above" : "")}. It
                pays with {Numerals.Percent(longer.Modes.OutlierShare)} outliers
                {(longer.Modes.OutlierShare > 2.0 * remedied.Modes.OutlierShare
                    ? "between the clusters: as many steps have further to go, and this model was trained less"
                    : "")}.
                """)
            .Finding($"And the {Numerals.Count(data.Short.Losses.Count)}-step model?", $"""
                {Numerals.Percent(brief.Modes.OutlierShare, 0)} of its ODE samples belong to no cluster. Its energy
                distance, {Numerals.Significant(brief.EnergyDistance, 2)}, is
                {Numerals.Significant(brief.EnergyDistance / ode.EnergyDistance, 2)} times that of the second model
                from the same start.
                """);
    }

    private static PageTable Overview(StartStudy starts)
    {
        PageTable table = new(
            [
                Html.Text("model"), Html.Text("start"), Html.Text("sampler"), Html.Text("shares"),
                Html.Text("std (0.3)"),
                Html.Text("mean off by"), Html.Text("outliers"), Html.Text("energy distance²"),
            ],
            textColumns: 3);
        table.StrongRow(Cells("data, fresh", starts.Data));
        foreach (SampleQuality set in starts.Sets)
        {
            table.Row(Cells(set.Model, set));
        }

        return table;
    }

    private static Html[] Cells(string name, SampleQuality set) =>
    [
        Html.Text(name),
        Html.Text(set.Start),
        Html.Text(set.Sampler),
        Html.Text($"{Numerals.Percent(set.LeastShare)} – {Numerals.Percent(set.GreatestShare)}"),
        Html.Text(Numerals.Fixed(set.MeanStd, 3)),
        Html.Text(Numerals.Fixed(set.MeanOffset, 3)),
        Html.Text(Numerals.Percent(set.Modes.OutlierShare, 2)),
        Html.Text(Numerals.Fixed(set.EnergyDistance, 5)),
    ];

    private static PageTable Clusters(StartStudy starts)
    {
        PageTable table = new(
            [Html.Text("samples"), Html.Text("cluster"), Html.Text("share"), Html.Text("mean"), Html.Text("std")],
            textColumns: 2);
        foreach ((string name, SampleQuality set) in Chosen(starts))
        {
            foreach (ModeSummary mode in set.Modes.Modes)
            {
                double[] std = mode.StandardDeviation;
                ReadOnlySpan<double> centre = Engine.Data.NamedMixtures.FourGaussians.Mean(mode.Index);
                table.Row(
                    Html.Text(name),
                    Html.Text($"({Numerals.Fixed(centre[0], 0)}, {Numerals.Fixed(centre[1], 0)})"),
                    Html.Text(Numerals.Percent(mode.Share)),
                    Html.Text($"({Numerals.Fixed(mode.Mean[0], 3)}, {Numerals.Fixed(mode.Mean[1], 3)})"),
                    Html.Text($"({Numerals.Fixed(std[0], 3)}, {Numerals.Fixed(std[1], 3)})"));
            }
        }

        return table;
    }

    private static IEnumerable<(string Name, SampleQuality Set)> Chosen(StartStudy starts) =>
    [
        ("data", starts.Data),
        ("ODE from N(0, I)", starts["normal_ode"]),
        ("SDE from N(0, I)", starts["normal_sde"]),
        ("ODE from true x(T)", starts["marginal_ode"]),
        ("SDE from true x(T)", starts["marginal_sde"]),
    ];
}
