namespace ScoreGpu.Kernels.Gpu;

/// <summary>The columns of a <see cref="RegisterBlock"/>.</summary>
public interface IRegisterBlock
{
    /// <summary>Quads of columns.</summary>
    static abstract int Quads { get; }
}

/// <summary>Eight columns: 64 multiply-adds for four reads of 16 bytes.</summary>
public readonly struct EightColumns : IRegisterBlock
{
    /// <inheritdoc/>
    public static int Quads => 2;
}

/// <summary>Four columns, for narrow tiles: 32 multiply-adds for three reads of 16 bytes.</summary>
public readonly struct FourColumns : IRegisterBlock
{
    /// <inheritdoc/>
    public static int Quads => 1;
}
