using ScoreGpu.Viz.Labs;

namespace ScoreGpu.Tests.Viz.Labs;

/// <summary>Everything that was reported.</summary>
internal sealed class ProgressLog : IProgress<LabProgress>
{
    private readonly List<LabProgress> _reports = [];

    internal IReadOnlyList<LabProgress> Reports => _reports;

    public void Report(LabProgress value)
    {
        lock (_reports)
        {
            _reports.Add(value);
        }
    }
}
