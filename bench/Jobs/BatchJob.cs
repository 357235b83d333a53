namespace ScoreGpu.Bench.Jobs;

/// <summary>A job that is ready to run: weights, tables and inputs are where they belong.</summary>
/// <param name="Run">Runs it once, results on the host.</param>
/// <param name="Flops">Its multiply-adds, two operations each.</param>
/// <param name="Owner">What was allocated for it.</param>
internal sealed record BatchJob(Action Run, double Flops, IDisposable Owner) : IDisposable
{
    public void Dispose() => Owner.Dispose();
}
