using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using ScoreGpu.Cli;
using ScoreGpu.Engine.Devices.Inspection;
using ScoreGpu.Tests.Conformance;
using ScoreGpu.Tests.Engine;
using ScoreGpu.Tests.OpenCl;

namespace ScoreGpu.Tests.Cuda;

/// <summary>The tests of CUDA and the device <c>cuda</c> of the program, in processes that load the emulated driver in
/// place of NVIDIA's.</summary>
public sealed class CudaEmulationRunTests(CudaEmulationBuild build) : IClassFixture<CudaEmulationBuild>
{
    private const string Fixture = "Fixtures/ncsn_h32.safetensors";

    [Fact]
    public void The_tests_of_CUDA_pass_on_it()
    {
        Type[] classes =
        [
            typeof(CudaConformanceTests), typeof(CudaLauncherTests), typeof(CudaLeakTests), typeof(NvrtcTests),
            typeof(CudaEmulationTests), typeof(CudaFaultTests), typeof(CudaConformance),
            typeof(CudaLadderTests),
        ];
        Finished run = build.Run(
            typeof(CudaEmulationRunTests).Assembly.Location,
            [.. classes.SelectMany(type => (string[])["-class", type.FullName!]), "-noColor", "-failSkips"],
            ("SCOREGPU_REQUIRE_CUDA", "1"));
        Assert.True(run.Code == 0, run.Output + run.Error);

        // A class that was renamed away, or not found, must not pass for one without failures.
        Match total = Regex.Match(run.Output, "Total: ([0-9]+), Errors: 0, Failed: 0, Skipped: 0, Not Run: 0");
        Assert.True(total.Success && int.Parse(total.Groups[1].ValueSpan) > 150, run.Output);
    }

    [Theory]
    [MemberData(nameof(KernelConformance.Fixtures), MemberType = typeof(KernelConformance))]
    public void Fixtures_are_verified(string name)
    {
        Finished run = build.RunProgram($"verify Fixtures/{name}.safetensors --device cuda --json");
        Assert.Equal("", run.Error);
        Assert.Equal(ExitCode.Success, run.Code);
        Assert.Equal("cuda", JsonDocument.Parse(run.Output).RootElement.GetProperty("device").GetString());
    }

    [Theory]
    [InlineData("SCOREGPU_EMULATION_MEMORY", "5000", 69, "cuMemAlloc of", "OUT_OF_MEMORY (2)", "smaller batches")]
    [InlineData("SCOREGPU_EMULATION_LOSE_AT", "2", 69, "CUDA_ERROR_ILLEGAL_ADDRESS (700)", "device's context is lost")]
    [InlineData("SCOREGPU_EMULATION_CAPABILITY", "61", 69, "75, 80, 86, 89, 90; the device has 61", "older NVRTC")]
    [InlineData("SCOREGPU_EMULATION_NVRTC", "13000", 2, "CUDA 13.0 is newer than the driver's 12.9", "SCOREGPU_NVRTC")]
    [InlineData("SCOREGPU_EMULATION_DRIVER", "11080", 2, "CUDA 12.9 is newer than the driver's 11.8", "not usable")]
    [InlineData("SCOREGPU_NVRTC", "/nowhere", 2, "NVRTC was not found", "/nowhere/libnvrtc.so.12")]
    [InlineData("SCOREGPU_NVRTC", "libcuda.so.1", 2, "NVRTC was not found", "older than CUDA 11.2")]
    public void What_cannot_work_is_one_line_and_a_code(string variable, string value, int code, params string[] words)
    {
        value = value == "libcuda.so.1" ? Path.Combine(build.Folder, value) : value;
        Finished run = build.RunProgram($"verify {Fixture} --device cuda", (variable, value));

        string[] lines = run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string line = Assert.Single(lines, text => !text.StartsWith("CUDA emulation:", StringComparison.Ordinal));
        Assert.StartsWith("scoregpu: ", line, StringComparison.Ordinal);
        Assert.All(words, word => Assert.Contains(word, line, StringComparison.Ordinal));
        Assert.Equal("", run.Output);
        Assert.Equal(code, run.Code);
    }

    [Fact]
    public void A_driver_that_is_too_old_is_explained()
    {
        using TemporaryFolder old = new();
        File.Copy(Path.Combine(build.Folder, "libnvrtc.so.12"), old.PathOf("libcuda.so.1"));
        Finished run = build.RunProgram(
            $"verify {Fixture} --device cuda", ("LD_LIBRARY_PATH", Path.GetDirectoryName(old.PathOf("libcuda.so.1"))!));
        Assert.Contains("the driver is older than CUDA 11.0; install a newer one", run.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.BadInput, run.Code);
    }

    [Fact]
    public void A_device_that_is_newer_than_NVRTC_is_compiled_for_by_the_driver()
    {
        Finished run = build.RunProgram(
            $"verify {Fixture} --device cuda:emulation", ("SCOREGPU_EMULATION_CAPABILITY", "120"));
        Assert.Equal("", run.Error);
        Assert.Equal(ExitCode.Success, run.Code);
    }

    [Fact]
    public void Kernels_need_not_be_kept()
    {
        Finished run = build.RunProgram($"verify {Fixture} --device cuda", ("SCOREGPU_KERNEL_CACHE", "off"));
        Assert.Equal("", run.Error);
        Assert.Equal(ExitCode.Success, run.Code);
    }

    [Fact]
    public void It_is_listed_as_what_it_is_and_never_chosen_by_itself()
    {
        JsonElement device = Listed();
        Assert.Equal("Emulation for tests (CUDA emulation, CPU)", device.GetProperty("description").GetString());
        Assert.True(device.GetProperty("launch_latency_seconds").GetDouble() > 0);
        Assert.Equal(4L << 30, device.GetProperty("memory_bytes").GetInt64());
        Assert.DoesNotContain("chose cuda", build.RunProgram($"verify {Fixture} --device auto").Error);
    }

    [Fact]
    public void A_device_whose_launches_fail_is_listed_with_the_reason()
    {
        JsonElement device = Listed(("SCOREGPU_EMULATION_LOSE_AT", "1"));
        Assert.False(device.GetProperty("usable").GetBoolean());
        Assert.Equal(JsonValueKind.Null, device.GetProperty("launch_latency_seconds").ValueKind);
        Assert.Contains("CUDA_ERROR_ILLEGAL_ADDRESS (700)", device.GetProperty("problem").GetString());
    }

    private JsonElement Listed(params (string Name, string Value)[] environment)
    {
        Finished run = build.RunProgram("devices --json", environment);
        Assert.Equal(ExitCode.Success, run.Code);
        return JsonDocument.Parse(run.Output).RootElement.GetProperty("devices").EnumerateArray()
            .Single(device => device.GetProperty("name").GetString() == "cuda:0");
    }
}

/// <summary>The emulation, built once for all tests of a class.</summary>
public sealed class CudaEmulationBuild : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Lazy<string?> _problem;

    public CudaEmulationBuild() => _problem = new Lazy<string?>(Build);

    /// <summary>Where the two libraries lie.</summary>
    public string Folder => _folder.PathOf("emulation");

    public void Dispose() => _folder.Dispose();

    /// <summary>Runs the command-line program; skips the test where the emulation cannot be built.</summary>
    public Finished RunProgram(string line, params (string Name, string Value)[] environment) =>
        Run(typeof(Application).Assembly.Location, line.Split(' '), environment);

    /// <summary>Runs a program of .NET; skips the test where the emulation cannot be built.</summary>
    public Finished Run(string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        if (_problem.Value is string problem)
        {
            Assert.False(Environment.GetEnvironmentVariable("SCOREGPU_REQUIRE_CLANG") == "1", problem);
            Assert.Skip(problem);
        }

        // What a process leaves among the temporary files goes with the folder.
        string temporary = Directory.CreateDirectory(_folder.PathOf("temporary")).FullName;
        return Start(
            "dotnet",
            ["exec", program, .. arguments],
            [
                ("LD_LIBRARY_PATH", Folder), ("SCOREGPU_NVRTC", Folder),
                ("SCOREGPU_KERNEL_CACHE", _folder.PathOf("kernels")), ("TMPDIR", temporary), .. environment,
            ]);
    }

    private string? Build()
    {
        if (!OperatingSystem.IsLinux() || ClangCompiler.Find() is null)
        {
            return $"the emulation of CUDA needs Linux and {ClangCompiler.Program}";
        }

        Finished build = Start("sh", ["Cuda/Emulator/build.sh", Folder], []);
        Assert.True(build.Code == 0, build.Error);
        return null;
    }

    private static Finished Start(string program, string[] arguments, (string Name, string Value)[] environment)
    {
        ProcessStartInfo info = new(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        using var cache = new PoclCache(info);
        foreach ((string name, string value) in environment)
        {
            info.Environment[name] = value;
        }

        using Process process = Process.Start(info)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Finished(process.ExitCode, output, error.Result);
    }
}

/// <summary>What a process left behind.</summary>
public sealed record Finished(int Code, string Output, string Error);
