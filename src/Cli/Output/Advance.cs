namespace ScoreGpu.Cli.Output;

/// <summary>How far a piece of work is.</summary>
/// <param name="Share">The share done, from 0 to 1.</param>
/// <param name="Note">A word on its state, such as the loss; may be empty.</param>
internal readonly record struct Advance(double Share, string Note = "");
