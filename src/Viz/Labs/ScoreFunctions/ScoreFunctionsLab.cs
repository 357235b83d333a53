using ScoreGpu.Engine.Files;
using ScoreGpu.Engine.Models;
using ScoreGpu.Viz.Labs.ScoreFunctions.Figures;
using ScoreGpu.Viz.Labs.ScoreFunctions.Text;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.ScoreFunctions;

/// <summary>
/// Scores of densities on the line and in the plane, the score inside a noise predictor, and the two ways back from
/// noise: the reverse SDE and the probability-flow ODE.
/// </summary>
public sealed class ScoreFunctionsLab : ILab
{
    private const string PageName = "index.html";

    // Drawing and writing, in the unit of the run's weights.
    private const double DrawingWeight = 20;

    private readonly ScoreFunctionsSettings _settings;

    /// <summary>Creates the lab.</summary>
    public ScoreFunctionsLab()
        : this(new ScoreFunctionsSettings())
    {
    }

    /// <summary>Creates the lab with less to do, for tests.</summary>
    internal ScoreFunctionsLab(ScoreFunctionsSettings settings) => _settings = settings;

    /// <inheritdoc/>
    public string Name => "score-functions";

    /// <inheritdoc/>
    public string Title => "Score functions, and two ways back from noise";

    /// <inheritdoc/>
    public string Summary =>
        "Scores on the line and in the plane, the score inside a noise predictor, and SDE against ODE sampling.";

    /// <inheritdoc/>
    public LabResult Run(LabContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        using LabFolder folder = LabFolder.Prepare(context.OutputFolder);
        LabClock clock = new(context, ScoreFunctionsRun.TotalWeight + DrawingWeight);
        ScoreFunctionsData data = ScoreFunctionsRun.Compute(context, _settings, clock);
        PageFigure[] figures = clock.Run("figures", DrawingWeight, progress => Draw(context, folder, data, progress));
        ModelFile.Save(folder.PathOf("model.safetensors"), data.Long.Model);
        NpyFile.Write(folder.PathOf("starts.npy"), data.Pairs.Starts, data.Pairs.Starts.Length / 2, 2);
        NpyFile.Write(
            folder.PathOf("x_T.npy"), data.Starts.MarginalStarts, data.Starts.MarginalStarts.Length / 2, 2);
        TimeSpan elapsed = clock.Elapsed;
        folder.Write("results.json", ScoreFunctionsResults.Write(data, clock.Stages, elapsed));
        folder.Write(PageName, ScoreFunctionsPage.Write(data, figures, elapsed));
        context.Cancellation.ThrowIfCancellationRequested();
        folder.Commit(PageName);
        context.Progress?.Report(new LabProgress("done", 1.0));
        return new LabResult(
            context.OutputFolder,
            Path.Combine(context.OutputFolder, PageName),
            folder.Files,
            ScoreFunctionsFindings.Of(data),
            clock.Stages,
            clock.Elapsed);
    }

    private PageFigure[] Draw(LabContext context, LabFolder folder, ScoreFunctionsData data, IProgress<double> progress)
    {
        IReadOnlyList<LabFigure> figures = ScoreFunctionsFigures.Draw(data);
        var drawn = new (PageFigure Figure, byte[] Png)[figures.Count];
        int done = 0;
        ParallelOptions options = new() { CancellationToken = context.Cancellation };
        Parallel.For(0, figures.Count, options, i =>
        {
            (string name, string alt, Figure figure) = figures[i];
            figure.Theme = Theme.Light;
            string light = figure.ToSvg();
            figure.Theme = Theme.Dark;
            string dark = figure.ToSvg();
            figure.Theme = context.Theme;
            drawn[i] = (new PageFigure(name, alt, light, dark), figure.ToPng(_settings.Dpi));
            progress.Report((double)Interlocked.Increment(ref done) / figures.Count);
        });
        foreach ((PageFigure figure, byte[] png) in drawn)
        {
            string path = $"{PageFigure.Folder}/{figure.Name}";
            folder.Write(path + ".svg", context.Theme == Theme.Light ? figure.LightSvg : figure.DarkSvg);
            folder.Write(path + ".png", png);
        }

        return [.. drawn.Select(pair => pair.Figure)];
    }
}
