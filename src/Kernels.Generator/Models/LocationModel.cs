using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ScoreGpu.Kernels.Generator.Models;

/// <summary>A place in a source file, without the syntax tree that a <see cref="Location"/> holds.</summary>
internal sealed record LocationModel(string Path, TextSpan Span, LinePositionSpan Lines)
{
    internal static LocationModel From(Location location)
        => new(location.SourceTree?.FilePath ?? string.Empty, location.SourceSpan, location.GetLineSpan().Span);

    internal Location ToLocation() => Location.Create(Path, Span, Lines);
}
