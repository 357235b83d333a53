namespace ScoreGpu.Kernels.Dialect;

/// <summary>Declares what a kernel costs for each item of its work, as formulas in its numeric parameters.</summary>
/// <remarks>
/// A formula is arithmetic on numbers, on the names of the kernel's numeric parameters, such as <c>"2 * width * width"</c>,
/// and on the symbols of <see cref="Where"/>. It is evaluated in double.
/// </remarks>
/// <param name="item">What an item is: "sample", "element", "pixel".</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class KernelCostAttribute(string item) : Attribute
{
    /// <summary>What an item is.</summary>
    public string Item { get; } = item;

    /// <summary>Floating-point operations an item; a fused multiply-add counts two.</summary>
    public string Flops { get; init; } = "0";

    /// <summary>Bytes of global memory read and written an item, if each is moved once.</summary>
    public string Bytes { get; init; } = "0";

    /// <summary>What formulas use that no parameter tells, as <c>"symbol: its meaning; symbol: its meaning"</c>.</summary>
    public string Where { get; init; } = "";
}
