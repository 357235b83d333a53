namespace ScoreGpu.Engine.Benchmarks.Ladder;

/// <summary>What the measured machine says that a rung will take.</summary>
/// <param name="Overlapping">Times of what goes on at once: the largest counts.</param>
/// <param name="Added">Times that come on top.</param>
public sealed record RungPrediction(IReadOnlyList<PredictedTerm> Overlapping, IReadOnlyList<PredictedTerm> Added)
{
    /// <summary>Seconds a run.</summary>
    public double Seconds => Overlapping.Max(term => term.Seconds) + Added.Sum(term => term.Seconds);

    /// <summary>What takes most of it.</summary>
    public PredictedTerm Largest => Added.Append(Overlapping.MaxBy(term => term.Seconds)!).MaxBy(term => term.Seconds)!;

    /// <summary>Predicts a rung.</summary>
    /// <param name="work">What it does.</param>
    /// <param name="evaluations">Samples, or samples times steps.</param>
    /// <param name="ceilings">What the device does at most.</param>
    /// <param name="core">What a core does at most; for rungs of the CPU.</param>
    public static RungPrediction Of(
        RungWork work, double evaluations, MachineCeilings ceilings, CoreCeilings? core)
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(ceilings);
        return work switch
        {
            CpuWork cpu => Of(cpu, evaluations, ceilings, core ?? throw new ArgumentNullException(nameof(core))),
            AcceleratorWork accelerator => Of(accelerator, evaluations, ceilings),
            _ => throw new ArgumentException($"work is {work}; expected that of a CPU or an accelerator.", nameof(work)),
        };
    }

    private static RungPrediction Of(CpuWork work, double evaluations, MachineCeilings ceilings, CoreCeilings core)
    {
        double cores = work.HasAllCores ? ceilings.MultiplyAddFlops / ceilings.CoreMultiplyAddFlops!.Value : 1;
        double instructions = evaluations * work.MultiplyAdds / (work.HasVectors ? core.Lanes : 1) / cores;
        double activations = evaluations * work.Activations / cores
            / (work.HasVectorActivations ? core.VectorActivations : core.ScalarActivations);
        double perSecond = ceilings.CoreMultiplyAddFlops!.Value / (2 * core.Lanes);
        List<PredictedTerm> added = [new(RungLimit.Activations, activations)];
        if (work.MovedBytes > 0)
        {
            added.Add(new PredictedTerm(RungLimit.Memory, evaluations * work.MovedBytes / ceilings.BytesPerSecond));
        }

        if (work.Phases > 0)
        {
            added.Add(new PredictedTerm(RungLimit.Launches, work.Phases * ceilings.LaunchSeconds));
        }

        return new RungPrediction(
            [
                new(RungLimit.Arithmetic, instructions / perSecond),
                new(RungLimit.Waiting, instructions / (work.Sums * core.DependentMultiplyAdds)),
                new(RungLimit.Loads, instructions * work.LoadsPerMultiplyAdd / core.VectorLoads),
            ],
            added);
    }

    private static RungPrediction Of(AcceleratorWork work, double evaluations, MachineCeilings ceilings) => new(
        [
            new(RungLimit.Arithmetic, evaluations * 2 * work.MultiplyAdds / ceilings.MultiplyAddFlops),
            new(RungLimit.LocalMemory, evaluations * work.LocalBytes / ceilings.LocalBytesPerSecond!.Value),
            new(RungLimit.Memory, evaluations * work.GlobalBytes / ceilings.BytesPerSecond),
        ],
        [new(RungLimit.Launches, work.Launches * ceilings.LaunchSeconds)]);
}

/// <summary>A part of a predicted time.</summary>
/// <param name="Limit">What takes it.</param>
/// <param name="Seconds">How long.</param>
public readonly record struct PredictedTerm(RungLimit Limit, double Seconds);

/// <summary>What a rung waits for.</summary>
public enum RungLimit
{
    /// <summary>The units that multiply and add.</summary>
    Arithmetic,

    /// <summary>A multiply-add for the one before it.</summary>
    Waiting,

    /// <summary>Loads from the nearest cache.</summary>
    Loads,

    /// <summary>Activations.</summary>
    Activations,

    /// <summary>Local memory.</summary>
    LocalMemory,

    /// <summary>Main memory of the CPU, global memory of an accelerator.</summary>
    Memory,

    /// <summary>Launches, or the phases of a team of threads.</summary>
    Launches,
}
