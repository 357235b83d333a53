using System.CommandLine;
using System.Diagnostics;
using ScoreGpu.Cli.Help;
using ScoreGpu.Cli.Options;
using ScoreGpu.Cli.Output;
using ScoreGpu.Engine;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Files;
using ScoreGpu.Engine.Metrics;

namespace ScoreGpu.Cli.Commands;

/// <summary><c>scoregpu compare</c>.</summary>
internal sealed class CompareCommand
{
    private readonly Session _session;
    private readonly CommonOptions _common = new();

    private readonly Argument<string?> _samples = new("SAMPLES")
    {
        Description = "The samples, one a row, .npy or .csv.",
        Arity = ArgumentArity.ExactlyOne,
    };

    private readonly Option<string?> _to = InputOption.Create(
        "--to", "The data: " + DataText.Choices, "NAME|FILE.json|FILE.csv|FILE.npy", isRequired: true);

    private readonly Option<int?> _count = NumberOption.OptionalWhole(
        "--count", "Points that are drawn from a named set or a mixture. [default: as many as there are samples]", 2);

    private readonly Option<int> _most = NumberOption.Whole(
        "--most",
        "Points of each set that energy, MMD and KL look at, chosen at random: their cost grows with the square, "
        + "seconds for 10,000 and minutes for 100,000.",
        10_000,
        10);

    private readonly Option<int> _directions = NumberOption.Whole(
        "--directions", "Directions of the sliced Wasserstein distance.", 100, 2, 1_000_000);

    private readonly Option<double?> _bandwidth = NumberOption.OptionalReal(
        "--bandwidth",
        "The width of MMD's Gaussian kernel: about the size of the differences to look for. [default: 1/4, 1/2, 1, 2 and "
        + "4 times the median distance, averaged]",
        RealRange.Positive);

    private readonly Option<int> _neighbour = NumberOption.Whole(
        "--neighbour",
        "The nearest neighbour that KL looks at: a larger one scatters less and sees less detail.",
        KullbackLeibler.UsualNeighbour,
        1,
        1000);

    private readonly Option<string?> _chains = InputOption.Create(
        "--chains",
        "Trajectories [frames, chains, D] of one long run, as sample --trajectories writes them: adds R-hat (above 1.01 "
        + "the chains have not mixed) and the effective sample size. For Langevin at one noise level.",
        "FILE.npy",
        isRequired: false);

    private readonly Option<int> _discard = NumberOption.Whole(
        "--discard", "The first frames of --chains to leave out, the way from the start.", 0, 0);

    private CompareCommand(Session session) => _session = session;

    /// <summary>Builds the command.</summary>
    public static Command Build(Session session)
    {
        CompareCommand compare = new(session);
        ExampleCommand command = new(
            "compare",
            "Measures how far samples are from data. Energy distance, MMD and sliced Wasserstein notice any difference; "
            + "KL(data|samples) is large where samples miss data, KL(samples|data) where they lie beside it. "
            + "'of equals' is what two sets of data of these sizes come to (energy and MMD: as root mean square, for both "
            + "scatter around 0): a distance within twice that shows no difference.",
            "scoregpu compare samples.npy --to four-gaussians",
            "scoregpu compare samples.npy --to two-moons --most 20000 --directions 1000 --json",
            "scoregpu compare samples.csv --to held-out.csv --bandwidth 0.5",
            "scoregpu compare samples.npy --to two-gaussians --chains paths.npy --discard 200");
        command.Add(compare._samples);
        command.Add(compare._to);
        command.Add(compare._count);
        command.Add(compare._most);
        command.Add(compare._directions);
        command.Add(compare._bandwidth);
        command.Add(compare._neighbour);
        command.Add(compare._chains);
        command.Add(compare._discard);
        command.Add(compare._common.Seed);
        command.Add(compare._common.Json);
        command.SetAction(compare.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        UnusedOptions.RefuseAlone(parsed, _discard, _chains);
        PointSet samples = InputOption.Read(parsed, _samples, PointsFile.Read);
        DataSource source = InputOption.Read(parsed, _to, DataSource.Parse);
        if (source.Dimension != samples.Dimension)
        {
            throw InputException.For(
                _to.Name,
                source.Name,
                $"data of dimension {samples.Dimension}, as the samples, and not {source.Dimension}");
        }

        if (source.Points is not null)
        {
            UnusedOptions.Refuse(parsed, $"a file of points as {_to.Name}", [_count], []);
        }

        ulong seed = parsed.GetValue(_common.Seed);
        ComparisonOptions options = new()
        {
            MostPoints = parsed.GetValue(_most),
            Directions = parsed.GetValue(_directions),
            Neighbour = parsed.GetValue(_neighbour),
            Bandwidths = parsed.GetValue(_bandwidth) is { } bandwidth ? [bandwidth] : [],
            Seed = seed,
        };
        RequireEnough(_samples.Name, samples.Count, options);
        PointSet data = source.Points
            ?? source.Draw(parsed.GetValue(_count) ?? samples.Count, seed, DataSource.FirstReferencePoint);
        RequireEnough(_to.Name, data.Count, options);
        ChainDiagnostics[]? chains = parsed.GetValue(_chains) is null ? null : InputOption.Read(parsed, _chains, path =>
        {
            TrajectoriesFile file = TrajectoriesFile.Read(path);
            return ChainDiagnostics.OfTrajectories(
                file.Values, file.Frames, file.Chains, file.Dimension, Math.Min(file.Frames, parsed.GetValue(_discard)));
        });

        long start = Stopwatch.GetTimestamp();
        SampleComparison comparison = SampleComparison.Of(samples, data, source.Distribution, options);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);

        Report report = new("compare");
        report.Add("samples", parsed.GetValue(_samples)!);
        report.Add("data", source.Name);
        report.Add("count", samples.Count);
        report.Add("data_count", data.Count);
        report.Add("dimension", samples.Dimension);
        ComparisonReport.Add(report, comparison, options);
        if (chains is not null)
        {
            ComparisonReport.Add(report, chains);
        }

        report.Add("seed", () => seed, $"{seed}");
        report.AddTiming(elapsed);
        report.Write(_session.Output, parsed.GetValue(_common.Json));
        return ExitCode.Success;
    }

    private static void RequireEnough(string name, int count, ComparisonOptions options)
    {
        int least = Math.Max(2, options.Neighbour + 1);
        if (Math.Min(count, options.MostPoints) < least)
        {
            throw InputException.For(
                $"the number of points of {name}", Math.Min(count, options.MostPoints), $"at least {least}");
        }
    }
}
