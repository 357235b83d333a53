namespace ScoreGpu.Engine.Samplers.Host;

/// <summary>The samples, and what they cost.</summary>
/// <param name="Points">The samples, [N, D].</param>
/// <param name="Evaluations">Network evaluations, one count a trajectory.</param>
/// <param name="Rejections">Steps that were refused, over all trajectories.</param>
public sealed record AdaptiveResult(double[] Points, int[] Evaluations, int Rejections)
    : HostResult(Points, Evaluations.Average());

/// <summary>The probability-flow ODE by <see cref="DormandPrince"/>, each trajectory with steps of its own.</summary>
/// <remarks>
/// Not a table, because the times depend on the trajectory: each evaluation tells the network one time a sample. The
/// ODE: arXiv:2011.13456, equation (13) and appendix D.4.
/// </remarks>
public static class AdaptiveFlowSampler
{
    private const string Name = "rk45";

    /// <summary>Runs the sampler for a batch, between the first and the last time of a grid.</summary>
    /// <param name="model">A process in continuous time, and what the network predicts of it.</param>
    /// <param name="grid">Its first and last time, falling or rising, and whether a last step leads to the
    /// data.</param>
    /// <param name="network">The network.</param>
    /// <param name="request">The batch.</param>
    /// <param name="options">The tolerances; null takes the usual ones.</param>
    /// <exception cref="InputException">The process is discrete, a coefficient is not finite, or a trajectory does not
    /// arrive.</exception>
    public static AdaptiveResult Run(
        SamplerModel model, TimeGrid grid, IBatchNetwork network, HostRequest request, AdaptiveOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(request);
        var process = model.RequireContinuous(Name);
        int dimension = network.Dimension;
        double[] start = request.CreateStart(dimension, process.Prior(grid.Times[0]).Scale);
        var run = DormandPrince.Integrate(
            Velocity,
            start,
            dimension,
            grid.Times[0],
            grid.Times[^1],
            options ?? new AdaptiveOptions(),
            request.Progress,
            request.Cancellation);
        double[] points = run.States;
        int[] evaluations = run.Evaluations;
        if (grid.EndsAtData)
        {
            double[] output = new double[points.Length];
            var denoised = model.Denoised(grid.Times[^1]);
            network.Evaluate(points, [model.ConditionAt(grid.Times[^1])], output);
            for (int k = 0; k < points.Length; k++)
            {
                points[k] = (denoised.X * points[k]) + (denoised.Output * output[k]);
            }

            evaluations = Array.ConvertAll(evaluations, count => count + 1);
        }

        return new AdaptiveResult(points, evaluations, run.Rejections);

        void Velocity(
            ReadOnlySpan<double> states,
            ReadOnlySpan<double> times,
            ReadOnlySpan<int> trajectories,
            Span<double> derivatives)
        {
            double[] conditions = new double[times.Length];
            for (int i = 0; i < conditions.Length; i++)
            {
                conditions[i] = model.ConditionAt(times[i]);
            }

            network.Evaluate(states, conditions, derivatives);
            for (int i = 0; i < conditions.Length; i++)
            {
                var velocity = model.Velocity(times[i]);
                for (int k = i * dimension; k < (i + 1) * dimension; k++)
                {
                    derivatives[k] = (velocity.X * states[k]) + (velocity.Output * derivatives[k]);
                }
            }
        }
    }
}
