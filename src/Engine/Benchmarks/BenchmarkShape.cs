namespace ScoreGpu.Engine.Benchmarks;

/// <summary>The size at which an operation is measured.</summary>
/// <param name="Batch">N, samples, trajectories or points.</param>
/// <param name="Width">H, features of the network's hidden layers; 0 for operations without a network.</param>
public readonly record struct BenchmarkShape(int Batch, int Width)
{
    /// <summary>The width of the curves over the batch.</summary>
    public const int UsualWidth = 128;

    /// <summary>The batch of the curves over the width.</summary>
    public const int UsualBatch = 16_384;
}
