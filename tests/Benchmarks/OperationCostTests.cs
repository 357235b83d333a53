using ScoreGpu.Engine.Benchmarks;
using ScoreGpu.Engine.Benchmarks.Operations;
using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Samplers.Host;
using ScoreGpu.Engine.Training;
using ScoreGpu.Engine.Verification.Reference;

namespace ScoreGpu.Tests.Benchmarks;

/// <summary>What operations are said to cost, beside what their references were counted to do.</summary>
public sealed class OperationCostTests
{
    private const int Width = 7;

    public static TheoryData<string> Names => [.. BenchmarkCatalog.All.Select(operation => operation.Name)];

    public static TheoryData<string> Networks => ["forward", "jacobian-vector", "backward", "divergence"];

    public static TheoryData<string> Trainings =>
        ["gradient", .. TrainingOperation.Steps.Select(operation => operation.Name)];

    public static TheoryData<string> Samplers => [.. SamplerOperation.All.Select(operation => operation.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Formulas_say_what_is_computed(string name)
    {
        BenchmarkOperation operation = Find(name);
        foreach (var shape in (BenchmarkShape[])[new(1, Width), new(65, 32), new(262_144, 128)])
        {
            Assert.Equal(
                Formula.Evaluate(operation.Cost.FlopsFormula, symbol => Value(operation, shape, symbol)),
                operation.Cost.Flops(shape));
            Assert.Equal(
                Formula.Evaluate(operation.Cost.BytesFormula, symbol => Value(operation, shape, symbol)),
                operation.Cost.Bytes(shape));
            Assert.True(operation.Items(shape) >= shape.Batch);
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_pass_costs_what_its_reference_counts(string name)
    {
        const int Count = 3;
        ReferenceNetwork network = new(BenchmarkNetwork.Create(Width, new NoConditioning()));
        double[] x = [0.5, -1];
        for (int n = 0; n < Count; n++)
        {
            switch (name)
            {
                case "forward":
                    network.Evaluate(x, 0);
                    break;
                case "jacobian-vector":
                    network.JacobianVector(x, 0, [1, 2]);
                    break;
                case "backward":
                    network.VectorJacobian(x, 0, [1, 2]);
                    break;
                default:
                    network.Forward(x, 0, [network.Unit(0), network.Unit(1)]);
                    break;
            }
        }

        Assert.Equal(2.0 * network.Products, Find(name).Cost.Flops(new BenchmarkShape(Count, Width)));
    }

    [Theory]
    [MemberData(nameof(Trainings))]
    public void A_step_costs_what_its_reference_counts(string name)
    {
        var operation = (TrainingOperation)Find(name);
        Network weights = operation.NetworkOf(Width);
        ReferenceNetwork network = new(weights);
        TrainingBatch batch = new([1, 2], [3, 4], [0]);
        ReferenceObjective.Evaluate(network, operation.Objective, batch, new double[weights.Values.Length]);
        double counted = 2.0 * (network.Products + network.GradientProducts);

        // One sample has one level; a step works on all of them. The reference carries δ back to x as well, which no step
        // needs.
        double two = operation.Cost.Flops(new BenchmarkShape(2, Width));
        double one = operation.Cost.Flops(new BenchmarkShape(1, Width));
        int levels = operation.Objective is DenoisingObjective denoising ? denoising.Levels.Count : 1;
        double level = (one - (two - one)) / levels;
        double towardsX = 2.0 * (1 + operation.Tangents) * 2 * Width;
        Assert.Equal(counted - towardsX, two - one + level, 1e-6);
    }

    [Theory]
    [MemberData(nameof(Samplers))]
    public void A_program_costs_what_its_reference_counts(string name)
    {
        var operation = (SamplerOperation)Find(name);
        ReferenceNetwork network = new(operation.NetworkOf(Width));

        operation.Reference(network, 1);

        // One trajectory meets each row's level once, as a table of levels does.
        Assert.Equal(2.0 * network.Products, operation.Cost.Flops(new BenchmarkShape(1, Width)));
    }

    [Theory]
    [InlineData("rk45")]
    [InlineData("mala")]
    public void A_sampler_of_the_host_costs_what_its_reference_counts(string name)
    {
        const int Count = 3;
        var operation = (HostSamplerOperation)Find(name);
        ReferenceNetwork network = new(operation.NetworkOf(Width));

        HostResult result = operation.Reference(network, Count);

        BenchmarkShape shape = new(Count, Width);
        double evaluations = operation.IsAdaptive ? result.MeanNfe : 1;
        Assert.Equal(2.0 * network.Products, operation.Cost.Flops(shape) * evaluations, 1e-6);
        Assert.Equal(Count * result.MeanNfe, operation.Items(shape) * evaluations, 1e-9);
    }

    [Theory]
    [InlineData("rk45")]
    [InlineData("mala")]
    public void A_sampler_of_the_host_tells_how_often_it_evaluated(string name)
    {
        using CpuDevice device = new(2);
        var operation = (HostSamplerOperation)Find(name);
        using PreparedOperation prepared = operation.Prepare(device, new BenchmarkShape(65, 32), new BenchmarkInputs());

        prepared.Run();

        double expected = operation.IsAdaptive
            ? operation.Reference(new ReferenceNetwork(operation.NetworkOf(32)), 65).MeanNfe
            : 1;

        // Rounding in float32 may turn a step that is accepted narrowly.
        Assert.Equal(expected, prepared.Evaluations, 0.02 * expected);
    }

    [Theory]
    [InlineData("likelihood-exact", 2)]
    [InlineData("likelihood-hutchinson", 1)]
    public void A_likelihood_costs_a_value_and_its_tangents_a_row(string name, int tangents)
    {
        ReferenceNetwork network = new(LikelihoodOperation.NetworkOf(Width));
        BenchmarkOperation operation = Find(name);
        BenchmarkShape shape = new(1, Width);
        for (int row = 0; row < operation.Items(shape); row++)
        {
            network.Forward([1, 2], 3, [.. Enumerable.Range(0, tangents).Select(_ => new double[] { 1, 0 })]);
        }

        // The reference multiplies the tangents of the embedding too, which are zero.
        double zeros = operation.Items(shape) * tangents * Width * network.Architecture.Conditioning.Width;
        Assert.Equal(2.0 * (network.Products - zeros), operation.Cost.Flops(shape));
    }

    [Fact]
    public void A_mixture_costs_what_its_formula_counts()
    {
        const int D = 2;
        const int K = 8;
        int count = 0;
        for (int k = 0; k < K; k++)
        {
            count += D;
            for (int i = 0; i < D; i++)
            {
                // y = L⁻¹(x − μ), |y|², L⁻ᵀy and the sum of the pulls.
                count += 2 * (i + 1);
                count += 2;
                count += 2 * (D - i);
                count += 2;
            }
        }

        Assert.Equal(5.0 * count, Find("mixture").Cost.Flops(new BenchmarkShape(5, 0)));
    }

    [Fact]
    public void Numbers_cost_what_philox_counts()
    {
        int count = 0;
        for (int round = 0; round < 10; round++)
        {
            count += 2 + 4;
            count += round > 0 ? 2 : 0;
        }

        Assert.Equal(3.0 * count, Find("normals").Cost.Flops(new BenchmarkShape(3, 0)));
    }

    private static BenchmarkOperation Find(string name) =>
        BenchmarkCatalog.All.Single(operation => operation.Name == name);

    private static double Value(BenchmarkOperation operation, BenchmarkShape shape, string symbol)
    {
        Network network = operation switch
        {
            TrainingOperation training => training.NetworkOf(shape.Width),
            SamplerOperation sampler => sampler.NetworkOf(shape.Width),
            HostSamplerOperation sampler => sampler.NetworkOf(shape.Width),
            LikelihoodOperation => LikelihoodOperation.NetworkOf(shape.Width),
            _ => BenchmarkNetwork.Create(shape.Width, new NoConditioning()),
        };
        TimeConditioning told = network.Architecture.Conditioning;
        return symbol switch
        {
            "N" => shape.Batch,
            "H" => shape.Width,
            "D" => 2,
            "P" => (2.0 * 2 * shape.Width) + (2.0 * shape.Width * shape.Width),
            "F" => 2.0 * shape.Width,
            "W" => network.Values.Length,
            "S" => operation.Items(shape) / shape.Batch,
            "T" => ((DenoisingObjective)((TrainingOperation)operation).Objective).Levels.Count,
            "E" => (told.Width * (shape.Width + told.Width)) + First(told),
            "G" => First(told),
            "K" => 8,
            "C" => 1280.0 * 720,
            _ => throw new InvalidOperationException(symbol),
        };
    }

    private static double First(TimeConditioning told) =>
        told is ComputedFeatures features ? features.FeatureCount * features.Width : 0;
}
