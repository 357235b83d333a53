using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Verification;

namespace ScoreGpu.Engine.Benchmarks.Ladder;

/// <summary>A rung as <see cref="BenchmarkRun"/> checks and times it.</summary>
internal sealed class LadderOperation : BenchmarkOperation
{
    /// <summary>The group of rungs that compute the network's outputs.</summary>
    public const string Forward = "forward";

    /// <summary>The group of rungs that run the whole sampler.</summary>
    public const string Sampler = "sampler";

    private readonly LadderSubject _subject;
    private readonly bool _isSampler;
    private readonly Func<IDevice, LadderSubject, int, ILadderProgram> _load;

    /// <summary>A rung.</summary>
    /// <param name="rung">What it is.</param>
    /// <param name="subject">What it computes.</param>
    /// <param name="load">Puts it on a device for a batch.</param>
    public LadderOperation(
        RungInfo rung, LadderSubject subject, Func<IDevice, LadderSubject, int, ILadderProgram> load)
        : base(rung.Name, rung.Task, rung.Task == Sampler ? "steps" : "samples", CostOf(rung.Task, subject))
    {
        (Rung, _subject, _load) = (rung, subject, load);
        _isSampler = rung.Task == Sampler;
    }

    /// <summary>What it is.</summary>
    public RungInfo Rung { get; }

    /// <inheritdoc/>
    public override double Items(BenchmarkShape shape) => (double)shape.Batch * (_isSampler ? _subject.Program.Nfe : 1);

    /// <inheritdoc/>
    public override PreparedOperation Prepare(IDevice device, BenchmarkShape shape, BenchmarkInputs inputs)
    {
        ILadderProgram program = Load(device, shape.Batch);
        return new PreparedOperation(program.Run, program);
    }

    /// <inheritdoc/>
    public override void Verify(IDevice device, BenchmarkShape shape, VerificationTable table)
    {
        using ILadderProgram program = Load(device, shape.Batch);
        float[] results = new float[shape.Batch * BenchmarkNetwork.Dimension];

        // Twice: what a run leaves behind must not matter to the next.
        program.Run();
        program.Run();
        program.Read(results);
        table.Add(
            Name,
            results,
            _isSampler ? _subject.ReferenceSamples(shape.Batch) : _subject.ReferenceOutputs(shape.Batch),
            _isSampler ? Tolerances.Drawn : Tolerances.Value);
    }

    /// <summary>Puts the rung on a device.</summary>
    public ILadderProgram Load(IDevice device, int batch) => _load(device, _subject, batch);

    // The task's own arithmetic, whatever a rung adds to it; bytes are the points, the results and the weights.
    private static OperationCost CostOf(string task, LadderSubject subject)
    {
        int rows = subject.Program.Nfe;
        double products = BenchmarkNetwork.Products(subject.Width);
        double weights = BenchmarkNetwork.Weights(subject.Width, new NoConditioning());
        return task == Sampler
            ? new OperationCost(
                "2*N*S*P",
                shape => 2.0 * shape.Batch * rows * products,
                "16*N + 4*W + 4*S*H",
                shape => (16.0 * shape.Batch) + (4.0 * weights) + (4.0 * rows * subject.Width))
            : new OperationCost(
                "2*N*P",
                shape => 2.0 * shape.Batch * products,
                "16*N + 4*W",
                shape => (16.0 * shape.Batch) + (4.0 * weights));
    }
}

/// <summary>A rung that is ready to run for a batch.</summary>
internal interface ILadderProgram : IDisposable
{
    /// <summary>Runs it once; returns when the results are there. Where it is a loop, it allocates nothing.</summary>
    void Run();

    /// <summary>The results of the last run, [N, D].</summary>
    void Read(Span<float> results);
}
