using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;

namespace ScoreGpu.Tests.Samplers.Proofs;

/// <summary>Every solver of the probability-flow ODE against the exact flow of Gaussian data.</summary>
public sealed class OdeOrderTests
{
    public static TheoryData<string> Solvers => [.. GaussianFlow.Solvers];

    // 64 Karras intervals from 80 to 0.002, and the order from 64 to 1024 of them.
    [Theory]
    [InlineData("euler", 4.343e-2, 1)]
    [InlineData("ddim", 4.343e-2, 1)]
    [InlineData("heun", 3.555e-3, 2)]
    [InlineData("edm", 3.555e-3, 2)]
    [InlineData("dpm-solver++2m", 3.688e-3, 2)]
    [InlineData("dpm-solver-2", 2.065e-3, 2)]
    [InlineData("rk4", 4.898e-6, 4)]
    public void Errors_and_orders_under_the_EDM_ODE_are_the_published_ones(string solver, double error, double order)
    {
        EdmProcess process = new();
        double coarse = GaussianFlow.Error(solver, process, Grid(process, TimeSpacing.Karras, 64));
        double fine = GaussianFlow.Error(solver, process, Grid(process, TimeSpacing.Karras, 1024));

        Assert.Equal(error, coarse, 0.01 * error);
        Assert.Equal(order, Math.Log2(coarse / fine) / 4.0, 0.1);
    }

    [Theory]
    [InlineData("euler", 1)]
    [InlineData("ddim", 1)]
    [InlineData("heun", 2)]
    [InlineData("edm", 2)]
    [InlineData("dpm-solver++2m", 2)]
    [InlineData("dpm-solver-2", 2)]
    [InlineData("rk4", 4)]
    public void Orders_hold_for_every_process(string solver, double order)
    {
        ContinuousProcess[] processes =
            [new VpProcess(), new SubVpProcess(), new VeProcess(0.1, 5.0), new CosineProcess(), new FlowProcess()];
        foreach (var process in processes)
        {
            // Away from t = 0, where the slope of sigma(t) is infinite for some, so that few steps show the order. On
            // other intervals the leading terms of one method and process or another happen to cancel.
            double last = process.TimeRange.End * 0.3;
            double first = process.TimeRange.End * 0.9;
            var coarse = TimeGrid.Create(process, TimeSpacing.LogSnr, 64, endsAtData: false, first, last);
            var fine = TimeGrid.Create(process, TimeSpacing.LogSnr, 512, endsAtData: false, first, last);
            double slope = Math.Log2(
                GaussianFlow.Error(solver, process, coarse) / GaussianFlow.Error(solver, process, fine)) / 3.0;
            Assert.True(Math.Abs(slope - order) < 0.1, $"{solver} on {process.Name}: slope {slope}");
        }
    }

    [Theory]
    [MemberData(nameof(Solvers))]
    public void Encoding_has_the_order_of_sampling_and_comes_back(string solver)
    {
        VpProcess process = new();
        var grid = TimeGrid.Create(process, TimeSpacing.LogSnr, 256, endsAtData: false, 1.0, 1e-3);
        double forth = GaussianFlow.Error(solver, process, grid.Reversed());
        double back = GaussianFlow.Error(solver, process, grid);
        double limit = solver switch { "euler" or "ddim" => 0.05, "rk4" => 1e-6, _ => 2e-3 };
        Assert.InRange(forth, 0.0, limit);
        Assert.InRange(back, 0.0, limit);

        var model = new SamplerModel(process, Prediction.Epsilon);
        double[] data = [-0.7, 0.1, 0.5, 1.3];
        double[] codes = GaussianFlow.Run(GaussianFlow.Create(solver, model, grid.Reversed()), model, data);
        double[] returned = GaussianFlow.Run(GaussianFlow.Create(solver, model, grid), model, codes);
        for (int i = 0; i < data.Length; i++)
        {
            Assert.Equal(data[i], returned[i], 2.0 * limit * Math.Abs(data[i]));
        }
    }

    [Theory]
    [MemberData(nameof(Solvers))]
    public void The_prediction_does_not_matter(string solver)
    {
        VpProcess process = new();
        var grid = TimeGrid.Create(process, TimeSpacing.Quadratic, 20, endsAtData: true);
        double[] ends = [.. process.KnownPredictions.Select(predicts =>
        {
            var model = new SamplerModel(process, predicts);
            return GaussianFlow.Run(GaussianFlow.Create(solver, model, grid), model, [0.8])[0];
        })];
        Assert.All(ends, end => Assert.Equal(ends[0], end, 1e-9));
    }

    // In x̄ = x/α and σ̄ = σ/α the flow is dx̄/dσ̄ = ε, and DDIM is Euler's step of it, to rounding, at any step size;
    // in t it is another method, and the two differ at second order.
    [Fact]
    public void Ddim_is_Eulers_method_in_the_scaled_variables_and_not_in_t()
    {
        VpProcess process = new();
        var model = new SamplerModel(process, Prediction.Epsilon);
        double worstScaled = 0.0;
        List<double> differences = [];
        foreach (double h in new[] { 0.1, 0.05, 0.025, 0.0125 })
        {
            var grid = TimeGrid.Of(process, [0.6, 0.6 - h], endsAtData: false);
            double ddim = GaussianFlow.Run(DdimSampler.Create(model, grid), model, [1.0])[0];
            double euler = GaussianFlow.Run(EulerSampler.Create(model, grid), model, [1.0])[0];
            differences.Add(Math.Abs(ddim - euler));

            var (alpha, sigma) = (process.Alpha(0.6), process.Sigma(0.6));
            var (nextAlpha, nextSigma) = (process.Alpha(0.6 - h), process.Sigma(0.6 - h));
            double epsilon = sigma / GaussianFlow.Variance(process, 0.6);
            double scaled = nextAlpha * ((1.0 / alpha) + (((nextSigma / nextAlpha) - (sigma / alpha)) * epsilon));
            worstScaled = Math.Max(worstScaled, Math.Abs(scaled - ddim));
        }

        Assert.InRange(worstScaled, 0.0, 1e-14);
        Assert.InRange(differences[0], 0.01, 0.1);
        Assert.Equal(2.0, Math.Log2(differences[0] / differences[^1]) / 3.0, 0.15);
    }

    // x_s = (α_s/α_t)·x_t − α_s·∫ e^(−λ)·ε dλ with ε held: the integral is exact (arXiv:2206.00927, equation (3.4)).
    [Fact]
    public void Ddim_is_the_exponential_integrator_of_the_flow()
    {
        VpProcess process = new();
        var model = new SamplerModel(process, Prediction.Epsilon);
        var grid = TimeGrid.Create(process, TimeSpacing.Uniform, 10, endsAtData: false);
        var program = DdimSampler.Create(model, grid);
        for (int i = 0; i < program.Rows.Count; i++)
        {
            var (t, s) = (grid.Times[i], grid.Times[i + 1]);
            double from = 0.5 * process.LogSnr(t);
            double to = 0.5 * process.LogSnr(s);

            // Simpson's rule for the integral of e^(−λ).
            const int Parts = 2000;
            double h = (to - from) / Parts;
            double integral = 0.0;
            for (int k = 0; k <= Parts; k++)
            {
                integral += (k == 0 || k == Parts ? 1 : k % 2 == 1 ? 4 : 2) * h / 3.0 * Math.Exp(-(from + (k * h)));
            }

            var row = program.Rows[i].Exact;
            double ofState = row.X.X + (row.X.Denoised * row.DenoisedX);
            double ofOutput = row.X.Output + (row.X.Denoised * row.DenoisedOutput);
            Assert.Equal(process.Alpha(s) / process.Alpha(t), ofState, 1e-12);
            Assert.Equal(-process.Alpha(s) * integral, ofOutput, 1e-9);
        }
    }

    // The straight path: where σ = t and α = 1 − t, DDIM and Euler in t are the same method.
    [Fact]
    public void Ddim_is_Eulers_method_on_the_straight_path()
    {
        FlowProcess process = new();
        var model = new SamplerModel(process, Prediction.Velocity);
        var grid = TimeGrid.Of(process, [1.0, 0.7, 0.4, 0.15, 0.0], endsAtData: false);
        var (ddim, euler) = (DdimSampler.Create(model, grid), EulerSampler.Create(model, grid));
        for (int i = 0; i < ddim.Rows.Count; i++)
        {
            var row = ddim.Rows[i].Exact;
            Assert.Equal(
                euler.Rows[i].Exact.X.Output, row.X.Output + (row.X.Denoised * row.DenoisedOutput), 1e-14);
            Assert.Equal(1.0, row.X.X + (row.X.Denoised * row.DenoisedX), 1e-14);
        }
    }

    private static TimeGrid Grid(EdmProcess process, TimeSpacing spacing, int intervals) =>
        TimeGrid.Create(process, spacing, intervals, endsAtData: false);
}
