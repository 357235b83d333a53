using System.CommandLine;
using ScoreGpu.Cli.Figures;
using ScoreGpu.Cli.Help;
using ScoreGpu.Cli.Options;
using ScoreGpu.Cli.Output;
using ScoreGpu.Cli.Sharding;
using ScoreGpu.Engine;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Files;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Samplers.Host;
using ScoreGpu.Engine.Sharding;

namespace ScoreGpu.Cli.Commands;

/// <summary><c>scoregpu sample</c>.</summary>
internal sealed class SampleCommand
{
    private readonly Session _session;
    private readonly CommonOptions _common = new();
    private readonly ModelOptions _model = new();
    private readonly StartOptions _start = new("Samples", 1000, "1000");
    private readonly SamplerOptions _sampler = new();
    private readonly Option<string?> _theme = ThemeOption.Create();

    private readonly Option<string?> _out = OutputPaths.Option(
        "--out", "Where to write the samples, [N, D].", isRequired: true, "FILE.npy|FILE.csv");

    private readonly Option<string?> _trajectories = OutputPaths.Option(
        "--trajectories",
        "Where to write the states on the way, [frames, N, D], the start first.",
        isRequired: false,
        "FILE.npy");

    private readonly Option<int> _every =
        NumberOption.Whole("--every", "Keep every k-th state of the trajectories, and the last.", 1);

    private readonly Option<string?> _plot = OutputPaths.Option(
        "--plot", "Where to draw the samples (1 or 2 dimensions).", isRequired: false, "FILE.svg|FILE.png");

    private readonly Option<string?> _shard = ShardOption.Create();

    private SampleCommand(Session session) => _session = session;

    /// <summary>Builds the command.</summary>
    public static Command Build(Session session)
    {
        SampleCommand sample = new(session);
        ExampleCommand command = new(
            "sample",
            "Draws samples from a trained model.",
            "scoregpu sample --model model.safetensors --count 2000 --plot samples.svg --out samples.npy",
            "scoregpu sample --model model.safetensors --sampler ddim --eta 0.5 --clip 5 --out samples.csv",
            "scoregpu sample --model model.safetensors --sampler dpm-solver++2m --steps 20 --out samples.npy",
            "scoregpu sample --model ncsn.safetensors --sampler edm --steps 18 --schedule karras --out samples.npy",
            "scoregpu sample --model score.safetensors --step-size 0.01 --steps 500 --out samples.npy",
            "scoregpu sample --model model.safetensors --count 1000000 --shard 3/8 --out samples.npy",
            "scoregpu sample --model model.safetensors --start x_T.npy --trajectories paths.npy --every 5 --out x.npy");
        command.Add(sample._model.Model);
        command.Add(sample._out);
        command.Add(sample._start.Count);
        command.Add(sample._start.Start);
        foreach (Option option in sample._sampler.All)
        {
            command.Add(option);
        }

        command.Add(sample._trajectories);
        command.Add(sample._every);
        command.Add(sample._plot);
        command.Add(sample._theme);
        command.Add(sample._shard);
        command.Add(sample._common.Seed);
        command.Add(sample._common.Device);
        command.Add(sample._common.Threads);
        command.Add(sample._common.Json);
        command.SetAction(sample.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        OutputPaths paths = new OutputPaths(parsed).Reserve(_model.Model).Reserve(_start.Start);
        string target = paths.Require(_out, ".npy", ".csv");
        string? trajectories = paths.Find(_trajectories, ".npy");
        string? plot = paths.Find(_plot, FigureFile.Extensions);
        UnusedOptions.RefuseAlone(parsed, _every, _trajectories);
        UnusedOptions.RefuseAlone(parsed, _theme, _plot);
        _start.RefuseUnused(parsed, _sampler);
        Shard? shard = ShardOption.Find(parsed, _shard, _session);
        ShardOption.Refuse(parsed, shard, _plot, "it with merge, which has all samples");
        Model model = _model.Load(parsed);
        int dimension = model.Network.Architecture.Dimension;
        if (plot is not null && dimension > SampleFigure.MostDimensions)
        {
            throw InputException.For(_plot.Name, plot, $"a model of 1 or 2 dimensions, and not {dimension}");
        }

        ChosenSampler sampler = _sampler.Create(parsed, model);
        if (trajectories is not null && sampler.Program is null)
        {
            throw new InputException(
                $"{_trajectories.Name} means nothing with a sampler that is no table of rows; expected another "
                + "--sampler or --corrector-norm.");
        }

        if (shard is not null && sampler.ReasonAgainstParts is { } reason)
        {
            throw new InputException($"{_shard.Name} means nothing here: {reason}; expected the whole run.");
        }

        SampleRequest request =
            _start.CreateRequest(parsed, model, parsed.GetValue(_common.Seed), _session.Cancellation) with
            {
                RecordEvery = trajectories is null ? 0 : parsed.GetValue(_every),
            };
        RequireFits(_out.Name, (long)request.Count * dimension);
        int frames = SampleResult.FramesFor(sampler.Program?.Rows.Count ?? 0, request.RecordEvery);
        RequireFits(_trajectories.Name, (long)frames * request.Count * dimension);
        ShardJob? job = null;
        if (shard is { } part)
        {
            job = new ShardJob(part, request.Count);
            target = ShardJob.PathOf(target, part);
            trajectories = trajectories is null ? null : ShardJob.PathOf(trajectories, part);
        }

        using ModelRun run = ModelRun.Start(parsed, _session, _common, model);
        SampleRequest? own = job is null ? request : job.Shard.PartOf(request, dimension);
        (Outcome outcome, TimeSpan elapsed) = own is null
            ? (new Outcome(new SampleResult([], [], frames), 0, null), TimeSpan.Zero)
            : run.Time("sampling", progress => Sample(run.Network, sampler, own with { Progress = progress }));
        FiniteValues.Require("samples", outcome.Result.Points, "Try a smaller --step-size, or another start.");
        int count = own?.Count ?? 0;
        PointSet samples = new(
            model.Scale?.ToData(outcome.Result.Points) ?? outcome.Result.Points, count, dimension);
        float[] states = model.Scale?.ToData(outcome.Result.Trajectories) ?? outcome.Result.Trajectories;
        SampleSummary summary = new(sampler.Name, outcome.Nfe, outcome.AcceptanceRate, request.Seed, model.Data);
        if (job is null)
        {
            PointsFile.Write(target, samples);
            if (trajectories is not null)
            {
                NpyFile.Write(trajectories, states, frames, count, dimension);
            }
        }
        else
        {
            Describe(parsed, job, run, summary, dimension, frames);
            WriteShard(job, summary, target, trajectories, samples, Tensor.FromSingles(
                ShardContent.Trajectories, [frames, count, dimension], states));
        }

        if (plot is not null)
        {
            summary.Plot(plot, samples, ThemeOption.Find(parsed, _theme));
        }

        Report report = new("sample");
        report.Add(job is null ? "samples" : "shard", target);
        if (trajectories is not null)
        {
            report.Add("trajectories", trajectories);
            report.Add("frames", frames);
        }

        if (plot is not null)
        {
            report.Add("plot", plot);
        }

        job?.AddTo(report);
        summary.AddTo(report, count, dimension);
        run.AddDevice(report);
        report.AddTiming(elapsed, (count, "samples"), ((long)(count * outcome.Nfe), "evaluations"));
        run.Write(report);
        return ExitCode.Success;
    }

    private void Describe(
        ParseResult parsed, ShardJob job, ModelRun run, SampleSummary summary, int dimension, int frames)
    {
        job.AddRun(parsed, run, _model.Model, _start.Start, _common.Seed, [.. _sampler.All, _every]);
        job.Add("sampler", summary.Sampler);
        job.Add("data", summary.Data);
        job.Add("dimension", dimension);
        job.Add("frames", frames);
    }

    private static void WriteShard(
        ShardJob job, SampleSummary summary, string target, string? trajectories, PointSet samples, Tensor states)
    {
        List<(string, double)> own = [("nfe", summary.Nfe)];
        if (summary.AcceptanceRate is { } rate)
        {
            own.Add(("acceptance_rate", rate));
        }

        job.Write(target, ShardContent.Samples, own, Tensor.FromSingles(
            ShardContent.Samples, [samples.Count, samples.Dimension], samples.Values));
        if (trajectories is not null)
        {
            job.Write(trajectories, ShardContent.Trajectories, own, states);
        }
    }

    // A file holds less than 2 GiB; better to say so before the work than after it.
    private static void RequireFits(string name, long values)
    {
        if (values > Array.MaxLength / sizeof(float))
        {
            throw new InputException(
                $"{name} would hold {NumberText.Count(values)} values; expected at most "
                + $"{NumberText.Count(Array.MaxLength / sizeof(float))} (2 GiB). "
                + "Try a smaller --count, or a larger --every.");
        }
    }

    private static Outcome Sample(IDeviceNetwork network, ChosenSampler sampler, SampleRequest request) =>
        sampler.Program is { } program
            ? new Outcome(network.Sample(program, request), program.Nfe, null)
            : SampleOnHost(network, sampler, request);

    private static Outcome SampleOnHost(
        IDeviceNetwork network, ChosenSampler sampler, SampleRequest request)
    {
        HostResult result = sampler.OnHost!(new DeviceBatchNetwork(network), new HostRequest
        {
            Count = request.Count,
            Seed = request.Seed,
            FirstSample = request.FirstSample,
            Start = request.Start is { } start ? Array.ConvertAll(start, value => (double)value) : null,
            Progress = request.Progress,
            Cancellation = request.Cancellation,
        });
        float[] points = Array.ConvertAll(result.Points, value => (float)value);
        return new Outcome(
            new SampleResult(points, [], 0), result.MeanNfe, (result as MalaResult)?.AcceptanceRate);
    }

    private sealed record Outcome(SampleResult Result, double Nfe, double? AcceptanceRate);
}
