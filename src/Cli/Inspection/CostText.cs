using System.Text.RegularExpressions;
using ScoreGpu.Cli.Output;
using ScoreGpu.Kernels.Dialect;

namespace ScoreGpu.Cli.Inspection;

/// <summary>The cost that a kernel declares, as formulas.</summary>
/// <param name="cost">The declared cost.</param>
internal sealed partial class CostText(KernelCost cost)
{
    private const string Undeclared = "0";

    /// <summary>What an item is.</summary>
    public string Item => cost.Item;

    /// <summary>Floating-point operations an item; null where none are declared.</summary>
    public string? Flops => cost.FlopsFormula == Undeclared ? null : cost.FlopsFormula;

    /// <summary>Bytes of global memory an item; null where none are declared.</summary>
    public string? Bytes => cost.BytesFormula == Undeclared ? null : cost.BytesFormula;

    /// <summary>The arithmetic intensity, operations a byte: a number where it depends on no parameter, or the quotient
    /// of the formulas; null where one is missing.</summary>
    public string? Intensity => Flops is null || Bytes is null ? null
        : Name().IsMatch(Flops + Bytes) ? $"({Flops}) / ({Bytes})"
        : NumberText.Real(cost.Flops(_ => 0) / cost.Bytes(_ => 0));

    [GeneratedRegex("[A-Za-z_]")]
    private static partial Regex Name();
}
