namespace ScoreGpu.Engine.Benchmarks.Ladder;

/// <summary>The ladder of one device.</summary>
/// <param name="Place">Where it ran.</param>
/// <param name="IsCpu">Whether the rungs are those of the CPU, in C#; else those of an accelerator.</param>
/// <param name="IsGpu">Whether the device is a graphics processor, not one that a CPU plays.</param>
/// <param name="Ceilings">What the device does at most.</param>
/// <param name="Core">What one of its cores does at most; null for an accelerator.</param>
/// <param name="Forward">The rungs that compute the network's outputs.</param>
/// <param name="Sampler">The rungs that run the whole sampler.</param>
public sealed record DeviceLadder(
    BenchmarkPlace Place,
    bool IsCpu,
    bool IsGpu,
    MachineCeilings Ceilings,
    CoreCeilings? Core,
    TaskLadder Forward,
    TaskLadder Sampler);

/// <summary>The rungs of one task, from the first to the last.</summary>
/// <param name="Batch">N, the same for all rungs.</param>
/// <param name="Evaluations">Times that the network is evaluated in a run: N, or N times the steps.</param>
/// <param name="Rungs">The rungs that are right, in order.</param>
/// <param name="Refused">The others, which are not timed.</param>
public sealed record TaskLadder(
    int Batch, double Evaluations, IReadOnlyList<RungResult> Rungs, IReadOnlyList<BenchmarkedOperation> Refused);

/// <summary>A rung that was checked, predicted and timed.</summary>
/// <param name="Info">What it is.</param>
/// <param name="Error">The largest error against float64, in units of what passes.</param>
/// <param name="Prediction">What the model says.</param>
/// <param name="Measured">What the clock says.</param>
public sealed record RungResult(RungInfo Info, double Error, RungPrediction Prediction, BenchmarkResult Measured)
{
    /// <summary>Seconds a run, the median of the turns.</summary>
    public double Seconds => Measured.Time.Median;

    /// <summary>Measured seconds over predicted ones: above 1 where the rung is slower than the model.</summary>
    public double OverPrediction => Seconds / Prediction.Seconds;
}
