using ScoreGpu.Engine.Benchmarks.Ladder.Rungs;
using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Kernels.Cpu.Ladder;

namespace ScoreGpu.Engine.Benchmarks.Ladder;

/// <summary>The rungs of the CPU, from plain C# to the engine's own kernels.</summary>
internal static class CpuLadder
{
    private const string Kernels = "Kernels/Cpu/Ladder/";
    private const string Rungs = "Engine/Benchmarks/Ladder/Rungs/";
    private const string Block = "Kernels/Cpu/Simd/MicroKernel.cs";
    private const int FloatBytes = sizeof(float);

    /// <summary>The engine's block has six rows of four vectors, or of two where registers are fewer.</summary>
    private static (int Sums, double Loads) EngineBlock(int lanes) => lanes == 16 ? (24, 10.0 / 24) : (12, 8.0 / 12);

    /// <summary>All rungs: those of the network, then those of the sampler.</summary>
    /// <param name="subject">What they compute.</param>
    /// <param name="lanes">Lanes of a vector.</param>
    public static IReadOnlyList<LadderOperation> All(LadderSubject subject, int lanes)
    {
        double products = BenchmarkNetwork.Products(subject.Width);
        double activations = 3.0 * subject.Width;
        (int sums, double loads) = EngineBlock(lanes);
        CpuWork plain = new(products, activations, false, 1, 2, false, false);
        CpuWork vectors = plain with { HasVectors = true, Sums = 2, LoadsPerMultiplyAdd = 1.5 };
        CpuWork block = vectors with { Sums = 8, LoadsPerMultiplyAdd = 6.0 / 8, HasVectorActivations = true };
        CpuWork engine = block with { Sums = sums, LoadsPerMultiplyAdd = loads, HasAllCores = true };
        return
        [
            OneCore("scalar", "Plain C#, one sample at a time", "ScalarLayer.cs", plain, LadderRung.Scalar),
            OneCore("eight-sums", "Eight samples side by side", "EightSumsLayer.cs",
                plain with { Sums = 8, LoadsPerMultiplyAdd = 9.0 / 8 }, LadderRung.EightSums),
            OneCore("vectors", "Whole vectors of samples", "VectorLayer.cs", vectors, LadderRung.Vectors),
            OneCore("vector-activations", "The activation in vectors too", "VectorActivationLayer.cs",
                vectors with { HasVectorActivations = true }, LadderRung.VectorActivations),
            OneCore("block", "A block of sums in registers", "BlockLayer.cs", block, LadderRung.Block),
            new(new RungInfo("all-cores", LadderOperation.Forward, "All cores", [Rungs + "AllCoresForward.cs"],
                    block with { HasAllCores = true, Phases = 1 }),
                subject, (device, what, count) => new AllCoresForward((CpuDevice)device, what, count)),
            new(new RungInfo("engine", LadderOperation.Forward, "The engine’s own kernel",
                    [Rungs + "EngineForward.cs", Block], engine with { Phases = 1 }),
                subject, (device, what, count) => new EngineForward(device, what, count)),
            .. Samplers(subject, engine),
        ];

        LadderOperation OneCore(string name, string title, string file, CpuWork work, LadderRung rung) => new(
            new RungInfo(name, LadderOperation.Forward, title, [Kernels + file], work),
            subject,
            (device, what, count) => new OneCoreForward((CpuDevice)device, what, count, rung));
    }

    private static IEnumerable<LadderOperation> Samplers(LadderSubject subject, CpuWork engine)
    {
        const double Dimension = BenchmarkNetwork.Dimension;
        double width = subject.Width;
        int steps = subject.Program.Nfe;
        int layers = subject.Network.Architecture.Layers;

        // A hidden layer's numbers are written once and read once; a state's registers and the output likewise.
        double moved = FloatBytes * ((2 * layers * width) + (2 * (4 + 1) * Dimension));
        CpuWork layerwise = engine with { MovedBytes = moved, Phases = steps * (layers + 2) };
        yield return Layerwise("told-every-sample", "A layer at a time, every sample told the step", true, layerwise with
        {
            MultiplyAdds = engine.MultiplyAdds + (2 * width * width),
            Activations = engine.Activations + width,
            MovedBytes = moved + (FloatBytes * 2 * width),
            Phases = steps * (layers + 3),
        });
        yield return Layerwise("layer-at-a-time", "A layer at a time, with a table of biases", false, layerwise);
        yield return new LadderOperation(
            new RungInfo("step-at-a-time", LadderOperation.Sampler, "A step at a time", [Rungs + "StepwiseSampler.cs"],
                engine with { MovedBytes = FloatBytes * 2 * 4 * Dimension, Phases = steps }),
            subject,
            (device, what, count) => new StepwiseSampler((CpuDevice)device, what, count));
        yield return new LadderOperation(
            new RungInfo("whole-program", LadderOperation.Sampler, "The whole program on a tile",
                [Rungs + "EngineSampler.cs"], engine with { Phases = 1 }),
            subject,
            (device, what, count) => new EngineSampler(device, what, count));

        LadderOperation Layerwise(string name, string title, bool isTold, CpuWork work) => new(
            new RungInfo(name, LadderOperation.Sampler, title, [Rungs + "LayerwiseSampler.cs"], work),
            subject,
            (device, what, count) => new LayerwiseSampler((CpuDevice)device, what, count, isTold));
    }
}
