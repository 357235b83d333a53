namespace ScoreGpu.Kernels.Dialect;

/// <summary>What a kernel costs for each item of its work, as it declares it.</summary>
/// <param name="Item">What an item is: "sample", "element".</param>
/// <param name="FlopsFormula">Floating-point operations an item, in terms of the kernel's parameters.</param>
/// <param name="BytesFormula">Bytes of global memory moved an item, in terms of the kernel's parameters.</param>
/// <param name="Flops">Evaluates <paramref name="FlopsFormula"/>, given the value of each parameter and symbol.</param>
/// <param name="Bytes">Evaluates <paramref name="BytesFormula"/>, given the value of each parameter and symbol.</param>
/// <param name="Where">The symbols, <c>"symbol: its meaning; symbol: its meaning"</c>; empty where there are none.</param>
public sealed record KernelCost(
    string Item,
    string FlopsFormula,
    string BytesFormula,
    Func<Func<string, double>, double> Flops,
    Func<Func<string, double>, double> Bytes,
    string Where);
