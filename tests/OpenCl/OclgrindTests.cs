using System.Diagnostics;
using System.Text.RegularExpressions;

namespace ScoreGpu.Tests.OpenCl;

/// <summary>
/// Every kernel in Oclgrind, which simulates a device and reports data races, accesses outside of memory, and values
/// that nobody wrote. Processes of their own, because the loader reads its list of drivers once.
/// </summary>
public sealed partial class OclgrindTests
{
    private const string Driver = "/usr/lib/oclgrind/liboclgrind-rt-icd.so";

    // What Oclgrind looks for besides accesses outside of memory, in the words of its environment.
    private const string Races = "OCLGRIND_DATA_RACES";
    private const string UnwrittenMemory = "OCLGRIND_UNINITIALIZED";

    /// <summary>The longest round takes half a minute where nothing else runs.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(8);

    [Theory]
    [InlineData(typeof(OclgrindRounds), nameof(OclgrindRounds.Every_kernel), Races)]
    [InlineData(typeof(OclgrindRounds), nameof(OclgrindRounds.Every_kernel_at_its_smallest), UnwrittenMemory)]
    [InlineData(typeof(OclgrindRounds), nameof(OclgrindRounds.Drawing), Races, true)]
    [InlineData(typeof(OpenClLauncherTests), "*", Races)]
    public async Task Nothing_is_reported(Type tests, string method, string check, bool isPlain = false)
    {
        (string output, string report) = await Run(tests, method, check, isPlain);
        Assert.True(report.Length == 0, Shortened(report));

        // Nothing is reported about what did not run, either.
        Match total = Total().Match(output);
        Assert.True(total.Success && total.Groups[1].Value != "0", Shortened(output));
    }

    [Theory]
    [InlineData(nameof(OclgrindRounds.Planted_race), Races, "Write-write data race at global memory", 3)]
    [InlineData(nameof(OclgrindRounds.Planted_overrun), Races, "Invalid write of size 4 at global memory", 1)]
    [InlineData(
        nameof(OclgrindRounds.Planted_unwritten_local_memory), UnwrittenMemory, "Uninitialized value written", 2)]
    [InlineData(nameof(OclgrindRounds.Planted_unwritten_elements), UnwrittenMemory, "Uninitialized value written", 3)]
    public async Task What_is_planted_is_reported(string round, string check, string words, int count)
    {
        (string output, string report) = await Run(typeof(OclgrindRounds), round, check);
        Assert.True(Regex.Count(report, words) == count, Shortened(report + output));
    }

    [GeneratedRegex(@"Total: (\d+), Errors: 0, Failed: 0, Skipped: 0, Not Run: 0,")]
    private static partial Regex Total();

    private static async Task<(string Output, string Report)> Run(
        Type tests, string method, string check, bool isPlain = false)
    {
        RequireOclgrind();
        DirectoryInfo folder = Directory.CreateTempSubdirectory("scoregpu-oclgrind-");
        try
        {
            string log = Path.Combine(folder.FullName, "report.log");
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "oclgrind.icd"), Driver + "\n");
            using Process process = Process.Start(Start(tests, method, check, isPlain, folder.FullName, log))!;
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> errors = process.StandardError.ReadToEndAsync();
            using CancellationTokenSource patience = new(s_patience);
            try
            {
                await process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                Assert.Fail($"{method} did not end within {s_patience.TotalMinutes} minutes: {await output}");
            }

            return (await output + await errors, File.Exists(log) ? await File.ReadAllTextAsync(log) : "");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static ProcessStartInfo Start(
        Type tests, string method, string check, bool isPlain, string vendors, string log)
    {
        ProcessStartInfo info = new(
            "dotnet",
            [
                "exec", typeof(OclgrindTests).Assembly.Location, "-explicit", "on", "-parallel", "none",
                "-method", $"{tests.FullName}.{method}",
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        info.Environment["OCL_ICD_VENDORS"] = vendors;
        info.Environment[check] = "1";
        info.Environment["OCLGRIND_UNIFORM_WRITES"] = "1";
        info.Environment["OCLGRIND_CHECK_API"] = "1";
        info.Environment["OCLGRIND_MAX_ERRORS"] = "20";
        info.Environment["OCLGRIND_LOG"] = log;
        if (isPlain || check == UnwrittenMemory)
        {
            // The optimiser inserts what Oclgrind 21.10 does not know: in drawing, llvm.abs.i64; anywhere, freeze, at which
            // the check for unwritten memory stops.
            info.Environment["OCLGRIND_BUILD_OPTIONS"] = "-cl-opt-disable";
        }

        info.Environment["SCOREGPU_TEST_OPENCL"] = "oclgrind";
        info.Environment["SCOREGPU_REQUIRE_OPENCL"] = "1";
        return info;
    }

    private static void RequireOclgrind()
    {
        bool isFound = OperatingSystem.IsLinux() && File.Exists(Driver);
        string reason = $"Oclgrind is not installed: there is no {Driver}";
        Assert.False(!isFound && Environment.GetEnvironmentVariable("SCOREGPU_REQUIRE_OCLGRIND") == "1", reason);
        Assert.SkipUnless(isFound, reason);
    }

    private static string Shortened(string text) => text.Length <= 4000 ? text : text[..4000] + " …";
}
