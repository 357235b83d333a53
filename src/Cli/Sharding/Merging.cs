using System.Globalization;
using ScoreGpu.Cli.Figures;
using ScoreGpu.Cli.Options;
using ScoreGpu.Cli.Output;
using ScoreGpu.Cli.Pictures;
using ScoreGpu.Engine;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Drawing;
using ScoreGpu.Engine.Files;
using ScoreGpu.Engine.Likelihoods;
using ScoreGpu.Engine.Sharding;
using ScoreGpu.Viz;

namespace ScoreGpu.Cli.Sharding;

/// <summary>Writes from all shards of a run what the run would have written.</summary>
internal sealed class Merging
{
    private readonly ShardSet _shards;
    private readonly string _content;
    private readonly string _target;
    private readonly CancellationToken _cancellation;

    /// <summary>Checks that the shards' content goes into the file.</summary>
    /// <param name="shards">All shards.</param>
    /// <param name="name">The file's option, for messages.</param>
    /// <param name="target">The file.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="InputException">It does not.</exception>
    public Merging(ShardSet shards, string name, string target, CancellationToken cancellation)
    {
        _shards = shards;
        _target = target;
        _cancellation = cancellation;
        _content = shards.Text(ShardContent.Key);
        string[] extensions = _content switch
        {
            ShardContent.Samples => [".npy", ".csv"],
            ShardContent.LogDensities when shards.Find("grid") is null => [".npy", ".csv"],
            ShardContent.Trajectories or ShardContent.LogDensities => [".npy"],
            ShardContent.Picture => [".png"],
            _ => throw InputException.For(
                "the shards' content",
                _content,
                $"{ShardContent.Samples}, {ShardContent.Trajectories}, {ShardContent.LogDensities} or "
                + $"{ShardContent.Picture}"),
        };
        if (!extensions.Contains(Path.GetExtension(target), StringComparer.OrdinalIgnoreCase))
        {
            throw InputException.For(name, target, $"a name that ends in {string.Join(" or ", extensions)} for {_content}");
        }
    }

    /// <summary>Checks that a figure can be drawn.</summary>
    /// <exception cref="InputException">It cannot.</exception>
    public void RequireFigure(string name, string path)
    {
        bool isPossible = _content switch
        {
            ShardContent.Samples => _shards.Whole("dimension") <= SampleFigure.MostDimensions,
            ShardContent.LogDensities => _shards.Find("grid") is not null,
            _ => false,
        };
        if (!isPossible)
        {
            throw InputException.For(
                name, path, $"shards of samples in 1 or 2 dimensions or of a density on a grid, and not of {_content}");
        }
    }

    /// <summary>Merges.</summary>
    /// <param name="progress">Told the share done.</param>
    /// <param name="plot">Where to draw a figure; null for none.</param>
    /// <param name="theme">The figure's colours.</param>
    /// <param name="report">Takes what the run would have said.</param>
    /// <returns>What was counted, in the plural.</returns>
    /// <exception cref="InputException">A shard cannot be used, or a file not written.</exception>
    public string Run(IProgress<double> progress, string? plot, Theme theme, Report report)
    {
        switch (_content)
        {
            case ShardContent.Samples:
                MergeSamples(progress, plot, theme, report);
                return "samples";
            case ShardContent.Trajectories:
                MergeTrajectories(progress, report);
                return "samples";
            case ShardContent.LogDensities:
                MergeDensities(progress, plot, theme, report);
                return "points";
            default:
                MergePicture(progress, report);
                return "trajectories";
        }
    }

    private void MergeSamples(IProgress<double> progress, string? plot, Theme theme, Report report)
    {
        int dimension = RequireDimension();
        Tensor joined = _shards.Join(
            ShardContent.Samples, TensorType.F32, [_shards.Items, dimension], 0, progress, _cancellation);
        float[] values = joined.ToSingles();
        FiniteValues.Require("samples", values, "The shards have been changed.");
        PointSet samples = new(values, _shards.Items, dimension);
        SampleSummary summary = ReadSamples();
        PointsFile.Write(_target, samples);
        if (plot is not null)
        {
            summary.Plot(plot, samples, theme);
        }

        report.Add("samples", _target);
        AddPlot(report, plot);
        summary.AddTo(report, samples.Count, dimension);
    }

    private void MergeTrajectories(IProgress<double> progress, Report report)
    {
        int dimension = RequireDimension();
        int frames = _shards.Whole("frames");
        Tensor joined = _shards.Join(
            ShardContent.Trajectories, TensorType.F32, [frames, _shards.Items, dimension], 1, progress, _cancellation);
        SampleSummary summary = ReadSamples();
        NpyFile.Write(_target, joined);
        report.Add("trajectories", _target);
        report.Add("frames", frames);
        summary.AddTo(report, _shards.Items, dimension);
    }

    private SampleSummary ReadSamples() => new(
        _shards.Text("sampler"),
        _shards.MeanOf("nfe"),
        _shards.HasPart("acceptance_rate") ? _shards.MeanOf("acceptance_rate") : null,
        RequireSeed(),
        _shards.Text("data"));

    private void MergeDensities(IProgress<double> progress, string? plot, Theme theme, Report report)
    {
        string estimator = _shards.Text("divergence");
        double[] values = Join(ShardContent.LogDensities);
        double[]? errors = _shards.Whole("probes") > 1 ? Join(ShardContent.StandardErrors) : null;
        LogLikelihoods result = LogLikelihoods.FromValues(values, errors, RequireDimension(), _shards.MeanOf("nfe"));
        double[] time = _shards.Numbers("time");
        DensitySummary summary = new(
            result, ReadGrid(), estimator, _shards.Text("solver"), time[0], _shards.Text("data"));
        summary.Write(_target);
        if (plot is not null)
        {
            summary.Plot(plot, theme);
        }

        report.Add("log_densities", _target);
        AddPlot(report, plot);
        summary.AddTo(report);

        double[] Join(string name) =>
            _shards.Join(name, TensorType.F64, [_shards.Items], 0, progress, _cancellation).ToDoubles();
    }

    private FieldGrid? ReadGrid()
    {
        if (_shards.Find("grid") is not { } text)
        {
            return null;
        }

        double[] numbers = _shards.Numbers("grid");
        bool isGrid = numbers.Length == 3 && numbers[0] < numbers[1] && numbers[2] * numbers[2] == _shards.Items;
        return isGrid
            ? new FieldGrid(numbers[0], numbers[1], (int)numbers[2])
            : throw InputException.For(
                "the shards' grid", text, $"two ends and a number of nodes whose square is {_shards.Items}");
    }

    private void MergePicture(IProgress<double> progress, Report report)
    {
        (int width, int height) = RequireSize();
        double[] edges = _shards.Numbers("view");
        if (edges.Length != 4)
        {
            throw InputException.For("the shards' view", _shards.Text("view"), "left, right, bottom and top");
        }

        CanvasView view = new(edges[0], edges[1], edges[2], edges[3]);
        string color = RequireOneOf("color", PictureOptions.Colors);
        string tone = RequireOneOf("tone", PictureOptions.TonesByName.Keys);
        string map = RequireOneOf("colormap", PictureOptions.MapsByName.Keys);
        string theme = RequireOneOf("theme", [Theme.Dark.Name, Theme.Light.Name]);
        PictureSummary summary = new(
            width, height, view, color, _shards.Text("sampler"), _shards.Whole("nfe"), RequireSeed());

        // The sums have their colours already.
        TrajectoryCanvas canvas = new(width, height, view, new TimeColouring([new CanvasColour(0, 0, 0)]));
        _shards.ForEach(progress, Add, _cancellation);
        byte[] png = StillPicture.Develop(
            canvas,
            color,
            PictureOptions.TonesByName[tone],
            theme == Theme.Light.Name ? Theme.Light : Theme.Dark,
            PictureOptions.MapsByName[map]);
        _cancellation.ThrowIfCancellationRequested();
        AtomicFile.Write(_target, stream => stream.Write(png));
        report.Add("picture", _target);
        summary.AddTo(report, _shards.Items);
        PictureSummary.AddSegments(report, canvas);
        PictureSummary.AddMemory(report);

        void Add(Shard shard, SafetensorsFile file)
        {
            long[] counts = ShardSet.Require(file, ShardContent.Segments, TensorType.I64, 2).ToInt64s();
            canvas.Add(file[ShardContent.Sums], counts[0], counts[1]);
        }
    }

    private static void AddPlot(Report report, string? plot)
    {
        if (plot is not null)
        {
            report.Add("plot", plot);
        }
    }

    private int RequireDimension() => _shards.Whole("dimension") is > 0 and var dimension
        ? dimension
        : throw InputException.For("the shards' dimension", 0, "at least 1");

    private (int Width, int Height) RequireSize()
    {
        double[] size = _shards.Numbers("size");
        return size.Length == 2 && size.All(side => side is >= 1 and <= TrajectoryCanvas.MaxSize && side == (int)side)
            ? ((int)size[0], (int)size[1])
            : throw InputException.For(
                "the shards' size", _shards.Text("size"), $"two whole numbers from 1 to {TrajectoryCanvas.MaxSize}");
    }

    private ulong RequireSeed() =>
        ulong.TryParse(_shards.Text("seed"), NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed)
            ? seed
            : throw InputException.For("the shards' seed", _shards.Text("seed"), $"a whole number up to {ulong.MaxValue}");

    private string RequireOneOf(string key, IEnumerable<string> names) => _shards.Text(key) is var text && names.Contains(text)
        ? text
        : throw InputException.For($"the shards' {key}", text, $"one of {string.Join(", ", names)}");
}
