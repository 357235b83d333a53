using System.Text.Json.Nodes;
using ScoreGpu.Cli.Output;
using ScoreGpu.Engine.Devices.Inspection;
using ScoreGpu.Kernels.Dialect;

namespace ScoreGpu.Cli.Inspection;

/// <summary>What a device's compiler reports of a kernel, in words and as JSON.</summary>
internal static class CompiledFacts
{
    /// <summary>Labels and values, in the order to show.</summary>
    public static IReadOnlyList<(string Label, string Value)> Lines(KernelDefinition kernel, CompiledKernel compiled) =>
    [
        ("device", compiled.Device.ToString()),
        ("largest group", NumberText.Count(compiled.MaxGroupSize)),
        ("preferred multiple", NumberText.Count(compiled.PreferredMultiple)),
        ("registers", compiled.Registers is { } registers ? NumberText.Count(registers) : "the driver does not say"),
        ("private memory", KernelFacts.Bytes(compiled.PrivateBytes)),
        ("local memory, compiled", KernelFacts.Bytes(compiled.LocalBytes)),
        ("occupancy", Occupancy(kernel, compiled)),
        ("binary", KernelFacts.Bytes(compiled.Binary.Length)),
    ];

    /// <summary>The same as a JSON object.</summary>
    public static JsonObject ToJson(CompiledKernel compiled) => new()
    {
        ["device"] = compiled.Device.ToString(),
        ["max_group_size"] = compiled.MaxGroupSize,
        ["preferred_multiple"] = compiled.PreferredMultiple,
        ["registers"] = compiled.Registers,
        ["private_bytes"] = compiled.PrivateBytes,
        ["local_bytes"] = compiled.LocalBytes,
        ["occupancy"] = compiled.Occupancy,
        ["groups_by_local_memory"] = GroupsByLocalMemory(compiled),
        ["binary_bytes"] = compiled.Binary.Length,
        ["build_log"] = compiled.BuildLog,
    };

    private static string Occupancy(KernelDefinition kernel, CompiledKernel compiled) =>
        compiled.Occupancy is { } share
            ? string.Create(NumberText.Culture, $"{100 * share:F0} %")
                + (kernel.UsesDynamicShared ? " at most: the launch adds local memory" : "")
            : GroupsByLocalMemory(compiled) is { } groups
                ? $"local memory allows {NumberText.Count(groups)} groups a unit; registers are not known"
                : "the driver does not say";

    private static long? GroupsByLocalMemory(CompiledKernel compiled) =>
        compiled.LocalBytes > 0 ? compiled.Device.LocalMemoryBytes / compiled.LocalBytes : null;
}
