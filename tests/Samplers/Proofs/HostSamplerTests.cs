using ScoreGpu.Engine;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Samplers.Host;

namespace ScoreGpu.Tests.Samplers.Proofs;

/// <summary>The samplers that are no table, against closed forms.</summary>
public sealed class HostSamplerTests
{
    private static readonly GaussianMixture Gaussian = GaussianMixture.Isotropic([[0.0]], 0.5);
    private static readonly SamplerModel Clean = new(new FixedNoiseProcess(0.0), Prediction.Score);

    // η = 0.2 = 0.8·s²: plain Langevin has variance s²/(1 − 0.4), and MALA s².
    [Fact]
    public void Mala_has_no_bias_where_Langevin_has_much()
    {
        const int Count = 4000;
        var network = new ExactNetwork(Gaussian, Clean);
        var request = new HostRequest { Count = Count, Seed = 2 };
        var result = MalaSampler.Run(
            Clean, 0.0, network, request, 60, 0.2, 0.5, points => [.. points.Select(x => -2.0 * x * x)]);
        double standardError = 0.25 * Math.Sqrt(2.0 / Count);
        Assert.Equal(0.25, result.Points.Sum(x => x * x) / Count, 4.0 * standardError);
        Assert.Equal(61, result.MeanNfe);

        double[] plain = HostProgram.Run(LangevinSampler.Create(60, 0.2, 0.5), network, request).Points;
        Assert.Equal(0.25 / 0.6, plain.Sum(x => x * x) / Count, 4.0 * standardError / 0.6);
    }

    // In equilibrium the acceptance rate of one Gaussian dimension is the mean of min(1, ratio) over x and z.
    [Fact]
    public void Malas_acceptance_rate_is_the_integral()
    {
        const double Eta = 0.2;
        double rate = 0.0;
        const int Nodes = 400;
        double h = 12.0 / Nodes;
        for (int a = 0; a <= Nodes; a++)
        {
            for (int b = 0; b <= Nodes; b++)
            {
                double u = -6.0 + (a * h);
                double z = -6.0 + (b * h);
                double x = 0.5 * u;
                double y = (x * (1.0 - (4.0 * Eta))) + (Math.Sqrt(2.0 * Eta) * z);
                double back = (x - (y * (1.0 - (4.0 * Eta)))) / Math.Sqrt(2.0 * Eta);
                double ratio = (-2.0 * y * y) + (2.0 * x * x) - (0.5 * back * back) + (0.5 * z * z);
                rate += Math.Min(1.0, Math.Exp(ratio)) * Math.Exp(-0.5 * ((u * u) + (z * z))) / (2.0 * Math.PI) * h * h;
            }
        }

        var result = MalaSampler.Run(
            Clean, 0.0, new ExactNetwork(Gaussian, Clean), new HostRequest { Count = 4000, Seed = 6 }, 50, Eta, 0.5);
        Assert.Equal(rate, result.AcceptanceRate, 0.005);
        Assert.InRange(rate, 0.5, 0.99);
    }

    // Simpson's rule is exact for a score that is linear along the proposal.
    [Fact]
    public void Malas_line_integral_replaces_the_density()
    {
        var network = new ExactNetwork(Gaussian, Clean);
        var request = new HostRequest { Count = 64, Seed = 4 };
        var given = MalaSampler.Run(Clean, 0.0, network, request, 40, 0.3, 0.5, Gaussian.LogDensities);
        var integrated = MalaSampler.Run(Clean, 0.0, network, request, 40, 0.3, 0.5);
        Assert.Equal(given.AcceptanceRate, integrated.AcceptanceRate);
        Assert.Equal(given.Points, integrated.Points);
        Assert.Equal(given.MeanNfe + 40, integrated.MeanNfe);
    }

    [Theory]
    [InlineData(1e-3)]
    [InlineData(1e-5)]
    [InlineData(1e-8)]
    public void Dormand_Prince_keeps_its_tolerance_both_ways(double tolerance)
    {
        VpProcess process = new();
        var model = new SamplerModel(process, Prediction.Epsilon);
        var network = new ExactNetwork(Gaussian, model);
        var options = new AdaptiveOptions { RelativeTolerance = tolerance, AbsoluteTolerance = tolerance };
        double[] start = [-1.5, -0.2, 0.6, 2.0];
        var request = new HostRequest { Count = 4, Start = start };
        var grid = TimeGrid.Of(process, [1.0, 1e-3], endsAtData: false);
        var result = AdaptiveFlowSampler.Run(model, grid, network, request, options);
        double factor = GaussianFlow.Factor(process, 1.0, 1e-3);
        var back = AdaptiveFlowSampler.Run(
            model, grid.Reversed(), network, request with { Start = result.Points }, options);
        for (int i = 0; i < start.Length; i++)
        {
            Assert.Equal(factor * start[i], result.Points[i], 20.0 * tolerance);
            Assert.Equal(start[i], back.Points[i], 60.0 * tolerance);
        }

        Assert.All(result.Evaluations, count => Assert.Equal(2, count % 6));
        Assert.Equal(result.Evaluations.Average(), result.MeanNfe);
    }

    [Fact]
    public void Smaller_tolerances_cost_as_a_fifth_order_method_does()
    {
        VpProcess process = new();
        var model = new SamplerModel(process, Prediction.Epsilon);
        double[] cost = [.. new[] { 1e-7, 1e-12 }.Select(tolerance => AdaptiveFlowSampler.Run(
            model,
            TimeGrid.Of(process, [1.0, 0.1], endsAtData: false),
            new ExactNetwork(Gaussian, model),
            new HostRequest { Count = 1, Start = [1.0] },
            new AdaptiveOptions { RelativeTolerance = tolerance, AbsoluteTolerance = tolerance }).MeanNfe)];

        // Five decades are a factor of 10 in the step.
        Assert.InRange(cost[1] / cost[0], 5.0, 12.0);
    }

    [Fact]
    public void A_trajectory_does_not_depend_on_its_batch()
    {
        EdmProcess process = new();
        var model = new SamplerModel(process, Prediction.Denoised);
        var network = new ExactNetwork(MixtureTarget.Data, model);
        var grid = TimeGrid.Of(process, [80.0, 0.002]);
        var all = AdaptiveFlowSampler.Run(model, grid, network, new HostRequest { Count = 7, Seed = 12 });
        for (uint i = 0; i < 7; i++)
        {
            var one = AdaptiveFlowSampler.Run(
                model, grid, network, new HostRequest { Count = 1, FirstSample = i, Seed = 12 });
            Assert.Equal(all.Points[(int)(2 * i)..(int)((2 * i) + 2)], one.Points);
            Assert.Equal(all.Evaluations[i], one.Evaluations[0]);
        }

        Assert.True(all.Evaluations.Distinct().Count() > 1);
    }

    [Fact]
    public void What_cannot_be_run_is_refused_with_the_reason()
    {
        var steps = new SamplerModel(new DdpmSchedule(10), Prediction.Epsilon);
        var grid = TimeGrid.Create(steps.Process, TimeSpacing.Uniform, 5);
        var request = new HostRequest { Count = 2 };
        Refused("continuous time", () => AdaptiveFlowSampler.Run(
            steps, grid, new ExactNetwork(Gaussian, steps), request));

        EdmProcess process = new();
        var model = new SamplerModel(process, Prediction.Score);
        var network = new ExactNetwork(Gaussian, model);
        var edm = TimeGrid.Create(process, TimeSpacing.Karras, 5);
        Refused("rtol", () => AdaptiveFlowSampler.Run(
            model, edm, network, request, new AdaptiveOptions { RelativeTolerance = 0.0 }));
        Refused("have not arrived", () => AdaptiveFlowSampler.Run(
            model, edm, network, request, new AdaptiveOptions { MostSteps = 2 }));
        Refused("count", () => AdaptiveFlowSampler.Run(model, edm, network, new HostRequest { Count = 0 }));
        Refused("start", () => AdaptiveFlowSampler.Run(model, edm, network, request with { Start = [1.0] }));
        Refused("snr", () => BatchPredictorCorrector.Run(model, edm, network, request, snr: 0.0));
        Refused("corrector steps", () => PredictorCorrectorSampler.Create(model, edm, correctorSteps: 0));
        Refused("step size", () => MalaSampler.Run(model, 1.0, network, request, 5, -1.0));
        Refused("churn", () => EdmSampler.Create(model, edm, new EdmChurn(-1.0)));
    }

    private static void Refused(string reason, Func<object> create) =>
        Assert.Contains(reason, Assert.Throws<InputException>(create).Message, StringComparison.Ordinal);
}
