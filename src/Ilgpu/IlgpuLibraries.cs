using System.Reflection;
using System.Runtime.InteropServices;

namespace ScoreGpu.Ilgpu;

/// <summary>Finds the drivers' libraries under the names that they have without a development package.</summary>
/// <remarks>ILGPU asks for <c>libcuda.so</c> and <c>libOpenCL.so</c>. Drivers and loaders install <c>libcuda.so.1</c>
/// and <c>libOpenCL.so.1</c>; without the plain names ILGPU finds no device, and says nothing.</remarks>
internal static class IlgpuLibraries
{
    private static readonly Dictionary<string, string[]> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["cuda"] = ["libcuda.so.1", "libcuda.so", "/usr/lib/wsl/lib/libcuda.so.1"],
        ["OpenCL"] = ["libOpenCL.so.1", "libOpenCL.so"],
    };

    private static readonly Lazy<bool> Registered = new(Register);

    /// <summary>Makes ILGPU's imports use these names; once is enough.</summary>
    /// <returns>false where the system has other names, which ILGPU knows.</returns>
    public static bool Use() => Registered.Value;

    /// <summary>The first name of a library that can be loaded, or null.</summary>
    public static string? Find(string library) =>
        Names[library].FirstOrDefault(name => NativeLibrary.TryLoad(name, out _));

    private static bool Register()
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        NativeLibrary.SetDllImportResolver(typeof(Context).Assembly, Resolve);
        return true;
    }

    // Zero leaves the search to the runtime.
    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) =>
        Names.ContainsKey(name) && Find(name) is { } found && NativeLibrary.TryLoad(found, out nint handle) ? handle : 0;
}
