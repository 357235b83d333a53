using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Kernels;

namespace ScoreGpu.Engine.Reflow;

/// <summary>Pairs (x₀, ε) that a model's flow connects, in model units.</summary>
/// <remarks>
/// ε ~ N(0, I) at t = 1 is led to the data along the flow (Liu, Gong and Liu, 2022, arXiv:2209.03003, section 2.1, with the
/// times counted the other way). Only a network that predicts the velocity, or v, says something at t = 1.
/// </remarks>
/// <param name="Clean">x₀ of each pair.</param>
/// <param name="Noise">ε of each pair.</param>
/// <param name="Straightness">S of the paths between them.</param>
public sealed record FlowPairs(PointSet Clean, PointSet Noise, double Straightness)
{
    // The states on the way are kept for these alone.
    private const int MostTraced = 2000;

    /// <summary>Checks that a model has a flow whose pairs can be made.</summary>
    /// <exception cref="InputException">It has not.</exception>
    public static void Require(Model model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.Process.Diffusion is not FlowProcess)
        {
            throw InputException.For(
                "the model's process", model.Process.Name, "flow, the straight path, which alone can become straight");
        }

        if (model.Predicts is not (Prediction.Velocity or Prediction.V))
        {
            throw InputException.For(
                "the model's prediction",
                Predictions.NameOf(model.Predicts),
                "velocity or v, which say something where all is noise");
        }
    }

    /// <summary>The grid of a number of even steps from t = 1 to the data.</summary>
    /// <param name="model">A model with a flow.</param>
    /// <param name="steps">Steps, at least 1; the last leads to the data.</param>
    /// <exception cref="InputException">The model has no such flow, or there are too few steps.</exception>
    public static TimeGrid Grid(Model model, int steps)
    {
        Require(model);
        return TimeGrid.Create(model.Process.Diffusion, TimeSpacing.Uniform, steps, first: 1.0, last: 1.0 / steps);
    }

    /// <summary>Makes pairs by Euler's method, and measures how straight its paths are.</summary>
    /// <param name="model">A model with a flow.</param>
    /// <param name="network">Its network on a device; stays the caller's.</param>
    /// <param name="count">Pairs, at least 1.</param>
    /// <param name="steps">Euler steps.</param>
    /// <param name="seed">The key of ε.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <exception cref="InputException">The model has no such flow, or a number is out of range.</exception>
    public static FlowPairs Make(
        Model model,
        IDeviceNetwork network,
        int count,
        int steps,
        ulong seed,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        TimeGrid grid = Grid(model, steps);
        if (count < 1)
        {
            throw InputException.For(nameof(count), count, "at least 1");
        }

        StepProgram program = EulerSampler.Create(ModelSamplers.Describe(model), grid);
        int dimension = network.Dimension;
        float[] noise = new float[checked(count * dimension)];
        double[] draw = new double[dimension];
        for (int n = 0; n < count; n++)
        {
            NormalDraws.Fill(seed, (uint)n, 0, PhiloxStreams.InitialState, draw);
            for (int d = 0; d < dimension; d++)
            {
                noise[(n * dimension) + d] = (float)draw[d];
            }
        }

        float[] clean = network.Sample(program, new SampleRequest
        {
            Count = count,
            Start = noise,
            Cancellation = cancellation,
        }).Points;
        int traced = Math.Min(count, MostTraced);
        float[] states = network.Sample(program, new SampleRequest
        {
            Count = traced,
            Start = noise[..(traced * dimension)],
            RecordEvery = 1,
            Cancellation = cancellation,
        }).Trajectories;
        return new FlowPairs(
            new PointSet(clean, count, dimension),
            new PointSet(noise, count, dimension),
            Reflow.Straightness.Of(
                Array.ConvertAll(states, value => (double)value), Reflow.Straightness.TimesOf(grid), traced));
    }
}
