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
        PageFigure[] figures = clock.Run("figures", DrawingWeight, progress => LabDrawing.Write(
            context, folder, ScoreFunctionsFigures.Draw(data), _settings.Dpi, progress));
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
}
