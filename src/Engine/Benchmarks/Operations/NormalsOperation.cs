using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Engine.Devices.Kernel;
using ScoreGpu.Engine.Verification;
using ScoreGpu.Kernels;
using ScoreGpu.Kernels.Cpu;
using ScoreGpu.Kernels.Dialect;
using PhiloxKernel = ScoreGpu.Kernels.Gpu.PhiloxKernel;

namespace ScoreGpu.Engine.Benchmarks.Operations;

/// <summary>The random numbers: four standard normals a sample, by Philox and Box–Muller, into memory.</summary>
internal sealed class NormalsOperation : BenchmarkOperation
{
    /// <summary>Whole-number steps of a Philox call: ten rounds of two products and four exclusive-ors, nine pairs of additions
    /// to the key.</summary>
    internal const double StepsOfPhilox = (10 * 6) + (9 * 2);

    private const int Dimension = 4;
    private const ulong Seed = 1;

    private NormalsOperation()
        : base(
            "normals",
            "other",
            "numbers",
            new OperationCost("78*N", shape => StepsOfPhilox * shape.Batch, "16*N", shape => 16.0 * shape.Batch))
    {
    }

    /// <summary>The operation.</summary>
    public static NormalsOperation Vectors { get; } = new();

    /// <inheritdoc/>
    public override bool HasWidth => false;

    /// <inheritdoc/>
    public override double Items(BenchmarkShape shape) => (double)Dimension * shape.Batch;

    /// <inheritdoc/>
    public override PreparedOperation Prepare(IDevice device, BenchmarkShape shape, BenchmarkInputs inputs) =>
        Start(device, shape.Batch).Operation;

    /// <inheritdoc/>
    public override void Verify(IDevice device, BenchmarkShape shape, VerificationTable table)
    {
        (PreparedOperation operation, Func<float[]> read) = Start(device, shape.Batch);
        using (operation)
        {
            operation.Run();
            double[] expected = new double[shape.Batch * Dimension];
            for (int n = 0; n < shape.Batch; n++)
            {
                NormalDraws.Fill(
                    Seed, (uint)n, 0, PhiloxStreams.SamplerNoise, expected.AsSpan(n * Dimension, Dimension));
            }

            table.Add(Name, read(), expected, Tolerances.Value);
        }
    }

    private static (PreparedOperation Operation, Func<float[]> Read) Start(IDevice device, int count) => device switch
    {
        CpuDevice cpu => OnCpu(cpu, count),
        KernelDevice kernels => OnKernels(kernels.Machine, count),
        _ => throw InputException.For("device", device.Name, "one whose kernels can be called"),
    };

    private static unsafe (PreparedOperation Operation, Func<float[]> Read) OnCpu(CpuDevice device, int count)
    {
        int tiles = Tile.CountFor(count);
        var normals = new NativeBuffer((long)tiles * Dimension * Tile.Width);
        Action<int, int> fill = (tile, _) => device.Kernels.FillNormal(
            Seed,
            (uint)(tile * Tile.Width),
            0,
            PhiloxStreams.SamplerNoise,
            Dimension,
            normals.Address + ((long)tile * Dimension * Tile.Width));
        return (new PreparedOperation(() => device.Team.Run(fill, tiles), normals), Read);

        float[] Read()
        {
            float[] values = new float[count * Dimension];
            for (int i = 0; i < values.Length; i++)
            {
                (int n, int d) = Math.DivRem(i, Dimension);
                values[i] = normals.Address[
                    ((long)(n / Tile.Width) * Dimension * Tile.Width) + (d * Tile.Width) + (n % Tile.Width)];
            }

            return values;
        }
    }

    private static (PreparedOperation Operation, Func<float[]> Read) OnKernels(KernelMachine machine, int count)
    {
        DeviceArray<float> normals = machine.Allocate<float>(count * Dimension);
        float[] last = new float[1];
        return (new PreparedOperation(Run, normals), Read);

        void Run()
        {
            Kernels.Gpu.PhiloxNormals.Launch(
                machine,
                LaunchShape.Covering(count, PhiloxKernel.GroupSize),
                normals.View,
                count,
                Dimension,
                0,
                0,
                PhiloxStreams.SamplerNoise,
                Seed);

            // The host has one element when all are there.
            normals.Read(last);
        }

        float[] Read()
        {
            float[] values = new float[count * Dimension];
            normals.Read(values);
            return values;
        }
    }
}
