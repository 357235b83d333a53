using System.Text.Json.Nodes;
using ScoreGpu.Viz.Files;
using ScoreGpu.Viz.Pages;
using static ScoreGpu.Viz.Labs.LabJson;

namespace ScoreGpu.Viz.Labs;

/// <summary>
/// What every lab's run has in common: compute everything, draw, write the numbers and the page, and put the folder in
/// place when all of it is there.
/// </summary>
/// <typeparam name="TData">Everything that the lab computes; figures, results and page are made from it alone.</typeparam>
/// <param name="outline">What the lab is.</param>
internal abstract class Lab<TData>(LabOutline outline) : ILab
{
    private const string PageName = "index.html";

    /// <inheritdoc/>
    public string Name => outline.Name;

    /// <inheritdoc/>
    public string Title => outline.Title;

    /// <inheritdoc/>
    public string Summary => outline.Summary;

    /// <inheritdoc/>
    public LabResult Run(LabContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        using StagedFolder folder = StagedFolder.Prepare(context.OutputFolder);
        LabClock clock = new(context, outline.ComputingWeight + outline.DrawingWeight);
        TData data = Compute(context, clock);
        PageFigure[] figures = clock.Run(
            "figures",
            outline.DrawingWeight,
            progress => LabDrawing.Write(context.Theme, folder, Draw(data), outline.Dpi, progress, context.Cancellation));
        SaveFiles(data, folder);
        LabRun run = new(Name, context, clock.Elapsed);
        folder.Write("results.json", Results(data, run, clock.Stages, outline.Cover ?? figures[0].Name));
        Page page = Write(data, new PageFigures(figures), run);
        page.MadeBy(run.Command);
        folder.Write(PageName, page.ToHtml());
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

    /// <summary>Computes everything, stage by stage.</summary>
    protected abstract TData Compute(LabContext context, LabClock clock);

    /// <summary>Draws every figure, in the page's order.</summary>
    protected abstract IReadOnlyList<LabFigure> Draw(TData data);

    /// <summary>Writes models and arrays beside the page.</summary>
    protected virtual void SaveFiles(TData data, StagedFolder folder)
    {
    }

    /// <summary>Adds the lab's numbers to <c>results.json</c>, after those of every lab.</summary>
    protected abstract void AddResults(TData data, JsonObject results);

    /// <summary>Writes the page.</summary>
    protected abstract Page Write(TData data, PageFigures figures, LabRun run);

    /// <summary>The lab's main numbers.</summary>
    protected abstract IReadOnlyList<LabFinding> Findings(TData data);

    private string Results(TData data, LabRun run, IReadOnlyList<LabStage> stages, string cover)
    {
        JsonObject results = new()
        {
            ["lab"] = Name,
            ["format_version"] = 1,
            ["seed"] = run.Seed,
            ["device"] = run.Device,
            ["elapsed_seconds"] = Seconds(run.Elapsed),
            ["stages"] = Stages(stages),
            ["cover"] = cover,
            ["findings"] = List(Findings(data), finding => new JsonObject
            {
                ["key"] = finding.Key,
                ["label"] = finding.Label,
                ["value"] = Number(finding.Value),
            }),
        };
        AddResults(data, results);
        return results.ToJsonString(Format);
    }
}
