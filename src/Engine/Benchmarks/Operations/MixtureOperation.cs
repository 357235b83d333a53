using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Verification;

namespace ScoreGpu.Engine.Benchmarks.Operations;

/// <summary>ln p and the exact score of a mixture of eight Gaussians, as for the grid of a field.</summary>
internal sealed class MixtureOperation : BenchmarkOperation
{
    private const string DataName = "ring8";

    private static readonly GaussianMixture Mixture = ((MixtureData)TrainingData.Parse(DataName)).Mixture;

    private MixtureOperation()
        : base(
            "mixture",
            "other",
            "points",
            new OperationCost(
                "N*K*(2*D^2 + 7*D)",
                shape => (double)shape.Batch * Mixture.ComponentCount * OfComponent(Mixture.Dimension),
                "20*N",
                shape => 20.0 * shape.Batch))
    {
    }

    /// <summary>The operation.</summary>
    public static MixtureOperation Field { get; } = new();

    /// <inheritdoc/>
    public override bool HasWidth => false;

    /// <inheritdoc/>
    public override double Items(BenchmarkShape shape) => shape.Batch;

    /// <inheritdoc/>
    public override PreparedOperation Prepare(IDevice device, BenchmarkShape shape, BenchmarkInputs inputs)
    {
        float[] points = inputs.Uniform(shape.Batch * Mixture.Dimension);
        float[] logDensities = new float[shape.Batch];
        float[] scores = new float[points.Length];
        IDeviceMixture mixture = device.Load(Mixture);
        return new PreparedOperation(() => mixture.Evaluate(points, logDensities, scores), mixture);
    }

    /// <inheritdoc/>
    public override void Verify(IDevice device, BenchmarkShape shape, VerificationTable table)
    {
        float[] points = new BenchmarkInputs().Uniform(shape.Batch * Mixture.Dimension);
        float[] logDensities = new float[shape.Batch];
        float[] scores = new float[points.Length];
        using IDeviceMixture mixture = device.Load(Mixture);
        mixture.Evaluate(points, logDensities, scores);
        double[] exact = new double[logDensities.Length];
        double[] exactScores = new double[scores.Length];
        for (int n = 0; n < exact.Length; n++)
        {
            double[] x = [points[2 * n], points[(2 * n) + 1]];
            exact[n] = Mixture.LogDensity(x);
            Mixture.Score(x, exactScores.AsSpan(2 * n, 2));
        }

        table.Add($"{Name}: log-density", logDensities, exact, Tolerances.Value);
        table.Add($"{Name}: score", scores, exactScores, Tolerances.Value);
    }

    /// <summary>
    /// x − μ, y = L⁻¹(x − μ) and L⁻ᵀy with half of a square each, |y|², and the sum of the pulls.
    /// </summary>
    private static double OfComponent(int dimension) =>
        dimension + (2.0 * dimension * (dimension + 1)) + (2.0 * dimension) + (2.0 * dimension);
}
