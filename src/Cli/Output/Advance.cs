namespace ScoreGpu.Cli.Output;

/// <summary>How far a piece of work is.</summary>
/// <param name="Share">The share done, from 0 to 1.</param>
/// <param name="Loss">The latest loss, in training.</param>
/// <param name="Stage">What is being done, where a piece of work has several stages.</param>
internal readonly record struct Advance(double Share, double? Loss = null, string? Stage = null);
