using ScoreGpu.Kernels;

namespace ScoreGpu.Engine.Samplers.Host;

/// <summary>The samples, and the share of proposals that were accepted.</summary>
/// <param name="Points">The samples, [N, D].</param>
/// <param name="MeanNfe">Network evaluations a sample.</param>
/// <param name="AcceptanceRate">Accepted proposals over all proposals, in [0, 1].</param>
public sealed record MalaResult(double[] Points, double MeanNfe, double AcceptanceRate) : HostResult(Points, MeanNfe);

/// <summary>
/// The Metropolis-adjusted Langevin algorithm: the proposal x′ = x + η·s(x) + √(2η)·z is accepted with probability
/// min(1, p(x′)·q(x | x′)/(p(x)·q(x′ | x))), q(y | x) = N(y; x + η·s(x), 2η·I), and x stays otherwise.
/// </summary>
/// <remarks>
/// It leaves p as it is, where plain Langevin dynamics has a bias of order η. A network gives the score and not the
/// density. Where the density is not given, ln p(x′) − ln p(x) is the line integral of the score from x to x′ by
/// Simpson's rule, which costs one more evaluation a step; a learned score is a gradient only nearly, so the target is
/// then what the integral says. Not a table, because of the choice. Roberts and Tweedie, 1996, "Exponential convergence
/// of Langevin distributions and their discrete approximations", section 1.4.
/// </remarks>
public static class MalaSampler
{
    /// <summary>ln p at points [N, D], up to a constant.</summary>
    public delegate double[] LogDensities(double[] points);

    /// <summary>Runs chains for a batch.</summary>
    /// <param name="model">The process and the prediction.</param>
    /// <param name="time">The time whose noisy distribution is sampled.</param>
    /// <param name="network">The network.</param>
    /// <param name="request">The batch.</param>
    /// <param name="steps">Proposals a chain, at least 1.</param>
    /// <param name="stepSize">η, above 0.</param>
    /// <param name="startScale">The standard deviation of the start, at least 0.</param>
    /// <param name="logDensities">ln p; null integrates the score along the proposal.</param>
    /// <exception cref="InputException">A number is out of range.</exception>
    public static MalaResult Run(
        SamplerModel model,
        double time,
        IBatchNetwork network,
        HostRequest request,
        int steps,
        double stepSize,
        double startScale = LangevinSampler.UsualStartScale,
        LogDensities? logDensities = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(request);
        SamplerChecks.RequireSteps(nameof(steps), steps);
        SamplerChecks.RequirePositive("step size", stepSize);
        SamplerChecks.RequireNotNegative("start scale", startScale);
        int dimension = network.Dimension;
        var field = new Field(model, time, network);
        double[] x = request.CreateStart(dimension, startScale);
        double[] score = field.Scores(x);
        double[]? density = logDensities?.Invoke(x);
        double[] noise = new double[x.Length];
        long accepted = 0;
        for (int step = 0; step < steps; step++)
        {
            request.Cancellation.ThrowIfCancellationRequested();
            request.FillNoise(step, PhiloxStreams.SamplerNoise, dimension, noise);
            double[] proposal = new double[x.Length];
            for (int k = 0; k < x.Length; k++)
            {
                proposal[k] = x[k] + (stepSize * score[k]) + (Math.Sqrt(2.0 * stepSize) * noise[k]);
            }

            double[] proposalScore = field.Scores(proposal);
            double[]? proposalDensity = logDensities?.Invoke(proposal);
            double[] gain = density is null || proposalDensity is null
                ? LineIntegrals(field, x, score, proposal, proposalScore, dimension)
                : [.. proposalDensity.Zip(density, (after, before) => after - before)];
            for (int i = 0; i < request.Count; i++)
            {
                var part = new Range(i * dimension, (i + 1) * dimension);
                double ratio = gain[i]
                    + LogProposal(x.AsSpan(part), proposal.AsSpan(part), proposalScore.AsSpan(part), stepSize)
                    - LogProposal(proposal.AsSpan(part), x.AsSpan(part), score.AsSpan(part), stepSize);

                // Written so that NaN, from a proposal far out, is not accepted.
                if (Math.Log(request.Uniform(i, step)) < ratio)
                {
                    accepted++;
                    proposal.AsSpan(part).CopyTo(x.AsSpan(part));
                    proposalScore.AsSpan(part).CopyTo(score.AsSpan(part));
                    if (density is not null && proposalDensity is not null)
                    {
                        density[i] = proposalDensity[i];
                    }
                }
            }

            request.Progress?.Report((step + 1.0) / steps);
        }

        return new MalaResult(x, field.Evaluations, (double)accepted / ((long)steps * request.Count));
    }

    // ln q(to | from) up to a constant.
    private static double LogProposal(
        ReadOnlySpan<double> to, ReadOnlySpan<double> from, ReadOnlySpan<double> score, double stepSize)
    {
        double squares = 0.0;
        for (int d = 0; d < to.Length; d++)
        {
            double difference = to[d] - from[d] - (stepSize * score[d]);
            squares += difference * difference;
        }

        return -squares / (4.0 * stepSize);
    }

    private static double[] LineIntegrals(
        Field field, double[] from, double[] scoreFrom, double[] to, double[] scoreTo, int dimension)
    {
        double[] middle = new double[from.Length];
        for (int k = 0; k < middle.Length; k++)
        {
            middle[k] = 0.5 * (from[k] + to[k]);
        }

        double[] scoreMiddle = field.Scores(middle);
        double[] integrals = new double[from.Length / dimension];
        for (int k = 0; k < from.Length; k++)
        {
            integrals[k / dimension] +=
                (scoreFrom[k] + (4.0 * scoreMiddle[k]) + scoreTo[k]) / 6.0 * (to[k] - from[k]);
        }

        return integrals;
    }

    private sealed class Field(SamplerModel model, double time, IBatchNetwork network)
    {
        private readonly LinearCombination _score = model.Score(time);
        private readonly double[] _condition = [model.ConditionAt(time)];

        public int Evaluations { get; private set; }

        public double[] Scores(double[] points)
        {
            double[] scores = new double[points.Length];
            network.Evaluate(points, _condition, scores);
            for (int k = 0; k < scores.Length; k++)
            {
                scores[k] = (_score.X * points[k]) + (_score.Output * scores[k]);
            }

            Evaluations++;
            return scores;
        }
    }
}
