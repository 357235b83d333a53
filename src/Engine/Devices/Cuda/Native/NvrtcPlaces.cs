namespace ScoreGpu.Engine.Devices.Cuda.Native;

/// <summary>Where NVRTC may be: in the loader's path, or in a toolkit's folders.</summary>
internal static class NvrtcPlaces
{
    /// <summary>The environment variable that names NVRTC's file or folder.</summary>
    public const string Variable = "SCOREGPU_NVRTC";

    private static readonly string[] LinuxNames =
        ["libnvrtc.so.13", "libnvrtc.so.12", "libnvrtc.so.11.2", "libnvrtc.so"];

    private static readonly string[] WindowsNames =
        ["nvrtc64_130_0.dll", "nvrtc64_120_0.dll", "nvrtc64_112_0.dll"];

    private static readonly string[] ToolkitFolders =
        ["lib64", "targets/x86_64-linux/lib", "targets/sbsa-linux/lib", "lib", "bin", "bin/x64"];

    /// <summary>The candidates on this machine, best first.</summary>
    public static IEnumerable<string> Candidates() =>
        Candidates(
            OperatingSystem.IsWindows() ? WindowsNames : LinuxNames,
            Environment.GetEnvironmentVariable(Variable),
            Toolkits(),
            File.Exists);

    /// <summary>The candidates of given places: what the user named and nothing else, or the loader's own path and then
    /// the toolkits' folders.</summary>
    /// <param name="names">File names, newest first.</param>
    /// <param name="named">A file or a folder; null for none.</param>
    /// <param name="toolkits">The roots of toolkits.</param>
    /// <param name="exists">Whether a file exists.</param>
    internal static IEnumerable<string> Candidates(
        IReadOnlyList<string> names, string? named, IEnumerable<string> toolkits, Func<string, bool> exists)
    {
        if (!string.IsNullOrWhiteSpace(named))
        {
            return exists(named) ? [named] : names.Select(name => Path.Combine(named, name));
        }

        IEnumerable<string> files =
            from toolkit in toolkits
            from folder in ToolkitFolders
            from name in names
            select Path.Combine(toolkit, folder, name);
        return names.Concat(files.Where(exists)).Distinct(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Toolkits()
    {
        foreach (string variable in new[] { "CUDA_HOME", "CUDA_PATH" })
        {
            if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } root)
            {
                yield return root;
            }
        }

        const string Local = "/usr/local";
        if (!OperatingSystem.IsWindows() && Directory.Exists(Local))
        {
            // Plain "cuda" is the one that the administrator chose; it sorts before "cuda-12.6".
            foreach (string root in Directory.GetDirectories(Local, "cuda*").Order(StringComparer.Ordinal))
            {
                yield return root;
            }
        }
    }
}
