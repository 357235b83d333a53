using System.Runtime.CompilerServices;

namespace ScoreGpu.Tests.Generator;

/// <summary>
/// The whole text of each kernel, as it was when somebody last read it. SCOREGPU_UPDATE_SNAPSHOTS=1 writes the files
/// anew; the change is then for review.
/// </summary>
public sealed class SnapshotTests
{
    private static readonly bool s_update =
        Environment.GetEnvironmentVariable("SCOREGPU_UPDATE_SNAPSHOTS") == "1";

    // One instance of a generic kernel shows them all.
    private static readonly string[] s_names =
    [
        "ActivationApplySilu", "ActivationBackwardGelu", "ArithmeticFloats", "ArithmeticIntegers",
        "ConditionedPowerCondition", "DenseForwardSilu", "MixedLayersScaled_HalvedFourRows", "MixtureScore",
        "PhiloxNormals", "PhiloxWords", "SharingCount", "SharingReduce", "SharingReverse", "Unconditioned",
    ];

    public static TheoryData<string> Names => [.. s_names];

    private static IEnumerable<KernelDefinition> Kernels
        => ScoreGpu.Kernels.GeneratedKernels.All.Concat(GeneratedKernels.All);

    [Theory]
    [MemberData(nameof(Names))]
    public void TextIsAsReviewed(string name)
    {
        KernelDefinition kernel = Kernels.Single(candidate => candidate.Name == name);
        Compare(name + ".cl", kernel.OpenClC);
        Compare(name + ".cu", kernel.CudaC);
    }

    private static void Compare(string file, string text)
    {
        string folder = Path.Combine(Path.GetDirectoryName(ThisFile())!, "Snapshots");
        if (s_update)
        {
            File.WriteAllText(Path.Combine(folder, file), text);
            return;
        }

        string path = Path.Combine(AppContext.BaseDirectory, "Generator", "Snapshots", file);
        Assert.True(File.Exists(path), $"No snapshot {file}: run with SCOREGPU_UPDATE_SNAPSHOTS=1 to write it.");
        string expected = File.ReadAllText(path);
        Assert.True(expected == text, $"{file} differs from its snapshot.\n{Difference(expected, text)}");
    }

    /// <summary>The first lines that differ, with − for the snapshot and + for what was generated.</summary>
    private static string Difference(string expected, string actual)
    {
        string[] before = expected.Split('\n');
        string[] after = actual.Split('\n');
        int first = 0;
        while (first < Math.Min(before.Length, after.Length) && before[first] == after[first])
        {
            first++;
        }

        int last = 0;
        while (last < Math.Min(before.Length, after.Length) - first && before[^(last + 1)] == after[^(last + 1)])
        {
            last++;
        }

        IEnumerable<string> removed = before[first..^last].Select(line => "- " + line);
        IEnumerable<string> added = after[first..^last].Select(line => "+ " + line);
        return $"from line {first + 1}:\n" + string.Join('\n', removed.Concat(added).Take(60));
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
