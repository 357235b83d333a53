using ScoreGpu.Engine.Benchmarks.Ladder.Rungs;
using ScoreGpu.Kernels.Gpu;

namespace ScoreGpu.Engine.Benchmarks.Ladder;

/// <summary>The rungs of an accelerator, from a work-item a sample to the engine's own kernels.</summary>
internal static class AcceleratorLadder
{
    private const string Kernels = "Kernels/Gpu/Ladder/";
    private const string Rungs = "Engine/Benchmarks/Ladder/Rungs/";
    private const string Dense = "Kernels/Gpu/Dense/DenseKernel.cs";
    private const double FloatBytes = sizeof(float);

    /// <summary>All rungs: those of the network, then those of the sampler.</summary>
    public static IReadOnlyList<LadderOperation> All(LadderSubject subject)
    {
        double products = BenchmarkNetwork.Products(subject.Width);
        int layers = subject.Network.Architecture.Layers + 1;
        int steps = subject.Program.Nfe;

        // What a multiply-add reads: squares of 16 share a number among 16; tiles of 32 among 32, and a work-item its
        // eight numbers among sixteen products.
        double square = LocalTileLayerKernel.Side;
        double tile = DenseKernel.TileSamples;
        AcceleratorWork workItem = new(products, products * FloatBytes, 0, layers);
        AcceleratorWork local = new(products, products * 2 * FloatBytes / square, products * 2 * FloatBytes, layers);
        AcceleratorWork registers = new(products, products * 2 * FloatBytes / tile, products * 8 * FloatBytes / 16, layers);

        // In the fused kernels a work-item reads sixteen numbers for sixty-four products, and only points go out and in.
        double points = 2 * FloatBytes * BenchmarkNetwork.Dimension;
        AcceleratorWork fused = new(products, points, products * 16 * FloatBytes / 64, 1);
        return
        [
            Layers("work-item", "A work-item a sample", Kernels + "WorkItemLayerKernel.cs", workItem, LayerKernel.WorkItem),
            Layers("local-tile", "Squares in local memory", Kernels + "LocalTileLayerKernel.cs", local, LayerKernel.LocalTile),
            Layers("register-tile", "A block of sums in registers", Dense, registers, LayerKernel.RegisterTile),
            new(new RungInfo("fused", LadderOperation.Forward, "All layers in one launch, the engine’s own kernel",
                    ["Kernels/Gpu/Network/EvaluateKernel.cs", "Kernels/Gpu/Network/RegisterBlock.cs"], fused),
                subject, (device, what, count) => new EngineForward(device, what, count)),
            Launched("launch-a-layer", "A launch a layer", Dense, registers with { Launches = steps * (layers + 1) }, true),
            Launched("launch-a-step", "A launch a step", Kernels + "SamplerStepKernel.cs",
                fused with { GlobalBytes = 2.5 * points, Launches = 2 * steps }, false),
            new(new RungInfo("whole-program", LadderOperation.Sampler, "The whole program in one launch",
                    ["Kernels/Gpu/Sampling/SampleKernel.cs"], fused with { GlobalBytes = points / steps }),
                subject, (device, what, count) => new EngineSampler(device, what, count)),
        ];

        LadderOperation Layers(string name, string title, string file, AcceleratorWork work, LayerKernel kernel) => new(
            new RungInfo(name, LadderOperation.Forward, title, [file], work),
            subject,
            (device, what, count) => new LayerLaunchForward(device, what, count, kernel));

        LadderOperation Launched(string name, string title, string file, AcceleratorWork work, bool isLayerwise) => new(
            new RungInfo(name, LadderOperation.Sampler, title, [file, Rungs + "LaunchedSampler.cs"], work),
            subject,
            (device, what, count) => new LaunchedSampler(device, what, count, isLayerwise));
    }
}
