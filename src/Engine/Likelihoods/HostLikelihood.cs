using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Samplers.Host;

namespace ScoreGpu.Engine.Likelihoods;

/// <summary>
/// ln p on the host, in double: by a program, as the devices do it but without their rounding, or by
/// <see cref="DormandPrince"/> with steps of its own for each point.
/// </summary>
public static class HostLikelihood
{
    /// <summary>ln p of points by a program.</summary>
    /// <param name="program">The steps and the weights.</param>
    /// <param name="network">The network.</param>
    /// <param name="request">The points, as <see cref="HostRequest.Start"/>.</param>
    /// <param name="estimator">How the traces are worked out; null takes them exactly.</param>
    /// <exception cref="InputException">A number or a length does not fit.</exception>
    /// <exception cref="OperationCanceledException">The request was cancelled.</exception>
    public static LogLikelihoods Run(
        LikelihoodProgram program, ITraceNetwork network, HostRequest request, TraceEstimator? estimator = null)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(request);
        RequirePoints(request, network);
        var chosen = estimator ?? TraceEstimator.Exact;
        var summing = new SummingNetwork(program, network, chosen, request);
        double[] ends = HostProgram.Run(program.Steps, summing, request).Points;
        return LogLikelihoods.Of(
            program.Prior, program.PerDimension, ends, summing.Sums, chosen, program.Steps.Nfe);
    }

    /// <summary>ln p of points by steps of their own.</summary>
    /// <remarks>
    /// The integral of the divergence, or that of each probe, is one more component of the ODE, and its error estimate
    /// counts as that of the others (arXiv:2011.13456, appendix D.2; rtol = atol = 10⁻⁵ there).
    /// </remarks>
    /// <param name="model">A process in continuous time, and what the network predicts of it.</param>
    /// <param name="range">The times of the data and of the noise: the ends of a grid, rising.</param>
    /// <param name="network">The network.</param>
    /// <param name="request">The points, as <see cref="HostRequest.Start"/>.</param>
    /// <param name="estimator">How the traces are worked out; null takes them exactly.</param>
    /// <param name="options">The tolerances; null takes the usual ones.</param>
    /// <exception cref="InputException">The process is discrete, a number or a length does not fit, or a point does not
    /// arrive.</exception>
    /// <exception cref="OperationCanceledException">The request was cancelled.</exception>
    public static LogLikelihoods RunAdaptive(
        SamplerModel model,
        TimeGrid range,
        ITraceNetwork network,
        HostRequest request,
        TraceEstimator? estimator = null,
        AdaptiveOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(range);
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(request);
        RequirePoints(request, network);
        var chosen = estimator ?? TraceEstimator.Exact;
        var process = model.RequireContinuous("rk45");
        var traces = new HostTraces(network, chosen, request.Count, request.Seed, request.FirstSample);
        int dimension = network.Dimension;
        int values = chosen.Values;
        int width = dimension + values;
        double[] start = new double[checked(request.Count * width)];
        for (int i = 0; i < request.Count; i++)
        {
            request.Start.AsSpan(i * dimension, dimension).CopyTo(start.AsSpan(i * width));
        }

        var run = DormandPrince.Integrate(
            Derivative,
            start,
            width,
            range.Times[0],
            range.Times[^1],
            options ?? new AdaptiveOptions(),
            request.Progress,
            request.Cancellation);
        double[] ends = new double[request.Count * dimension];
        double[] sums = new double[request.Count * values];
        for (int i = 0; i < request.Count; i++)
        {
            run.States.AsSpan(i * width, dimension).CopyTo(ends.AsSpan(i * dimension));
            run.States.AsSpan((i * width) + dimension, values).CopyTo(sums.AsSpan(i * values));
        }

        return LogLikelihoods.Of(process.Prior(range.Times[^1]), 0.0, ends, sums, chosen, run.Evaluations.Average());

        void Derivative(
            ReadOnlySpan<double> states,
            ReadOnlySpan<double> times,
            ReadOnlySpan<int> trajectories,
            Span<double> derivatives)
        {
            int count = times.Length;
            double[] points = new double[count * dimension];
            double[] conditions = new double[count];
            for (int i = 0; i < count; i++)
            {
                states.Slice(i * width, dimension).CopyTo(points.AsSpan(i * dimension));
                conditions[i] = model.ConditionAt(times[i]);
            }

            double[] outputs = new double[points.Length];
            double[] jacobians = new double[count * values];
            network.Evaluate(points, conditions, outputs);
            traces.Evaluate(points, conditions, trajectories, jacobians);
            for (int i = 0; i < count; i++)
            {
                var velocity = model.Velocity(times[i]);
                for (int d = 0; d < dimension; d++)
                {
                    int k = (i * dimension) + d;
                    derivatives[(i * width) + d] = (velocity.X * points[k]) + (velocity.Output * outputs[k]);
                }

                for (int k = 0; k < values; k++)
                {
                    derivatives[(i * width) + dimension + k] =
                        (velocity.X * dimension) + (velocity.Output * jacobians[(i * values) + k]);
                }
            }
        }
    }

    private static void RequirePoints(HostRequest request, ITraceNetwork network)
    {
        if (request.Start is null)
        {
            throw InputException.For("start", null, "the points whose density is asked for");
        }

        BatchChecks.RequireLength("start", request.Start.Length, (long)request.Count * network.Dimension);
    }

    /// <summary>A network that sums the weighted traces at what it is asked for: a program asks once a row.</summary>
    private sealed class SummingNetwork : IBatchNetwork
    {
        private readonly LikelihoodProgram _program;
        private readonly ITraceNetwork _network;
        private readonly HostTraces _traces;
        private readonly int[] _trajectories;
        private readonly double[] _values;
        private int _row;

        public SummingNetwork(
            LikelihoodProgram program, ITraceNetwork network, TraceEstimator estimator, HostRequest request)
        {
            _program = program;
            _network = network;
            _traces = new HostTraces(network, estimator, request.Count, request.Seed, request.FirstSample);
            _trajectories = [.. Enumerable.Range(0, request.Count)];
            _values = new double[checked(request.Count * estimator.Values)];
            Sums = new double[_values.Length];
        }

        /// <summary>Σ w·tr J, [N], or Σ w·vᵀJv, [N, K].</summary>
        public double[] Sums { get; }

        public int Dimension => _network.Dimension;

        public void Evaluate(ReadOnlySpan<double> points, ReadOnlySpan<double> conditions, Span<double> outputs)
        {
            _network.Evaluate(points, conditions, outputs);
            _traces.Evaluate(points, conditions, _trajectories, _values);
            double weight = _program.TraceWeights[_row++];
            for (int i = 0; i < Sums.Length; i++)
            {
                Sums[i] += weight * _values[i];
            }
        }
    }
}
