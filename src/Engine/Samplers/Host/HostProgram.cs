using ScoreGpu.Kernels;

namespace ScoreGpu.Engine.Samplers.Host;

/// <summary>Runs a step program on the host in double: what a device does, with the same draws and without its
/// rounding.</summary>
/// <remarks>
/// With <see cref="ExactNetwork"/> in place of a trained network, what is wrong with the samples is the fault of the
/// start and of the steps alone.
/// </remarks>
public static class HostProgram
{
    /// <summary>Runs a program for a batch.</summary>
    /// <param name="program">The rows.</param>
    /// <param name="network">The network.</param>
    /// <param name="request">The batch.</param>
    /// <param name="observe">Shown the state after the start (row −1) and after each row, [N, D]; null shows nothing.
    /// </param>
    /// <exception cref="InputException">A number or a length does not fit.</exception>
    /// <exception cref="OperationCanceledException">The request was cancelled.</exception>
    public static HostResult Run(
        StepProgram program,
        IBatchNetwork network,
        HostRequest request,
        Action<int, ReadOnlyMemory<double>>? observe = null)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(request);
        double[] x = request.CreateStart(network.Dimension, program.StartScale);
        double[] anchor = new double[x.Length];
        double[] accumulator = new double[x.Length];
        double[] previous = new double[x.Length];
        double[] output = new double[x.Length];
        double[] noise = new double[x.Length];
        observe?.Invoke(-1, x);
        for (int row = 0; row < program.Rows.Count; row++)
        {
            request.Cancellation.ThrowIfCancellationRequested();
            var (condition, step) = program.Rows[row];
            network.Evaluate(x, [condition], output);
            if (step.UsesNoise)
            {
                request.FillNoise(row, PhiloxStreams.SamplerNoise, network.Dimension, noise);
            }

            for (int i = 0; i < x.Length; i++)
            {
                double estimate = (step.DenoisedX * x[i]) + (step.DenoisedOutput * output[i]);
                estimate = Math.Clamp(estimate, -step.DenoisedBound, step.DenoisedBound);
                var seen = new Seen(x[i], anchor[i], accumulator[i], previous[i], output[i], estimate, noise[i]);
                x[i] = seen.Sum(step.X);
                anchor[i] = seen.Sum(step.Anchor);
                accumulator[i] = seen.Sum(step.Accumulator);
                previous[i] = seen.Sum(step.Previous);
            }

            observe?.Invoke(row, x);
            request.Progress?.Report((row + 1.0) / program.Rows.Count);
        }

        return new HostResult(x, program.Nfe);
    }

    private readonly record struct Seen(
        double X, double Anchor, double Accumulator, double Previous, double Output, double Denoised, double Noise)
    {
        public double Sum(in LinearCombination weights) =>
            (weights.X * X) + (weights.Anchor * Anchor) + (weights.Accumulator * Accumulator)
            + (weights.Previous * Previous) + (weights.Output * Output) + (weights.Denoised * Denoised)
            + (weights.Noise * Noise);
    }
}
