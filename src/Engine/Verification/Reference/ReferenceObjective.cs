using ScoreGpu.Engine.Training;

namespace ScoreGpu.Engine.Verification.Reference;

/// <summary>Losses and their gradients in float64, as means over the batch.</summary>
internal static class ReferenceObjective
{
    /// <summary>The loss; its gradient is added to <paramref name="gradient"/>, laid out as the network's values.</summary>
    public static double Evaluate(
        ReferenceNetwork network, Objective objective, TrainingBatch batch, double[] gradient)
    {
        int dimension = network.Architecture.Dimension;
        int count = batch.Clean.Length / dimension;
        double loss = 0;
        for (int n = 0; n < count; n++)
        {
            double[] clean = Row(batch.Clean, n, dimension);
            double[] noise = batch.Noise.Length == 0 ? [] : Row(batch.Noise, n, dimension);
            loss += objective switch
            {
                DenoisingObjective denoising => Denoising(
                    network,
                    denoising.Levels[batch.Levels.Length == 0 ? 0 : batch.Levels[n]],
                    clean,
                    noise,
                    count,
                    gradient),
                SlicedObjective sliced => Sliced(network, sliced, clean, noise, count, gradient),
                _ => Hyvarinen(network, clean, count, gradient),
            };
        }

        return loss / count;
    }

    public static double[] Row(float[] values, int n, int dimension) =>
        [.. values.AsSpan(n * dimension, dimension).ToArray().Select(value => (double)value)];

    private static double Denoising(
        ReferenceNetwork network, NoiseLevel level, double[] clean, double[] noise, int count, double[] gradient)
    {
        double[] x = Combine(level.Alpha, clean, level.Sigma, noise);
        double[] target = Combine(level.TargetClean, clean, level.TargetNoise, noise);
        var trace = network.Forward(x, level.Condition, []);
        double[] error = Combine(1, trace.Output, -1, target);
        network.Backward(trace, Combine(2 * level.Weight / count, error, 0, error), [], gradient);
        return level.Weight * error.Sum(e => e * e);
    }

    private static double Hyvarinen(ReferenceNetwork network, double[] x, int count, double[] gradient)
    {
        double[][] units = [.. Enumerable.Range(0, x.Length).Select(network.Unit)];
        var trace = network.Forward(x, 0, units);
        double loss = 0.5 * trace.Output.Sum(s => s * s);
        for (int d = 0; d < x.Length; d++)
        {
            loss += trace.OutputTangents[d][d];
        }

        network.Backward(
            trace,
            [.. trace.Output.Select(s => s / count)],
            [.. units.Select(unit => unit.Select(u => u / count).ToArray())],
            gradient);
        return loss;
    }

    private static double Sliced(
        ReferenceNetwork network, SlicedObjective objective, double[] x, double[] probe, int count, double[] gradient)
    {
        var trace = network.Forward(x, 0, [probe]);
        double projection = trace.Output.Zip(probe, (s, v) => s * v).Sum();
        double[] square = objective.ReducesVariance ? trace.Output : [.. probe.Select(v => projection * v)];
        double loss = 0.5 * trace.Output.Zip(square, (s, t) => s * t).Sum();
        for (int d = 0; d < x.Length; d++)
        {
            loss += probe[d] * trace.OutputTangents[0][d];
        }

        network.Backward(
            trace, [.. square.Select(s => s / count)], [[.. probe.Select(v => v / count)]], gradient);
        return loss;
    }

    private static double[] Combine(double a, double[] x, double b, double[] y)
    {
        double[] result = new double[x.Length];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = (a * x[i]) + (b * y[i]);
        }

        return result;
    }
}
