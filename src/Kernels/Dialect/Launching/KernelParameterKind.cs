namespace ScoreGpu.Kernels.Dialect;

/// <summary>What a kernel's parameter is.</summary>
public enum KernelParameterKind
{
    /// <summary>A view of global memory.</summary>
    View,

    /// <summary>A number.</summary>
    Scalar,

    /// <summary>A struct of numbers, passed by value.</summary>
    Struct,
}
