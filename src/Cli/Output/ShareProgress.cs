namespace ScoreGpu.Cli.Output;

/// <summary>Shows the share done on a bar.</summary>
/// <param name="bar">The bar.</param>
internal sealed class ShareProgress(IProgress<Advance> bar) : IProgress<double>
{
    /// <inheritdoc/>
    public void Report(double value) => bar.Report(new Advance(value));
}
