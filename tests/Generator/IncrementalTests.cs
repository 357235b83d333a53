using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ScoreGpu.Kernels.Generator;

namespace ScoreGpu.Tests.Generator;

/// <summary>What an edit makes the generator do again.</summary>
public sealed class IncrementalTests
{
    private const string Kernel =
        "static class K { [Kernel] public static void Run(FloatView v) { v[0] = H.F(v[1]); } }";

    private const string Helper = "static class H { public static float F(float x) => x + 1f; }";

    private const string Unrelated = "static class U { public static int Value => 1; }";

    [Fact]
    public void AnEditElsewhereWritesNothingAgain()
    {
        GeneratorRunResult result = Edit(2, "static class U { public static int Value => 2; }");

        Assert.All(Reasons(result, KernelGenerator.KernelsStep), IsUnchanged);
        Assert.All(Reasons(result, KernelGenerator.RegistryStep), IsUnchanged);
        Assert.All(OutputReasons(result), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Fact]
    public void AnEditOfAHelperInAnotherFileWritesTheKernelAgain()
    {
        GeneratorRunResult result = Edit(1, Helper.Replace("1f", "2f", StringComparison.Ordinal));

        Assert.Contains(IncrementalStepRunReason.Modified, Reasons(result, KernelGenerator.KernelsStep));
        Assert.Contains("2.0f", result.GeneratedSources.Single(s => s.HintName == "K.Run.g.cs").SourceText.ToString(),
            StringComparison.Ordinal);
        Assert.All(Reasons(result, KernelGenerator.RegistryStep), IsUnchanged);
    }

    [Fact]
    public void TheModelKeepsNoSyntaxAndNoSymbols()
    {
        GeneratorRunResult result = Edit(2, Unrelated + " ");
        foreach (IncrementalGeneratorRunStep step in result.TrackedSteps[KernelGenerator.KernelsStep])
        {
            foreach ((object value, _) in step.Outputs)
            {
                AssertPlain(value, []);
            }
        }
    }

    private static GeneratorRunResult Edit(int file, string text)
    {
        CSharpCompilation before = GeneratorRun.Compile(Kernel, Helper, Unrelated);
        GeneratorDriver driver = GeneratorRun.Driver().RunGenerators(before);
        SyntaxTree old = before.SyntaxTrees[file];
        CSharpCompilation after = before.ReplaceSyntaxTree(old, GeneratorRun.Parse(text, old.FilePath));
        return driver.RunGenerators(after).GetRunResult().Results.Single();
    }

    private static IEnumerable<IncrementalStepRunReason> Reasons(GeneratorRunResult result, string step)
        => result.TrackedSteps[step].SelectMany(run => run.Outputs).Select(output => output.Reason);

    private static IEnumerable<IncrementalStepRunReason> OutputReasons(GeneratorRunResult result)
        => result.TrackedOutputSteps.SelectMany(pair => pair.Value)
            .SelectMany(run => run.Outputs).Select(output => output.Reason);

    private static void IsUnchanged(IncrementalStepRunReason reason)
        => Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"{reason}");

    private static void AssertPlain(object? value, HashSet<object> seen)
    {
        if (value is null or string || value.GetType().IsPrimitive || !seen.Add(value))
        {
            return;
        }

        Assert.False(value is ISymbol or SyntaxNode or Compilation or SyntaxTree or Location, value.GetType().Name);
        foreach (System.Reflection.FieldInfo field in value.GetType().GetFields(
            System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic
                | System.Reflection.BindingFlags.Public))
        {
            AssertPlain(field.GetValue(value), seen);
        }

        if (value is Array array)
        {
            foreach (object? item in array)
            {
                AssertPlain(item, seen);
            }
        }
    }
}
