using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Samplers.Host;

namespace ScoreGpu.Tests.Samplers;

/// <summary>EDM's preconditioning, from the paper's definition of D to programs that hold c_in·x.</summary>
public sealed class InputScalingTests
{
    private static readonly EdmPreconditioning Preconditioning = new(0.5);
    private static readonly EdmProcess Process = new();
    private static readonly GaussianMixture Data = GaussianMixture.Isotropic([[-1.0], [0.7]], 0.3);

    // D = c_skip·x + c_out·F, put into the form's definition.
    [Fact]
    public void The_form_is_the_papers_D()
    {
        foreach (double sigma in new[] { 0.002, 0.4, 3.0, 80.0 })
        {
            double total = (sigma * sigma) + 0.25;
            double skip = 0.25 / total;
            double scale = sigma * 0.5 / Math.Sqrt(total);
            const double Clean = 0.8;
            const double Epsilon = -1.3;
            double x = Clean + (sigma * Epsilon);
            var form = Preconditioning.Form(sigma);
            double output = (form.Denoised * Clean) + (form.Epsilon * Epsilon);
            Assert.Equal(Clean, (skip * x) + (scale * output), 1e-12 * (1.0 + Math.Abs(x)));
            Assert.Equal(sigma, EdmPreconditioning.SigmaAt(EdmPreconditioning.Condition(sigma)), 1e-12 * sigma);
        }
    }

    [Theory]
    [InlineData("edm")]
    [InlineData("edm churn")]
    [InlineData("rk4")]
    [InlineData("dpm-solver-2")]
    [InlineData("dpm-solver++2m")]
    [InlineData("sde-dpm-solver++2m")]
    public void A_scaled_program_gives_the_same_samples(string sampler)
    {
        var grid = TimeGrid.Create(Process, TimeSpacing.Karras, 12);
        var plain = new SamplerModel(Process, Prediction.Denoised);
        var inner = new ExactNetwork(Data, new SamplerModel(Process, Preconditioning.Form));
        var request = new HostRequest { Count = 20, Seed = 31 };
        var exact = new ExactNetwork(Data, plain);
        double[] expected = HostProgram.Run(Create(sampler, plain, grid), exact, request).Points;

        var program = Preconditioning.Scale(Create(sampler, Preconditioning.Describe(Process), grid));
        double[] actual = HostProgram.Run(program, new Preconditioned(inner), request).Points;
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-9);
        }
    }

    private static StepProgram Create(string sampler, SamplerModel model, TimeGrid grid) => sampler switch
    {
        "edm" => EdmSampler.Create(model, grid),
        "edm churn" => EdmSampler.Create(model, grid, new EdmChurn(4.0)),
        "rk4" => RungeKuttaSampler.Create(model, grid),
        "dpm-solver-2" => DpmSolver2Sampler.Create(model, grid),
        "dpm-solver++2m" => DpmSolverPlusPlusSampler.Create(model, grid),
        _ => DpmSolverPlusPlusSampler.Create(model, grid, addsNoise: true),
    };

    // F as a preconditioned network is: it sees c_in·x and is told c_noise.
    private sealed class Preconditioned(ExactNetwork inner) : IBatchNetwork
    {
        public int Dimension => 1;

        public void Evaluate(ReadOnlySpan<double> points, ReadOnlySpan<double> conditions, Span<double> outputs)
        {
            double sigma = EdmPreconditioning.SigmaAt(conditions[0]);
            double[] states = [.. points.ToArray().Select(x => x / Preconditioning.Input(sigma))];
            inner.Evaluate(states, [sigma], outputs);
        }
    }
}
