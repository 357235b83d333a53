namespace ScoreGpu.Kernels.Dialect.Debug;

/// <summary>The work-items of a group did not all reach the same barrier; on a GPU the group would hang.</summary>
/// <param name="message">Where the work-items were.</param>
public sealed class BarrierException(string message) : Exception(message);
