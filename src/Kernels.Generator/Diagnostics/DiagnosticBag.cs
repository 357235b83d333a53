using Microsoft.CodeAnalysis;
using ScoreGpu.Kernels.Generator.Models;

namespace ScoreGpu.Kernels.Generator.Diagnostics;

/// <summary>Collects what is wrong with a kernel, each thing once.</summary>
internal sealed class DiagnosticBag
{
    private readonly List<DiagnosticModel> _diagnostics = [];
    private readonly HashSet<(string Id, LocationModel Location)> _seen = [];

    internal int Count => _diagnostics.Count;

    internal void Add(DiagnosticDescriptor descriptor, SyntaxNode node, params string[] arguments)
        => Add(descriptor, node.GetLocation(), arguments);

    internal void Add(DiagnosticDescriptor descriptor, Location location, params string[] arguments)
    {
        LocationModel place = LocationModel.From(location);
        if (_seen.Add((descriptor.Id, place)))
        {
            _diagnostics.Add(new DiagnosticModel(descriptor.Id, place, new EquatableArray<string>(arguments)));
        }
    }

    internal EquatableArray<DiagnosticModel> ToArray() => new([.. _diagnostics]);
}
