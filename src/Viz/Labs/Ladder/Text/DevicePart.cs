using ScoreGpu.Engine.Benchmarks;
using ScoreGpu.Engine.Benchmarks.Ladder;
using ScoreGpu.Viz.Labs.Ladder.Figures;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.Ladder.Text;

/// <summary>The sections of a device: the ladder of the network, then that of the sampler.</summary>
internal static class DevicePart
{
    /// <summary>Writes both sections.</summary>
    public static void Write(Page page, DeviceLadder device, PageFigures figures, SourceText sources)
    {
        string name = device.Place.DeviceName;
        string kicker = device.IsCpu ? "CPU" : name == "cuda" ? "CUDA" : "OpenCL";
        PageSection forward = page.Section($"{name}-forward", kicker, Title(device))
            .Paragraph($"{Introduction(device)}");
        Climb(forward, device, device.Forward, sources);
        forward
            .Heading("The whole ladder")
            .Figure(figures[KernelsFigures.NameOf(device, LadderKind.Forward)], Html.Of($"""
                The network for {device.Forward.Batch} samples. Bars are measured, orange strokes were predicted; a step of the
                scale is a factor of ten.
                """))
            .Table(RungPart.Table(Rung.Of(device, device.Forward)));
        Verdict(forward, device, device.Forward);
        PageSection sampler = page.Section($"{name}-sampler", $"{kicker}, sampler", "The network a hundred times: the sampler")
            .Paragraph($"""
                {device.Sampler.Batch} trajectories. The product is the best one from here on; what the rungs change is what is
                kept where between two products, and how often everybody waits for everybody.
                """);
        Climb(sampler, device, device.Sampler, sources);
        sampler
            .Heading("The whole ladder")
            .Figure(figures[KernelsFigures.NameOf(device, LadderKind.Sampler)], Html.Of($"""
                The sampler for {device.Sampler.Batch} trajectories. Only the task’s own operations count, so that a rung which
                computes more than is needed has a lower rate.
                """))
            .Table(RungPart.Table(Rung.Of(device, device.Sampler)));
        Verdict(sampler, device, device.Sampler);
        sampler.Figure(figures[KernelsFigures.NameOf(device, LadderKind.Limits)], Html.Of($"""
            What each rung of both ladders should wait for: the parts of its predicted time add up to 1. The diamond is the
            measured time in the same unit: on the line the model is right, above it something takes time that the model does not
            know.
            """));
    }

    private static string Title(DeviceLadder device) => device.IsCpu
        ? "The network in C#, from one product at a time to all cores"
        : device.IsGpu ? "The network in kernels, on a GPU" : "The network in kernels, on a CPU that plays a GPU";

    private static Html Introduction(DeviceLadder device) => device.IsCpu
        ? Html.Of($"""
            {device.Place.Processor}, {device.Place.DeviceDescription}. Every rung computes the same outputs for the same
            {device.Forward.Batch} points; predict before you open an answer.
            """)
        : Html.Of($"""
            {device.Place.DeviceDescription}. Kernels are C# as well, and a generator writes them as
            {(device.Place.DeviceName == "cuda" ? "CUDA C" : "OpenCL C")} when the program is built
            (<code>scoregpu inspect</code> shows both side by side). {(device.IsGpu ? Html.Empty : Html.Text("This device is no "
                + "GPU: the work-items are loops on the cores of the processor, and local memory is ordinary memory. What "
                + "follows shows the method; the numbers of a GPU are others."))}
            """);

    private static void Climb(PageSection section, DeviceLadder device, TaskLadder task, SourceText sources)
    {
        foreach (BenchmarkedOperation refused in task.Refused)
        {
            section.Finding("Not timed:", $"""
                {refused.Name}. Its results differ from float64 by {Numerals.Significant(refused.Error, 2)} times what passes.
                """);
        }

        foreach (Rung rung in Rung.Of(device, task))
        {
            RungPart.Write(section, rung, sources);
        }
    }

    private static void Verdict(PageSection section, DeviceLadder device, TaskLadder task)
    {
        IReadOnlyList<Rung> rungs = Rung.Of(device, task);
        if (rungs.Count < 2)
        {
            return;
        }

        Rung last = rungs[^1];
        Rung largest = rungs.Skip(1).MaxBy(rung => rung.Gain)!;
        Rung worst = rungs.MaxBy(rung => Math.Abs(Math.Log(rung.Result.OverPrediction)))!;
        double gain = KernelsFindings.GainOf(task);
        string step = last.Gain >= 1.1
            ? $"The last rung still gained {RungPart.Times(last.Gain)}."
            : last.Gain >= 0.95 ? "The last rung gained next to nothing." : "The last rung lost something again.";
        double over = worst.Result.OverPrediction;
        string model = over > 1 ? $"{Numerals.Fixed(over, 2)} times slower than predicted"
            : $"{Numerals.Fixed(1 / over, 2)} times faster than predicted";
        section.Finding($"{RungPart.Times(gain)} from the first rung to the last.", $"""
            The same results took {Numerals.Significant(rungs[0].Milliseconds)} ms and now take
            {Numerals.Significant(last.Milliseconds)} ms, {Numerals.Percent(last.Share)} of what the device can do. The largest
            single step was rung {largest.Number}, “{largest.Result.Info.Title}”, {RungPart.Times(largest.Gain)}. {step} The model
            was furthest off at rung {worst.Number}, {model}.
            """);
    }
}
