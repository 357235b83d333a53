using System.Runtime.InteropServices;

namespace ScoreGpu.Engine.Devices.Native;

/// <summary>Looks once for a library of a driver or toolkit under its possible names, and remembers why none would do.
/// </summary>
internal sealed class NativeLibrarySearch
{
    private readonly Lazy<(nint Handle, string? Name, string Reason)> _found;

    /// <summary>Prepares a search; nothing is loaded yet.</summary>
    /// <param name="what">The library in words, as in "the OpenCL loader".</param>
    /// <param name="candidates">File names or paths, best first; asked for when the search starts.</param>
    /// <param name="refuse">Says of a loaded library why it will not do, or null where it will.</param>
    public NativeLibrarySearch(string what, Func<IEnumerable<string>> candidates, Func<nint, string?>? refuse = null)
    {
        _found = new Lazy<(nint, string?, string)>(() => Search(what, candidates(), refuse ?? (_ => null)));
    }

    /// <summary>The loaded library, or zero.</summary>
    public nint Handle => _found.Value.Handle;

    /// <summary>The name or path that was loaded, or null.</summary>
    public string? LoadedName => _found.Value.Name;

    /// <summary>Why there is no library, in a sentence; null where there is one.</summary>
    public string? WhyMissing => Handle == 0 ? _found.Value.Reason : null;

    /// <summary>Refuses a library that lacks one of the functions.</summary>
    /// <param name="handle">The loaded library.</param>
    /// <param name="functions">The entry points that must be there.</param>
    public static string? LacksFunction(nint handle, params ReadOnlySpan<string> functions)
    {
        foreach (string function in functions)
        {
            if (!NativeLibrary.TryGetExport(handle, function, out _))
            {
                return $"it has no function {function}";
            }
        }

        return null;
    }

    private static (nint Handle, string? Name, string Reason) Search(
        string what, IEnumerable<string> candidates, Func<nint, string?> refuse)
    {
        List<string> tried = [];
        List<string> refused = [];
        foreach (string candidate in candidates)
        {
            tried.Add(candidate);
            if (!NativeLibrary.TryLoad(candidate, out nint handle))
            {
                continue;
            }

            if (refuse(handle) is not string reason)
            {
                return (handle, candidate, string.Empty);
            }

            refused.Add($"{candidate}: {reason}");
            NativeLibrary.Free(handle);
        }

        string details = refused.Count > 0
            ? string.Join("; ", refused)
            : $"looked for {string.Join(", ", tried)}";
        return (0, null, $"{what} was not found ({details})");
    }
}
