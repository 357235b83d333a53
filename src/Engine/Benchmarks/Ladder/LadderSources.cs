using ScoreGpu.Kernels.Dialect;

namespace ScoreGpu.Engine.Benchmarks.Ladder;

/// <summary>The C# files that rungs are written in, as they were when they were built.</summary>
public static class LadderSources
{
    private const string OfKernels = "Kernels/";
    private const string OfEngine = "Engine/";

    /// <summary>The text of a file of <see cref="RungInfo.Sources"/>.</summary>
    /// <exception cref="ArgumentException">There is no such file.</exception>
    public static string Read(string file)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (file.StartsWith(OfKernels, StringComparison.Ordinal)
            && KernelSources.All.TryGetValue(file[OfKernels.Length..], out string? text))
        {
            return text;
        }

        using Stream? stream = file.StartsWith(OfEngine, StringComparison.Ordinal)
            ? typeof(LadderSources).Assembly.GetManifestResourceStream(file[OfEngine.Length..])
            : null;
        using StreamReader reader = new(
            stream ?? throw new ArgumentException($"file is '{file}'; expected the place of a rung.", nameof(file)));
        return reader.ReadToEnd().Replace("\r\n", "\n", StringComparison.Ordinal);
    }
}
