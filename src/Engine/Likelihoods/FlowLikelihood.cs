using ScoreGpu.Engine.Devices;

namespace ScoreGpu.Engine.Likelihoods;

/// <summary>ln p by a program of fixed steps on a device, a batch in one go.</summary>
public static class FlowLikelihood
{
    /// <summary>ln p of points.</summary>
    /// <param name="program">The steps and the weights.</param>
    /// <param name="network">The network.</param>
    /// <param name="request">The points.</param>
    /// <exception cref="InputException">A number or a length does not fit.</exception>
    /// <exception cref="OperationCanceledException">The request was cancelled.</exception>
    public static LogLikelihoods Run(LikelihoodProgram program, IDeviceNetwork network, TraceRequest request)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(request);
        TraceResult result = network.IntegrateTrace(program, request);
        double[] ends = Array.ConvertAll(result.Points, value => (double)value);
        return LogLikelihoods.Of(
            program.Prior, program.PerDimension, ends, result.Traces, request.Estimator, program.Steps.Nfe);
    }
}
