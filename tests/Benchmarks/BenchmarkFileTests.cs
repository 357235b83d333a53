using System.Text.Json;
using System.Text.Json.Nodes;
using ScoreGpu.Cli;
using ScoreGpu.Engine.Benchmarks;
using ScoreGpu.Engine.Benchmarks.Growth;
using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Tests.Benchmarks.Growth;
using ScoreGpu.Tests.Cli;

namespace ScoreGpu.Tests.Benchmarks;

public sealed class BenchmarkFileTests : IDisposable
{
    private static readonly BenchmarkReport Measured = SmallBenchmark.RunOnCpu();

    private static readonly BenchmarkReport Grown = Measured with { Growth = MeasuredGrowth() };

    private readonly CliFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_field_is_there()
    {
        using var wrong = new WrongDevice(new CpuDevice(1), 1e-3f);
        JsonObject json = BenchmarkFile.ToJson(SmallBenchmark.Run(wrong));

        Assert.Equal(
            [
                "format", "format_version", "started", "elapsed_seconds", "quick", "place", "machine", "symbols",
                "operations", "refused", "results", "growth",
            ],
            Keys(json));
        Assert.Equal("scoregpu-bench", (string?)json["format"]);
        Assert.Equal(1, (int?)json["format_version"]);
        Assert.Equal("2026-01-02T03:04:05Z", (string?)json["started"]);
        Assert.Equal(
            ["program", "runtime", "system", "processor", "cores", "device", "device_description"], Keys(json["place"]));
        Assert.Equal(
            [
                "multiply_add_flops", "core_multiply_add_flops", "bytes_per_second", "local_bytes_per_second",
                "launch_latency_seconds", "line_handover_seconds",
            ],
            Keys(json["machine"]));
        Assert.All((JsonNode?[])[.. json["operations"]!.AsArray(), .. json["refused"]!.AsArray()], operation => Assert.Equal(
            ["name", "group", "item", "flops", "bytes", "error", "worst_quantity"], Keys(operation)));
        Assert.All(json["results"]!.AsArray(), result =>
        {
            Assert.Equal(
                [
                    "operation", "batch", "width", "items", "flops", "bytes", "seconds", "turns", "runs_per_turn",
                    "items_per_second", "flops_per_second", "limit_flops_per_second", "share_of_limit", "bound",
                ],
                Keys(result));
            Assert.Equal(
                ["median", "lower_quartile", "upper_quartile", "least", "most"], Keys(result!["seconds"]));
            Assert.Contains((string?)result["bound"], (string[])["compute", "memory", "latency"]);
        });
    }

    [Fact]
    public void Every_field_of_growth_is_there()
    {
        JsonObject growth = BenchmarkFile.ToJson(Grown)["growth"]!.AsObject();

        Assert.Equal(["work", "curves", "memory", "refused"], Keys(growth));
        Assert.Equal(SmallGrowth.Plan.Curves.Count, growth["curves"]!.AsArray().Count);
        Assert.All(growth["curves"]!.AsArray(), curve =>
        {
            Assert.Equal(
                [
                    "operation", "axis", "fitted_from", "exponent", "exponent_error", "theory_exponent", "work_per_second",
                    "error", "ends_because", "points",
                ],
                Keys(curve));
            Assert.All(curve!["points"]!.AsArray(), point =>
            {
                Assert.Equal(
                    ["count", "steps", "width", "dimension", "threads", "work", "seconds", "turns", "runs_per_turn"],
                    Keys(point));
                Assert.Equal(
                    ["median", "lower_quartile", "upper_quartile", "least", "most"], Keys(point!["seconds"]));
                Assert.Equal(
                    Formula.Evaluate(
                        ((string)growth["work"]!).Replace("/threads", "", StringComparison.Ordinal),
                        symbol => (int)point[symbol switch
                        {
                            "N" => "count",
                            "S" => "steps",
                            "H" => "width",
                            _ => "dimension",
                        }]!) / (int)point["threads"]!,
                    (double)point["work"]!);
            });
        });
        Assert.All(growth["memory"]!.AsArray(), memory =>
        {
            Assert.Equal(
                ["operation", "fitted_from", "bytes_per_trajectory", "theory_bytes_per_trajectory", "points"], Keys(memory));
            Assert.All(memory!["points"]!.AsArray(), point => Assert.Equal(["count", "resident_bytes"], Keys(point)));
        });
        Assert.Equal(["operation", "axis", "error"], Keys(Assert.Single(growth["refused"]!.AsArray())));
        Assert.Null(BenchmarkFile.ToJson(Measured)["growth"]);
    }

    [Fact]
    public void Growth_is_read_as_it_was_written()
    {
        GrowthReport read = BenchmarkFile.Parse(BenchmarkFile.ToText(Grown)).Growth!;

        Assert.Equal(Grown.Growth!.Refused, read.Refused);
        foreach ((GrowthCurve written, GrowthCurve curve) in Grown.Growth.Curves.Zip(read.Curves))
        {
            Assert.Equal(written.Points, curve.Points);
            Assert.Equal(written with { Points = [] }, curve with { Points = [] });
        }

        foreach ((GrowthMemory written, GrowthMemory memory) in Grown.Growth.Memory.Zip(read.Memory))
        {
            Assert.Equal(written.Points, memory.Points);
            Assert.Equal(written with { Points = [] }, memory with { Points = [] });
        }
    }

    [Fact]
    public void A_file_without_growth_is_read()
    {
        JsonObject json = BenchmarkFile.ToJson(Grown);
        json.Remove("growth");
        Assert.Null(BenchmarkFile.Parse(json.ToJsonString()).Growth);
    }

    [Fact]
    public void What_is_written_is_read()
    {
        using var wrong = new WrongDevice(new CpuDevice(1), float.NaN);
        foreach (BenchmarkReport report in (BenchmarkReport[])[Measured, SmallBenchmark.Run(wrong)])
        {
            BenchmarkReport read = BenchmarkFile.Parse(BenchmarkFile.ToText(report));

            Assert.Equal(report.Started, read.Started);
            Assert.Equal(report.Elapsed, read.Elapsed);
            Assert.Equal(report.IsQuick, read.IsQuick);
            Assert.Equal(report.Place, read.Place);
            Assert.Equal(report.Ceilings, read.Ceilings);
            Assert.Equal(report.Operations, read.Operations);
            Assert.Equal(report.Refused, read.Refused);
            Assert.Equal(report.Results, read.Results);
        }
    }

    [Theory]
    [InlineData("\"format\": \"scoregpu-bench\"", "\"format\": \"other\"", "the format is 'other 1'")]
    [InlineData("\"format_version\": 1", "\"format_version\": 2", "scoregpu-bench 2")]
    [InlineData("\"place\": {", "\"places\": {", "no benchmark")]
    [InlineData("\"bound\": \"", "\"bound\": \"un", "bound is 'un")]
    [InlineData("\"median\": ", "\"median\": -", "median is -")]
    [InlineData("{", "", "no benchmark")]
    public void What_is_no_benchmark_is_refused(string text, string other, string said)
    {
        string file = BenchmarkFile.ToText(Measured);
        int at = file.IndexOf(text, StringComparison.Ordinal);
        File.WriteAllText(_folder["a.json"], file[..at] + other + file[(at + text.Length)..]);
        File.WriteAllText(_folder["b.json"], file);

        Assert.Contains(said, _folder.Refuse("bench --compare @a.json @b.json"), StringComparison.Ordinal);
        Assert.Contains(said, _folder.Refuse("bench --compare @b.json @a.json"), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_files_are_laid_side_by_side()
    {
        BenchmarkReport faster = Measured with
        {
            Ceilings = Measured.Ceilings with { MultiplyAddFlops = 2e11 },
            Results =
            [
                .. Measured.Results.Skip(1).Select(result => result with
                {
                    Time = new BenchmarkTime(
                        result.Time.Median / 4, result.Time.LowerQuartile / 4, result.Time.Median / 4, result.Time.Least / 4,
                        result.Time.Median / 4, 3, 1),
                }),
            ],
        };
        File.WriteAllText(_folder["a.json"], BenchmarkFile.ToText(Measured));
        File.WriteAllText(_folder["b.json"], BenchmarkFile.ToText(faster));

        JsonElement json = _folder.SucceedWithJson("bench --compare @a.json @b.json");

        Assert.Equal(2, json.GetProperty("multiply_adds_ratio").GetDouble(), 1e-12);
        Assert.Equal(1, json.GetProperty("memory_ratio").GetDouble(), 1e-12);
        Assert.Equal(4, json.GetProperty("mean_speedup").GetDouble(), 1e-9);
        JsonElement[] results = [.. json.GetProperty("results").EnumerateArray()];
        Assert.Equal(Measured.Results.Count - 1, results.Length);
        Assert.All(results, result => Assert.Equal(4, result.GetProperty("speedup").GetDouble(), 1e-9));
        JsonElement back = _folder.SucceedWithJson("bench --compare @b.json @a.json");
        Assert.Equal(0.25, back.GetProperty("mean_speedup").GetDouble(), 1e-9);
        Assert.Contains("speedup", _folder.Succeed("bench --compare @a.json @b.json"), StringComparison.Ordinal);
    }

    [Fact]
    public void Results_are_apart_where_their_quartiles_are()
    {
        BenchmarkResult result = Measured.Results[0];
        BenchmarkResult slow = result with { Time = new BenchmarkTime(10, 9, 11, 8, 12, 5, 1) };
        BenchmarkResult near = result with { Time = new BenchmarkTime(8.5, 8, 9.5, 7, 10, 5, 1) };
        BenchmarkResult fast = result with { Time = new BenchmarkTime(5, 4, 6, 3, 7, 5, 1) };
        Assert.False(new ComparedResult(slow, near).IsApart);
        Assert.True(new ComparedResult(slow, fast).IsApart);
        Assert.True(new ComparedResult(fast, slow).IsApart);
    }

    [Fact]
    public void Benchmarks_without_a_common_size_are_refused()
    {
        File.WriteAllText(_folder["a.json"], BenchmarkFile.ToText(Measured));
        File.WriteAllText(_folder["b.json"], BenchmarkFile.ToText(Measured with { Results = [] }));
        Assert.Contains("in common", _folder.Refuse("bench --compare @a.json @b.json"), StringComparison.Ordinal);
    }

    [Fact]
    public void Options_that_compare_does_not_read_are_refused()
    {
        File.WriteAllText(_folder["a.json"], BenchmarkFile.ToText(Measured));
        foreach (string option in (string[])["--quick", "--growth", "--device cpu", "--threads 1"])
        {
            Assert.Contains(
                $"{option.Split(' ')[0]} means nothing with --compare",
                _folder.Refuse($"bench {option} --compare @a.json @a.json"),
                StringComparison.Ordinal);
        }

        Assert.Contains(
            "--theme means nothing alone; expected --out too",
            _folder.Refuse("bench --theme light --compare @a.json @a.json"),
            StringComparison.Ordinal);
        _folder.Refuse("bench --compare @a.json");
        Assert.Contains("cannot be read", _folder.Refuse("bench --compare @a.json @none.json"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_outline_has_no_growth() => Assert.Contains(
        "--growth means nothing with --quick", _folder.Refuse("bench --growth --quick"), StringComparison.Ordinal);

    [Theory]
    [InlineData("--quick")]
    [InlineData("--growth")]
    public void A_stopped_run_says_so_and_leaves_nothing(string what)
    {
        CliResult result = _folder.RunUntil($"bench {what} --out @out", new CancellationToken(canceled: true));

        Assert.Equal(ExitCode.Interrupted, result.Code);
        Assert.False(Directory.Exists(_folder["out"]));
    }

    private static GrowthReport MeasuredGrowth()
    {
        GrowthReport growth = SmallGrowth.RunOnCpu();
        return growth with
        {
            Curves = [.. growth.Curves.SkipLast(1), growth.Curves[^1] with { EndsBecause = "no more" }],
            Refused = [new RefusedGrowth("sample", GrowthAxis.Width, double.PositiveInfinity)],
        };
    }

    private static string[] Keys(JsonNode? json) => [.. json!.AsObject().Select(pair => pair.Key)];
}
