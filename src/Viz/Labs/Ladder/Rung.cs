using ScoreGpu.Engine.Benchmarks.Ladder;

namespace ScoreGpu.Viz.Labs.Ladder;

/// <summary>A rung beside the one below it.</summary>
/// <param name="Device">The ladder.</param>
/// <param name="Result">The rung.</param>
/// <param name="Number">Its place, from 1.</param>
/// <param name="Below">The rung below; null for the first.</param>
internal sealed record Rung(DeviceLadder Device, RungResult Result, int Number, RungResult? Below)
{
    private const double Milli = 1e3;
    private const double Giga = 1e9;

    /// <summary>Its name.</summary>
    public string Name => Result.Info.Name;

    /// <summary>How many times as fast as the rung below; NaN for the first.</summary>
    public double Gain => Below is null ? double.NaN : Below.Seconds / Result.Seconds;

    /// <summary>The same, as the model has it.</summary>
    public double PredictedGain =>
        Below is null ? double.NaN : Below.Prediction.Seconds / Result.Prediction.Seconds;

    /// <summary>Measured milliseconds a run.</summary>
    public double Milliseconds => Milli * Result.Seconds;

    /// <summary>Predicted milliseconds a run.</summary>
    public double PredictedMilliseconds => Milli * Result.Prediction.Seconds;

    /// <summary>Measured operations of the task, 10⁹ a second.</summary>
    public double Rate => Result.Measured.FlopsPerSecond / Giga;

    /// <summary>The same, as the model has it.</summary>
    public double PredictedRate => Result.Measured.Flops / Result.Prediction.Seconds / Giga;

    /// <summary>The rate as a share of the roofline.</summary>
    public double Share => Result.Measured.ShareOfLimit;

    /// <summary>The rungs of a task, from the first.</summary>
    public static IReadOnlyList<Rung> Of(DeviceLadder device, TaskLadder task) =>
    [
        .. task.Rungs.Select((result, i) => new Rung(device, result, i + 1, i == 0 ? null : task.Rungs[i - 1])),
    ];

    /// <summary>What a term of the prediction is of the whole.</summary>
    public double ShareOf(PredictedTerm term) => term.Seconds / Result.Prediction.Seconds;

    /// <summary>What remains of the roofline's limit of a device, 10⁹ operations a second.</summary>
    public static double LimitOf(TaskLadder task) =>
        task.Rungs.Select(rung => rung.Measured.LimitFlopsPerSecond / Giga).DefaultIfEmpty(double.NaN).First();
}
