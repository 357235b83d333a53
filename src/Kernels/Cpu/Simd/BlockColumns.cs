namespace ScoreGpu.Kernels.Cpu.Simd;

/// <summary>A number of vectors in a row of the register block, known to the just-in-time compiler.</summary>
public interface IBlockColumns
{
    /// <summary>Vectors, 1 to 4.</summary>
    static abstract int Count { get; }
}

/// <summary>One vector.</summary>
public readonly struct Columns1 : IBlockColumns
{
    /// <inheritdoc/>
    public static int Count => 1;
}

/// <summary>Two vectors.</summary>
public readonly struct Columns2 : IBlockColumns
{
    /// <inheritdoc/>
    public static int Count => 2;
}

/// <summary>Three vectors.</summary>
public readonly struct Columns3 : IBlockColumns
{
    /// <inheritdoc/>
    public static int Count => 3;
}

/// <summary>Four vectors.</summary>
public readonly struct Columns4 : IBlockColumns
{
    /// <inheritdoc/>
    public static int Count => 4;
}
