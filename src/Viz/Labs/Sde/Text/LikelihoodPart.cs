using ScoreGpu.Engine.Likelihoods;
using ScoreGpu.Engine.Training;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.Sde.Text;

/// <summary>The page's fourth exercise: exact likelihoods.</summary>
internal static class LikelihoodPart
{
    /// <summary>Writes the section.</summary>
    public static void Write(Page page, SdeData data, PageFigures figures)
    {
        LikelihoodStudy study = data.Likelihood;
        SdeCommands commands = new(data);
        PageSection section = page.Section("likelihood", "Exercise 4", "How likely is this point?")
            .Paragraph($"""
                The flow carries density along as it carries points: where it spreads, density thins out. Following a point to
                the noise and adding up the divergence on the way gives the logarithm of its density exactly, up to the solver’s
                error.
                """)
            .Formula($"log <i>p</i><sub>0</sub>(<i>x</i><sub>0</sub>) = log <i>p</i><sub><i>T</i></sub>(<i>x</i><sub><i>T</i></sub>) + ∫<sub>0</sub><sup><i>T</i></sup> ∇·<i>v</i>(<i>x</i><sub><i>t</i></sub>, <i>t</i>) d<i>t</i>")
            .Prediction(
                Html.Of($"Narrow data spread out on their way to noise. Is the integral positive or negative?"),
                Html.Of($"""
                    Positive, as ∇·<i>v</i> &gt; 0 where points move apart: {SdeSymbols.Mean(study.Integral, 2)} nats on
                    average here. The data are denser than the noise, so it is added, not taken away.
                    """))
            .Figure(figures["likelihood"], Html.Of($"""
                Left: log <i>p</i> of the trained network at the nodes of a grid, by its flow. Middle: its difference from the
                truth, where there are data. Right: the exact score’s flow in steps of three methods, against
                Runge–Kutta with very many; {data.Settings.ExactPoints} points of the data.
                """))
            .Finding(
                study.ExactError < 0.01 ? "With the exact score it is the exact density." : "The flow misses the density.",
                $"""
                The largest difference from the closed form is {Numerals.Significant(study.ExactError, 2)} nats.
                {(Math.Abs(study.PriorError - study.ExactError) < 0.1 * study.ExactError
                    ? "The solver has no part in it"
                    : "A part of it is not the solver’s")}: the prior is N(0, I), the true <i>p</i><sub><i>T</i></sub> still
                carries a trace of the data, and that alone makes {Numerals.Significant(study.PriorError, 2)} nats. The methods converge with orders
                {Numerals.Fixed(study.Order(FlowMethod.Euler), 1)} (Euler), {Numerals.Fixed(study.Order(FlowMethod.Heun), 1)}
                (Heun) and {Numerals.Fixed(study.Order(FlowMethod.RungeKutta), 1)} (Runge–Kutta).
                """)
            .Finding("The network, measured in nats.", $"""
                Over {data.Settings.LikelihoodPoints} fresh points, log <i>p</i> − log <i>p</i><sub><i>θ</i></sub> is
                {SdeSymbols.Mean(study.Gap, 4)} on average. That is the Kullback–Leibler divergence from the data to the model;
                the entropy of the data is {SdeSymbols.Mean(study.Entropy, 2)}. It took {Numerals.Seconds(study.Elapsed)} for
                {Numerals.Fixed(study.Nfe, 0)} evaluations a point with their exact traces. Summed over the grid, the network’s
                density makes {Numerals.Fixed(study.Mass, 4)}: a flow loses no mass.
                """);
        Signs(section, study);
        Probes(section, data, figures);
        section.Commands(
            "scoregpu likelihood --model model.safetensors --grid 120 --range -4 4 --plot density.svg --out density.npy",
            commands.Sample("model.safetensors", "heun", "points"),
            "scoregpu likelihood --model model.safetensors --points points.npy --out exact.npy",
            "scoregpu likelihood --model model.safetensors --points points.npy --divergence hutchinson --probes 16 --out estimated.npy");
    }

    private static void Signs(PageSection section, LikelihoodStudy study)
    {
        bool isWorse = study.MinusError > 10 * study.ExactError && study.TextError > 10 * study.ExactError;
        section.Finding(
            isWorse ? "The sign is a plus, and the prior has a constant." : "Sign and constant hardly show here.", $"""
            The text’s formula has the plus. The code below it subtracts the integral and leaves −log 2π of the two-dimensional
            prior out. Subtracting is off by {Numerals.Fixed(study.MinusError, 2)} nats on average; with the constant left out
            as well it is {Numerals.Fixed(study.TextError, 2)}, since the two errors partly cancel. The check that needs no
            truth: the density that this code makes sums to {Numerals.Count((long)Math.Round(study.MassOfText))} over the grid in place
            of 1. It also adds up all points of a batch into one number, so that it must be called point by point.
            """);
    }

    private static void Probes(PageSection section, SdeData data, PageFigures figures)
    {
        TraceStudy study = data.Traces;
        TraceRow gaussian = study.Of(ProbeKind.Gaussian)[^1];
        TraceRow signs = study.Of(ProbeKind.Rademacher)[^1];
        double bias = study.Rows.Max(row => Math.Abs(row.Bias) / row.StandardErrorOfBias);
        double straight = study.Straight[0].Rms / study.Straight[1].Rms;
        double turned = study.Turned[0].Rms / study.Turned[1].Rms;
        section
            .Heading("Hutchinson’s estimator")
            .Paragraph($"""
                In many dimensions the trace of the Jacobian is dear, and <i>v</i><sup>T</sup><i>Jv</i> for random <i>v</i> is
                right on average. In two dimensions the exact trace costs two tangents, so the estimate can be held against it.
                """)
            .Prediction(
                Html.Of($"Gaussian <i>v</i>, or random signs: which errs less?"),
                Html.Of($"""
                    Signs. With {gaussian.Probes} probes the root mean square error of log <i>p</i> is
                    {Numerals.Significant(gaussian.Rms, 2)} nats for Gaussian ones and {Numerals.Significant(signs.Rms, 2)} for
                    signs: they miss only what is off the diagonal of the Jacobian.
                    """))
            .Figure(figures["traces"], Html.Of($"""
                The root mean square error of the network’s log <i>p</i> at {data.Settings.TracePoints} points against the exact
                trace (solid), and the standard error that the estimate states of itself (dotted).
                """))
            .Finding(
                bias < 3.6 ? "Right on average, and honest about its error." : "Biased, against expectation.", $"""
                The errors fall with powers {Numerals.Fixed(study.Slope(ProbeKind.Gaussian), 2)} and
                {Numerals.Fixed(study.Slope(ProbeKind.Rademacher), 2)} of the number of probes, where a mean has −½; the largest
                mean error is {Numerals.Fixed(bias, 1)} of its standard errors. Gaussian probes err
                {Numerals.Significant(study.GaussianOverRademacher, 2)} times as much. That is these data’s doing: their
                clusters stand along the axes, and the exact Jacobian is diagonal
                {(straight > 1e6 ? "– with the exact score, signs make no error at all" : "")}. Turn the data by 30° and the
                factor is {Numerals.Significant(turned, 2)}, with the exact score and {study.Turned[0].Probes} probes.
                """)
            .Finding(
                study.Fresh.Evaluations > 2 * study.Kept.Evaluations
                    ? "Draw the probe once, before the solver starts."
                    : "New probes hardly disturb the solver here.",
                $"""
                The text draws a new <i>v</i> in every evaluation. An adaptive solver then sees a right-hand side that jumps:
                with a tolerance of {Numerals.Significant(TraceStudy.Tolerance, 1)} and the exact score it takes
                {Numerals.Significant(study.Fresh.Evaluations, 3)} evaluations a point in place of
                {Numerals.Significant(study.Kept.Evaluations, 3)}. With fixed steps there is nothing to confuse, and new probes
                are {(study.Fresh.FixedRms < study.Kept.FixedRms ? "even the better choice, as their errors average out" : "no better")}:
                the error of one Gaussian probe is {Numerals.Significant(study.Fresh.FixedRms, 2)} nats in place of
                {Numerals.Significant(study.Kept.FixedRms, 2)}.
                """);
    }
}
