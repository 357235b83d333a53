using ScoreGpu.Engine;
using ScoreGpu.Engine.Devices.Kernel;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Training;
using ScoreGpu.Tests.Conformance;

namespace ScoreGpu.Tests.Devices;

/// <summary>Devices with little local memory take narrower tiles, which must not change a result.</summary>
public sealed class TilePlanTests
{
    private static readonly Network Plain =
        Network.Create(new NetworkArchitecture(2, 32, 2, new NoConditioning()), 3);

    private static readonly StepProgram Program = LangevinSampler.Create(5, 0.05);

    [Theory]
    [InlineData(20_000, 32)]
    [InlineData(15_000, 16)]
    [InlineData(12_000, 8)]
    [InlineData(11_000, 4)]
    public void Narrower_tiles_give_the_same_bits(int localBytes, int columns)
    {
        using var machine = new DebugMachine(localBytes);
        var layout = new ChainLayout(Plain);
        using var chain = new ChainTable(machine, layout.Trunk, true);
        Assert.Equal(columns, TilePlan.Choose(machine, chain, 37, 0, 4).Tiling.Columns);

        float[] expected = Results(new DebugMachine());
        Assert.Equal(expected, Results(new DebugMachine(localBytes)));
    }

    [Theory]
    [InlineData(15_000)]
    [InlineData(11_000)]
    public void Narrower_tiles_give_the_same_gradient(int localBytes)
    {
        double[] expected = [.. Gradient(new DebugMachine()).Select(value => (double)value)];
        Closeness.Require("gradient", Gradient(new DebugMachine(localBytes)), expected, 1e-5);
    }

    [Theory]
    [InlineData(1, 128, 4)]
    [InlineData(64, 128, 64)]
    [InlineData(1_000_000, 128, 64)]
    [InlineData(1_000_000, 64, 128)]
    [InlineData(1_000_000, 32, 256)]
    [InlineData(1_000_000, 300, 64)]
    public void Tiles_are_as_wide_as_the_batch_and_the_group_need(int samples, int width, int columns)
    {
        using var machine = new DebugMachine();
        Assert.Equal(columns, PlanOf(machine, samples, width).Tiling.Columns);
    }

    [Fact]
    public void Wide_tiles_leave_room_for_a_second_group()
    {
        using var large = new DebugMachine(160_000);
        using var small = new DebugMachine(100_000);
        Assert.Equal(64, PlanOf(large, 1_000_000, 128).Tiling.Columns);
        Assert.Equal(32, PlanOf(small, 1_000_000, 128).Tiling.Columns);
    }

    private static TilePlan PlanOf(DebugMachine machine, int samples, int width)
    {
        var network = Network.Create(new NetworkArchitecture(2, width, 3, new NoConditioning()), 1);
        using var chain = new ChainTable(machine, new ChainLayout(network).Trunk, true);
        return TilePlan.Choose(machine, chain, samples, 0, 4);
    }

    [Fact]
    public void Layers_that_do_not_fit_are_named()
    {
        using var device = new KernelDevice(new DebugMachine(9_000));
        using var loaded = device.Load(Plain);
        string message = Assert.Throws<InputException>(() => loaded.Evaluate([1, 2], [], new float[2])).Message;
        Assert.Contains("local memory", message, StringComparison.Ordinal);
        Assert.Contains("32 features", message, StringComparison.Ordinal);
    }

    private static float[] Results(DebugMachine machine)
    {
        using var device = new KernelDevice(machine);
        using var network = device.Load(Plain);
        var random = new Random(1);
        float[] points = ConformanceCase.Draw(random, 2 * 37);
        float[] vectors = ConformanceCase.Draw(random, 2 * 37);
        float[] values = new float[2 * 37];
        float[] forward = new float[2 * 37];
        float[] backward = new float[2 * 37];
        float[] divergences = new float[37];
        network.Evaluate(points, [], values);
        network.JacobianVector(points, [], vectors, forward);
        network.VectorJacobian(points, [], vectors, backward);
        network.Divergence(points, [], divergences);
        float[] samples = network.Sample(Program, new SampleRequest { Count = 37, Seed = 5 }).Points;
        return [.. values, .. forward, .. backward, .. divergences, .. samples];
    }

    private static float[] Gradient(DebugMachine machine)
    {
        using var device = new KernelDevice(machine);
        using var trainer = device.Train(
            Plain, new HyvarinenObjective(), ReferenceDraws.Points, new TrainingOptions { BatchSize = 100 });
        float[] gradient = new float[Plain.Values.Length];
        trainer.Gradient(new TrainingBatch(ConformanceCase.Draw(new Random(2), 200), [], []), gradient);
        return gradient;
    }
}
