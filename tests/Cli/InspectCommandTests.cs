using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ScoreGpu.Engine.Devices.Inspection;
using ScoreGpu.Tests.OpenCl;

namespace ScoreGpu.Tests.Cli;

public sealed partial class InspectCommandTests : IDisposable
{
    private readonly CliFolder _folder = new();

    // This assembly has generated kernels of its own.
    private static IReadOnlyList<KernelDefinition> Kernels => global::ScoreGpu.Kernels.GeneratedKernels.All;

    public static TheoryData<string> KernelNames => [.. Kernels.Select(kernel => kernel.Name)];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_list_has_every_kernel_with_what_it_does()
    {
        string list = _folder.Succeed("inspect");

        Assert.All(Kernels, kernel => Assert.Contains($"  {kernel.Name} ", list, StringComparison.Ordinal));
        Assert.Contains("A whole step program for a whole batch in one launch", list, StringComparison.Ordinal);
        Assert.Contains("2 * inputs * outputs", list, StringComparison.Ordinal);
    }

    [Fact]
    public void The_list_in_json_has_sizes_and_costs()
    {
        JsonElement kernels = _folder.SucceedWithJson("inspect").GetProperty("kernels");

        Assert.Equal(Kernels.Count, kernels.GetArrayLength());
        JsonElement dense = Named(kernels, "DenseForwardSilu");
        Assert.Equal(64, dense.GetProperty("group_size").GetInt32());
        Assert.Equal(4096, dense.GetProperty("static_local_bytes").GetInt32());
        Assert.Equal("Silu", dense.GetProperty("type_arguments")[0].GetString());
        JsonElement adam = Named(kernels, "AdamStep").GetProperty("cost");
        Assert.Equal("0.571", adam.GetProperty("flops_per_byte").GetString());
    }

    [Theory]
    [MemberData(nameof(KernelNames))]
    public void Every_kernel_is_shown_in_its_texts(string name)
    {
        KernelDefinition kernel = Kernel(name);

        Assert.Equal(kernel.CSharp.TrimEnd('\n'), _folder.Succeed($"inspect {name} --as csharp").TrimEnd('\n'));
        Assert.Equal(kernel.OpenClC.TrimEnd('\n'), _folder.Succeed($"inspect {name} --as opencl").TrimEnd('\n'));
        Assert.Equal(kernel.CudaC.TrimEnd('\n'), _folder.Succeed($"inspect {name} --as cuda").TrimEnd('\n'));
    }

    [Theory]
    [MemberData(nameof(KernelNames))]
    public void Every_kernel_becomes_ptx(string name)
    {
        if (ClangCompiler.Find() is not string clang)
        {
            Assert.Skip($"{ClangCompiler.Program} is not installed");
            return;
        }

        string ptx = ClangCompiler.ToPtx(
            clang,
            Kernel(name).CudaC,
            PtxCompilation.Capability,
            TestContext.Current.CancellationToken);

        Assert.Contains($".entry {name}(", ptx, StringComparison.Ordinal);
        Assert.Contains(".target sm_80", ptx, StringComparison.Ordinal);
    }

    [Fact]
    public void A_binary_comes_from_the_device_and_goes_to_a_file()
    {
        string device = $"opencl:{OpenClTestDevice.Find().Index}";

        string reported = _folder.Succeed($"inspect AdamStep --as binary --device {device} --out @adam.bin");

        Assert.Contains("made by", reported, StringComparison.Ordinal);
        Assert.NotEqual(0, new FileInfo(_folder["adam.bin"]).Length);
    }

    [Fact]
    public void A_device_adds_what_its_compiler_reports()
    {
        string device = $"opencl:{OpenClTestDevice.Find().Index}";

        JsonElement compiled =
            _folder.SucceedWithJson($"inspect DenseForwardSilu --device {device}").GetProperty("compiled");

        Assert.True(compiled.GetProperty("local_bytes").GetInt64() >= 4096);
        Assert.True(compiled.GetProperty("preferred_multiple").GetInt32() >= 1);
        Assert.True(compiled.GetProperty("max_group_size").GetInt32() >= 64);
        Assert.True(compiled.GetProperty("binary_bytes").GetInt64() > 0);
        Assert.Contains(
            "preferred multiple", _folder.Succeed($"inspect AdamStep --device {device}"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_form_goes_to_a_file_or_into_json()
    {
        _folder.Succeed("inspect MixtureScore --as opencl --out @mixture.cl");
        JsonElement json = _folder.SucceedWithJson("inspect MixtureScore --as opencl");

        string file = File.ReadAllText(_folder["mixture.cl"], Encoding.UTF8);
        Assert.Equal(Kernel("MixtureScore").OpenClC, file);
        Assert.Equal(file, json.GetProperty("text").GetString());
    }

    [Theory]
    [InlineData("inspect DenseForwardSilo", "nearest: DenseForwardSilu")]
    [InlineData("inspect AdamStep --as assembler", "nearest: ")]
    [InlineData("inspect AdamStep --as binary", "--device too")]
    [InlineData("inspect AdamStep --device cpu", "nearest: ")]
    [InlineData("inspect AdamStep --device opencl:no-such-maker", "no-such-maker")]
    [InlineData("inspect AdamStep --as opencl --device opencl", "--device means nothing")]
    [InlineData("inspect AdamStep --out @x.cl", "expected --as too")]
    [InlineData("inspect AdamStep --as opencl --html @x.html", "--html means nothing with --as")]
    [InlineData("inspect AdamStep --html @x.txt", ".html")]
    [InlineData("inspect --as opencl", "no kernel's name")]
    public void What_makes_no_sense_is_refused(string line, string expected) =>
        Assert.Contains(expected, _folder.Refuse(line), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(KernelNames))]
    public void A_page_is_well_formed_loads_nothing_and_has_every_line(string name)
    {
        _folder.Succeed($"inspect {name} --html @page.html");

        string html = File.ReadAllText(_folder["page.html"], Encoding.UTF8);
        XDocument page = Parse(html);
        Assert.DoesNotMatch(LoadedAddress(), html);
        List<string> shown = Texts(page, "right");
        Assert.All(
            Kernel(name).OpenClC.Split('\n')
                .SkipWhile(line => line.StartsWith("//", StringComparison.Ordinal)),
            line => Assert.True(line.Length == 0 || shown.Contains(line), $"'{line}' is missing."));
    }

    [Fact]
    public void A_page_sets_lines_that_say_the_same_beside_each_other()
    {
        _folder.Succeed("inspect DenseForwardSilu --html @page.html");

        string html = File.ReadAllText(_folder["page.html"], Encoding.UTF8);
        XDocument page = Parse(html);
        List<(string Left, string Right)> pairs =
        [
            .. page.Descendants("div").Where(div => div.Attribute("class")?.Value == "line match").Select(div =>
                (div.Elements("code").First().Value.Trim(), div.Elements("code").Last().Value.Trim())),
        ];
        Assert.Contains(
            ("int row = Group.IdxX / Stride;", "int row = (int)get_local_id(0) / DenseKernel_Stride;"), pairs);
        Assert.Contains(("Group.Barrier();", "barrier(CLK_LOCAL_MEM_FENCE);"), pairs);
        Assert.Contains(
            ("int tilesAcross = (outputs + TileOutputs - 1) / TileOutputs;",
                "int tilesAcross = (outputs + DenseKernel_TileOutputs - 1) / DenseKernel_TileOutputs;"),
            pairs);
        Assert.Contains(Texts(page, "left"), line => line.Contains("Sigmoid(float x)", StringComparison.Ordinal));
    }

    private static XDocument Parse(string html) => XDocument.Parse(
        html.Replace("<!DOCTYPE html>", "", StringComparison.Ordinal), LoadOptions.PreserveWhitespace);

    private static KernelDefinition Kernel(string name) => Kernels.Single(kernel => kernel.Name == name);

    private static JsonElement Named(JsonElement kernels, string name) =>
        kernels.EnumerateArray().Single(kernel => kernel.GetProperty("name").GetString() == name);

    private static List<string> Texts(XDocument page, string side) =>
    [
        .. page.Descendants("code").Where(code => code.Attribute("class")?.Value == side).Select(code => code.Value),
    ];

    [GeneratedRegex("""(?:src|href)="(?!#)|@import|url\(""")]
    private static partial Regex LoadedAddress();
}
