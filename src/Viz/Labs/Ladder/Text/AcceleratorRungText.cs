using ScoreGpu.Engine.Benchmarks.Ladder;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.Ladder.Text;

/// <summary>The rungs of an accelerator in words; where a CPU plays one, that explains much.</summary>
internal static class AcceleratorRungText
{
    /// <summary>The text of a rung.</summary>
    public static RungText Of(Rung rung)
    {
        var work = (AcceleratorWork)rung.Result.Info.Work;
        double launch = 1e6 * rung.Device.Ceilings.LaunchSeconds;
        bool isGpu = rung.Device.IsGpu;
        Html slower = Slower(rung);
        Html faster = Html.Text(isGpu
            ? "The caches keep more than the model allows, and launches that are queued one behind the other cost less than the "
                + "one for which the host waits, by which the model counts."
            : "The processor’s caches keep what the model has in global memory.");
        return rung.Name switch
        {
            "work-item" => new RungText(
                Html.Of($"""
                    As many work-items as samples, each with the two loops of plain C#. Sums that wait are no matter on a GPU: a
                    multiprocessor has so many work-items that another can always go on. What matters is where numbers come
                    from: a weight and an input for every product, from global memory.
                    """),
                Html.Of($"""
                    A multiply-add here reads 4 bytes of its own, and the device moves
                    {Numerals.Significant(rung.Device.Ceilings.BytesPerSecond / 1e9, 2)} GB/s. What share of the limit is that?
                    """),
                Html.Text("If no cache helped, memory alone would decide: two operations for every four bytes."),
                isGpu
                    ? slower
                    : Html.Text("A CPU runs the work-items of a group one after another here, so that inputs which are "
                        + "neighbours on a GPU are a whole row apart, often a power of two bytes, which fall into the same few "
                        + "places of the cache."),
                Html.Text("The weights are the same for all work-items, and the inputs are read again for each output: caches, "
                    + "which the model ignores, serve most of it.")),
            "local-tile" => new RungText(
                Html.Of($"""
                    A group fetches a square of 16 × 16 inputs and one of weights into local memory, waits at a barrier, and every
                    number is used sixteen times before the next squares come.
                    """),
                Html.Of($"Global memory is asked for an eighth of the bytes. What is the limit now?"),
                Html.Of($"""
                    Local memory: two reads a product, {Numerals.Fixed(work.LocalBytes / work.MultiplyAdds, 0)} bytes, at
                    {Numerals.Significant(rung.Device.Ceilings.LocalBytesPerSecond!.Value / 1e9, 2)} GB/s. {Nearer(rung)}
                    """),
                slower,
                faster),
            "register-tile" => new RungText(
                Html.Of($"""
                    The engine’s dense layer: tiles of 32 × 32, and each of 64 work-items keeps 4 × 4 sums in registers, for eight
                    reads of local memory. The <em>reading a kernel</em> chapter of the documentation
                    (<code>docs/reading-a-kernel.md</code>) goes through it line by line.
                    """),
                Html.Of($"Reads of local memory per product fall from 8 bytes to 2. Is it four times as fast?"),
                Html.Of($"""
                    Where local memory was the limit, yes. Most of what remains should be
                    {LimitText.NameOf(rung.Result.Prediction.Largest.Limit)}.
                    """),
                slower,
                faster),
            "fused" => new RungText(
                Html.Of($"""
                    The engine’s network: a group takes a tile of samples through all layers without leaving local memory, with up
                    to 8 × 8 sums a work-item. One launch; points go in, results come out, and they are counted here as for every
                    caller, from the host and back.
                    """),
                Html.Of($"The launches and all traffic between layers are gone. What is left to wait for?"),
                Html.Of($"""
                    {Numerals.Fixed(work.LocalBytes / work.MultiplyAdds, 0)} byte of local memory a product; most of the time
                    should be {LimitText.NameOf(rung.Result.Prediction.Largest.Limit)}.
                    """),
                slower,
                faster),
            "launch-a-layer" => new RungText(
                Html.Of($"""
                    The sampler with the register tile: the host walks through the program and launches each layer, then the
                    update: {Numerals.Count(work.Launches)} launches, and the activations of the crowd lie in global memory between
                    two. The step is a bias from a table here already.
                    """),
                Html.Of($"""
                    A launch until the host knows of its end takes {Numerals.Significant(launch, 2)} µs. How much of the time do
                    launches take?
                    """),
                Html.Of($"""
                    At most {Numerals.Percent(ShareOf(rung, RungLimit.Launches), 0)} of the prediction; queued launches overlap, and
                    cost less.
                    """),
                slower,
                faster),
            "launch-a-step" => new RungText(
                Html.Of($"""
                    All layers of a step in one launch, and the update in a second: {Numerals.Count(work.Launches)} launches.
                    Activations stay in local memory; states go to global memory and back.
                    """),
                Html.Of($"What does it gain to leave the activations where they are?"),
                Html.Of($"""
                    The traffic, the launches, and the larger block of the fused kernel. Most of what remains should be
                    {LimitText.NameOf(rung.Result.Prediction.Largest.Limit)}.
                    """),
                slower,
                faster),
            _ => new RungText(
                Html.Of($"""
                    The engine’s sampler: the whole program is one launch. A group keeps its tile for all steps, and the host waits
                    once.
                    """),
                Html.Of($"The last {Numerals.Count(BelowLaunches(rung) - 1)} launches are gone. What does that gain?"),
                Html.Of($"""
                    In the rung below launches should take {Numerals.Percent(LaunchesBelow(rung), 0)}. The smaller the crowd, the
                    more.
                    """),
                slower,
                faster),
        };
    }

    private static Html Nearer(Rung rung) =>
        rung.Device.Ceilings.LocalBytesPerSecond < 4 * rung.Device.Ceilings.BytesPerSecond
            ? Html.Text("That is hardly nearer than the global memory of this device, so that the model promises little.")
            : Html.Empty;

    private static Html Slower(Rung rung) => Html.Text(rung.Device.IsGpu
        ? "The model has every unit busy all the time. Barriers, the edges of tiles, activations, and a batch that does not fill "
            + "the device a whole number of times are not in it."
        : rung.Name != "local-tile"
        ? "Again it is the CPU in the part of a GPU: barriers, and vectors that are lost between them."
        : "This device is a CPU that plays a GPU. Its local memory is ordinary memory, a barrier is the end of one loop over the "
            + "work-items and the beginning of another, which keeps what work-items hold in registers elsewhere in memory, and "
            + "its compiler has to find the vectors again that the kernel was taken apart into.");

    private static double ShareOf(Rung rung, RungLimit limit) => rung.Result.Prediction.Added
        .Where(term => term.Limit == limit).Sum(rung.ShareOf);

    private static double LaunchesBelow(Rung rung) => rung.Below is not { } below
        ? double.NaN
        : below.Prediction.Added.Sum(term => term.Seconds) / below.Prediction.Seconds;

    private static int BelowLaunches(Rung rung) => ((AcceleratorWork?)rung.Below?.Info.Work)?.Launches ?? 1;
}
