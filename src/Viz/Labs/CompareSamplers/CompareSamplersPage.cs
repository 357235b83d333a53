using ScoreGpu.Viz.Labs.Quality;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.CompareSamplers;

/// <summary>The lab's page.</summary>
internal static class CompareSamplersPage
{
    /// <summary>Writes the page.</summary>
    public static Page Write(ILab lab, CompareSamplersData data, PageFigures figures, LabRun run)
    {
        CompareSamplersSettings settings = data.Settings;
        Page page = new(lab.Title, Html.Of($"""
            Each network has {settings.Layers} hidden layers of {settings.Hidden} features and was trained for
            {settings.TrainingSteps} steps on four Gaussians. Every sampler that goes with it draws
            {settings.Samples} samples, which are compared with {settings.Reference} fresh points of the data.
            """));
        page.Highlight(Numerals.Count(data.Finals.Count), "pairs of objective and sampler")
            .Highlight(Numerals.Significant(data.NullError, 2), "how far true samples scatter around 0")
            .Highlight(Numerals.Seconds(run.Elapsed), "for everything on this page");
        page.Section("curves", "Curves", "Quality against evaluations")
            .Paragraph($"""
                A sampler is paid for in network evaluations. The ordinate is the squared energy distance to the data;
                within the grey band nobody can tell the samples from true ones (two standard deviations of what true
                samples show), and what lies below it, or below zero, is drawn at its lower end. With the exact score on
                the right only the steps and the start are to blame; on the left the network’s error comes on top.
                """)
            .Figure(figures["vp"], Html.Of($"""
                All samplers that go with a VP network that predicts the noise, each with its own spacing of the times.
                The adaptive solver rk45 has a tolerance in place of a number of steps.
                """))
            .Figure(figures["flow"], Html.Of($"""
                The same for the straight path and a predicted velocity.
                """))
            .Figure(figures["langevin"], Html.Of($"""
                Langevin dynamics: annealed over the levels of an NCSN network, beside some solvers that go over the same
                levels, and at one level, where the target is the data with that noise. The step sizes are the usual ones, so
                that short chains have not yet arrived.
                """))
            .Commands(run.Command);
        page.Section("finals", "Finals", "Every objective with every sampler")
            .Paragraph($"""
                VE and the NCSN levels end at σ = 10, EDM has σ<sub>d</sub> = 1; every other number is the one that
                <code>scoregpu train</code> takes where nobody says otherwise, and each sampler has its usual number of
                steps. The error beside the squared energy distance is its standard error; outliers are samples more than four standard deviations from every mode. Between two sets of
                true samples of these sizes the energy distance scatters by {Numerals.Significant(data.NullError, 2)}, the
                squared sliced Wasserstein distance is {Numerals.Significant(data.Truth.Wasserstein, 2)}, and
                {Numerals.Percent(data.Truth.OutlierShare, 2)} are outliers. The first sampler of each objective is the one
                that <code>scoregpu sample</code> takes where nobody says otherwise. Rows that stand out cannot be told from
                true samples.
                """)
            .Table(Finals(data));
        return run.Sign(page);
    }

    private static PageTable Finals(CompareSamplersData data)
    {
        PageTable table = new(
            [
                Html.Text("objective"), Html.Text("sampler"), Html.Text("evaluations"),
                Html.Text("energy distance²"), Html.Text("±"), Html.Text("sliced W₂²"), Html.Text("outliers"),
            ],
            textColumns: 2);
        foreach ((string objective, SamplerScore score) in data.Finals)
        {
            Html[] cells =
            [
                Html.Text(objective),
                Html.Text(score.Sampler),
                Html.Text(Numerals.Fixed(score.Nfe, 0)),
                Html.Text(Numerals.Fixed(score.Energy.Value, 4)),
                Html.Text(Numerals.Fixed(score.Energy.StandardError, 4)),
                Html.Text(Numerals.Fixed(score.Wasserstein, 4)),
                Html.Text(Numerals.Percent(score.OutlierShare, 2)),
            ];
            _ = score.IsApart ? table.Row(cells) : table.StrongRow(cells);
        }

        return table;
    }
}
