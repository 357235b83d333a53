using System.Text.Json.Nodes;
using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Tests.Engine;
using ScoreGpu.Viz;
using ScoreGpu.Viz.Labs;

namespace ScoreGpu.Tests.Viz.Labs;

/// <summary>A lab with little to do, run once for all tests of what it writes.</summary>
public abstract class QuickLab : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ILab _lab;

    private protected QuickLab(ILab lab)
    {
        _lab = lab;
        Output = _folder.PathOf("made/here");
        Result = Run(threads: 2, Theme.Light, Output, Steps);
        Page = new LabPage(Result.Page);
    }

    internal string Output { get; }

    internal LabResult Result { get; }

    internal LabPage Page { get; }

    internal JsonObject Results => LabResults.Read(Output);

    internal ProgressLog Steps { get; } = new();

    internal string PathOf(string file) => Path.Combine(Output, file);

    internal LabResult Run(int threads, Theme theme, string output, ProgressLog? steps = null)
    {
        using CpuDevice device = new(threads);
        return _lab.Run(new LabContext(device, 5, theme, output, steps));
    }

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }
}
