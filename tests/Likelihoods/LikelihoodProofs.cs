using ScoreGpu.Engine;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Likelihoods;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Samplers.Host;
using ScoreGpu.Tests.Samplers.Proofs;

namespace ScoreGpu.Tests.Likelihoods;

/// <summary>ln p by the flow with the exact score, against the density itself.</summary>
public sealed class LikelihoodProofs
{
    private const int Count = 40;

    private static readonly GaussianMixture Gaussian =
        new([1.0], [[0.4, -0.3]], [new[,] { { 0.5, 0.2 }, { 0.2, 0.8 } }]);

    public static TheoryData<string, string> Processes
    {
        get
        {
            TheoryData<string, string> data = [];
            foreach (string process in new[] { "vp", "sub-vp", "ve", "cosine", "flow", "edm", "edm-preconditioned" })
            {
                data.Add(process, "gaussian");
                data.Add(process, "mixture");
            }

            return data;
        }
    }

    // The end of the way has the exact marginal's density here, so that what is tested is the flow and not the prior.
    [Theory]
    [MemberData(nameof(Processes))]
    public void Runge_Kutta_meets_the_density_to_a_ten_thousandth_of_a_nat(string name, string data)
    {
        var (process, grid) = Case(name, 200);
        var distribution = data == "gaussian" ? Gaussian : MixtureTarget.Data;
        foreach (var predicts in new[] { Prediction.Epsilon, Prediction.Score, Prediction.Denoised, Prediction.V })
        {
            var model = new SamplerModel(process, predicts);
            var program = LikelihoodProgram.Create(model, grid, FlowMethod.RungeKutta);
            double[] errors = Errors(program, process, grid, distribution, new ExactNetwork(distribution, model));
            Assert.True(errors.Max(Math.Abs) < 1e-4, $"{predicts}: off by up to {errors.Max(Math.Abs):g3} nats");
        }
    }

    [Theory]
    [MemberData(nameof(Processes))]
    public void Adaptive_steps_meet_the_density(string name, string data)
    {
        var (process, grid) = Case(name, 1);
        var distribution = data == "gaussian" ? Gaussian : MixtureTarget.Data;
        var model = new SamplerModel(process, Prediction.Denoised);
        double[] points = distribution.SampleDoubles(Count, 5);
        var options = new AdaptiveOptions { RelativeTolerance = 1e-7, AbsoluteTolerance = 1e-7 };
        var result = HostLikelihood.RunAdaptive(
            model,
            grid,
            new ExactNetwork(distribution, model),
            new HostRequest { Count = Count, Start = points },
            options: options);
        double[] errors = Differences(result, process, grid, distribution, points);
        Assert.True(errors.Max(Math.Abs) < 1e-4, $"off by up to {errors.Max(Math.Abs):g3} nats");
    }

    // Both signs are in print. Gaussian data have det Σ = 0.36; the flow is linear, and what ln p gains on it the same
    // for every point: ½·ln(det Σ_T/det Σ₀).
    [Fact]
    public void The_other_sign_of_the_trace_is_wrong_by_a_nat()
    {
        var (process, grid) = Case("vp", 200);
        var model = new SamplerModel(process, Prediction.Score);
        var program = LikelihoodProgram.Create(model, grid, FlowMethod.RungeKutta);
        double[] points = Gaussian.SampleDoubles(Count, 5);
        var result = HostLikelihood.Run(
            program, new ExactNetwork(Gaussian, model), new HostRequest { Count = Count, Start = points });
        double[] added = Differences(result, process, grid, Gaussian, points);
        double gain = 0.5 * Math.Log(Determinant(grid.Times[^1]) / Determinant(grid.Times[0]));
        Assert.InRange(gain, 0.5, 0.52);
        for (int n = 0; n < Count; n++)
        {
            double subtracted = added[n] - (2.0 * result.Changes[n]);
            Assert.Equal(gain, result.Changes[n], 1e-4);
            Assert.Equal(0.0, added[n], 1e-4);
            Assert.InRange(subtracted, -1.04, -1.0);
        }

        double Determinant(double time)
        {
            double[] covariance = [.. Gaussian.Noised(process.Alpha(time), process.Sigma(time)).Covariance(0)];
            return (covariance[0] * covariance[3]) - (covariance[1] * covariance[2]);
        }
    }

    [Theory]
    [InlineData(FlowMethod.Euler, 1, 200)]
    [InlineData(FlowMethod.Heun, 2, 200)]
    [InlineData(FlowMethod.RungeKutta, 4, 25)]
    public void The_error_falls_at_the_methods_order(FlowMethod method, int order, int steps)
    {
        double coarse = Worst(steps);
        double fine = Worst(2 * steps);
        Assert.Equal(order, Math.Log2(coarse / fine), 0.25);

        double Worst(int count)
        {
            var (process, grid) = Case("vp", count);
            var model = new SamplerModel(process, Prediction.Epsilon);
            var program = LikelihoodProgram.Create(model, grid, method);
            var network = new ExactNetwork(Gaussian, model);
            return Math.Sqrt(Errors(program, process, grid, Gaussian, network).Sum(error => error * error) / Count);
        }
    }

    [Theory]
    [InlineData(FlowMethod.Euler, 1)]
    [InlineData(FlowMethod.Heun, 2)]
    public void Discrete_steps_converge_as_they_grow_denser(FlowMethod method, int order)
    {
        double coarse = Worst(250);
        double fine = Worst(500);
        Assert.Equal(order, Math.Log2(coarse / fine), 0.3);
        Assert.True(method == FlowMethod.Euler || fine < 2e-3, $"off by {fine:g3} nats");

        double Worst(int count)
        {
            // The whole steps of one schedule, every second left out and not: what is solved stays the same.
            var process = new DdpmSchedule(1000);
            var grid = TimeGrid.Create(process, TimeSpacing.LogSnr, count, endsAtData: false, last: 20).Reversed();
            var model = new SamplerModel(process, Prediction.Epsilon);
            var program = LikelihoodProgram.Create(model, grid, method);
            var network = new ExactNetwork(Gaussian, model);
            return Math.Sqrt(Errors(program, process, grid, Gaussian, network).Sum(error => error * error) / Count);
        }
    }

    // A flow carries all of the prior's mass, whatever its field: here that of an exact score and a Gaussian prior.
    [Theory]
    [InlineData("vp")]
    [InlineData("flow")]
    [InlineData("edm")]
    public void The_density_integrates_to_one(string name)
    {
        const int Nodes = 81;
        const double High = 4.0;
        const double Cell = 2.0 * High / (Nodes - 1);
        var (process, grid) = Case(name, 60);
        var model = new SamplerModel(process, Prediction.Denoised);
        double[] points = new double[2 * Nodes * Nodes];
        for (int i = 0; i < Nodes * Nodes; i++)
        {
            points[2 * i] = -High + (Cell * (i % Nodes));
            points[(2 * i) + 1] = -High + (Cell * (i / Nodes));
        }

        var program = LikelihoodProgram.Create(model, grid, FlowMethod.RungeKutta);
        var result = HostLikelihood.Run(
            program,
            new ExactNetwork(MixtureTarget.Data, model),
            new HostRequest { Count = Nodes * Nodes, Start = points });
        Assert.Equal(1.0, result.Values.Sum(Math.Exp) * Cell * Cell, 1e-3);
    }

    [Theory]
    [InlineData(FlowMethod.Euler, 1, 200)]
    [InlineData(FlowMethod.Heun, 2, 100)]
    [InlineData(FlowMethod.RungeKutta, 4, 100)]
    public void Encoding_and_decoding_lead_back_to_the_start_at_the_methods_order(
        FlowMethod method, int order, int steps)
    {
        double coarse = Gap(steps);
        double fine = Gap(2 * steps);
        Assert.InRange(Math.Log2(coarse / fine), order - 0.3, order + 1.3);

        double Gap(int count)
        {
            var (process, grid) = Case("vp", count);
            var model = new SamplerModel(process, Prediction.Epsilon);
            var network = new ExactNetwork(MixtureTarget.Data, model);
            double[] points = MixtureTarget.Data.SampleDoubles(Count, 5);
            double[] ends = HostLikelihood.Run(
                LikelihoodProgram.Create(model, grid, method),
                network,
                new HostRequest { Count = Count, Start = points }).Ends;
            var back = grid.Reversed();
            var decode = method switch
            {
                FlowMethod.Euler => EulerSampler.Create(model, back),
                FlowMethod.Heun => HeunSampler.Create(model, back),
                _ => RungeKuttaSampler.Create(model, back),
            };
            double[] again = HostProgram.Run(
                decode, network, new HostRequest { Count = Count, Start = ends }).Points;
            return Math.Sqrt(points.Zip(again, (a, b) => (a - b) * (a - b)).Sum() / points.Length);
        }
    }

    [Fact]
    public void Programs_that_make_no_sense_are_refused()
    {
        var (process, grid) = Case("vp", 10);
        var model = new SamplerModel(process, Prediction.Epsilon);
        Names("the last time", () => LikelihoodProgram.Create(model, grid.Reversed(), FlowMethod.Euler));
        var ddpm = new DdpmSchedule(50);
        var steps = TimeGrid.Create(ddpm, TimeSpacing.Uniform, 10, endsAtData: false).Reversed();
        var discrete = new SamplerModel(ddpm, Prediction.Epsilon);
        Names("no time in between", () => LikelihoodProgram.Create(discrete, steps, FlowMethod.RungeKutta));
        Names("start", () => HostLikelihood.Run(
            LikelihoodProgram.Create(model, grid, FlowMethod.Euler),
            new ExactNetwork(Gaussian, model),
            new HostRequest { Count = 3 }));
        Names("probes", () => HostLikelihood.Run(
            LikelihoodProgram.Create(model, grid, FlowMethod.Euler),
            new ExactNetwork(Gaussian, model),
            new HostRequest { Count = 1, Start = [0.0, 0.0] },
            new TraceEstimator(-1)));

        static void Names(string what, Func<object> create) =>
            Assert.Contains(what, Assert.Throws<InputException>(create).Message, StringComparison.Ordinal);
    }

    internal static (ContinuousProcess Process, TimeGrid Grid) Case(string name, int steps)
    {
        ContinuousProcess process = name switch
        {
            "vp" => new VpProcess(),
            "sub-vp" => new SubVpProcess(),
            "ve" => new VeProcess(),
            "cosine" => new CosineProcess(),
            "flow" => new FlowProcess(),
            "edm" => new EdmProcess(),
            // σ_d is the mixture's deviation.
            _ => new PreconditionedEdmProcess(sigmaData: 2.0),
        };
        var spacing = ModelLikelihood.SpacingFor(process);
        return (process, TimeGrid.Create(process, spacing, steps, endsAtData: false).Reversed());
    }

    private static double[] Errors(
        LikelihoodProgram program,
        DiffusionProcess process,
        TimeGrid grid,
        GaussianMixture distribution,
        ITraceNetwork network)
    {
        double[] points = distribution.SampleDoubles(Count, 5);
        var result = HostLikelihood.Run(program, network, new HostRequest { Count = Count, Start = points });
        return Differences(result, process, grid, distribution, points);
    }

    private static double[] Differences(
        LogLikelihoods result, DiffusionProcess process, TimeGrid grid, GaussianMixture distribution, double[] points)
    {
        var first = Noised(grid.Times[0]);
        var last = Noised(grid.Times[^1]);
        double[] errors = new double[Count];
        for (int n = 0; n < Count; n++)
        {
            errors[n] = last.LogDensity(result.Ends.AsSpan(2 * n, 2)) + result.Changes[n]
                - first.LogDensity(points.AsSpan(2 * n, 2));
        }

        return errors;

        GaussianMixture Noised(double time) => distribution.Noised(process.Alpha(time), process.Sigma(time));
    }
}
