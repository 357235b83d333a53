using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Verification;
using ScoreGpu.Engine.Verification.Reference;

namespace ScoreGpu.Engine.Benchmarks.Operations;

/// <summary>What <see cref="IDeviceNetwork"/> gives at points: values, products with the Jacobian, its trace.</summary>
internal sealed class NetworkOperation : BenchmarkOperation
{
    private static readonly NoConditioning Plain = new();

    private readonly NetworkQuantity _quantity;

    private NetworkOperation(string name, NetworkQuantity quantity, double products, double numbers, OperationCost cost)
        : base(name, "network", "samples", cost)
    {
        _quantity = quantity;
        (Products, Numbers) = (products, numbers);
    }

    /// <summary>f(x): a product with every weight.</summary>
    public static NetworkOperation Forward { get; } = Create("forward", NetworkQuantity.Value, 1, 4, "2*N*P", "16*N + 4*W");

    /// <summary>J·v: a value and a tangent.</summary>
    public static NetworkOperation JacobianVector { get; } =
        Create("jacobian-vector", NetworkQuantity.JacobianVector, 2, 6, "4*N*P", "24*N + 4*W");

    /// <summary>vᵀJ, the backward pass to the inputs: a value, and δ through every layer.</summary>
    public static NetworkOperation VectorJacobian { get; } =
        Create("backward", NetworkQuantity.VectorJacobian, 2, 6, "4*N*P", "24*N + 4*W");

    /// <summary>tr J from a value and D tangents.</summary>
    public static NetworkOperation Divergence { get; } =
        Create("divergence", NetworkQuantity.Divergence, 1 + BenchmarkNetwork.Dimension, 3, "2*N*(1 + D)*P", "12*N + 4*W");

    /// <summary>Products with every weight a sample.</summary>
    public double Products { get; }

    /// <summary>Numbers that go in and out a sample.</summary>
    public double Numbers { get; }

    /// <inheritdoc/>
    public override double Items(BenchmarkShape shape) => shape.Batch;

    /// <inheritdoc/>
    public override PreparedOperation Prepare(IDevice device, BenchmarkShape shape, BenchmarkInputs inputs)
    {
        float[] points = inputs.Uniform(shape.Batch * BenchmarkNetwork.Dimension);
        float[] vectors = inputs.Uniform(points.Length, 1);
        float[] results = new float[ResultsOf(shape.Batch)];
        IDeviceNetwork network = device.Load(BenchmarkNetwork.Create(shape.Width, Plain));
        return new PreparedOperation(() => Run(network, points, vectors, results), network);
    }

    /// <inheritdoc/>
    public override void Verify(IDevice device, BenchmarkShape shape, VerificationTable table)
    {
        Network weights = BenchmarkNetwork.Create(shape.Width, Plain);
        var inputs = new BenchmarkInputs();
        float[] points = inputs.Uniform(shape.Batch * BenchmarkNetwork.Dimension);
        float[] vectors = inputs.Uniform(points.Length, 1);
        float[] results = new float[ResultsOf(shape.Batch)];
        using IDeviceNetwork network = device.Load(weights);
        Run(network, points, vectors, results);
        table.Add(Name, results, Reference(new ReferenceNetwork(weights), points, vectors), Tolerances.Value);
    }

    /// <summary>The results in float64.</summary>
    internal double[] Reference(ReferenceNetwork network, float[] points, float[] vectors)
    {
        int count = points.Length / BenchmarkNetwork.Dimension;
        List<double> results = [];
        for (int n = 0; n < count; n++)
        {
            double[] x = ReferenceObjective.Row(points, n, BenchmarkNetwork.Dimension);
            double[] v = ReferenceObjective.Row(vectors, n, BenchmarkNetwork.Dimension);
            results.AddRange(_quantity switch
            {
                NetworkQuantity.Value => network.Evaluate(x, 0),
                NetworkQuantity.JacobianVector => network.JacobianVector(x, 0, v),
                NetworkQuantity.VectorJacobian => network.VectorJacobian(x, 0, v),
                _ => [network.Divergence(x, 0)],
            });
        }

        return [.. results];
    }

    private static NetworkOperation Create(
        string name, NetworkQuantity quantity, double products, double numbers, string flops, string bytes) =>
        new(
            name,
            quantity,
            products,
            numbers,
            new OperationCost(
                flops,
                shape => 2.0 * shape.Batch * products * BenchmarkNetwork.Products(shape.Width),
                bytes,
                shape => (4.0 * numbers * shape.Batch) + (4.0 * BenchmarkNetwork.Weights(shape.Width, Plain))));

    private int ResultsOf(int batch) =>
        _quantity == NetworkQuantity.Divergence ? batch : batch * BenchmarkNetwork.Dimension;

    private void Run(IDeviceNetwork network, float[] points, float[] vectors, float[] results)
    {
        switch (_quantity)
        {
            case NetworkQuantity.Value:
                network.Evaluate(points, [], results);
                break;
            case NetworkQuantity.JacobianVector:
                network.JacobianVector(points, [], vectors, results);
                break;
            case NetworkQuantity.VectorJacobian:
                network.VectorJacobian(points, [], vectors, results);
                break;
            default:
                network.Divergence(points, [], results);
                break;
        }
    }
}
