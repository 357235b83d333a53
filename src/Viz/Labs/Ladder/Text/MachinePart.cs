using ScoreGpu.Engine.Benchmarks.Ladder;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.Ladder.Text;

/// <summary>The page's first section: the task, and what the machine does at most.</summary>
internal static class MachinePart
{
    private const double Giga = 1e9;

    /// <summary>Writes the section.</summary>
    public static void Write(Page page, KernelsData data)
    {
        LadderSettings settings = data.Settings.Ladder;
        double products = data.Cpu.Forward.Rungs.Select(rung => rung.Info.Work.MultiplyAdds).DefaultIfEmpty(double.NaN).First();
        page.Section("machine", "Before", "The task, and what the machine can do")
            .Paragraph($"""
                The network is that of the first lab: two inputs, three hidden layers of {settings.Width} features with SiLU
                between them, two outputs. A sample takes {Numerals.Count((long)products)} multiply-adds. What is told of the time
                is a bias of the first layer. The sampler is DDIM with its {settings.Steps} steps. The weights are random ones:
                no rung is faster or slower for what they mean.
                """)
            .Paragraph($"""
                A prediction needs no more than what the machine does at most, measured by loops that do one thing only, a moment
                before the rungs:
                """)
            .Table(Ceilings(data))
            .Paragraph($"""
                <em>The model</em> asks of a rung how many products it has to do, with how many sums that do not wait for one
                another, and how many bytes it moves, and where. What goes on at the same time counts by the slowest; activations
                on a CPU, its traffic between passes, and launches come on top. <em>The limit</em> is the roofline: the
                multiply-add rate of the whole device, or the memory’s bandwidth times the operations a byte where that is less.
                """)
            .Formula($"time = max(arithmetic, waiting, loads or memory) + activations + launches")
            .Paragraph($"""
                Each rung is first compared with plain float64 loops, and is not timed where it is off. The rungs then take turns,
                {settings.Rounds} each, and the median counts.
                """);
    }

    private static PageTable Ceilings(KernelsData data)
    {
        PageTable table = new(
            [
                Html.Text("at most"),
                .. data.Devices.Select(device => Html.Text(device.Place.DeviceName)),
                Html.Text(""),
            ]);
        Row("multiply-adds, the whole device", "GFLOP/s", device => device.Ceilings.MultiplyAddFlops / Giga);
        Row("multiply-adds, one core", "GFLOP/s", device => device.Ceilings.CoreMultiplyAddFlops / Giga);
        Row("a multiply-add that the next waits for", "ns", device => Giga / device.Core?.DependentMultiplyAdds);
        Row("loads of whole vectors, one core", "G/s", device => device.Core?.VectorLoads / Giga);
        Row("activations one by one, one core", "G/s", device => device.Core?.ScalarActivations / Giga);
        Row("activations in vectors, one core", "G/s", device => device.Core?.VectorActivations / Giga);
        Row("local memory", "GB/s", device => device.Ceilings.LocalBytesPerSecond / Giga);
        Row("main or global memory", "GB/s", device => device.Ceilings.BytesPerSecond / Giga);
        Row("a launch, or a meeting of all threads", "µs", device => 1e6 * device.Ceilings.LaunchSeconds);
        return table;

        void Row(string name, string unit, Func<DeviceLadder, double?> value) => table.Row(
            [
                Html.Text(name),
                .. data.Devices.Select(device => Html.Text(
                    value(device) is { } number ? Numerals.Significant(number) : "")),
                Html.Text(unit),
            ]);
    }
}
