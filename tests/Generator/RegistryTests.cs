using Microsoft.CodeAnalysis;

namespace ScoreGpu.Tests.Generator;

/// <summary>The list of an assembly's kernels.</summary>
public sealed class RegistryTests
{
    [Theory]
    [InlineData("Kernels.Of.Mine", "Kernels.Of.Mine")]
    [InlineData("own-kernel", "own_kernel")]
    [InlineData("2nd kernels.v 1", "_2nd_kernels.v_1")]
    public void Its_namespace_is_the_assembly_s_name_as_an_identifier(string assembly, string expected)
    {
        const string Kernel =
            "static class K { [Kernel] public static void Run(FloatView x) { x[Group.IdxX] = 1f; } }";
        GeneratorRun.Driver().RunGeneratorsAndUpdateCompilation(
            GeneratorRun.Compile(Kernel).WithAssemblyName(assembly),
            out Compilation output,
            out _,
            TestContext.Current.CancellationToken);

        Assert.DoesNotContain(
            output.GetDiagnostics(TestContext.Current.CancellationToken),
            each => each.Severity == DiagnosticSeverity.Error);
        Assert.NotNull(output.GetTypeByMetadataName(expected + ".GeneratedKernels"));
    }
}
