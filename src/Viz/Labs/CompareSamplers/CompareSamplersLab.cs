using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.CompareSamplers;

/// <summary>Quality against network evaluations: every sampler on every process, trained and exact.</summary>
public sealed class CompareSamplersLab : ILab
{
    private const string PageName = "index.html";
    private const double DrawingWeight = 4;

    private readonly CompareSamplersSettings _settings;

    /// <summary>Creates the lab.</summary>
    public CompareSamplersLab()
        : this(new CompareSamplersSettings())
    {
    }

    /// <summary>Creates the lab with less to do, for tests.</summary>
    internal CompareSamplersLab(CompareSamplersSettings settings) => _settings = settings;

    /// <inheritdoc/>
    public string Name => "compare-samplers";

    /// <inheritdoc/>
    public string Title => "Samplers, by what they cost";

    /// <inheritdoc/>
    public string Summary => "Quality against network evaluations, for every process, objective and sampler.";

    /// <summary>The data's name.</summary>
    internal const string DataName = "four-gaussians";

    /// <summary>The data.</summary>
    internal static GaussianMixture Data => NamedMixtures.FourGaussians;

    /// <inheritdoc/>
    public LabResult Run(LabContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        using LabFolder folder = LabFolder.Prepare(context.OutputFolder);
        LabClock clock = new(context, CompareSamplersRun.TotalWeight + DrawingWeight);
        CompareSamplersData data = CompareSamplersRun.Compute(context, _settings, clock);
        PageFigure[] figures = clock.Run("figures", DrawingWeight, progress => LabDrawing.Write(
            context, folder, CurveFigure.All(data), _settings.Dpi, progress));
        TimeSpan elapsed = clock.Elapsed;
        folder.Write("results.json", CompareSamplersResults.Write(data, clock.Stages, elapsed));
        folder.Write(PageName, CompareSamplersPage.Write(this, data, new PageFigures(figures), elapsed));
        context.Cancellation.ThrowIfCancellationRequested();
        folder.Commit(PageName);
        context.Progress?.Report(new LabProgress("done", 1.0));
        return new LabResult(
            context.OutputFolder,
            Path.Combine(context.OutputFolder, PageName),
            folder.Files,
            Findings(data),
            clock.Stages,
            clock.Elapsed);
    }

    // The usual sampler is the first of each objective.
    private static LabFinding[] Findings(CompareSamplersData data) =>
    [
        new("energy_scatter_of_true_samples", "scatter of the squared energy distance of true samples", data.NullError),
        .. data.Finals.DistinctBy(final => final.Objective).Select(final => new LabFinding(
            "energy_" + final.Objective.Replace(", ", "_", StringComparison.Ordinal).Replace(' ', '_')
                .Replace('-', '_'),
            $"squared energy distance, {final.Objective}, {final.Score.Sampler}",
            final.Score.Energy.Value)),
    ];
}
