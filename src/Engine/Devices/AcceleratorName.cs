using System.Diagnostics.CodeAnalysis;

namespace ScoreGpu.Engine.Devices;

/// <summary>An accelerator as a user names it: <c>cuda</c>, <c>cuda:0</c> or <c>opencl:NAME</c>.</summary>
/// <param name="Api">One of <see cref="AcceleratorCatalog.Apis"/>.</param>
/// <param name="Selector">An index, or a part of a name; null for the best.</param>
internal readonly record struct AcceleratorName(string Api, string? Selector)
{
    /// <summary>Stands between the interface and the selector.</summary>
    public const char Mark = ':';

    /// <summary>Reads a name; false where its interface is unknown or nothing follows the mark.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out AcceleratorName? name)
    {
        int mark = text.IndexOf(Mark, StringComparison.Ordinal);
        string api = mark < 0 ? text : text[..mark];
        string? selector = mark < 0 ? null : text[(mark + 1)..];
        name = AcceleratorCatalog.Apis.Contains(api) && selector != "" ? new AcceleratorName(api, selector) : null;
        return name is not null;
    }
}
