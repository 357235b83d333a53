using System.Diagnostics;

namespace ScoreGpu.Viz.Labs;

/// <summary>Runs a lab's stages one after the other: times each, reports how far the run is, and stops between two.
/// </summary>
/// <param name="context">Whom to tell, and what stops the run.</param>
/// <param name="totalWeight">The sum of the stages' weights.</param>
internal sealed class LabClock(LabContext context, double totalWeight)
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly List<LabStage> _stages = [];
    private double _done;

    /// <summary>The stages so far.</summary>
    public IReadOnlyList<LabStage> Stages => _stages;

    /// <summary>The time since the run began.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_start);

    /// <summary>Runs a stage.</summary>
    /// <param name="name">What it does.</param>
    /// <param name="weight">Its share of the run, in the unit of the total.</param>
    /// <param name="work">The work, given what to report the stage's own share to.</param>
    public T Run<T>(string name, double weight, Func<IProgress<double>, T> work)
    {
        context.Cancellation.ThrowIfCancellationRequested();
        var progress = new Portion(context.Progress, name, _done / totalWeight, weight / totalWeight);
        progress.Report(0.0);
        long start = Stopwatch.GetTimestamp();
        T result = work(progress);
        _stages.Add(new LabStage(name, Stopwatch.GetElapsedTime(start)));
        _done += weight;
        return result;
    }

    private sealed class Portion(IProgress<LabProgress>? whole, string stage, double done, double share)
        : IProgress<double>
    {
        public void Report(double value) =>
            whole?.Report(new LabProgress(stage, Math.Min(1.0, done + (share * value))));
    }
}
