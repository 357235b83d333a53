namespace ScoreGpu.Viz.Labs;

/// <summary>What a lab wrote and found.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Page">The path of the page in it.</param>
/// <param name="Files">Every file written, relative to the folder, with forward slashes, in alphabetical order.</param>
/// <param name="Findings">The main numbers.</param>
/// <param name="Stages">How long each stage took, in order.</param>
/// <param name="Elapsed">How long the whole run took.</param>
public sealed record LabResult(
    string Folder,
    string Page,
    IReadOnlyList<string> Files,
    IReadOnlyList<LabFinding> Findings,
    IReadOnlyList<LabStage> Stages,
    TimeSpan Elapsed);

/// <summary>One of a lab's main numbers.</summary>
/// <param name="Key">A key for machines, in snake case.</param>
/// <param name="Label">What it is, in words.</param>
/// <param name="Value">The number; NaN where there is none.</param>
public sealed record LabFinding(string Key, string Label, double Value);

/// <summary>One stage of a lab's run.</summary>
/// <param name="Name">What was done.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record LabStage(string Name, TimeSpan Elapsed);
