using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Samplers.Host;

namespace ScoreGpu.Tests.Samplers.Proofs;

/// <summary>With the exact score of a mixture every sampler reaches its distribution.</summary>
public sealed class DistributionTests
{
    private static readonly SamplerModel Vp = new(new VpProcess(), Prediction.Epsilon);

    public static TheoryData<string> Programs =>
    [
        "ddpm beta", "ddpm beta-tilde", "ddim", "ddim eta", "ddim all noise", "euler-maruyama", "predictor-corrector",
        "euler", "heun", "rk4", "dpm-solver-2", "dpm-solver++2m", "sde-dpm-solver++2m", "edm", "edm churn",
        "discrete ddpm", "discrete ddim", "discrete dpm-solver-2", "discrete dpm-solver++2m",
        "discrete sde-dpm-solver++2m", "discrete edm", "discrete predictor-corrector",
        "flow euler", "flow rk4", "flow edm", "sub-vp euler-maruyama", "ve euler-maruyama", "annealed-langevin",
    ];

    [Theory]
    [MemberData(nameof(Programs))]
    public void Programs_reach_the_data(string name)
    {
        var (model, program) = Create(name);
        MixtureTarget.AssertReached(name, MixtureTarget.Sample(program, model));
    }

    [Fact]
    public void The_batch_predictor_corrector_reaches_the_data_and_norms_a_sample_spread_it()
    {
        var grid = Grid(Vp, TimeSpacing.Uniform, 200);
        var network = new ExactNetwork(MixtureTarget.Data, Vp);
        var request = new HostRequest { Count = MixtureTarget.Count, Seed = 3 };
        var batch = BatchPredictorCorrector.Run(Vp, grid, network, request);
        MixtureTarget.AssertReached("batch mean", batch.Points);
        Assert.Equal(399, batch.MeanNfe);

        var single = BatchPredictorCorrector.Run(Vp, grid, network, request, CorrectorNorm.PerSample);
        double limit = MixtureTarget.Limit(MixtureTarget.Data);
        Assert.InRange(MixtureTarget.Distance(single.Points, MixtureTarget.Data), 2.0 * limit, 1.0);
    }

    [Fact]
    public void The_adaptive_solver_reaches_the_data()
    {
        var grid = TimeGrid.Of(Vp.Process, [1.0, 1e-3]);
        var result = AdaptiveFlowSampler.Run(
            Vp,
            grid,
            new ExactNetwork(MixtureTarget.Data, Vp),
            new HostRequest { Count = MixtureTarget.Count, Seed = 3 },
            new AdaptiveOptions { RelativeTolerance = 1e-3, AbsoluteTolerance = 1e-3 });
        MixtureTarget.AssertReached("rk45", result.Points);
    }

    // At five times on the way the samples of SDE and of ODE both belong to the noisy data.
    [Fact]
    public void Sde_and_ode_have_the_same_marginals_at_five_times()
    {
        const int Steps = 400;
        var process = (VpProcess)Vp.Process;
        var grid = TimeGrid.Create(process, TimeSpacing.Uniform, Steps, endsAtData: false);
        int[] stops = [100, 200, 280, 340, 380];
        foreach (var (program, rowsAStep) in new[]
        {
            (EulerMaruyamaSampler.Create(Vp, grid), 1), (HeunSampler.Create(Vp, grid), 2),
        })
        {
            Dictionary<int, double[]> states = [];
            HostProgram.Run(
                program,
                new ExactNetwork(MixtureTarget.Data, Vp),
                new HostRequest { Count = MixtureTarget.Count, Seed = 8 },
                (row, state) =>
                {
                    if ((row + 1) % rowsAStep == 0 && stops.Contains((row + 1) / rowsAStep))
                    {
                        states[(row + 1) / rowsAStep] = state.ToArray();
                    }
                });
            Assert.Equal(5, states.Count);
            foreach (var (stop, state) in states)
            {
                double t = grid.Times[stop];
                var noised = MixtureTarget.Data.Noised(process.Alpha(t), process.Sigma(t));
                double limit = MixtureTarget.Limit(noised);
                double distance = MixtureTarget.Distance(state, noised);
                Assert.True(Math.Abs(distance) <= limit, $"{program.Name} at {t}: {distance}; limit {limit}");
            }
        }
    }

    [Fact]
    public void A_sampler_that_does_not_sample_is_noticed()
    {
        var program = HeunSampler.Create(Vp, Grid(Vp, TimeSpacing.Uniform, 2));
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(
            () => MixtureTarget.AssertReached("two steps", MixtureTarget.Sample(program, Vp)));
    }

    private static (SamplerModel Model, StepProgram Program) Create(string name)
    {
        var steps = new SamplerModel(new DdpmSchedule(1000), Prediction.Epsilon);
        var flow = new SamplerModel(new FlowProcess(), Prediction.Velocity);
        var subVp = new SamplerModel(new SubVpProcess(), Prediction.Score);
        var ve = new SamplerModel(new VeProcess(), Prediction.Score);
        var edm = new SamplerModel(new EdmProcess(0.01, 10.0), Prediction.Score);
        return name switch
        {
            "ddpm beta" => (Vp, DdpmSampler.Create(Vp, Grid(Vp, TimeSpacing.Uniform, 300))),
            "ddpm beta-tilde" =>
                (Vp, DdpmSampler.Create(Vp, Grid(Vp, TimeSpacing.Uniform, 300), DdpmVariance.BetaTilde)),
            "ddim" => (Vp, DdimSampler.Create(Vp, Grid(Vp, TimeSpacing.Quadratic, 200))),
            "ddim eta" => (Vp, DdimSampler.Create(Vp, Grid(Vp, TimeSpacing.Quadratic, 200), 0.5)),
            "ddim all noise" => (Vp, DdimSampler.Create(Vp, Grid(Vp, TimeSpacing.Uniform, 300), 1.0, 8.0)),
            "euler-maruyama" => (Vp, EulerMaruyamaSampler.Create(Vp, Grid(Vp, TimeSpacing.Uniform, 400))),
            "predictor-corrector" => (Vp, PredictorCorrectorSampler.Create(Vp, Grid(Vp, TimeSpacing.Uniform, 200))),
            "euler" => (Vp, EulerSampler.Create(Vp, Grid(Vp, TimeSpacing.LogSnr, 200))),
            "heun" => (Vp, HeunSampler.Create(Vp, Grid(Vp, TimeSpacing.LogSnr, 40))),
            "rk4" => (Vp, RungeKuttaSampler.Create(Vp, Grid(Vp, TimeSpacing.LogSnr, 25))),
            "dpm-solver-2" => (Vp, DpmSolver2Sampler.Create(Vp, Grid(Vp, TimeSpacing.LogSnr, 30))),
            "dpm-solver++2m" => (Vp, DpmSolverPlusPlusSampler.Create(Vp, Grid(Vp, TimeSpacing.LogSnr, 40))),
            "sde-dpm-solver++2m" =>
                (Vp, DpmSolverPlusPlusSampler.Create(Vp, Grid(Vp, TimeSpacing.LogSnr, 80), addsNoise: true)),
            "edm" => (Vp, EdmSampler.Create(Vp, Grid(Vp, TimeSpacing.Karras, 40))),
            "edm churn" => (Vp, EdmSampler.Create(Vp, Grid(Vp, TimeSpacing.Karras, 60), new EdmChurn(15.0))),
            "discrete ddpm" => (steps, DdpmSampler.Create(steps, Grid(steps, TimeSpacing.Uniform, 250))),
            "discrete ddim" => (steps, DdimSampler.Create(steps, Grid(steps, TimeSpacing.Quadratic, 100))),
            "discrete dpm-solver-2" => (steps, DpmSolver2Sampler.Create(steps, Grid(steps, TimeSpacing.Quadratic, 22))),
            "discrete dpm-solver++2m" =>
                (steps, DpmSolverPlusPlusSampler.Create(steps, Grid(steps, TimeSpacing.LogSnr, 40))),
            "discrete sde-dpm-solver++2m" =>
                (steps, DpmSolverPlusPlusSampler.Create(steps, Grid(steps, TimeSpacing.LogSnr, 80), addsNoise: true)),
            "discrete edm" => (steps, EdmSampler.Create(steps, Grid(steps, TimeSpacing.Karras, 40))),
            "discrete predictor-corrector" =>
                (steps, PredictorCorrectorSampler.Create(steps, Grid(steps, TimeSpacing.Uniform, 200))),
            "flow euler" => (flow, EulerSampler.Create(flow, Grid(flow, TimeSpacing.Uniform, 200))),
            "flow rk4" => (flow, RungeKuttaSampler.Create(flow, Grid(flow, TimeSpacing.Uniform, 25))),
            "flow edm" => (flow, EdmSampler.Create(flow, Grid(flow, TimeSpacing.LogSnr, 50))),
            "sub-vp euler-maruyama" =>
                (subVp, EulerMaruyamaSampler.Create(subVp, Grid(subVp, TimeSpacing.Uniform, 400))),
            "ve euler-maruyama" => (ve, EulerMaruyamaSampler.Create(ve, Grid(ve, TimeSpacing.Uniform, 400))),
            "annealed-langevin" => (edm, AnnealedLangevinSampler.Create(
                edm, new GeometricNoiseLevels().Sigmas, 100, 2e-5, denoises: true)),
            _ => throw new ArgumentOutOfRangeException(nameof(name)),
        };
    }

    private static TimeGrid Grid(SamplerModel model, TimeSpacing spacing, int steps) =>
        TimeGrid.Create(model.Process, spacing, steps);
}
