using System.Text;
using Microsoft.CodeAnalysis;
using ScoreGpu.Kernels.Generator.Diagnostics;
using ScoreGpu.Kernels.Generator.Models;

namespace ScoreGpu.Kernels.Generator.Output;

/// <summary>Writes the class that lists every kernel of the assembly.</summary>
internal static class RegistrySource
{
    internal static void Add(SourceProductionContext output, RegistryModel registry)
    {
        if (registry.Entries.Count == 0)
        {
            return;
        }

        HashSet<string> seen = [];
        List<RegistryEntry> entries = [];
        foreach (RegistryEntry entry in registry.Entries)
        {
            if (seen.Add(entry.Name))
            {
                entries.Add(entry);
            }
            else
            {
                output.ReportDiagnostic(Diagnostic.Create(
                    KernelDiagnostics.DuplicateName, entry.Location?.ToLocation(), entry.Name));
            }
        }

        output.AddSource("GeneratedKernels.g.cs", Write(registry.Namespace, entries));
    }

    private static string Write(string assembly, List<RegistryEntry> entries)
    {
        var text = new StringBuilder(SourceText.Head);
        text.Append($"namespace {assembly};\n\n");
        text.Append("/// <summary>Every kernel of this assembly.</summary>\n");
        text.Append("public static class GeneratedKernels\n{\n");
        foreach (RegistryEntry entry in entries)
        {
            text.Append($"    /// <summary>{SourceText.Escaped(entry.Summary)}</summary>\n");
            text.Append($"    public static KernelDefinition {entry.Name} => {entry.Property};\n\n");
        }

        text.Append("    /// <summary>Every kernel, by name.</summary>\n");
        text.Append($"    public static {SourceText.List}<KernelDefinition> All {{ get; }} =\n    [\n");
        foreach (RegistryEntry entry in entries)
        {
            text.Append($"        {entry.Name},\n");
        }

        return text.Append("    ];\n}\n").ToString();
    }
}
