using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Training;

namespace ScoreGpu.Tests.Reference;

/// <summary>The reference against central differences in float64: what everything else is compared with.</summary>
public sealed class ReferenceNetworkTests
{
    public static TheoryData<string> Objectives => ["none", "step", "log-sigma", "hyvarinen", "sliced", "projected"];

    [Theory]
    [MemberData(nameof(Objectives))]
    public void Gradients_are_those_of_central_differences(string kind)
    {
        var network = new ReferenceNetwork(Network.Create(new NetworkArchitecture(2, 5, 2, ConditioningOf(kind)), 11));
        var random = new Random(5);
        float[] clean = Draw(random, 6);
        float[] noise = Draw(random, 6);
        NoiseLevel[] levels = [new(2, 0.9, 0.4, 0.3, 1.1, 0.7), new(0, 0.5, 0.8, -0.2, 0.6, 1.3)];
        Objective objective = kind switch
        {
            "hyvarinen" => new HyvarinenObjective(),
            "sliced" => new SlicedObjective(),
            "projected" => new SlicedObjective(ReducesVariance: false),
            _ => new DenoisingObjective("test", levels),
        };
        var batch = new TrainingBatch(clean, kind == "hyvarinen" ? [] : noise, [1, 0, 1]);
        double[] gradient = new double[network.Values.Length];
        ReferenceObjective.Evaluate(network, objective, batch, gradient);

        double[] ignored = new double[gradient.Length];
        for (int i = 0; i < gradient.Length; i++)
        {
            const double Step = 1e-5;
            double value = network.Values[i];
            network.Values[i] = value + Step;
            double above = ReferenceObjective.Evaluate(network, objective, batch, ignored);
            network.Values[i] = value - Step;
            double below = ReferenceObjective.Evaluate(network, objective, batch, ignored);
            network.Values[i] = value;
            Assert.Equal((above - below) / (2 * Step), gradient[i], 1e-9);
        }

        Assert.Contains(gradient, g => Math.Abs(g) > 1e-2);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("step")]
    [InlineData("log-sigma")]
    public void Jacobian_products_are_those_of_central_differences(string kind)
    {
        var network = new ReferenceNetwork(Network.Create(new NetworkArchitecture(3, 6, 3, ConditioningOf(kind)), 12));
        double[] x = [0.3, -1.2, 2.0];
        double[] v = [1.0, 0.5, -0.25];
        double[,] jacobian = new double[3, 3];
        const double Step = 1e-5;
        for (int d = 0; d < 3; d++)
        {
            double[] above = [.. x];
            double[] below = [.. x];
            above[d] += Step;
            below[d] -= Step;
            double[] high = network.Evaluate(above, 2);
            double[] low = network.Evaluate(below, 2);
            for (int i = 0; i < 3; i++)
            {
                jacobian[i, d] = (high[i] - low[i]) / (2 * Step);
            }
        }

        double[] forward = network.JacobianVector(x, 2, v);
        double[] reverse = network.VectorJacobian(x, 2, v);
        double trace = 0;
        for (int i = 0; i < 3; i++)
        {
            double row = 0;
            double column = 0;
            for (int d = 0; d < 3; d++)
            {
                row += jacobian[i, d] * v[d];
                column += jacobian[d, i] * v[d];
            }

            trace += jacobian[i, i];
            Assert.Equal(row, forward[i], 1e-9);
            Assert.Equal(column, reverse[i], 1e-9);
        }

        Assert.Equal(trace, network.Divergence(x, 2), 1e-9);
    }

    [Fact]
    public void Activation_derivatives_are_those_of_central_differences()
    {
        const double Step = 1e-4;
        for (double x = -8; x <= 8; x += 0.37)
        {
            double slope = (ReferenceNetwork.Silu(x + Step) - ReferenceNetwork.Silu(x - Step)) / (2 * Step);
            double curvature = (ReferenceNetwork.SiluSlope(x + Step) - ReferenceNetwork.SiluSlope(x - Step)) / (2 * Step);
            Assert.Equal(slope, ReferenceNetwork.SiluSlope(x), 1e-8);
            Assert.Equal(curvature, ReferenceNetwork.SiluCurvature(x), 1e-8);
        }
    }

    private static TimeConditioning ConditioningOf(string kind) => kind switch
    {
        "step" => new LearnedEmbedding(4, 3),
        "log-sigma" => new LogSigmaEmbedding(3),
        _ => new NoConditioning(),
    };

    private static float[] Draw(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => (float)((4 * random.NextDouble()) - 2))];
}
