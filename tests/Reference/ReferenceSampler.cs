using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Verification.Reference;
using ScoreGpu.Kernels;

namespace ScoreGpu.Tests.Reference;

/// <summary>Runs a step program in float64, one trajectory at a time.</summary>
internal static class ReferenceSampler
{
    /// <summary>The states of one trajectory, the start first: [rows + 1][D].</summary>
    /// <param name="network">The network.</param>
    /// <param name="program">The rows.</param>
    /// <param name="start">x_T.</param>
    /// <param name="noise">z of a row.</param>
    public static double[][] Run(
        ReferenceNetwork network, StepProgram program, double[] start, Func<int, double[]> noise)
    {
        double[] x = start;
        double[] anchor = new double[x.Length];
        double[] accumulator = new double[x.Length];
        double[] previous = new double[x.Length];
        var states = new List<double[]> { x };
        for (int row = 0; row < program.Rows.Count; row++)
        {
            var step = program.Rows[row].Update;
            double[] output = network.Evaluate(x, program.Rows[row].Condition);
            double[] z = noise(row);
            double[] denoised = new double[x.Length];
            for (int d = 0; d < x.Length; d++)
            {
                double estimate = (step.DenoisedX * x[d]) + (step.DenoisedOutput * output[d]);
                denoised[d] = Math.Clamp(estimate, -(double)step.DenoisedBound, step.DenoisedBound);
            }

            (x, anchor, accumulator, previous) =
                (Combine(step.X), Combine(step.Anchor), Combine(step.Accumulator), Combine(step.Previous));
            states.Add(x);

            double[] Combine(RegisterUpdate u)
            {
                double[] next = new double[x.Length];
                for (int d = 0; d < next.Length; d++)
                {
                    next[d] = (u.X * x[d]) + (u.Anchor * anchor[d]) + (u.Accumulator * accumulator[d])
                        + (u.Previous * previous[d]) + (u.Output * output[d]) + (u.Denoised * denoised[d])
                        + (u.Noise * z[d]);
                }

                return next;
            }
        }

        return [.. states];
    }

    /// <summary>The noise that every device draws for a trajectory and a row.</summary>
    public static double[] DrawNoise(ulong seed, uint sample, int row, int dimension)
    {
        double[] z = new double[dimension];
        NormalDraws.Fill(seed, sample, (uint)row, PhiloxStreams.SamplerNoise, z);
        return z;
    }

    /// <summary>The start that every device draws for a trajectory.</summary>
    public static double[] DrawStart(ulong seed, uint sample, double scale, int dimension)
    {
        double[] z = new double[dimension];
        NormalDraws.Fill(seed, sample, 0, PhiloxStreams.InitialState, z);
        return [.. z.Select(value => scale * value)];
    }
}
