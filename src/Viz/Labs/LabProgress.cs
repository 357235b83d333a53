namespace ScoreGpu.Viz.Labs;

/// <summary>How far a lab is.</summary>
/// <param name="Stage">What is being done.</param>
/// <param name="Share">The share of the whole run that is done, from 0 to 1; an estimate.</param>
public readonly record struct LabProgress(string Stage, double Share);
