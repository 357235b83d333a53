using ScoreGpu.Engine;
using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Tests.Engine;
using ScoreGpu.Viz;
using ScoreGpu.Viz.Labs;
using ScoreGpu.Viz.Labs.ScoreFunctions;

namespace ScoreGpu.Tests.Viz.Labs.ScoreFunctions;

/// <summary>The lab stops cleanly, and says at once what it cannot write.</summary>
public sealed class ScoreFunctionsStopTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly CpuDevice _device = new();

    public void Dispose()
    {
        _device.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("scores on the line")]
    [InlineData("training, 200 steps")]
    [InlineData("ODE crowd")]
    [InlineData("samples and starts")]
    [InlineData("figures")]
    public void A_stopped_run_leaves_nothing(string stage)
    {
        using CancellationTokenSource source = new();
        StopAt stop = new(stage, source);

        Assert.ThrowsAny<OperationCanceledException>(() => new ScoreFunctionsLab(QuickScoreFunctionsLab.Settings).Run(
            new LabContext(_device, 0, Theme.Dark, _folder.PathOf("new/lab"), stop, source.Token)));

        Assert.False(Directory.Exists(_folder.PathOf("new")));
    }

    [Fact]
    public void A_stopped_run_leaves_an_older_one_as_it_was()
    {
        Directory.CreateDirectory(_folder.PathOf("lab"));
        _folder.Put("lab/index.html", "older");
        using CancellationTokenSource source = new();
        StopAt stop = new("score fields", source);

        Assert.ThrowsAny<OperationCanceledException>(() => new ScoreFunctionsLab(QuickScoreFunctionsLab.Settings).Run(
            new LabContext(_device, 0, Theme.Dark, _folder.PathOf("lab"), stop, source.Token)));

        Assert.Equal("older", File.ReadAllText(_folder.PathOf("lab/index.html")));
        Assert.Single(Directory.GetFileSystemEntries(_folder.PathOf("lab")));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_reported_before_the_work()
    {
        _folder.Put("file", "a file");
        ProgressLog log = new();

        foreach (string path in new[] { _folder.PathOf("file"), _folder.PathOf("file/lab"), "", "a\0b" })
        {
            InputException exception = Assert.Throws<InputException>(() => new ScoreFunctionsLab(QuickScoreFunctionsLab.Settings).Run(
                new LabContext(_device, 0, Theme.Dark, path, log)));
            Assert.StartsWith($"'{path}'", exception.Message, StringComparison.Ordinal);
        }

        Assert.Empty(log.Reports);
    }

    private sealed class StopAt(string stage, CancellationTokenSource source) : IProgress<LabProgress>
    {
        public void Report(LabProgress value)
        {
            if (value.Stage == stage)
            {
                source.Cancel();
            }
        }
    }
}
