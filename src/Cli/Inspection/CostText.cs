using System.Text.RegularExpressions;
using ScoreGpu.Cli.Output;
using ScoreGpu.Kernels.Dialect;

namespace ScoreGpu.Cli.Inspection;

/// <summary>The cost that a kernel declares, as formulas.</summary>
/// <param name="cost">The declared cost.</param>
internal sealed partial class CostText(KernelCost cost)
{
    /// <summary>What an item is.</summary>
    public string Item => cost.Item;

    /// <summary>Floating-point operations an item.</summary>
    public string Flops => cost.FlopsFormula;

    /// <summary>Bytes of global memory an item.</summary>
    public string Bytes => cost.BytesFormula;

    /// <summary>The symbols of the formulas that are no parameters, each with its meaning.</summary>
    public IReadOnlyList<(string Symbol, string Meaning)> Where { get; } =
    [
        .. cost.Where.Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Split(':', 2, StringSplitOptions.TrimEntries))
            .Select(parts => (parts[0], parts[1])),
    ];

    /// <summary>The arithmetic intensity, operations a byte: a number where it depends on no parameter, or the quotient
    /// of the formulas.</summary>
    public string Intensity => Flops == "0" ? "0"
        : Name().IsMatch(Flops + Bytes) ? $"({Flops}) / ({Bytes})"
        : NumberText.Real(cost.Flops(_ => 0) / cost.Bytes(_ => 0));

    [GeneratedRegex("[A-Za-z_]")]
    private static partial Regex Name();
}
