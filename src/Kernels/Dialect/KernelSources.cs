using System.Reflection;

namespace ScoreGpu.Kernels.Dialect;

/// <summary>The C# files of this assembly's kernels and of what they call, as they were when it was built.</summary>
public static class KernelSources
{
    private static readonly Lazy<IReadOnlyDictionary<string, string>> Texts = new(Read);

    /// <summary>The text of each file by its path, as in <c>Gpu/Dense/DenseKernel.cs</c>.</summary>
    public static IReadOnlyDictionary<string, string> All => Texts.Value;

    private static SortedDictionary<string, string> Read()
    {
        Assembly assembly = typeof(KernelSources).Assembly;
        SortedDictionary<string, string> texts = new(StringComparer.Ordinal);
        foreach (string name in assembly.GetManifestResourceNames())
        {
            if (name.EndsWith(".cs", StringComparison.Ordinal))
            {
                using StreamReader reader = new(assembly.GetManifestResourceStream(name)!);
                texts.Add(name.Replace('\\', '/'), reader.ReadToEnd().Replace("\r\n", "\n", StringComparison.Ordinal));
            }
        }

        return texts;
    }
}
