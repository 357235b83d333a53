using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Samplers.Host;

namespace ScoreGpu.Viz.Labs.FlowMatching;

/// <summary>Points led along the exact ODE of a process: a network that has made no error.</summary>
internal static class ExactFlow
{
    /// <summary>
    /// The last time at which the exact velocity of the straight path can be worked out from the score: at 1, x_t says
    /// nothing of the data, and the score nothing of the velocity.
    /// </summary>
    public const double Latest = 1.0 - 1e-6;

    /// <summary>The first time of a process's exact path.</summary>
    public static double StartOf(ContinuousProcess process) =>
        process is FlowProcess ? Latest : process.TimeRange.End;

    /// <summary>N even steps of Euler's method from a time to 0, at which nothing is evaluated.</summary>
    /// <param name="process">The process.</param>
    /// <param name="steps">N.</param>
    /// <param name="first">The first time.</param>
    public static TimeGrid EulerGrid(ContinuousProcess process, int steps, double first) => TimeGrid.Of(
        process, [.. Enumerable.Range(0, steps + 1).Select(i => first * (steps - i) / steps)], endsAtData: false);

    /// <summary>The same times without 0, and a last step to the data, x ← x̂₀.</summary>
    /// <param name="process">The process.</param>
    /// <param name="steps">N.</param>
    /// <param name="first">The first time.</param>
    public static TimeGrid GridToData(ContinuousProcess process, int steps, double first) => TimeGrid.Of(
        process, [.. Enumerable.Range(0, steps).Select(i => first * (steps - i) / steps)]);

    /// <summary>What is known of an exact network that predicts the velocity or, elsewhere, the noise.</summary>
    public static SamplerModel ModelOf(ContinuousProcess process) =>
        new(process, process is FlowProcess ? Prediction.Velocity : Prediction.Epsilon);

    /// <summary>Runs a program with the exact network.</summary>
    /// <param name="data">The distribution of x₀.</param>
    /// <param name="process">The process.</param>
    /// <param name="create">The program of a model.</param>
    /// <param name="starts">x at the first time, [N, 2].</param>
    /// <param name="cancellation">Stops between two rows.</param>
    /// <param name="every">Keeps the state after every k-th row, and the last; 0 keeps none.</param>
    public static (double[] Points, double[] States) Run(
        GaussianMixture data,
        ContinuousProcess process,
        Func<SamplerModel, StepProgram> create,
        double[] starts,
        CancellationToken cancellation,
        int every = 0)
    {
        SamplerModel model = ModelOf(process);
        StepProgram program = create(model);
        HostRequest request = new() { Count = starts.Length / 2, Start = starts, Cancellation = cancellation };
        List<double> states = [];
        double[] points = HostProgram.Run(
            program,
            new ExactNetwork(data, model),
            request,
            (row, x) =>
            {
                bool isLast = row == program.Rows.Count - 1;
                if (every > 0 && ((row + 1) % every == 0 || isLast))
                {
                    states.AddRange(x.Span);
                }
            }).Points;
        return (points, [.. states]);
    }
}
