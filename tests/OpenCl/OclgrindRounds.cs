using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Engine.Devices.Kernel;
using ScoreGpu.Engine.Drawing;
using ScoreGpu.Engine.Likelihoods;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Training;
using ScoreGpu.Engine.Verification.Reference;
using ScoreGpu.Kernels;
using ScoreGpu.Kernels.Dialect.Debug;
using ScoreGpu.Kernels.Gpu;
using ScoreGpu.Tests.Conformance;
using ScoreGpu.Tests.Generator.Kernels;

namespace ScoreGpu.Tests.OpenCl;

/// <summary>
/// What <see cref="OclgrindTests"/> runs in Oclgrind: every kernel, and mistakes of <see cref="FaultyKernel"/>. A
/// simulated work-item is thousands of times slower than a real one, so sizes are small.
/// </summary>
public sealed class OclgrindRounds
{
    /// <summary>For the slice of weights, four columns of the widest network here, and what drivers keep to themselves.
    /// </summary>
    private const int LittleLocalMemory = sizeof(float) * (TileProduct.SliceLength + (4 * 70) + 256);

    /// <summary>Sizes that leave a tile partly empty and need a second one.</summary>
    [Fact(Explicit = true)]
    public void Every_kernel() => RunAll(35, 9, long.MaxValue, isDrawing: false);

    /// <summary>Sizes for checks that take a hundred times as long, and tiles of 4 or 8 columns for the same reason.
    /// </summary>
    [Fact(Explicit = true)]
    public void Every_kernel_at_its_smallest() => RunAll(5, 3, LittleLocalMemory, isDrawing: true);

    /// <summary>What <see cref="Every_kernel"/> leaves out.</summary>
    [Fact(Explicit = true)]
    public void Drawing()
    {
        OclgrindMachine machine = new();
        using KernelDevice device = new(machine);
        Sampling(device, 9, 3, isDrawing: true);
        Assert.Contains(nameof(TrajectoryRaster), machine.Launched);
    }

    [Fact(Explicit = true)]
    public void Planted_race()
    {
        using OclgrindMachine machine = new();
        using DeviceArray<float> sum = machine.Copy<float>([0f]);
        FaultyRace.Launch(machine, new LaunchShape(1, 4), sum.View);
        sum.Read(new float[1]);
    }

    [Fact(Explicit = true)]
    public void Planted_overrun()
    {
        using OclgrindMachine machine = new();
        using DeviceArray<float> x = machine.Allocate<float>(7);
        FaultyOverrun.Launch(machine, new LaunchShape(2, 4), x.View);
        x.Read(new float[7]);
    }

    [Fact(Explicit = true)]
    public void Planted_unwritten_local_memory()
    {
        using OclgrindMachine machine = new();
        using DeviceArray<float> y = machine.Allocate<float>(2);
        FaultyUnwritten.Launch(machine, new LaunchShape(2, 1), y.View);
        y.Read(new float[2]);
    }

    /// <summary>Of five elements the host writes two, and the rest when it is too late.</summary>
    [Fact(Explicit = true)]
    public void Planted_unwritten_elements()
    {
        using OclgrindMachine machine = new();
        using DeviceArray<int> x = machine.Allocate<int>(5);
        using DeviceArray<int> y = machine.Allocate<int>(5);
        x.Write([1, 2], 1);
        WordsCopy.Launch(machine, new LaunchShape(5, 1), x.View, y.View);
        x.Write([1], 0);
        x.Write([1, 2], 3);
        WordsCopy.Launch(machine, new LaunchShape(5, 1), x.View, y.View);
        y.Read(new int[5]);
    }

    private static void RunAll(int batch, int width, long localMemoryBytes, bool isDrawing)
    {
        OclgrindMachine machine = new(localMemoryBytes);
        using KernelDevice device = new(machine);
        Values_and_derivatives(device, batch, width);
        Sampling(device, batch, width, isDrawing);
        Likelihoods(device, batch, width);
        Training(device, batch, width);
        Kernels_without_an_operation(machine, batch);
        string[] others = isDrawing ? [] : [nameof(TrajectoryRaster)];
        Assert.Equal(
            others, ScoreGpu.Kernels.GeneratedKernels.All.Select(kernel => kernel.Name).Except(machine.Launched));
    }

    private static void Values_and_derivatives(KernelDevice device, int batch, int width)
    {
        string[] cases =
        [
            $"{batch} 3 {width} 2 step:5:3 each", $"{batch} 2 {2 * width} 1 log-sigma:5 each", $"2 9 {width} 2 none -",
            $"2 3 {width} 2 none - tanh", $"2 3 {width} 2 none - relu", $"3 2 {width} 2 fourier:4:5 each gelu",
        ];
        foreach (string name in cases)
        {
            ConformanceCase test = ConformanceCase.Get(name);
            using IDeviceNetwork network = device.Load(test.Network);
            float[] results = new float[test.Points.Length];
            network.Evaluate(test.Points, test.Conditions, results);
            Closeness.Require("output", results, test.Outputs, 5e-6);
            network.JacobianVector(test.Points, test.Conditions, test.Vectors, results);
            Closeness.Require("J·v", results, test.JacobianVectors, 5e-6);
            network.VectorJacobian(test.Points, test.Conditions, test.Vectors, results);
            Closeness.Require("vᵀJ", results, test.VectorJacobians, 5e-6);
            float[] divergences = new float[test.Divergences.Length];
            network.Divergence(test.Points, test.Conditions, divergences);
            Closeness.Require("divergence", divergences, test.Divergences, 5e-6, test.DivergenceScale);
        }
    }

    private static void Sampling(KernelDevice device, int batch, int width, bool isDrawing)
    {
        (TimeConditioning Conditioning, StepProgram Program)[] cases =
        [
            (new LearnedEmbedding(3, 4), DdpmSampler.Create(new DdpmSchedule(3))),
            (new LearnedEmbedding(3, 4), DdimSampler.Create(new DdpmSchedule(3), 0.7, 0.8)),
            (new LogSigmaEmbedding(5), AnnealedLangevinSampler.Create([2.0, 0.5], 2, 1e-3)),
            (new NoConditioning(), LangevinSampler.Create(3, 0.05)),
        ];
        using CpuDevice plain = new(1);
        float[] given = ConformanceCase.Draw(new Random(1), 3 * batch * 3);
        foreach ((TimeConditioning conditioning, StepProgram program) in cases)
        {
            Network network = Network.Create(new NetworkArchitecture(3, width, 2, conditioning), 5);
            using IDeviceNetwork loaded = device.Load(network);
            using IDeviceNetwork expected = plain.Load(network);
            SampleRequest drawn = new() { Count = batch, Seed = 7, FirstSample = 100, RecordEvery = 2 };
            RequireSame(drawn);
            if (program.Rows.Count == 3)
            {
                RequireSame(new SampleRequest { Count = batch, Start = given[..(batch * 3)], Noise = given });
            }

            if (isDrawing)
            {
                RequireDrawn(drawn with { RecordEvery = 1 });
            }

            void RequireDrawn(SampleRequest recording)
            {
                float[] trajectories = loaded.Sample(program, recording).Trajectories;
                CanvasView view = new(-3, 3, -2, 2);
                EndColouring ends = new([new(1, 2, 3), new(40, 50, 60), new(255, 0, 9)], given[..6]);
                ReferenceRaster reference = new(31, 17, view, ends);
                reference.Draw(trajectories, batch, 3);
                TrajectoryCanvas canvas = new(31, 17, view, ends);
                loaded.Draw(program, recording with { RecordEvery = 0 }, canvas);
                Assert.Equal(reference.Sums, canvas.Sums.ToArray());
            }

            void RequireSame(SampleRequest request)
            {
                SampleResult result = loaded.Sample(program, request);
                SampleResult reference = expected.Sample(program, request);
                Closeness.Require(program.Name, result.Points, Doubles(reference.Points), 1e-5);
                Closeness.Require(program.Name, result.Trajectories, Doubles(reference.Trajectories), 1e-5);
            }
        }
    }

    private static void Likelihoods(KernelDevice device, int batch, int width)
    {
        SamplerModel model = new(new EdmProcess(0.1, 4.0), Prediction.Epsilon);
        TimeGrid grid = TimeGrid.Of(model.Process, [0.1, 1.0, 4.0], endsAtData: false);
        LikelihoodProgram program = LikelihoodProgram.Create(model, grid, FlowMethod.Heun);
        Network network = Network.Create(new NetworkArchitecture(3, width, 2, new LogSigmaEmbedding(5)), 5);
        using CpuDevice plain = new(1);
        using IDeviceNetwork loaded = device.Load(network);
        using IDeviceNetwork expected = plain.Load(network);
        foreach (TraceEstimator estimator in new[] { TraceEstimator.Exact, new(2, ProbeKind.Gaussian) })
        {
            TraceRequest request = new()
            {
                Points = ConformanceCase.Draw(new Random(2), 3 * batch),
                Estimator = estimator,
                Seed = 4,
                FirstSample = 9,
            };
            TraceResult result = loaded.IntegrateTrace(program, request);
            TraceResult reference = expected.IntegrateTrace(program, request);
            Closeness.Require("ends", result.Points, Doubles(reference.Points), 1e-5);
            Closeness.Require("traces", Array.ConvertAll(result.Traces, sum => (float)sum), reference.Traces, 2e-5);
        }
    }

    private static void Training(KernelDevice device, int batch, int width)
    {
        NoConditioning none = new();
        (TimeConditioning Conditioning, Objective Objective, TrainingData Data, double Clip)[] cases =
        [
            (new LearnedEmbedding(5, 4), Objectives.Epsilon(new DdpmSchedule(5), 2), ReferenceDraws.Mixture, 0.05),
            (new LogSigmaEmbedding(5), Objectives.NoiseConditionalScore([2.0, 0.5], 2), ReferenceDraws.Points, 1e9),
            (none, Objectives.DenoisingScore(0.5), ReferenceDraws.Mixture, double.PositiveInfinity),
            (none, new HyvarinenObjective(), ReferenceDraws.Points with { Order = DrawOrder.Shuffled }, 1.0),
            (none, new SlicedObjective(), ReferenceDraws.Mixture, 1.0),
        ];
        using CpuDevice plain = new(1);
        foreach ((TimeConditioning conditioning, Objective objective, TrainingData data, double clip) in cases)
        {
            Network network = Network.Create(new NetworkArchitecture(2, width, 2, conditioning), 5);
            TrainingOptions options = new()
            {
                BatchSize = batch,
                Seed = 3,
                ClipNorm = clip,
                Epsilon = 1e-5,
                Average = new WeightAverage(0.9),
            };
            using ITrainer trainer = device.Train(network, objective, data, options);
            using ITrainer expected = plain.Train(network, objective, data, options);
            for (int step = 0; step < 2; step++)
            {
                Assert.Equal(expected.Step(), trainer.Step(), 1e-4);
            }

            Network trained = new(network.Architecture);
            Network reference = new(network.Architecture);
            trainer.CopyTo(trained);
            expected.CopyTo(reference);
            Closeness.Require("weights", trained.Values, Doubles(reference.Values), 1e-4);
        }
    }

    /// <summary>Those that no device runs by itself, against the same in C#.</summary>
    private static void Kernels_without_an_operation(KernelMachine machine, int batch)
    {
        const int inputs = 21;
        const int outputs = 34;
        Random random = new(1);
        float[] x = ConformanceCase.Draw(random, batch * inputs);
        float[] dy = ConformanceCase.Draw(random, x.Length);
        float[] weights = ConformanceCase.Draw(random, inputs * outputs);
        float[] matrices = [.. Enumerable.Range(0, 3 * 4).Select(i => i % 4 is 0 or 3 ? 2f : 0.3f)];
        LaunchShape elements = LaunchShape.Covering(x.Length, ActivationKernel.GroupSize);
        foreach (KernelDefinition kernel in ActivationApply.Instances)
        {
            RequireSame(x.Length, (on, copy, y) => ActivationApply.Launch(on, kernel, elements, copy(x), y));
        }

        foreach (KernelDefinition kernel in ActivationBackward.Instances)
        {
            RequireSame(
                x.Length, (on, copy, y) => ActivationBackward.Launch(on, kernel, elements, copy(x), copy(dy), y));
        }

        LaunchShape tiles = new(DenseKernel.Groups(batch, outputs), DenseKernel.GroupSize);
        foreach (KernelDefinition kernel in DenseForward.Instances)
        {
            RequireSame(
                batch * outputs,
                (on, copy, y) => DenseForward.Launch(
                    on, kernel, tiles, copy(x), copy(weights), copy(weights[..outputs]), y, batch, inputs, outputs));
        }

        LaunchShape items = LaunchShape.Covering(batch, WorkItemLayerKernel.GroupSize);
        foreach (KernelDefinition kernel in WorkItemLayer.Instances)
        {
            RequireSame(
                batch * outputs,
                (on, copy, y) => WorkItemLayer.Launch(
                    on, kernel, items, copy(weights), copy(weights[..outputs]), copy(x), y, batch, inputs, outputs));
        }

        LaunchShape squares = new(
            LocalTileLayerKernel.Groups(batch, outputs), LocalTileLayerKernel.Side * LocalTileLayerKernel.Side);
        foreach (KernelDefinition kernel in LocalTileLayer.Instances)
        {
            RequireSame(
                batch * outputs,
                (on, copy, y) => LocalTileLayer.Launch(
                    on, kernel, squares, copy(weights), copy(weights[..outputs]), copy(x), y, batch, inputs, outputs));
        }

        LaunchShape states = LaunchShape.Covering(x.Length, SamplerStepKernel.GroupSize);
        RequireSame(
            x.Length,
            (on, copy, y) =>
            {
                MemoryCopy.Launch(on, new LaunchShape(1, MemoryCopyKernel.GroupSize), copy(x), y);
                SamplerStep.Launch(on, states, y, copy(dy), 1.1f, -0.4f, 0.9f, 0.2f, -0.3f, 0.7f, x.Length);
            });

        LaunchShape points = LaunchShape.Covering(2 * batch, MixtureScoreKernel.GroupSize);
        RequireSame(
            2 * batch * 3,
            (on, copy, y) => MixtureScore.Launch(
                on, points, copy(x), copy(weights[..6]), copy(matrices), copy(dy[..3]), y.SubView(0, 2 * batch),
                y.SubView(2 * batch), 2 * batch, 3, 2));
        LaunchShape samples = LaunchShape.Covering(2 * batch, PhiloxKernel.GroupSize);
        RequireSame(
            2 * batch * 5,
            (on, _, y) => PhiloxNormals.Launch(on, samples, y, 2 * batch, 5, 3, 4, PhiloxStreams.SamplerNoise, 99));
        LaunchShape copies = new(2, MemoryCopyKernel.GroupSize);
        RequireSame(x.Length, (on, copy, y) => MemoryCopy.Launch(on, copies, copy(x), y));
        LaunchShape sums = new(1, MultiplyAddRateKernel.GroupSize);
        RequireSame(sums.GroupSize, (on, _, y) => MultiplyAddRate.Launch(on, sums, y, 0.999f, 0.125f, 1));
        LaunchShape reads = new(2, LocalMemoryRateKernel.GroupSize);
        RequireSame(
            reads.Groups * reads.GroupSize, (on, _, y) => LocalMemoryRate.Launch(on, reads, y, 3));
        using DeviceArray<uint> words = machine.Allocate<uint>(4 * batch);
        PhiloxWords.Launch(machine, samples, words.View, batch, 5, 6, 7, 8, 0x0123_4567_89AB_CDEF);
        uint[] actual = new uint[4 * batch];
        words.Read(actual);
        Assert.Equal(Philox.Next(4 + (uint)batch, 6, 7, 8, 0x89AB_CDEF, 0x0123_4567).X3, actual[^1]);

        void RequireSame(int length, Action<IKernelLauncher, Func<float[], FloatView>, FloatView> launch)
        {
            List<DeviceArray<float>> copies = [];
            float[] result = new float[length];
            using DeviceArray<float> y = machine.Allocate<float>(length);
            launch(machine, Copy, y.View);
            y.Read(result);
            copies.ForEach(copy => copy.Dispose());

            float[] expected = new float[length];
            launch(new DebugLauncher(), values => new FloatView(values), new FloatView(expected));
            Closeness.Require("result", result, Doubles(expected), 1e-5);

            FloatView Copy(float[] values)
            {
                copies.Add(machine.Copy<float>(values));
                return copies[^1].View;
            }
        }
    }

    private static double[] Doubles(float[] values) => [.. values.Select(value => (double)value)];
}
