using ScoreGpu.Engine.Likelihoods;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.Ncsn.Text;

/// <summary>The page's eighth section: ln p by the probability flow.</summary>
internal static class LikelihoodPart
{
    /// <summary>Writes the section.</summary>
    public static void Write(Page page, NcsnData data, PageFigures figures)
    {
        LikelihoodStudy study = data.Likelihood;
        double gap = study.LearnedMean - study.ExactMean;
        SolverError[] few = [.. study.Solvers.Where(row => row.Nfe is >= 20 and <= 50)];
        SolverError best = few.MinBy(row => row.Error)!;
        SolverError finest = study.Solvers.MinBy(row => row.Error)!;
        double sigmaMax = data.Levels[0].Sigma;
        page.Section("likelihood", "Likelihood", "What the score knows of the density itself")
            .Paragraph($"""
                The probability flow leads data to noise without chance, and mass is kept on the way. So the density of a
                point is that of its end in the prior, and the flow’s divergence along the way:
                """)
            .Formula($"""
                ln <i>p</i>(<i>x</i><sub>0</sub>) = ln <i>p</i><sub><i>T</i></sub>(<i>x</i><sub><i>T</i></sub>)
                + ∫<sub>0</sub><sup><i>T</i></sup> ∇·<i>v</i>(<i>x</i>(<i>t</i>), <i>t</i>) d<i>t</i>
                """)
            .Prediction(
                Html.Of($"Some texts have a minus before the integral. How much would that cost here?"),
                Html.Of($"""
                    The mean of ln <i>p</i> over {data.Settings.LikelihoodPoints} points is
                    {Numerals.Fixed(study.ExactMean, 3)} nats in closed form and {Numerals.Fixed(study.LearnedMean, 3)} by
                    the network with the plus. With the minus it is {Numerals.Fixed(study.WrongSignMean, 2)}.
                    """))
            .Figure(figures["likelihood"], Html.Of($"""
                Left: the error of ln <i>p</i> with the exact score, over the evaluations of the flow; between the
                lines, 20 to 50 of them. Right: ln <i>p</i> of fresh data by the network ({study.LearnedSteps} steps of
                RK4) against the closed form.
                """))
            .Figure(figures["density-map"], Html.Of($"""
                ln <i>p</i> over the plane. The bridges between the modes are the network’s own: there are hardly any
                data to correct it, and the deep end of a logarithm shows it.
                """))
            .Finding(
                Math.Abs(gap) < 3.0 * study.LearnedMeanError
                    ? "The network’s mean likelihood is that of the data." : "The network’s mean likelihood is close.",
                $"""
                It is off by {Numerals.Fixed(gap, 3)} ± {Numerals.Fixed(study.LearnedMeanError, 3)} nats on average and by
                {Numerals.Fixed(study.LearnedError, 3)} nats in root mean square.
                """)
            .Finding(
                best.Error < 0.1 ? "20 to 50 evaluations are enough for a tenth of a nat." : "20 to 50 evaluations are a rough guess.",
                $"""
                The best solver within that range is {Name(best.Method)} with {best.Steps} steps
                ({Html.Text(Numerals.Fixed(best.Nfe, 0))} evaluations): {Numerals.Significant(best.Error, 2)} nats.
                {Name(finest.Method)} with {finest.Steps} steps has {Numerals.Significant(finest.Error, 1)}. With a
                geometric ladder of levels the steps are equal in ln <i>σ</i>.
                """)
            .Finding("The prior has to be the process’s own.", $"""
                A recipe for VP takes N(0, I); with this process, whose noise ends at <i>σ</i> =
                {LevelText.Sigma(sigmaMax)}, that gives {Numerals.Fixed(study.UnitPriorMean, 1)} nats. With
                N(0, {LevelText.Sigma(sigmaMax)}²·I) the exact score gives {Numerals.Fixed(study.ExactFlowMean, 4)} where
                the closed form has {Numerals.Fixed(study.ExactMean, 4)}: what is missing is the ring’s own
                width, which the prior leaves out.
                """)
            .Table(Probes(study))
            .Finding("Estimated traces are right on average only.", $"""
                Hutchinson’s estimator replaces the divergence by <i>v</i>ᵀ<i>Jv</i> for a few random <i>v</i>. One
                probe leaves an error of {Numerals.Fixed(study.Probes[0].Error, 2)} nats a point,
                {study.Probes[^1].Probes} probes {Numerals.Fixed(study.Probes[^1].Error, 2)}. In two dimensions the exact
                trace costs two tangents, and needs no estimate; in many dimensions there is no choice.
                """)
            .Commands(
                $"scoregpu likelihood --model {NcsnCommands.ModelFile} --grid 61 --range -7 7 --steps {study.LearnedSteps} --plot density.svg --out density.npy",
                $"scoregpu likelihood --model {NcsnCommands.ModelFile} --points annealed.npy --steps {study.LearnedSteps} --out logp.npy",
                $"scoregpu likelihood --model {NcsnCommands.ModelFile} --points annealed.npy --steps {study.LearnedSteps} --divergence hutchinson --probes 16 --out logp-estimated.npy");
    }

    private static string Name(FlowMethod method) => method == FlowMethod.RungeKutta ? "RK4" : method.ToString();

    private static PageTable Probes(LikelihoodStudy study)
    {
        PageTable table = new(
            [Html.Text("trace"), Html.Text("mean ln p, nats"), Html.Text("rms difference to the exact trace")]);
        table.StrongRow(Html.Text("exact"), Html.Text(Numerals.Fixed(study.LearnedMean, 3)), Html.Text("0"));
        foreach (ProbeError row in study.Probes)
        {
            table.Row(
                Html.Text(row.Probes == 1 ? "1 probe" : $"{Numerals.Count(row.Probes)} probes"),
                Html.Text(Numerals.Fixed(row.Mean, 3)),
                Html.Text(Numerals.Fixed(row.Error, 3)));
        }

        return table;
    }
}
