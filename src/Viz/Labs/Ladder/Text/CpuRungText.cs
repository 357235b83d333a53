using ScoreGpu.Engine.Benchmarks.Ladder;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.Ladder.Text;

/// <summary>The rungs of the CPU in words.</summary>
internal static class CpuRungText
{
    private static readonly Html Scheduling = Html.Text(
        "What the model leaves out is everything that is neither a product nor an activation: loop counters, the way of the "
        + "points into tiles and out of them, and whatever else runs on the machine.");

    /// <summary>The text of a rung.</summary>
    public static RungText Of(Rung rung)
    {
        CoreCeilings core = rung.Device.Core!;
        var work = (CpuWork)rung.Result.Info.Work;
        double fill = KernelsResults.SumsThatFill(rung.Device);
        return rung.Name switch
        {
            "scalar" => new RungText(
                Html.Of($"""
                    Four lines of C#: for each output, walk along the weights and add up. Every sum is a chain. A multiply-add
                    takes {Numerals.Significant(1e9 / core.DependentMultiplyAdds, 2)} ns from its operands to its result, and the
                    next one needs that result. A core that is never idle has {Numerals.Fixed(fill, 1)} of them under way, each
                    of {core.Lanes} lanes; this program has one, of one lane.
                    """),
                Html.Of($"What share of the machine does plain C# use?"),
                Html.Of($"""
                    One of {Numerals.Fixed(fill, 1)} · {core.Lanes} possible products at a time, on one core, and then the
                    activations, {Numerals.Significant(core.ScalarActivations / 1e9, 2)}·10⁹ a second.
                    """),
                Scheduling,
                Html.Text("A sum of this length is short enough for the processor to look beyond it: while one output’s chain still "
                    + "waits, it has begun the next one’s. The model knows of one chain only.")),
            "eight-sums" => new RungText(
                Html.Of($"""
                    The same products in another order. Samples lie feature by feature in tiles of 64, and eight neighbours are
                    computed at once: eight sums that do not wait for one another, and a weight is loaded once for eight
                    samples. No instruction is new.
                    """),
                Html.Of($"The number of products has not changed. How much faster can it be?"),
                Html.Of($"""
                    Eight chains, where {Numerals.Fixed(fill, 1)} would fill the core: {Next(rung)}
                    """),
                Html.Text("A lane at a time, every product also costs the processor an instruction to fetch, decode and retire, "
                    + "and a few more for the loop; the model counts loads and products only. And what ran ahead before, one "
                    + "chain into the next, is no longer a gain."),
                Html.Text("The processor loads single numbers faster than whole vectors, by which the model judges.")),
            "vectors" => new RungText(
                Html.Of($"""
                    The inner loop takes two vectors of {core.Lanes} samples in place of eight samples: {2 * core.Lanes} sums in
                    two registers. The activation is left as it was.
                    """),
                Html.Of($"A vector has {core.Lanes} lanes. Is it {core.Lanes} times as fast?"),
                Html.Of($"""
                    An instruction does {core.Lanes} times the work, but there are only two chains left in place of eight, and
                    the activations cost what they did.
                    """),
                Scheduling,
                Html.Text("As in plain C#, the processor begins the next two chains before these have ended.")),
            "vector-activations" => new RungText(
                Html.Of($"""
                    The exponential of the activation as a polynomial, {core.Lanes} at a time. There are
                    {(int)work.Activations} activations a sample beside {(int)work.MultiplyAdds} multiply-adds, so few that they
                    did not matter at first.
                    """),
                Html.Of($"""
                    Activations are {Numerals.Percent(work.Activations / work.MultiplyAdds)} as many as multiply-adds. Is it worth
                    the trouble?
                    """),
                Html.Of($"""
                    In the rung below they should take {Numerals.Percent(ActivationsBelow(rung), 0)} of the time: what has
                    been made fast gives way to what has not (Amdahl’s law). A core computes
                    {Numerals.Significant(core.VectorActivations / core.ScalarActivations, 2)} times as many in vectors.
                    """),
                Scheduling,
                Html.Text("As before, chains overlap more than the model allows.")),
            "block" => new RungText(
                Html.Of($"""
                    Four outputs by two vectors: eight chains again, now of whole vectors. And each vector of inputs is used by
                    four outputs, each weight by two vectors: {Numerals.Fixed(work.LoadsPerMultiplyAdd, 2)} loads a
                    multiply-add in place of 1.50.
                    """),
                Html.Of($"""
                    {Numerals.Fixed(fill, 1)} multiply-adds under way fill the core. What do eight sums gain over two?
                    """),
                Html.Of($"""
                    Four times the sums: {Next(rung)} On top come the activations.
                    """),
                Html.Text("At eight chains there is no reserve: whenever a load comes late, a unit has nothing to do. And a block "
                    + "begins and ends with its sums, which takes a few instructions at every 128 steps."),
                Scheduling),
            "all-cores" => new RungText(
                Html.Of($"""
                    Tiles have nothing to do with one another. Each thread takes the next one that is free, with scratch of its
                    own. Nothing else is new.
                    """),
                Html.Of($"""
                    {rung.Device.Place.DeviceDescription.Split(' ')[0]} threads: how much faster?
                    """),
                Html.Of($"""
                    The multiply-adds of all cores together were measured at
                    {Numerals.Fixed(rung.Device.Ceilings.MultiplyAddFlops / rung.Device.Ceilings.CoreMultiplyAddFlops!.Value, 2)}
                    times those of one alone.
                    """),
                Html.Text("A batch of few tiles ends unevenly, cores share the outer cache and the clock, and other programs want cores too."),
                Scheduling),
            "engine" => new RungText(
                Html.Of($"""
                    The engine’s own kernel, called as any caller calls it. The tile, the passes and the threads are those of the
                    rung below; the block is larger, {(int)work.Sums} sums and
                    {Numerals.Fixed(work.LoadsPerMultiplyAdd, 2)} loads a multiply-add, and its source is longer, because one
                    block serves every width of vectors, the backward pass and the gradients too.
                    """),
                Html.Of($"Is there anything left to gain?"),
                Html.Of($"""
                    The larger block has more than enough sums. Most of its time should be
                    {LimitText.NameOf(rung.Result.Prediction.Largest.Limit)}; the activations on top are all that the model
                    leaves between this rung and the limit.
                    """),
                Html.Text("What is missing are the pieces between the products: filling tiles, the first loads of a block, the "
                    + "last layer with its two outputs."),
                Scheduling),
            _ => Sampler(rung),
        };
    }

    private static RungText Sampler(Rung rung)
    {
        var work = (CpuWork)rung.Result.Info.Work;
        return rung.Name switch
        {
            "told-every-sample" => new RungText(
                Html.Of($"""
                    A sampler is the network, many times over. This one does it as the formula is usually written: every sample is
                    told the step, through an embedding with a layer of its own, beside its coordinates. Each layer is a pass over
                    the whole crowd with the engine’s block on all cores, and what it gives lies in memory until the next.
                    """),
                Html.Of($"""
                    The product is the best there is. What share of the limit does the sampler reach, if only the task’s own
                    operations count?
                    """),
                Html.Of($"""
                    It computes {Numerals.Fixed(work.MultiplyAdds / TaskMultiplyAdds(rung), 2)} times the products that are
                    needed, moves {Numerals.Count((long)work.MovedBytes)} bytes a sample and step, and meets
                    {Numerals.Count(work.Phases)} times.
                    """),
                Html.Text("Between two passes a tile has left the nearest cache, and the first loads of a layer wait for it."),
                Html.Text("The crowd’s activations fit the outer caches, which are faster than the main memory that the model asks.")),
            "layer-at-a-time" => new RungText(
                Html.Of($"""
                    All samples of a step are told the same. What the first layer makes of it is a vector of H numbers, and a table
                    has it for each step: a bias. Half of the products are gone, and nothing else has changed.
                    """),
                Html.Of($"How much faster is a program that computes half as much?"),
                Html.Text("The products gain that factor; the traffic between layers only a little."),
                Html.Text("Between two passes a tile has left the nearest cache, and the first loads of a layer wait for it."),
                Html.Text("The crowd’s activations fit the outer caches, which are faster than the main memory that the model asks.")),
            "step-at-a-time" => new RungText(
                Html.Of($"""
                    A tile of 64 samples goes through all layers before the next one begins. Its activations are 32 KiB a layer and
                    stay in the nearest caches; only the states lie in memory between two steps.
                    """),
                Html.Of($"The arithmetic is the same to the last product. Is there anything to gain?"),
                Html.Of($"""
                    The traffic between layers, at {Numerals.Significant(rung.Device.Ceilings.BytesPerSecond / 1e9, 2)} GB/s:
                    {Numerals.Percent(MemoryBelow(rung), 0)} of the time of the rung below.
                    """),
                Scheduling,
                Html.Text("What remains of the traffic comes from the caches.")),
            _ => new RungText(
                Html.Of($"""
                    The engine’s sampler: a tile goes through the whole program, all steps of it, and threads meet once. States stay
                    in the nearest cache, too.
                    """),
                Html.Of($"""
                    {Numerals.Count(((CpuWork?)rung.Below?.Info.Work)?.Phases ?? 0)} meetings of the threads are gone, each of
                    {Numerals.Significant(1e6 * rung.Device.Ceilings.LaunchSeconds, 2)} µs where nobody is late. Does it matter?
                    """),
                Html.Of($"""
                    {(MeetingsBelow(rung) < 0.05 ? "Hardly, at this crowd: meetings" : "They do: meetings")} should take
                    {Numerals.Percent(MeetingsBelow(rung), 0)} of the rung below. The smaller the crowd the more, and on a busy
                    machine one thread that is late holds up all others at every step.
                    """),
                Html.Text("What is missing are the updates of the states and the pieces between the products."),
                Scheduling),
        };
    }

    /// <summary>What follows where a sum has no longer to wait; or that it has.</summary>
    private static string Next(Rung rung) => rung.Result.Prediction.Overlapping.MaxBy(term => term.Seconds).Limit switch
    {
        RungLimit.Waiting => "they still wait, but no longer for much.",
        RungLimit limit => $"waiting is over. Most of what remains should be {LimitText.NameOf(limit)}.",
    };

    private static double TaskMultiplyAdds(Rung rung) => rung.Result.Measured.Flops / 2 / rung.Result.Measured.Items;

    private static double ActivationsBelow(Rung rung) => ShareBelow(rung, RungLimit.Activations);

    private static double MeetingsBelow(Rung rung) => ShareBelow(rung, RungLimit.Launches);

    private static double MemoryBelow(Rung rung) => ShareBelow(rung, RungLimit.Memory);

    private static double ShareBelow(Rung rung, RungLimit limit) => rung.Below is not { } below
        ? double.NaN
        : below.Prediction.Added.Where(term => term.Limit == limit).Sum(term => term.Seconds) / below.Prediction.Seconds;
}
