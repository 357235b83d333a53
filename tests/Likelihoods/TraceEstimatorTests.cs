using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Engine.Likelihoods;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Samplers.Host;
using ScoreGpu.Engine.Training;
using ScoreGpu.Engine.Verification.Reference;
using ScoreGpu.Tests.Engine;
using ScoreGpu.Tests.Samplers.Proofs;

namespace ScoreGpu.Tests.Likelihoods;

/// <summary>Hutchinson's estimator against its mean and its variance in closed form.</summary>
public sealed class TraceEstimatorTests
{
    private const int Count = 40_000;

    // The variance of a mean of m squares is known to √((κ − 1)/N) of itself, κ being the estimator's kurtosis: at most
    // 15 for a square of one normal, less for sums of them.
    [Theory]
    [InlineData(ProbeKind.Gaussian, 1)]
    [InlineData(ProbeKind.Gaussian, 3)]
    [InlineData(ProbeKind.Rademacher, 1)]
    [InlineData(ProbeKind.Rademacher, 3)]
    public void Mean_and_variance_are_the_formulas(ProbeKind kind, int probes)
    {
        var network = Network.Create(new NetworkArchitecture(4, 24, 2, new NoConditioning()), 9);
        double[] x = [0.3, -0.8, 1.1, 0.2];
        var reference = new ReferenceNetwork(network);
        double[][] columns = [.. Enumerable.Range(0, 4).Select(d =>
            reference.JacobianVector(x, 0, reference.Unit(d)))];
        double trace = Enumerable.Range(0, 4).Sum(d => columns[d][d]);
        double squares = 0.0;
        for (int i = 0; i < 16; i++)
        {
            double symmetric = 0.5 * (columns[i / 4][i % 4] + columns[i % 4][i / 4]);
            squares += kind == ProbeKind.Rademacher && i / 4 == i % 4 ? 0.0 : symmetric * symmetric;
        }

        double[] sums = Sums(network, x, new TraceEstimator(probes, kind));
        double[] means = [.. Enumerable.Range(0, Count).Select(n => sums[(n * probes)..((n + 1) * probes)].Average())];
        double expected = 2.0 * squares / probes;
        double mean = means.Average();
        double variance = means.Sum(value => (value - mean) * (value - mean)) / (Count - 1);
        Assert.Equal(trace, mean, 4.0 * Math.Sqrt(expected / Count));
        Assert.Equal(1.0, variance / expected, 4.0 * Math.Sqrt(14.0 / Count));
    }

    [Fact]
    public void Standard_errors_cover_the_exact_density()
    {
        const int Points = 300;
        var (process, grid) = LikelihoodProofs.Case("vp", 20);
        var model = new SamplerModel(process, Prediction.Epsilon);
        var network = new ExactNetwork(MixtureTarget.Data, model);
        var program = LikelihoodProgram.Create(model, grid, FlowMethod.RungeKutta);
        var request = new HostRequest { Count = Points, Start = MixtureTarget.Data.SampleDoubles(Points, 6), Seed = 3 };
        var exact = HostLikelihood.Run(program, network, request);
        Assert.Null(exact.StandardErrors);
        var estimated = HostLikelihood.Run(program, network, request, new TraceEstimator(64, ProbeKind.Gaussian));
        double[] scores =
        [
            .. Enumerable.Range(0, Points)
                .Select(n => (estimated.Values[n] - exact.Values[n]) / estimated.StandardErrors![n]),
        ];
        // Student's t with 63 degrees of freedom: the mean square is 63/61.
        Assert.Equal(63.0 / 61.0, scores.Sum(score => score * score) / Points, 4.0 * Math.Sqrt(2.2 / Points));
        Assert.Equal(exact.Ends, estimated.Ends);
    }

    [Fact]
    public void Adaptive_steps_take_the_same_probes()
    {
        const int Points = 20;
        var (process, grid) = LikelihoodProofs.Case("vp", 100);
        var model = new SamplerModel(process, Prediction.Denoised);
        var network = new ExactNetwork(MixtureTarget.Data, model);
        var request = new HostRequest
        {
            Count = Points,
            Start = MixtureTarget.Data.SampleDoubles(Points, 6),
            Seed = 8,
            FirstSample = 70,
        };
        var estimator = new TraceEstimator(3);
        var stepped = HostLikelihood.Run(
            LikelihoodProgram.Create(model, grid, FlowMethod.RungeKutta), network, request, estimator);
        var options = new AdaptiveOptions { RelativeTolerance = 1e-8, AbsoluteTolerance = 1e-8 };
        var adaptive = HostLikelihood.RunAdaptive(model, grid, network, request, estimator, options);
        for (int n = 0; n < Points; n++)
        {
            Assert.Equal(stepped.Values[n], adaptive.Values[n], 1e-3);
            Assert.Equal(stepped.StandardErrors![n], adaptive.StandardErrors![n], 1e-3);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void The_mixtures_curvature_is_the_scores_derivative(int dimension)
    {
        var mixture = RandomMixture.Create(dimension, 3, dimension);
        var random = new Random(4);
        double[] x = [.. Enumerable.Range(0, dimension).Select(_ => (3 * random.NextDouble()) - 1.5)];
        double[] v = [.. Enumerable.Range(0, dimension).Select(_ => (2 * random.NextDouble()) - 1)];
        double[] product = new double[dimension];
        mixture.ScoreJacobianVector(x, v, product);
        const double H = 1e-5;
        double[] above = new double[dimension];
        double[] below = new double[dimension];
        mixture.Score([.. x.Zip(v, (a, b) => a + (H * b))], above);
        mixture.Score([.. x.Zip(v, (a, b) => a - (H * b))], below);
        double divergence = 0.0;
        for (int d = 0; d < dimension; d++)
        {
            double slope = (above[d] - below[d]) / (2 * H);
            Assert.Equal(slope, product[d], 1e-6 * Math.Max(1.0, Math.Abs(slope)));
            double[] unit = new double[dimension];
            double[] column = new double[dimension];
            unit[d] = 1;
            mixture.ScoreJacobianVector(x, unit, column);
            divergence += column[d];
        }

        double expected = mixture.ScoreDivergence(x);
        Assert.Equal(expected, divergence, 1e-10 * Math.Max(1.0, Math.Abs(expected)));
    }

    /// <summary>vᵀJv at one point for many samples: one row of weight 1.</summary>
    private static double[] Sums(Network network, double[] x, TraceEstimator estimator)
    {
        // With α = 1 and σ = t, dx/dt = ε: one step of Euler's from 1 to 2 has weight 1.
        var process = new EdmProcess(0.5, 4.0);
        var program = LikelihoodProgram.Create(
            new SamplerModel(process, Prediction.Epsilon),
            TimeGrid.Of(process, [1.0, 2.0], endsAtData: false),
            FlowMethod.Euler);
        Assert.Equal([1.0], program.TraceWeights);
        Assert.Equal(0.0, program.PerDimension);
        using var device = new CpuDevice(2);
        using var loaded = device.Load(network);
        float[] points = [.. Enumerable.Repeat(x, Count).SelectMany(point => point).Select(value => (float)value)];
        return loaded.IntegrateTrace(
            program, new TraceRequest { Points = points, Estimator = estimator, Seed = 11 }).Traces;
    }
}
