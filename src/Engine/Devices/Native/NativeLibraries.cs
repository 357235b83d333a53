using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.InteropServices;

namespace ScoreGpu.Engine.Devices.Native;

/// <summary>Connects the library names of the imports to the searches that find them.</summary>
/// <remarks>An assembly can have one resolver only, so OpenCL, CUDA and NVRTC share it.</remarks>
internal static class NativeLibraries
{
    private static readonly ConcurrentDictionary<string, NativeLibrarySearch> Searches = Start();

    /// <summary>Makes imports from <paramref name="name"/> use the library that <paramref name="search"/>
    /// finds.</summary>
    public static void Register(string name, NativeLibrarySearch search) => Searches[name] = search;

    private static ConcurrentDictionary<string, NativeLibrarySearch> Start()
    {
        NativeLibrary.SetDllImportResolver(typeof(NativeLibraries).Assembly, Resolve);
        return new ConcurrentDictionary<string, NativeLibrarySearch>(StringComparer.Ordinal);
    }

    // Zero leaves the search to the runtime, which then throws DllNotFoundException with the name.
    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) =>
        Searches.TryGetValue(name, out NativeLibrarySearch? search) ? search.Handle : 0;
}
