using System.Text.Json.Nodes;
using ScoreGpu.Cli.Output;
using ScoreGpu.Kernels.Dialect;
using ScoreGpu.Viz.Kernels;

namespace ScoreGpu.Cli.Inspection;

/// <summary>What a kernel says of itself, in words and as JSON.</summary>
internal static class KernelFacts
{
    /// <summary>The kernel's group size.</summary>
    public static string GroupSize(KernelDefinition kernel) =>
        kernel.GroupSize == 0 ? "any" : NumberText.Count(kernel.GroupSize);

    /// <summary>The kernel's local memory.</summary>
    public static string LocalMemory(KernelDefinition kernel)
    {
        string launch = kernel.UsesDynamicShared ? "at launch" : "none";
        return kernel.StaticSharedBytes == 0 ? launch
            : kernel.UsesDynamicShared ? $"{Bytes(kernel.StaticSharedBytes)} + {launch}"
            : Bytes(kernel.StaticSharedBytes);
    }

    /// <summary>A number of bytes in full.</summary>
    public static string Bytes(long bytes) => $"{NumberText.Count(bytes)} B";

    /// <summary>What a kernel is, as a JSON object.</summary>
    public static JsonObject ToJson(KernelDefinition kernel) => new()
    {
        ["name"] = kernel.Name,
        ["summary"] = KernelSummary.Of(kernel),
        ["method"] = kernel.Method,
        ["type_arguments"] = new JsonArray([.. kernel.TypeArguments.Select(type => (JsonNode)type)]),
        ["group_size"] = kernel.GroupSize == 0 ? null : kernel.GroupSize,
        ["static_local_bytes"] = kernel.StaticSharedBytes,
        ["dynamic_local"] = kernel.UsesDynamicShared,
        ["barriers"] = kernel.UsesBarriers,
        ["cost"] = kernel.Cost is { } cost ? ToJson(new CostText(cost)) : null,
    };

    private static JsonObject ToJson(CostText cost) => new()
    {
        ["item"] = cost.Item,
        ["flops"] = cost.Flops,
        ["bytes"] = cost.Bytes,
        ["flops_per_byte"] = cost.Intensity,
        ["where"] = new JsonObject(
            cost.Where.Select(symbol => KeyValuePair.Create(symbol.Symbol, (JsonNode?)symbol.Meaning))),
    };
}
