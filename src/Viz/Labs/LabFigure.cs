namespace ScoreGpu.Viz.Labs;

/// <summary>A figure of a lab.</summary>
/// <param name="Name">The name of its files, without extension.</param>
/// <param name="Alt">What it shows, for those who do not see it.</param>
/// <param name="Figure">The figure.</param>
internal sealed record LabFigure(string Name, string Alt, Figure Figure);
