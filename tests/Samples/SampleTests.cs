using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using ScoreGpu.Tests.Docs;
using ScoreGpu.Tests.Engine;
using ScoreGpu.Tests.OpenCl;
using ScoreGpu.Tests.Viz;

namespace ScoreGpu.Tests.Samples;

/// <summary>Builds and runs each program of <c>samples/</c> as a reader would, and checks what it prints.</summary>
public sealed partial class SampleTests : IDisposable
{
    private static readonly string s_folder = Path.Combine(Repository.Root, "samples");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_program_has_a_test() =>
        Assert.Equal(
            ["log-likelihood.cs", "own-kernel.cs", "own-process.cs", "own-sampler.cs", "train-and-sample.cs"],
            Directory.GetFiles(s_folder, "*.cs").Select(Path.GetFileName).Order(StringComparer.Ordinal));

    [Fact]
    public void Train_and_sample_ends_at_the_data()
    {
        string output = Run("train-and-sample");
        double[] loss = Numbers(output, "loss:");
        double distance = Numbers(output, "squared energy distance to the data:").Single();
        double ofEquals = Numbers(output, "two sets of true samples scatter by:").Single();

        Assert.True(loss[1] < 0.6 * loss[0]);
        Assert.InRange(distance, -3 * ofEquals, 3 * ofEquals);
    }

    [Fact]
    public void Own_sampler_has_order_2_for_the_evaluations_of_euler()
    {
        string output = Run("own-sampler");
        double[][] rows = [.. new[] { 20, 40, 80, 160 }.Select(nfe => Numbers(output, $"{nfe,11}"))];
        Assert.All(rows, row => Assert.True(row[2] < row[1] && row[1] < row[0]));

        // Halving the steps divides the error by 2 and by 4, and by a little less where they are still long.
        Assert.InRange(rows[2][0] / rows[3][0], 1.9, 2.1);
        Assert.InRange(rows[2][2] / rows[3][2], 3.3, 4.1);
    }

    [Fact]
    public void Log_likelihoods_are_near_the_truth_and_estimates_near_the_exact_trace()
    {
        string output = Run("log-likelihood");
        double truth = Numbers(output, "true density").First();
        double[] exact = Numbers(output, "exact trace  ");
        double one = Numbers(output, "Hutchinson,  1 probe ").Last();
        double many = Numbers(output, "Hutchinson, 16 probes").Last();

        Assert.InRange(exact[0], truth - 0.15, truth + 0.02);
        Assert.InRange(exact[2], 0, 0.5);
        Assert.InRange(one / many, 2.5, 6);
        Assert.True(Numbers(output, "Gaussian,   16 probes").Last() > 10 * many);
    }

    [Fact]
    public void Own_process_ends_at_its_own_data_and_draws_them()
    {
        string path = _folder.PathOf("heart.png");
        double[] found = Numbers(Run("own-process", path), "dpm-solver++2m: squared energy distance");
        Assert.InRange(found[0], -4 * found[1], 4 * found[1]);

        PngDecoder image = PngDecoder.Decode(File.ReadAllBytes(path));
        Assert.Equal((1000, 500), (image.Width, image.Height));
    }

    [Fact]
    public void Own_kernel_gives_what_the_engine_gives_wherever_it_runs()
    {
        string output = Run("own-kernel");
        Assert.Contains(
            "__kernel __attribute__((reqd_work_group_size(64, 1, 1)))\nvoid MeanDistance(", output, StringComparison.Ordinal);
        Assert.Contains(
            "extern \"C\" __global__ void __launch_bounds__(64)\nMeanDistance(", output, StringComparison.Ordinal);

        double engine = Numbers(output, "engine:").Single();
        Assert.InRange(Numbers(output, "debug:").First(), engine - 2e-5, engine + 2e-5);
        bool ranOpenCl = output.Contains("\nopencl:", StringComparison.Ordinal);
        if (ranOpenCl)
        {
            Assert.InRange(Numbers(output, "opencl:").First(), engine - 2e-5, engine + 2e-5);
        }

        Assert.True(ranOpenCl || Environment.GetEnvironmentVariable("SCOREGPU_REQUIRE_OPENCL") != "1");
    }

    /// <summary>The numbers in the line that begins with a text, after it.</summary>
    private static double[] Numbers(string output, string start)
    {
        string line = output.Split('\n').Single(each => each.StartsWith(start, StringComparison.Ordinal));
        return
        [
            .. Number().Matches(line[start.Length..])
                .Select(match => double.Parse(match.Value, CultureInfo.InvariantCulture)),
        ];
    }

    private static string Run(string name, params IEnumerable<string> arguments)
    {
        ProcessStartInfo info = new("dotnet", ["run", Path.Combine(s_folder, name + ".cs"), "--", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository.Root,
        };

        // No server stays behind, and nothing of the test's own build reaches this one.
        info.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        info.Environment["UseSharedCompilation"] = "false";
        info.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        info.Environment["DOTNET_NOLOGO"] = "1";
        foreach (string variable in info.Environment.Keys.Where(IsOfABuild).ToArray())
        {
            info.Environment.Remove(variable);
        }

        using var cache = new PoclCache(info);
        using Process process = Process.Start(info)!;
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{name} ended with {process.ExitCode}:\n{output}\n{error.Result}");
        return output;
    }

    private static bool IsOfABuild(string variable) =>
        variable is "MSBuildSDKsPath" or "MSBUILD_EXE_PATH" or "MSBuildExtensionsPath" or "MSBuildLoadMicrosoftTargetsReadOnly";

    [GeneratedRegex(@"(?<![\w+.])-?\d+(\.\d+)?")]
    private static partial Regex Number();
}
