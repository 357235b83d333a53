using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Processes;

namespace ScoreGpu.Tests.Samplers.Proofs;

/// <summary>What every score obeys, by quadrature in one dimension: an independent route to each formula.</summary>
public sealed class ScoreIdentityTests
{
    private const double Edge = 60.0;

    private static readonly GaussianMixture Data = NamedMixtures.TwoPeaks1D;

    public static TheoryData<string> Names => ["vp", "sub-vp", "ve", "cosine", "flow", "edm"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Tweedies_formula_gives_the_posterior_mean(string name)
    {
        var process = Create(name);
        foreach (double t in Times(process))
        {
            double alpha = process.Alpha(t);
            double sigma = process.Sigma(t);
            var noised = Data.Noised(alpha, sigma);
            foreach (double x in new[] { -2.5, 0.1, 1.7 })
            {
                double Likelihood(double clean) =>
                    Data.Density([clean]) * Math.Exp(-0.5 * Math.Pow((x - (alpha * clean)) / sigma, 2.0));
                double mean = Integrate(clean => clean * Likelihood(clean), 12.0) / Integrate(Likelihood, 12.0);
                Assert.Equal(mean, process.DenoisedFromScore(x, Score(noised, x), t), 1e-7);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_score_has_mean_zero_and_the_Fisher_identity_holds(string name)
    {
        var process = Create(name);
        foreach (double t in Times(process))
        {
            var noised = Data.Noised(process.Alpha(t), process.Sigma(t));
            double mean = Integrate(x => noised.Density([x]) * Score(noised, x), Edge);
            double squares = Integrate(x => noised.Density([x]) * Math.Pow(Score(noised, x), 2.0), Edge);
            double divergence = Integrate(x => noised.Density([x]) * noised.ScoreDivergence([x]), Edge);
            Assert.Equal(0.0, mean, 1e-9);
            Assert.Equal(squares, -divergence, 1e-8 * squares);
        }
    }

    // ∂p/∂t + ∂(f·x·p)/∂x − ½g²·∂²p/∂x², and ∂p/∂t + ∂(v·p)/∂x with the ODE's velocity v: central differences of the
    // exact density leave a residual of second order in the mesh.
    [Theory]
    [MemberData(nameof(Names))]
    public void The_Fokker_Planck_equation_and_the_flows_continuity_equation_hold(string name)
    {
        var process = Create(name);
        foreach (double t in Times(process)[1..])
        {
            var coarse = Residuals(process, t, 0.1);
            var fine = Residuals(process, t, 0.025);
            Assert.Equal(2.0, Math.Log2(coarse.FokkerPlanck / fine.FokkerPlanck) / 2.0, 0.15);
            Assert.Equal(2.0, Math.Log2(coarse.Continuity / fine.Continuity) / 2.0, 0.15);
            Assert.InRange(fine.FokkerPlanck, 0.0, 2e-2 * fine.Size);
            Assert.InRange(fine.Continuity, 0.0, 2e-2 * fine.Size);
        }
    }

    private static (double FokkerPlanck, double Continuity, double Size) Residuals(
        ContinuousProcess process, double t, double mesh)
    {
        double scale = process.Sigma(t) + process.Alpha(t);
        double h = mesh * scale;
        double k = mesh * 0.2 * t;
        var now = Data.Noised(process.Alpha(t), process.Sigma(t));
        var before = Data.Noised(process.Alpha(t - k), process.Sigma(t - k));
        var after = Data.Noised(process.Alpha(t + k), process.Sigma(t + k));
        double fokkerPlanck = 0.0;
        double continuity = 0.0;
        double size = 0.0;
        for (double part = -4.0; part <= 4.0; part += 0.25)
        {
            double x = part * scale;
            double change = (after.Density([x]) - before.Density([x])) / (2.0 * k);
            double drift = process.Drift(t) * (((x + h) * P(x + h)) - ((x - h) * P(x - h))) / (2.0 * h);
            double spread = 0.5 * process.DiffusionSquared(t) * (P(x + h) - (2.0 * P(x)) + P(x - h)) / (h * h);
            double flow = (Flux(x + h) - Flux(x - h)) / (2.0 * h);
            fokkerPlanck = Math.Max(fokkerPlanck, Math.Abs(change + drift - spread));
            continuity = Math.Max(continuity, Math.Abs(change + flow));
            size = Math.Max(size, Math.Abs(drift) + Math.Abs(spread));
        }

        return (fokkerPlanck, continuity, size);

        double P(double x) => now.Density([x]);

        double Flux(double x) => process.FlowVelocity(x, Score(now, x), t) * P(x);
    }

    private static double Score(GaussianMixture mixture, double x)
    {
        Span<double> score = stackalloc double[1];
        mixture.Score([x], score);
        return score[0];
    }

    // The trapezoidal rule converges faster than any power for integrands that vanish at both ends.
    private static double Integrate(Func<double, double> f, double edge)
    {
        const int Nodes = 24_000;
        double h = 2.0 * edge / Nodes;
        double sum = 0.0;
        for (int i = 1; i < Nodes; i++)
        {
            sum += f(-edge + (i * h)) * h;
        }

        return sum;
    }

    private static ContinuousProcess Create(string name) => name switch
    {
        "vp" => new VpProcess(),
        "sub-vp" => new SubVpProcess(),
        "ve" => new VeProcess(0.05, 5.0),
        "cosine" => new CosineProcess(),
        "flow" => new FlowProcess(),
        _ => new EdmProcess(0.05, 5.0),
    };

    private static double[] Times(ContinuousProcess process) =>
        [.. new[] { 0.2, 0.45, 0.7 }.Select(part => part * process.TimeRange.End)];
}
