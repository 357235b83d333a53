using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Drawing;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Samplers.Host;
using ScoreGpu.Engine.Verification;
using ScoreGpu.Engine.Verification.Reference;

namespace ScoreGpu.Engine.Benchmarks.Growth;

/// <summary>DDIM at one size, ready to run: the points returned in one array, or drawn part by part and dropped.</summary>
internal sealed class GrowthSubject : IDisposable
{
    /// <summary>The operation that returns the points.</summary>
    public const string Sample = "sample";

    /// <summary>The operation that draws the trajectories and keeps none.</summary>
    public const string Draw = "draw";

    /// <summary>Trajectories that are drawn at a time, as by the command.</summary>
    public const int DrawnTogether = 1 << 18;

    private const int MostSteps = 1000;
    private const int Checked = 5;
    private const int CanvasWidth = 640;
    private const int CanvasHeight = 360;
    private const ulong Seed = 1;

    private static readonly DdpmSchedule Schedule = new(MostSteps);

    private readonly Network _weights;
    private readonly IDeviceNetwork _network;
    private readonly StepProgram _program;
    private readonly SampleRequest _request;
    private readonly TrajectoryCanvas? _canvas;
    private float[] _last = [];
    private long _expectedSegments;

    /// <summary>Loads the network.</summary>
    /// <param name="device">The device; stays the caller's.</param>
    /// <param name="size">The size.</param>
    /// <param name="canvas">What is drawn into; null returns the points.</param>
    /// <param name="cancellation">Stops a run.</param>
    public GrowthSubject(IDevice device, GrowthSize size, TrajectoryCanvas? canvas, CancellationToken cancellation)
    {
        _canvas = canvas;
        _weights = Network.Create(
            new NetworkArchitecture(size.Dimension, size.Width, 3, new LearnedEmbedding(MostSteps, size.Width)), 1);
        _program = DdimSampler.Create(
            new SamplerModel(Schedule, Prediction.Epsilon),
            TimeGrid.Create(Schedule, TimeSpacing.Uniform, size.Steps));
        _request = new SampleRequest { Count = size.Count, Seed = Seed, Cancellation = cancellation };
        _network = device.Load(_weights);
    }

    /// <summary>An image to draw into.</summary>
    public static TrajectoryCanvas CreateCanvas() => new(
        CanvasWidth,
        CanvasHeight,
        new CanvasView(-8, 8, -4.5, 4.5),
        new TimeColouring([.. Enumerable.Range(0, 256).Select(i => new CanvasColour((byte)i, 128, (byte)(255 - i)))]));

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();

    /// <summary>Runs it once.</summary>
    public void Run()
    {
        if (_canvas is null)
        {
            Keep(_network.Sample(_program, _request).Points);
            return;
        }

        _expectedSegments = _canvas.Segments + ((long)_request.Count * _program.Rows.Count);
        foreach (SampleRequest part in SampleBatches.Split(_request, DrawnTogether, _network.Dimension))
        {
            Keep(_network.Draw(_program, part, _canvas).Points);
        }
    }

    /// <summary>Compares the last samples of the last run with float64, in units of what passes. Draws are counted, so that
    /// they can be computed without the others.</summary>
    public double Error()
    {
        int some = Math.Min(Checked, _request.Count);
        double[] expected = Reference(new ReferenceNetwork(_weights), _request.Count - some, some);
        var table = new VerificationTable();
        table.Add(Sample, _last, expected, Tolerances.Drawn);
        double error = table.Rows[0].MaxRelativeError / Tolerances.Drawn;
        bool isDrawn = _canvas is null || _canvas.Segments == _expectedSegments;
        return isDrawn && double.IsFinite(error) ? error : double.PositiveInfinity;
    }

    /// <summary>The weights.</summary>
    internal Network Weights => _weights;

    /// <summary>Some of the samples in float64.</summary>
    internal double[] Reference(ReferenceNetwork network, int first, int count) => HostProgram.Run(
        _program,
        new PlainNetwork(network),
        new HostRequest { Count = count, FirstSample = (uint)first, Seed = Seed }).Points;

    private void Keep(float[] points) =>
        _last = points[^(Math.Min(Checked, _request.Count) * _network.Dimension)..];
}
