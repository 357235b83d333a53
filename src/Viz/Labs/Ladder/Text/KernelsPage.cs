using ScoreGpu.Engine.Benchmarks.Ladder;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.Ladder.Text;

/// <summary>The lab's page.</summary>
internal static class KernelsPage
{
    /// <summary>Writes the page.</summary>
    public static Page Write(ILab lab, KernelsData data, PageFigures figures, LabRun run)
    {
        Page page = new(lab.Title, Html.Of($"""
            The same network, programmed again and again: one idea a rung, short enough to read. Before each, the numbers of this
            machine say what the idea should gain; afterwards the clock says what it gained.
            """));
        page.AddStyle(SourceText.Css);
        page.Highlight(RungPart.Times(KernelsFindings.GainOf(data.Cpu.Forward)), "from plain C# to the engine, the network")
            .Highlight(Numerals.Percent(KernelsFindings.ShareOf(data.Cpu.Forward), 0), "of the machine’s limit at the top")
            .Highlight(RungPart.Times(KernelsFindings.GainOf(data.Cpu.Sampler)), "from layers to a fused program, the sampler")
            .Highlight(Numerals.Count(data.Devices.Sum(device => device.Forward.Rungs.Count + device.Sampler.Rungs.Count)),
                data.Devices.Count == 1 ? "rungs on one device" : $"rungs on {Numerals.Count(data.Devices.Count)} devices");
        SourceText sources = new();
        MachinePart.Write(page, data);
        foreach (DeviceLadder device in data.Devices)
        {
            DevicePart.Write(page, device, figures, sources);
        }

        Next(page, data);
        return run.Sign(page);
    }

    private static void Next(Page page, KernelsData data)
    {
        string device = data.Devices.Count > 1 ? $" --device {data.Devices[^1].Place.DeviceName}" : "";
        page.Section("next", "Next", "What to try")
            .Paragraph($"""
                Change a rung, build, and run the lab again: a rung that is wrong is not timed. Every operation of the engine under
                the same limits is what <code>bench</code> measures, and <code>inspect</code> shows what becomes of a kernel. The
                documentation goes on from here: <code>docs/reading-a-kernel.md</code> and <code>docs/performance.md</code>.
                """)
            .Commands(
                "scoregpu lab kernels",
                $"scoregpu bench --quick{device} --out benchmark",
                "scoregpu inspect LocalTileLayerSilu",
                "scoregpu inspect LocalTileLayerSilu --as opencl",
                "scoregpu inspect DenseForwardSilu --html dense.html");
    }
}
