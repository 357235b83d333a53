namespace ScoreGpu.Engine.Benchmarks.Growth;

/// <summary>What grows while all else stays.</summary>
public enum GrowthAxis
{
    /// <summary>Trajectories.</summary>
    Count,

    /// <summary>Steps of the sampler, an evaluation each.</summary>
    Steps,

    /// <summary>Features of a hidden layer.</summary>
    Width,

    /// <summary>Dimensions of the data.</summary>
    Dimension,

    /// <summary>Threads of the CPU.</summary>
    Threads,
}

/// <summary>The size of a run: a network of three hidden layers that is told the step by a learned embedding.</summary>
/// <param name="Count">N, trajectories.</param>
/// <param name="Steps">S.</param>
/// <param name="Width">H.</param>
/// <param name="Dimension">D.</param>
/// <param name="Threads">Threads; 0 where the device has none of its own.</param>
public sealed record GrowthSize(int Count, int Steps, int Width, int Dimension, int Threads)
{
    /// <summary>What theory says that time grows with, operations a thread: 2·S·(N·P + E)/threads with
    /// P = 2·D·H + 2·H², the products of the trunk, and E = 2·H², those of a step's embedding.</summary>
    public double Work
    {
        get
        {
            double square = (double)Width * Width;
            double products = (2.0 * Dimension * Width) + (2.0 * square);
            return 2.0 * Steps * ((Count * products) + (2.0 * square)) / Math.Max(1, Threads);
        }
    }

    /// <summary>What grows, of this size.</summary>
    public int this[GrowthAxis axis] => axis switch
    {
        GrowthAxis.Count => Count,
        GrowthAxis.Steps => Steps,
        GrowthAxis.Width => Width,
        GrowthAxis.Dimension => Dimension,
        _ => Threads,
    };

    /// <summary>This size with one number changed.</summary>
    internal GrowthSize With(GrowthAxis axis, int value) => axis switch
    {
        GrowthAxis.Count => this with { Count = value },
        GrowthAxis.Steps => this with { Steps = value },
        GrowthAxis.Width => this with { Width = value },
        GrowthAxis.Dimension => this with { Dimension = value },
        _ => this with { Threads = value },
    };
}
