using ScoreGpu.Engine;

namespace ScoreGpu.Viz.Labs;

/// <summary>A course notebook as one run: it computes, draws, and writes a folder with a page to read.</summary>
public interface ILab
{
    /// <summary>The name that the command line takes.</summary>
    string Name { get; }

    /// <summary>The page's title.</summary>
    string Title { get; }

    /// <summary>What the lab shows, in one sentence.</summary>
    string Summary { get; }

    /// <summary>Runs the lab and writes its folder; the folder changes only when everything is done.</summary>
    /// <exception cref="InputException">The folder cannot be written; found out before the work starts.</exception>
    /// <exception cref="OperationCanceledException">The run was stopped; nothing was written.</exception>
    LabResult Run(LabContext context);
}
