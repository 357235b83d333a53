using System.Globalization;
using ScoreGpu.Kernels.Generator.Models;

namespace ScoreGpu.Kernels.Generator.Output;

/// <summary>Writes the expression that creates a <c>KernelDefinition</c>.</summary>
internal static class DefinitionSource
{
    internal static string Write(KernelModel kernel, InstanceModel instance)
    {
        string types = string.Join(", ", instance.TypeArguments.Select(
            type => SourceText.Quoted(type.Substring(type.LastIndexOf('.') + 1).Replace("global::", string.Empty))));
        string method = kernel.Type.Replace("global::", string.Empty) + "." + kernel.Method;
        return $$"""
            new()
                {
                    Name = "{{instance.Name}}",
                    Summary = {{SourceText.Quoted(kernel.Summary)}},
                    Method = "{{method}}",
                    TypeArguments = [{{types}}],
                    CSharp = CSharpText,
                    OpenClC = {{SourceText.Raw(instance.OpenClC)}},
                    CudaC = {{SourceText.Raw(instance.CudaC)}},
                    Parameters =
                    [
            {{string.Concat(instance.Parameters.Select(Parameter))}}        ],
                    GroupSize = {{kernel.GroupSize.ToString(CultureInfo.InvariantCulture)}},
                    StaticSharedBytes = {{instance.StaticSharedBytes.ToString(CultureInfo.InvariantCulture)}},
                    UsesDynamicShared = {{SourceText.Flag(instance.UsesDynamicShared)}},
                    NeedsDynamicSharedBytes = {{SourceText.Flag(instance.NeedsDynamicSharedBytes)}},
                    UsesBarriers = {{SourceText.Flag(instance.UsesBarriers)}},
                    Cost = {{Cost(kernel.Cost)}},
                };
            """;
    }

    private static string Parameter(ParameterModel parameter)
    {
        string size = parameter.SizeBytes.ToString(CultureInfo.InvariantCulture);
        string flags = $"{SourceText.Flag(parameter.IsReadOnly)}, {SourceText.Flag(parameter.NeedsLength)}";
        return $"            new({SourceText.Quoted(parameter.Name)}, {SourceText.Quoted(parameter.Summary)}, "
            + $"KernelParameterKind.{parameter.Kind}, {SourceText.Quoted(parameter.Type)}, {size}, {flags}),\n";
    }

    private static string Cost(CostModel? cost)
        => cost is null
            ? "null"
            : $"new({SourceText.Quoted(cost.Item)}, {SourceText.Quoted(cost.Flops)}, {SourceText.Quoted(cost.Bytes)}, "
                + $"static value => {cost.FlopsCode}, static value => {cost.BytesCode}, "
                + $"{SourceText.Quoted(cost.Where)})";
}
