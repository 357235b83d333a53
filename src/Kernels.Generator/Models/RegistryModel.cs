using System.Collections.Immutable;

namespace ScoreGpu.Kernels.Generator.Models;

/// <summary>What the registry says about one entry point.</summary>
internal sealed record RegistryEntry(string Name, string Property, string Summary, LocationModel? Location);

/// <summary>The entry points of one kernel.</summary>
internal sealed record RegistryFamily(string Name, EquatableArray<RegistryEntry> Entries);

/// <summary>Every entry point of the assembly.</summary>
internal sealed record RegistryModel(string Namespace, EquatableArray<RegistryEntry> Entries)
{
    internal static RegistryFamily EntryOf(KernelModel kernel)
    {
        string type = $"global::{(kernel.Namespace.Length > 0 ? kernel.Namespace + "." : string.Empty)}{kernel.Name}";
        return new RegistryFamily(
            kernel.Name,
            new EquatableArray<RegistryEntry>(
            [
                .. kernel.Instances.Select(instance => new RegistryEntry(
                    instance.Name,
                    $"{type}.{(kernel.TypeParameters.Count == 0 ? "Definition" : instance.ShortName)}",
                    kernel.Summary,
                    kernel.Location)),
            ]));
    }

    internal static RegistryModel Create(ImmutableArray<RegistryFamily> families, string assembly)
        => new(
            NamespaceOf(assembly),
            new EquatableArray<RegistryEntry>(
            [
                .. families.SelectMany(family => family.Entries)
                    .OrderBy(entry => entry.Name, StringComparer.Ordinal),
            ]));

    /// <summary>The assembly's name as a namespace: what cannot stand in one becomes a _, as the SDK has it.</summary>
    private static string NamespaceOf(string assembly)
        => string.Join(
            ".",
            assembly.Split('.').Select(part =>
            {
                string word = string.Concat(part.Select(c => char.IsLetterOrDigit(c) ? c : '_'));
                return word.Length > 0 && !char.IsDigit(word[0]) ? word : "_" + word;
            }));
}
