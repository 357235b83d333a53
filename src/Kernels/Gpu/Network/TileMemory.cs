namespace ScoreGpu.Kernels.Gpu;

/// <summary>Where the parts of a group's tile lie in its local memory, in floats.</summary>
public static class TileMemory
{
    /// <summary>Features of the two large buffers begin here, after the slice of weights.</summary>
    public const int Ping = TileProduct.SliceLength;

    /// <summary>The second large buffer.</summary>
    /// <param name="shape">The tile.</param>
    public static int Pong(in TileShape shape) => Ping + (shape.Width * shape.Columns);

    /// <summary>What a kernel keeps besides.</summary>
    /// <param name="shape">The tile.</param>
    public static int Extra(in TileShape shape) => Ping + (2 * shape.Width * shape.Columns);
}
