using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Drawing;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Verification;
using ScoreGpu.Engine.Verification.Reference;

namespace ScoreGpu.Engine.Benchmarks.Operations;

/// <summary>The rasteriser: Langevin dynamics drawn while it runs, every segment of every trajectory.</summary>
/// <remarks>The steps are long, some 20 pixels, as those of samplers with noise are.</remarks>
internal sealed class DrawingOperation : BenchmarkOperation
{
    private const int Rows = 20;
    private const int Width = 1280;
    private const int Height = 720;

    private static readonly NoConditioning Plain = new();
    private static readonly StepProgram Program = LangevinSampler.Create(Rows, LangevinSampler.UsualStepSize);
    private static readonly CanvasView View = new(-8, 8, -4.5, 4.5);
    private static readonly TimeColouring Colouring =
        new([.. Enumerable.Range(0, 256).Select(i => new CanvasColour((byte)i, 128, (byte)(255 - i)))]);

    // One for all sizes: what is in it does not matter, and it is large.
    private static readonly Lazy<TrajectoryCanvas> Shared = new(() => new TrajectoryCanvas(Width, Height, View, Colouring));

    private DrawingOperation()
        : base(
            "draw",
            "other",
            "segments",
            new OperationCost(
                "2*N*S*P",
                shape => 2.0 * shape.Batch * Rows * BenchmarkNetwork.Products(shape.Width),
                "8*N + 4*W + 64*min(C, 2*N*S)",
                shape => (8.0 * shape.Batch) + (4.0 * BenchmarkNetwork.Weights(shape.Width, Plain))
                    + (64.0 * Math.Min((double)Width * Height, 2.0 * shape.Batch * Rows))))
    {
    }

    /// <summary>The operation.</summary>
    public static DrawingOperation Trajectories { get; } = new();

    /// <inheritdoc/>
    public override double Items(BenchmarkShape shape) => (double)shape.Batch * Rows;

    /// <inheritdoc/>
    public override PreparedOperation Prepare(IDevice device, BenchmarkShape shape, BenchmarkInputs inputs)
    {
        IDeviceNetwork network = device.Load(BenchmarkNetwork.Create(shape.Width, Plain));
        TrajectoryCanvas canvas = Shared.Value;
        var request = new SampleRequest { Count = shape.Batch, Seed = 1 };
        return new PreparedOperation(() => network.Draw(Program, request, canvas), network);
    }

    /// <inheritdoc/>
    public override void Verify(IDevice device, BenchmarkShape shape, VerificationTable table)
    {
        using IDeviceNetwork network = device.Load(BenchmarkNetwork.Create(shape.Width, Plain));
        var canvas = new TrajectoryCanvas(Width, Height, View, Colouring);
        var request = new SampleRequest { Count = shape.Batch, Seed = 1 };
        float[] drawn = network.Draw(Program, request, canvas).Points;

        // The states are compared with float64 where they are sampled; here it is the pixels that they give, exactly.
        SampleResult recorded = network.Sample(Program, request with { RecordEvery = 1 });
        var raster = new ReferenceRaster(Width, Height, View, Colouring);
        raster.Draw(recorded.Trajectories, shape.Batch, BenchmarkNetwork.Dimension);
        table.Add($"{Name}: points", drawn, Widen(recorded.Points), 0);
        table.Add($"{Name}: pixels", Widen(canvas.Sums), Widen(raster.Sums), 0);
    }

    private static double[] Widen(ReadOnlySpan<ulong> sums)
    {
        double[] wide = new double[sums.Length];
        for (int i = 0; i < wide.Length; i++)
        {
            wide[i] = sums[i];
        }

        return wide;
    }

    private static double[] Widen(float[] values) => Array.ConvertAll(values, value => (double)value);
}
