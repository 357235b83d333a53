using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Training;
using ScoreGpu.Engine.Verification.Reference;
using ScoreGpu.Kernels;

namespace ScoreGpu.Tests.Reference;

/// <summary>The reference against central differences in float64: what everything else is compared with.</summary>
public sealed class ReferenceNetworkTests
{
    public static TheoryData<string> Objectives =>
    [
        "none", "step", "log-sigma", "sinusoidal", "fourier", "hyvarinen", "sliced", "projected", "none tanh",
        "step gelu", "log-sigma relu", "hyvarinen tanh", "hyvarinen gelu", "sliced tanh", "projected gelu",
    ];

    [Theory]
    [MemberData(nameof(Objectives))]
    public void Gradients_are_those_of_central_differences(string name)
    {
        string kind = name.Split(' ')[0];
        var architecture = new NetworkArchitecture(2, 5, 2, ConditioningOf(kind))
        {
            Activation = name.Contains(' ', StringComparison.Ordinal) ? Activations.Parse(name.Split(' ')[1]) : Activation.Silu,
        };
        var network = new ReferenceNetwork(Network.Create(architecture, 11));
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

    [Theory]
    [InlineData(Activation.Silu)]
    [InlineData(Activation.Tanh)]
    [InlineData(Activation.Relu)]
    [InlineData(Activation.Gelu)]
    public void Activation_derivatives_are_those_of_central_differences(Activation activation)
    {
        const double Step = 1e-4;
        var (value, slope, curvature) = ReferenceActivation.Of(activation);
        for (double x = -8; x <= 8; x += 0.37)
        {
            Assert.Equal((value(x + Step) - value(x - Step)) / (2 * Step), slope(x), 1e-7);
            Assert.Equal((slope(x + Step) - slope(x - Step)) / (2 * Step), curvature(x), 1e-7);
        }
    }

    /// <summary>Values of their own: ½·(1 + tanh(√(2/π)·1.044715)) and the others at 1.</summary>
    [Theory]
    [InlineData(Activation.Silu, 0.7310585786300049)]
    [InlineData(Activation.Tanh, 0.7615941559557649)]
    [InlineData(Activation.Relu, 1)]
    [InlineData(Activation.Gelu, 0.8411919906082768)]
    public void Activations_have_the_values_of_their_definitions(Activation activation, double atOne) =>
        Assert.Equal(atOne, ReferenceActivation.Of(activation).Value(1), 1e-15);

    /// <summary>Sines first; the slowest period is 2π·10000, and a Fourier feature has its own.</summary>
    [Fact]
    public void Features_of_time_are_those_of_their_definitions()
    {
        float[] features = new float[8];
        new SinusoidalEmbedding(8, 3, 1000, TimeInput.Time).Fill(0.25f, features);
        double[] angles = [250, 250 / Math.Pow(10_000, 1.0 / 3), 250 / Math.Pow(10_000, 2.0 / 3), 0.025];
        Assert.Equal([.. angles.Select(Math.Sin), .. angles.Select(Math.Cos)], features.Select(f => (double)f), Near);

        float[] two = new float[4];
        new FourierEmbedding([0.5f, -3f], 3, 0.25, TimeInput.LogSigma).Fill(MathF.E, two);
        angles = [2 * Math.PI * 0.125, -2 * Math.PI * 0.75];
        Assert.Equal([.. angles.Select(Math.Sin), .. angles.Select(Math.Cos)], two.Select(f => (double)f), Near);

        static bool Near(double a, double b) => Math.Abs(a - b) < 1e-6;
    }

    [Fact]
    public void Frequencies_are_normal_and_those_of_their_seed()
    {
        var drawn = FourierEmbedding.Draw(4096, 8, 1, TimeInput.Time, 16, 5);
        double[] b = [.. drawn.Frequencies.ToArray().Select(f => (double)f)];
        Assert.Equal(2048, b.Length);

        // Four standard errors of the mean and of the mean square.
        Assert.Equal(0, b.Average(), 4 * 16 / Math.Sqrt(2048));
        Assert.Equal(256, b.Average(f => f * f), 4 * 256 * Math.Sqrt(2.0 / 2048));
        Assert.Equal(drawn, FourierEmbedding.Draw(4096, 8, 1, TimeInput.Time, 16, 5));
        Assert.NotEqual(drawn, FourierEmbedding.Draw(4096, 8, 1, TimeInput.Time, 16, 6));
    }

    private static TimeConditioning ConditioningOf(string kind) => kind switch
    {
        "step" => new LearnedEmbedding(4, 3),
        "log-sigma" => new LogSigmaEmbedding(3),
        "sinusoidal" => new SinusoidalEmbedding(4, 3, 1, TimeInput.Time),
        "fourier" => FourierEmbedding.Draw(6, 3, 0.25, TimeInput.LogSigma, 1, 1),
        _ => new NoConditioning(),
    };

    private static float[] Draw(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => (float)((4 * random.NextDouble()) - 2))];
}
