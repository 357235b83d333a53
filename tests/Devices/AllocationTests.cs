using ScoreGpu.Engine;
using ScoreGpu.Engine.Benchmarks;
using ScoreGpu.Engine.Benchmarks.Operations;
using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Tests.Accelerators;

namespace ScoreGpu.Tests.Devices;

/// <summary>Steps of training, rows of a sampler and evaluations allocate nothing on the managed heap.</summary>
[Collection(Alone.Name)]
public sealed class AllocationTests
{
    private static readonly Network Network =
        Network.Create(new NetworkArchitecture(2, 16, 2, new LearnedEmbedding(20, 8)), 1);

    private const int Runs = 200;

    public static TheoryData<string> Trainings => [.. TrainingOperation.Steps.Select(operation => operation.Name)];

    [Theory]
    [MemberData(nameof(Trainings))]
    public void Training_steps_allocate_nothing(string name)
    {
        var operation = TrainingOperation.Steps.Single(each => each.Name == name);
        foreach (int threads in (int[])[1, 2])
        {
            using var device = new CpuDevice(threads);
            using var step = operation.Prepare(device, new BenchmarkShape(130, 16), new BenchmarkInputs());
            RequireNoAllocation(step.Run);
        }
    }

    [Theory]
    [InlineData("forward")]
    [InlineData("backward")]
    [InlineData("jacobian-vector")]
    [InlineData("divergence")]
    [InlineData("gradient")]
    [InlineData("mixture")]
    [InlineData("normals")]
    public void Evaluations_allocate_nothing(string name)
    {
        var operation = BenchmarkCatalog.All.Single(each => each.Name == name);
        foreach (int threads in (int[])[1, 2])
        {
            using var device = new CpuDevice(threads);
            using var run = operation.Prepare(device, new BenchmarkShape(257, 16), new BenchmarkInputs());
            RequireNoAllocation(run.Run);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Evaluations_of_a_conditioned_network_allocate_nothing(bool isShared)
    {
        using var device = new CpuDevice(2);
        using var network = device.Load(Network);
        float[] points = new float[2 * 130];
        float[] conditions = new float[isShared ? 1 : 130];
        float[] outputs = new float[points.Length];
        RequireNoAllocation(() => network.Evaluate(points, conditions, outputs));
    }

    /// <summary>From the end of one tile to that of the next, on the thread that works.</summary>
    [Theory]
    [InlineData("ddpm")]
    [InlineData("dpm-solver++2m")]
    [InlineData("langevin")]
    public void Tiles_of_a_program_allocate_nothing(string name)
    {
        using var device = new CpuDevice(1);
        var operation = SamplerOperation.All.Single(each => each.Name == name);
        using var network = device.Load(operation.NetworkOf(16));
        var tiles = new TileAllocations(100);
        var request = new SampleRequest { Count = 6400, Progress = tiles };
        network.Sample(operation.Subject.Program, request);
        tiles.Restart();
        network.Sample(operation.Subject.Program, request);
        Assert.Equal(100, tiles.Count);
        Assert.Equal(0, tiles.Last - tiles.First);
    }

    [Fact]
    public void Rows_of_a_program_allocate_only_its_tables()
    {
        using var device = new CpuDevice(1);
        using var network = device.Load(Network);
        long few = Allocated(5);
        long many = Allocated(500);

        // A row's coefficients and condition are copied into arrays once; trajectories would cost 64 · 2 floats a row.
        Assert.InRange(many - few, 0, 495L * 512);

        long Allocated(int rows)
        {
            var program = new StepProgram(
                "rows", [.. Enumerable.Repeat(new StepRow(3, StepProgram.LinearStep(0.9, 0.1, 0.1)), rows)]);
            network.Sample(program, new SampleRequest { Count = 640 });
            long before = GC.GetAllocatedBytesForCurrentThread();
            network.Sample(program, new SampleRequest { Count = 640 });
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    /// <summary>All threads of the process; another part of the run-time may allocate once, but not every time.</summary>
    private static void RequireNoAllocation(Action run)
    {
        for (int i = 0; i < 20; i++)
        {
            run();
        }

        long least = long.MaxValue;
        for (int attempt = 0; attempt < 5 && least > 0; attempt++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            for (int i = 0; i < Runs; i++)
            {
                run();
            }

            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        Assert.Equal(0, least);
    }

    /// <summary>What the thread that finishes tiles has allocated so far, at each of them.</summary>
    private sealed class TileAllocations(int tiles) : IProgress<double>
    {
        private readonly long[] _allocated = new long[tiles];

        public int Count { get; private set; }

        public long First => _allocated[0];

        public long Last => _allocated[Count - 1];

        public void Restart() => Count = 0;

        public void Report(double value) => _allocated[Count++] = GC.GetAllocatedBytesForCurrentThread();
    }

    [Fact]
    public void A_number_of_threads_out_of_range_is_named() =>
        Assert.Contains("threads", Assert.Throws<InputException>(() => new CpuDevice(-1)).Message);
}
