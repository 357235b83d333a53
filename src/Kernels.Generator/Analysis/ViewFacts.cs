using Microsoft.CodeAnalysis;

namespace ScoreGpu.Kernels.Generator.Analysis;

/// <summary>What is known about a local or parameter that is a view, an array or a reference.</summary>
internal sealed class ViewFacts(MemorySpace space)
{
    internal MemorySpace Space { get; } = space;

    /// <summary>Whether an element is written, here or in a function that is called.</summary>
    internal bool IsWritten { get; set; }

    /// <summary>Whether an element is read.</summary>
    internal bool IsRead { get; set; }

    /// <summary>Whether its length is asked for.</summary>
    internal bool NeedsLength { get; set; }

    /// <summary>The length of an array or of static shared memory; null if it is not constant.</summary>
    internal int? ConstantLength { get; set; }

    /// <summary>Whether this is dynamic shared memory itself.</summary>
    internal bool IsDynamicShared { get; set; }

    /// <summary>The views that this one was made from, and whether it is the whole of them.</summary>
    internal List<(ISymbol Source, bool IsWhole)> Sources { get; } = [];
}
