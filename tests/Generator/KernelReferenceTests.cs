using ScoreGpu.Kernels;
using ScoreGpu.Kernels.Dialect.Debug;
using ScoreGpu.Kernels.Gpu;

namespace ScoreGpu.Tests.Generator;

/// <summary>The kernels, run as C#, against float64.</summary>
public sealed class KernelReferenceTests
{
    private readonly DebugLauncher _launcher = new();

    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(65)]
    [InlineData(257)]
    public void WordsAreThoseOfTheHost(int samples)
    {
        uint[] words = new uint[4 * samples];

        PhiloxWords.Launch(
            _launcher, LaunchShape.Covering(samples, PhiloxKernel.GroupSize), new(words), samples, 5, 6, 7, 8,
            0x0123_4567_89AB_CDEF);

        for (int n = 0; n < samples; n++)
        {
            (uint x0, uint x1, uint x2, uint x3) = Philox.Next((uint)n + 5, 6, 7, 8, 0x89AB_CDEF, 0x0123_4567);
            Assert.Equal([x0, x1, x2, x3], words[(4 * n)..((4 * n) + 4)]);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void NormalsAreThoseOfTheReference(int dimension)
    {
        const int samples = 999;
        float[] normals = new float[samples * dimension];

        PhiloxNormals.Launch(
            _launcher, LaunchShape.Covering(samples, PhiloxKernel.GroupSize), new(normals), samples, dimension, 3, 4,
            PhiloxStreams.SamplerNoise, 99);

        double[] expected = new double[dimension];
        for (int n = 0; n < samples; n++)
        {
            NormalDraws.Fill(99, (uint)n + 3, 4, PhiloxStreams.SamplerNoise, expected);
            for (int d = 0; d < dimension; d++)
            {
                Assert.Equal(expected[d], normals[(n * dimension) + d], 2e-6);
            }
        }
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(1u)]
    [InlineData(0x3FFF_FFFFu)]
    [InlineData(0xBFFF_FFFFu)]
    [InlineData(0xC000_0000u)]
    [InlineData(0xFFFF_FFFEu)]
    [InlineData(0xFFFF_FFFFu)]
    public void RadiiKeepTheirDigitsAtBothEnds(uint word)
    {
        (double expected, _) = BoxMuller.Transform(word, 0);
        (float radius, float zero) = FloatBoxMuller.Transform(word, 0);

        Assert.Equal(1.0, radius / expected, 5e-7);
        Assert.Equal(0f, zero);
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(33, 17, 31)]
    [InlineData(65, 40, 66)]
    public void DenseIsTheMatrixProduct(int samples, int inputs, int outputs)
    {
        var random = new Random(1);
        float[] x = Draw(random, samples * inputs);
        float[] weights = Draw(random, outputs * inputs);
        float[] bias = Draw(random, outputs);
        foreach (KernelDefinition kernel in DenseForward.Instances)
        {
            float[] y = new float[samples * outputs];
            var shape = new LaunchShape(DenseKernel.Groups(samples, outputs), DenseKernel.GroupSize);
            DenseForward.Launch(
                _launcher, kernel, shape, new(x), new(weights), new(bias), new(y), samples, inputs, outputs);

            for (int n = 0; n < samples; n++)
            {
                for (int j = 0; j < outputs; j++)
                {
                    double expected = bias[j];
                    for (int i = 0; i < inputs; i++)
                    {
                        expected += (double)weights[(j * inputs) + i] * Activate(kernel, x[(n * inputs) + i]);
                    }

                    Assert.Equal(expected, y[(n * outputs) + j], 1e-5);
                }
            }
        }
    }

    [Fact]
    public void DerivativesAreThoseOfTheValues()
    {
        float[] x = [-6f, -1.7f, -0.3f, 0.4f, 1.1f, 5f];
        foreach (KernelDefinition kernel in ActivationBackward.Instances)
        {
            float[] dy = [1f, 2f, 3f, 4f, 5f, 6f];
            float[] dx = new float[x.Length];
            ActivationBackward.Launch(_launcher, kernel, new LaunchShape(2, 128), new(x), new(dy), new(dx));

            for (int i = 0; i < x.Length; i++)
            {
                const double step = 1e-5;
                double slope = (Activate(kernel, x[i] + step) - Activate(kernel, x[i] - step)) / (2 * step);
                Assert.Equal(dy[i] * slope, dx[i], 1e-5);
            }
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(7, 5)]
    public void MixtureScoreIsTheGradientOfTheLogDensity(int components, int dimension)
    {
        var random = new Random(2);
        const int count = 65;
        float[] points = [.. Draw(random, count * dimension).Select(value => 8f * value)];
        float[] means = [.. Draw(random, components * dimension).Select(value => 3f * value)];
        float[] logScales = Draw(random, components);
        float[] whitenings = new float[components * dimension * dimension];
        for (int k = 0; k < components; k++)
        {
            for (int i = 0; i < dimension; i++)
            {
                for (int j = 0; j <= i; j++)
                {
                    whitenings[(((k * dimension) + i) * dimension) + j] = i == j ? 1.5f + k : 0.3f;
                }
            }
        }

        float[] logDensities = new float[count];
        float[] scores = new float[count * dimension];
        MixtureScore.Launch(
            _launcher, LaunchShape.Covering(count, MixtureScoreKernel.GroupSize), new(points), new(means),
            new(whitenings), new(logScales), new(logDensities), new(scores), count, components, dimension);

        for (int n = 0; n < count; n++)
        {
            double[] x = [.. points[(n * dimension)..((n + 1) * dimension)].Select(value => (double)value)];
            double expected = LogDensity(x, means, whitenings, logScales);
            Assert.Equal(expected, logDensities[n], 1e-5 * (1 + Math.Abs(expected)));
            for (int d = 0; d < dimension; d++)
            {
                const double step = 1e-5;
                x[d] += step;
                double above = LogDensity(x, means, whitenings, logScales);
                x[d] -= 2 * step;
                double below = LogDensity(x, means, whitenings, logScales);
                x[d] += step;
                double score = (above - below) / (2 * step);
                Assert.Equal(score, scores[(n * dimension) + d], 1e-4 * (1 + Math.Abs(score)));
            }
        }
    }

    [Fact]
    public void CostsAreFormulasInTheParameters()
    {
        KernelCost cost = ScoreGpu.Kernels.GeneratedKernels.DenseForwardSilu.Cost!;
        double Value(string name) => name == "inputs" ? 3 : 5;

        Assert.Equal(("sample", 30.0, 32.0), (cost.Item, cost.Flops(Value), cost.Bytes(Value)));
    }

    private static double LogDensity(double[] x, float[] means, float[] whitenings, float[] logScales)
    {
        int dimension = x.Length;
        double[] exponents = new double[logScales.Length];
        for (int k = 0; k < exponents.Length; k++)
        {
            double distance = 0.0;
            for (int i = 0; i < dimension; i++)
            {
                double y = 0.0;
                for (int j = 0; j <= i; j++)
                {
                    y += whitenings[(((k * dimension) + i) * dimension) + j] * (x[j] - means[(k * dimension) + j]);
                }

                distance += y * y;
            }

            exponents[k] = logScales[k] - (0.5 * distance);
        }

        double largest = exponents.Max();
        return largest + Math.Log(exponents.Sum(exponent => Math.Exp(exponent - largest)));
    }

    private static double Activate(KernelDefinition kernel, double x) => kernel.TypeArguments[0] switch
    {
        "Silu" => x / (1.0 + Math.Exp(-x)),
        "Tanh" => Math.Tanh(x),
        "Relu" => Math.Max(x, 0.0),
        "Identity" => x,
        _ => 0.5 * x * (1.0 + Math.Tanh(Math.Sqrt(2.0 / Math.PI) * (x + (0.044715 * x * x * x)))),
    };

    private static float[] Draw(Random random, int length)
        => [.. Enumerable.Range(0, length).Select(_ => (float)((2.0 * random.NextDouble()) - 1.0))];
}
