namespace ScoreGpu.Engine.Benchmarks.Ladder;

/// <summary>What a rung is.</summary>
/// <param name="Name">Its name, as in <c>scalar</c>.</param>
/// <param name="Task">What it computes: <c>forward</c> or <c>sampler</c>.</param>
/// <param name="Title">What it does in a few words.</param>
/// <param name="Sources">The files that it is written in, the most telling first, by their place under <c>src</c>.</param>
/// <param name="Work">What it has to do and with what means, as the model sees it.</param>
public sealed record RungInfo(string Name, string Task, string Title, IReadOnlyList<string> Sources, RungWork Work);
