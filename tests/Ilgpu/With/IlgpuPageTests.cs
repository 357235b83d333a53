using System.Globalization;
using System.Text;
using ScoreGpu.Engine.Devices.Inspection;
using ScoreGpu.Tests.Docs;

namespace ScoreGpu.Tests.Ilgpu;

/// <summary>The table of docs/ilgpu.md is what ILGPU and clang write.</summary>
public sealed class IlgpuPageTests
{
    private const string Start = "<!-- table of PTX -->\n";
    private const string End = "<!-- end of the table -->\n";

    [Fact]
    public void The_page_has_the_counts_of_every_kernel()
    {
        string? clang = ClangCompiler.Find();
        Assert.SkipWhen(clang is null, $"{ClangCompiler.Program} is not installed.");
        var table = new StringBuilder();
        table.Append("| kernel | ILGPU: all | private | inner loop | an fma | clang-19: all | private | inner loop | an fma |\n");
        table.Append("|---|---:|---:|---:|---:|---:|---:|---:|---:|\n");
        foreach (var kernel in ScoreGpu.Kernels.GeneratedKernels.All)
        {
            PtxProgram ilgpu = new(PtxCompilation.CompileByIlgpu(kernel).Text);
            PtxProgram cuda = new(
                ClangCompiler.ToPtx(clang, kernel.CudaC, PtxCompilation.Capability, CancellationToken.None));
            table.Append(CultureInfo.InvariantCulture, $"| {kernel.Name} | {Row(ilgpu)} | {Row(cuda)} |\n");
        }

        string path = Path.Combine(Repository.Root, "docs", "ilgpu.md");
        string page = File.ReadAllText(path);
        int first = page.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        int last = page.IndexOf(End, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("SCOREGPU_UPDATE_SNAPSHOTS") == "1")
        {
            File.WriteAllText(path, page[..first] + table + page[last..]);
            return;
        }

        Assert.Equal(table.ToString(), page[first..last]);
    }

    [Fact]
    public void The_innermost_loop_is_found()
    {
        const string text = """
            L_1:
                mov.b32 %r1, 0;
            L_2:
                fma.rn.f32 %f1, %f2, %f3, %f4;
                ld.local.f32 %f5, [%rd1];
            L_3:
                fma.rn.f32 %f1, %f2, %f3, %f4;
                fma.rn.f32 %f1, %f2, %f3, %f4;
                @%p1 bra L_3;
                bra.uni L_2;
            L_4:
                fma.rn.f32 %f1, %f2, %f3, %f4;
                fma.rn.f32 %f1, %f2, %f3, %f4;
                fma.rn.f32 %f1, %f2, %f3, %f4;
                bra L_4;
                ret;
            """;
        PtxProgram program = new(text);
        Assert.Equal(12, program.Instructions);
        Assert.Equal(1, program.PrivateAccesses);
        Assert.Equal((3, 2, 0), program.InnerLoop());
    }

    private static string Row(PtxProgram program)
    {
        string all = string.Create(CultureInfo.InvariantCulture, $"{program.Instructions} | {program.PrivateAccesses}");
        return program.InnerLoop() is not var (instructions, multiplyAdds, accesses)
            ? all + " | | "
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{all} | {instructions} : {multiplyAdds} : {accesses} | {instructions / (double)multiplyAdds:f1}");
    }
}
