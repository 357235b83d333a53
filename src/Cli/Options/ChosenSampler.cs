using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Samplers.Host;

namespace ScoreGpu.Cli.Options;

/// <summary>The sampler that was asked for: a program that a device runs, or one that the host drives.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Program">The rows; null where the host drives.</param>
/// <param name="OnHost">The run on the host; null where there is a program.</param>
internal sealed record ChosenSampler(
    string Name, StepProgram? Program, Func<IBatchNetwork, HostRequest, HostResult>? OnHost)
{
    /// <summary>Why a sample depends on the others of its batch; null where it does not.</summary>
    public string? ReasonAgainstParts { get; init; }
}
