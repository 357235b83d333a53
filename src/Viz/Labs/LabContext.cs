using ScoreGpu.Engine.Devices;

namespace ScoreGpu.Viz.Labs;

/// <summary>What a lab runs with.</summary>
/// <param name="Device">Where networks are trained and sampled; stays the caller's.</param>
/// <param name="Seed">The key of every random draw.</param>
/// <param name="Theme">The theme of the figure files; the page itself has a light and a dark look.</param>
/// <param name="OutputFolder">The folder to write; made where it is missing.</param>
/// <param name="Progress">Told how far the run is, on any thread.</param>
/// <param name="Cancellation">Stops the run.</param>
public sealed record LabContext(
    IDevice Device,
    ulong Seed,
    Theme Theme,
    string OutputFolder,
    IProgress<LabProgress>? Progress = null,
    CancellationToken Cancellation = default);
