namespace ScoreGpu.Kernels.Cpu.Simd;

/// <summary>A number of rows known to the just-in-time compiler, so that unused accumulators cost nothing.</summary>
public interface IBlockRows
{
    /// <summary>Rows of the register block, 1 to <see cref="MicroKernel.MaximumRows"/>.</summary>
    static abstract int Count { get; }
}

/// <summary>One row.</summary>
public readonly struct Rows1 : IBlockRows
{
    /// <inheritdoc/>
    public static int Count => 1;
}

/// <summary>Two rows.</summary>
public readonly struct Rows2 : IBlockRows
{
    /// <inheritdoc/>
    public static int Count => 2;
}

/// <summary>Three rows.</summary>
public readonly struct Rows3 : IBlockRows
{
    /// <inheritdoc/>
    public static int Count => 3;
}

/// <summary>Four rows.</summary>
public readonly struct Rows4 : IBlockRows
{
    /// <inheritdoc/>
    public static int Count => 4;
}

/// <summary>Five rows.</summary>
public readonly struct Rows5 : IBlockRows
{
    /// <inheritdoc/>
    public static int Count => 5;
}

/// <summary>Six rows.</summary>
public readonly struct Rows6 : IBlockRows
{
    /// <inheritdoc/>
    public static int Count => 6;
}
