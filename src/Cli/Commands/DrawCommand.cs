using System.CommandLine;
using ScoreGpu.Cli.Help;
using ScoreGpu.Cli.Options;
using ScoreGpu.Cli.Output;
using ScoreGpu.Cli.Pictures;
using ScoreGpu.Cli.Sharding;
using ScoreGpu.Engine;
using ScoreGpu.Engine.Drawing;
using ScoreGpu.Engine.Files;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Sharding;
using ScoreGpu.Viz.Pictures;

namespace ScoreGpu.Cli.Commands;

/// <summary><c>scoregpu draw</c>.</summary>
internal sealed class DrawCommand
{
    private readonly Session _session;
    private readonly CommonOptions _common = new();
    private readonly ModelOptions _model = new();
    private readonly StartOptions _start = new("Trajectories", 100_000, "100000");
    private readonly SamplerOptions _sampler = new();
    private readonly PictureOptions _picture = new();

    private readonly Option<string?> _out = OutputPaths.Option(
        "--out",
        "Where to write the image, or the film as an animated PNG. May be left out with --frames-to.",
        isRequired: false,
        "FILE.png");

    private readonly Option<int> _batch = NumberOption.Whole(
        "--batch", "Trajectories at a time, at most. The picture does not depend on it.", 1 << 18);

    private readonly Option<bool> _animate = new("--animate")
    {
        Description = "A film of the cloud of points, from noise to data, in place of a picture of its paths.",
    };

    private readonly Option<int> _frames = NumberOption.Whole("--frames", "Frames of the film.", 60, 2, 10_000);

    private readonly Option<int> _fps = NumberOption.Whole("--fps", "Frames a second.", 30, 1, 240);

    private readonly Option<double> _hold = NumberOption.Real(
        "--hold", "Seconds that the last frame stays, before the film begins again.", 1.5, RealRange.NotNegative);

    private readonly Option<string?> _framesTo = new("--frames-to")
    {
        Description = "A folder for the frames as images: frame-0000.png, frame-0001.png, …",
        HelpName = "FOLDER",
    };

    private readonly Option<string?> _shard = ShardOption.Create();

    private DrawCommand(Session session) => _session = session;

    /// <summary>Builds the command.</summary>
    public static Command Build(Session session)
    {
        DrawCommand draw = new(session);
        ExampleCommand command = new(
            "draw",
            "Draws the trajectories of a sampler, as many as you like: every step of every one becomes a line while it is "
            + "sampled, and none is kept. With --animate, a film of the points on their way.",
            "scoregpu draw --model model.safetensors --sampler ddim --count 1000000 --size 3840x2160 --out paths.png",
            "scoregpu draw --model model.safetensors --color mode --tone histogram --out modes.png",
            "scoregpu draw --model model.safetensors --color speed --theme light --view -3 3 --out speed.png",
            "scoregpu draw --model model.safetensors --count 100000000 --shard 3/8 --out paths.png",
            "scoregpu draw --model model.safetensors --sampler ddim --animate --out cloud.png",
            "scoregpu draw --model model.safetensors --animate --frames 240 --size 1920x1080 --frames-to film --out c.png");
        command.Add(draw._model.Model);
        command.Add(draw._out);
        command.Add(draw._start.Count);
        foreach (Option option in draw._picture.All)
        {
            command.Add(option);
        }

        command.Add(draw._animate);
        command.Add(draw._frames);
        command.Add(draw._fps);
        command.Add(draw._hold);
        command.Add(draw._framesTo);
        command.Add(draw._start.Start);
        foreach (Option option in draw._sampler.All)
        {
            command.Add(option);
        }

        command.Add(draw._batch);
        command.Add(draw._shard);
        command.Add(draw._common.Seed);
        command.Add(draw._common.Device);
        command.Add(draw._common.Threads);
        command.Add(draw._common.Json);
        command.SetAction(draw.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        OutputPaths paths = new OutputPaths(parsed).Reserve(_model.Model).Reserve(_start.Start);
        bool isFilm = parsed.GetValue(_animate);
        string? target = isFilm ? paths.Find(_out, ".png", ".apng") : paths.Find(_out, ".png");
        foreach (Option option in new Option[] { _frames, _fps, _hold, _framesTo })
        {
            UnusedOptions.RefuseAlone(parsed, option, _animate);
        }

        Shard? shard = ShardOption.Find(parsed, _shard, _session);
        ShardOption.Refuse(parsed, shard, _animate, "a picture: a film has all points in each of its frames");
        string? folder = parsed.GetValue(_framesTo);
        if (target is null && folder is null)
        {
            throw InputException.For(_out.Name, null, "a file to write");
        }

        if (folder is not null)
        {
            RequireFolder(folder);
        }

        _start.RefuseUnused(parsed, _sampler);
        Model model = _model.Load(parsed);
        ChosenSampler sampler = _sampler.Create(parsed, model);
        StepProgram program = sampler.Program ?? throw new InputException(
            $"{sampler.Name} cannot be drawn: it is no table of rows that a device runs, but driven by the host, each point or "
            + "batch with steps of its own; expected another --sampler or --corrector-norm.");
        PictureStyle style = _picture.Read(parsed, model, isFilm);
        SampleRequest whole = _start.CreateRequest(
            parsed, model, parsed.GetValue(_common.Seed), _session.Cancellation);
        ShardJob? job = null;
        if (shard is { } part)
        {
            RequireFits(style);
            job = new ShardJob(part, whole.Count);
            target = ShardJob.PathOf(target!, part);
        }

        using ModelRun run = ModelRun.Start(parsed, _session, _common, model);
        Report report = new("draw");
        if (isFilm)
        {
            Film(parsed, run, program, whole, style, report);
        }
        else if (job is not null)
        {
            Part(parsed, run, program, whole, style, report, target!, job);
        }
        else
        {
            Still(parsed, run, program, whole, style, report, target!);
        }

        run.Write(report);
        return ExitCode.Success;
    }

    private void RequireFolder(string folder)
    {
        try
        {
            CloudFilm.RequireWritable(folder);
        }
        catch (InputException exception)
        {
            throw new InputException($"{_framesTo.Name}: {exception.Message}", exception);
        }
    }

    private void Still(
        ParseResult parsed,
        ModelRun run,
        StepProgram program,
        SampleRequest whole,
        PictureStyle style,
        Report report,
        string target)
    {
        StillPicture still = StillPicture.Draw(run, program, whole, whole, parsed.GetValue(_batch), style);
        (byte[] png, TimeSpan developing) = run.Time(
            "developing", _ => StillPicture.Develop(still.Canvas, style.Color, style.Tone, style.Theme, style.Map));
        run.Cancellation.ThrowIfCancellationRequested();
        AtomicFile.Write(target, stream => stream.Write(png));
        report.Add("picture", target);
        Describe(report, run, program, whole, whole.Count, style, still.View);
        PictureSummary.AddSegments(report, still.Canvas);
        PictureSummary.AddMemory(report);
        PictureSummary.AddDeveloping(report, developing);
        report.AddTiming(still.Drawing, (whole.Count, "trajectories"), (still.Canvas.Segments, "segments"));
    }

    private void Part(
        ParseResult parsed,
        ModelRun run,
        StepProgram program,
        SampleRequest whole,
        PictureStyle style,
        Report report,
        string target,
        ShardJob job)
    {
        SampleRequest? part = job.Shard.PartOf(whole, run.Network.Dimension);
        StillPicture still = StillPicture.Draw(run, program, whole, part, parsed.GetValue(_batch), style);
        CanvasView view = still.View;
        job.AddRun(parsed, run, _model.Model, _start.Start, _common.Seed, [.. _sampler.All, .. _picture.All]);
        job.Add("sampler", program.Name);
        job.Add("nfe", program.Nfe);
        job.Add("size", style.Width, style.Height);
        job.Add("view", view.Left, view.Right, view.Bottom, view.Top);
        job.Add("color", style.Color);
        job.Add("tone", PictureOptions.TonesByName.Single(tone => tone.Value == style.Tone).Key);
        job.Add("colormap", style.Map.Name);
        job.Add("theme", style.Theme.Name);
        job.AddHash("modes", style.Modes);
        job.Write(
            target,
            ShardContent.Picture,
            [],
            still.Canvas.ToTensor(ShardContent.Sums),
            Tensor.FromInt64s(ShardContent.Segments, [2], [still.Canvas.Segments, still.Canvas.Skipped]));
        report.Add("shard", target);
        job.AddTo(report);
        Describe(report, run, program, whole, part?.Count ?? 0, style, view);
        PictureSummary.AddSegments(report, still.Canvas);
        PictureSummary.AddMemory(report);
        report.AddTiming(still.Drawing, (part?.Count ?? 0, "trajectories"), (still.Canvas.Segments, "segments"));
    }

    // A shard's file is read and written in one piece.
    private void RequireFits(PictureStyle style)
    {
        long values = (long)style.Width * style.Height * TrajectoryCanvas.Channels;
        long most = (Array.MaxLength / sizeof(ulong)) - (1 << 20);
        if (values > most)
        {
            throw InputException.For(
                _picture.Size.Name,
                $"{style.Width}x{style.Height}",
                $"at most {NumberText.Count(most / TrajectoryCanvas.Channels)} pixels with {_shard.Name}, whose files are at "
                + "most 2 GiB");
        }
    }

    private void Film(
        ParseResult parsed, ModelRun run, StepProgram program, SampleRequest whole, PictureStyle style, Report report)
    {
        CloudPicture cloud = CloudPicture.Make(
            run, program, whole, parsed.GetValue(_batch), parsed.GetValue(_frames), style);
        if (parsed.GetValue(_framesTo) is { } folder)
        {
            cloud.Film.WriteFrames(folder);
            report.Add("frames_to", folder);
        }

        if (parsed.GetValue(_out) is { } target)
        {
            byte[] film = cloud.Film.ToApng(parsed.GetValue(_fps), parsed.GetValue(_hold));
            AtomicFile.Write(target, stream => stream.Write(film));
            report.Add("film", target);
            report.Add("film_bytes", film.Length);
        }

        report.Add("frames", cloud.Film.Frames);
        report.Add("fps", parsed.GetValue(_fps));
        Describe(report, run, program, whole, whole.Count, style, cloud.View);
        PictureSummary.AddMemory(report);
        PictureSummary.AddDeveloping(report, cloud.Developing);
        report.AddTiming(cloud.Sampling, (whole.Count, "trajectories"));
    }

    private static void Describe(
        Report report,
        ModelRun run,
        StepProgram program,
        SampleRequest whole,
        int count,
        PictureStyle style,
        CanvasView view)
    {
        new PictureSummary(style.Width, style.Height, view, style.Color, program.Name, program.Nfe, whole.Seed)
            .AddTo(report, count);
        run.AddDevice(report);
    }
}
