using System.Diagnostics;
using System.Text.Json;
using ScoreGpu.Engine.Devices.Native;
using ScoreGpu.Tests.OpenCl;

namespace ScoreGpu.Tests.Cli;

/// <summary>The program as a process of its own: its streams, its exit codes and a real signal.</summary>
public sealed class ProcessTests : IDisposable
{
    private readonly CliFolder _folder = new();
    private PoclCache? _cache;

    public void Dispose()
    {
        _folder.Dispose();
        _cache?.Dispose();
    }

    [Fact]
    public void Json_is_all_of_stdout_and_progress_does_not_reach_a_pipe()
    {
        using Process process = Start(
            "train --data four-gaussians --steps 20 --hidden 8 --batch 32 --json --out @m.safetensors");
        string output = process.StandardOutput.ReadToEnd();
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();

        Assert.Equal(0, process.ExitCode);
        Assert.Equal("", error);
        Assert.Equal("train", JsonDocument.Parse(output).RootElement.GetProperty("command").GetString());
    }

    [Fact]
    public void Bad_input_is_code_2()
    {
        using Process process = Start("train --data four-gaussians --steps none --out @m.safetensors");
        Assert.Equal("", process.StandardOutput.ReadToEnd());
        Assert.Contains("--steps is 'none'", process.StandardError.ReadToEnd(), StringComparison.Ordinal);
        process.WaitForExit();

        Assert.Equal(2, process.ExitCode);
    }

    [Fact]
    public void Ctrl_c_is_code_130_and_leaves_no_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no SIGINT to send.");
        using Process process = Start("train --data four-gaussians --steps 100000000 --hidden 16 --out @m.safetensors");
        // Long enough for the run-time to start; the assertions hold at any later time too.
        Thread.Sleep(1500);
        using Process kill = Process.Start("kill", ["-INT", process.Id.ToString()]);
        kill.WaitForExit();

        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(20)));
        Assert.Equal(130, process.ExitCode);
        Assert.Contains("stopped", process.StandardError.ReadToEnd(), StringComparison.Ordinal);
        Assert.Empty(_folder.Files);
    }

    [Theory]
    [InlineData("off")]
    [InlineData("kernels")]
    public void The_cache_of_kernels_goes_where_the_environment_says(string value)
    {
        OpenClTestDevice.Find();
        string folder = value == "off" ? value : _folder[value];
        using Process process = Start("inspect AdamStep --device opencl", (BinaryCache.Variable, folder));
        Assert.NotEmpty(process.StandardOutput.ReadToEnd());
        Assert.Equal("", process.StandardError.ReadToEnd());
        process.WaitForExit();

        Assert.Equal(0, process.ExitCode);
        Assert.Equal(value != "off", Directory.Exists(folder));
    }

    private Process Start(string line, params ReadOnlySpan<(string Name, string Value)> environment)
    {
        string program = typeof(ScoreGpu.Cli.Application).Assembly.Location;
        ProcessStartInfo info = new("dotnet", ["exec", program, .. _folder.Arguments(line)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _cache = new PoclCache(info);
        foreach ((string name, string value) in environment)
        {
            info.Environment[name] = value;
        }

        return Process.Start(info)!;
    }
}
