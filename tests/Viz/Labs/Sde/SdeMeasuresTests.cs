using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Samplers.Host;
using ScoreGpu.Kernels;
using ScoreGpu.Viz.Labs.Sde;

namespace ScoreGpu.Tests.Viz.Labs.Sde;

/// <summary>The lab's own measures against closed forms.</summary>
public sealed class SdeMeasuresTests
{
    [Fact]
    public void The_slope_of_a_power_is_its_exponent()
    {
        double[] x = [1, 2, 4, 8];

        Assert.Equal(-1.5, LogSlope.Of(x, x.Select(value => 7 * Math.Pow(value, -1.5))), 1e-12);
        Assert.Equal(2.0, LogSlope.Of(x, [3, 12, 48, double.NaN]), 1e-12);
        Assert.Equal(double.NaN, LogSlope.Of(x, [1, 0, 0, 0]));
    }

    [Fact]
    public void One_gaussian_has_one_zero_at_its_mean()
    {
        GaussianMixture density = new([1.0], [[0.7, -1.2]], [new[,] { { 0.5, 0.2 }, { 0.2, 0.4 } }]);

        CriticalPoint zero = Assert.Single(CriticalPoints.Find(density, 3.0));

        Assert.Equal(CriticalKind.Peak, zero.Kind);
        Assert.Equal(0.7, zero.X, 1e-10);
        Assert.Equal(-1.2, zero.Y, 1e-10);
    }

    [Fact]
    public void The_zeros_of_a_product_are_the_pairs_of_zeros()
    {
        // p(x, y) = q(x)q(y) with q of two equal peaks: tanh(μx/v) = x/μ at 0 and at ±m.
        const double Half = 1.2;
        const double Variance = 0.5;
        GaussianMixture density = GaussianMixture.Isotropic(
            [[-Half, -Half], [-Half, Half], [Half, -Half], [Half, Half]], Math.Sqrt(Variance));
        double m = Half;
        for (int i = 0; i < 200; i++)
        {
            m = Half * Math.Tanh(Half * m / Variance);
        }

        IReadOnlyList<CriticalPoint> zeros = CriticalPoints.Find(density, 3.0);

        double[] along = [-m, 0, m];
        Assert.Equal(9, zeros.Count);
        for (int i = 0; i < 9; i++)
        {
            Assert.Equal(along[i % 3], zeros[i].X, 1e-9);
            Assert.Equal(along[i / 3], zeros[i].Y, 1e-9);
            int middles = (i % 3 == 1 ? 1 : 0) + (i / 3 == 1 ? 1 : 0);
            Assert.Equal((CriticalKind)middles, zeros[i].Kind);
        }
    }

    [Fact]
    public void The_peaks_merge_where_the_formula_says()
    {
        ScoreProperties properties = ScoreProperties.Measure(QuickSdeLab.Settings, 3);

        Assert.Equal(9, Zeros(properties.MergingTime - 0.002));
        Assert.Equal(1, Zeros(properties.MergingTime + 0.002));

        static int Zeros(double t) => CriticalPoints
            .Find(SdeProcesses.At(SdeProcesses.Plane, SdeProcesses.Vp, t), 3.0).Count;
    }

    [Fact]
    public void The_information_of_a_gaussian_is_its_precision()
    {
        GaussianMixture density = new([1.0], [[0.0, 1.0]], [new[,] { { 0.5, 0.2 }, { 0.2, 0.4 } }]);
        double determinant = (0.5 * 0.4) - (0.2 * 0.2);
        double[] precision = [0.4 / determinant, -0.2 / determinant, 0.5 / determinant];

        ScoreMoments moments = ScoreMoments.Measure(0.0, 0.0, density, 20_000, 9);

        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(precision[i], moments.Curvatures[i].Value, 1e-9);
            Assert.InRange(
                (moments.Products[i].Value - precision[i]) / moments.Products[i].StandardError, -4, 4);
        }

        Assert.InRange(moments.LargestDeviation, 0, 4);
    }

    [Fact]
    public void Tweedies_errors_of_a_gaussian_are_the_posterior_variance()
    {
        // x₀ ~ N(1, 2²): the posterior's variance is v·σ²/(α²v + σ²), and the best line is the formula.
        GaussianMixture data = new([1.0], [[1.0]], [new[,] { { 4.0 } }]);
        const double Time = 0.3;
        double alpha = SdeProcesses.Vp.Alpha(Time);
        double variance = SdeProcesses.Vp.Sigma(Time) * SdeProcesses.Vp.Sigma(Time);
        double posterior = 4 * variance / ((alpha * alpha * 4) + variance);

        TweedieStudy study = TweedieStudy.Measure(data, SdeProcesses.Vp, Time, 20_000, (1, 2));

        Assert.InRange((study.Formula.Value - posterior) / study.Formula.StandardError, -4, 4);
        Assert.Equal(study.Formula.Value, study.Linear.Value, 1e-9);
        Assert.InRange((study.FromFisher.Value - posterior) / study.FromFisher.StandardError, -4, 4);
        Assert.InRange(
            (study.Rescaled.Value - (variance / (alpha * alpha))) / study.Rescaled.StandardError, -4, 4);
        Assert.InRange(study.MeanSquaredDeviation, 0, 1 + (5 * study.ErrorOfMeanSquaredDeviation));
    }

    [Fact]
    public void Simulated_variances_are_those_of_the_formula()
    {
        SdeSettings settings = new() { ForwardPaths = 2000, ForwardSteps = 400 };
        foreach ((string name, ContinuousProcess process) in SdeProcesses.Three(settings))
        {
            ForwardStudy study = ForwardStudy.Measure(name, process, settings, 4);

            // Beside chance, Euler–Maruyama errs by at most βh/4 = 1.3 %; VE's noise grows by 1.7 % a step.
            Assert.All(study.Variances, row => Assert.InRange(
                row.Measured - row.OfData,
                (-4 * row.StandardError) - (0.02 * row.OfData),
                (4 * row.StandardError) + (0.02 * row.OfData)));
        }
    }

    [Fact]
    public void The_width_of_true_clusters_is_one()
    {
        PointSet truth = new(SdeProcesses.Plane.Sample(20_000, 6), 20_000, 2);
        PointSet wide = new(
            GaussianMixture.Isotropic([[-2.0, -2.0], [2.0, 2.0]], 0.36).Sample(20_000, 6), 20_000, 2);

        Assert.InRange(ClusterWidth.Of(truth), 0.985, 1.015);
        Assert.InRange(ClusterWidth.Of(wide), 1.18, 1.22);
    }

    [Fact]
    public void Fresh_probes_estimate_the_same_trace_with_other_directions()
    {
        SamplerModel model = new(SdeProcesses.Vp, Prediction.Epsilon);
        ExactNetwork exact = new(SdeProcesses.Plane, model);
        FreshProbes fresh = new(exact, 8);
        double[] point = [0.6, -0.4];
        double[] trace = new double[1];
        exact.Divergence(point, [0.35], trace);
        double[] vector = [0.5, 2.0];
        double[] estimates = new double[4000];
        double[] product = new double[2];
        for (int i = 0; i < estimates.Length; i++)
        {
            fresh.JacobianVector(point, [0.35], vector, product);
            estimates[i] = (vector[0] * product[0]) + (vector[1] * product[1]);
        }

        // Each call is uᵀJu for the next Gaussian u of the stream.
        double[] u = new double[2];
        NormalDraws.Fill(8, 0, 0, PhiloxStreams.Probes, u);
        exact.JacobianVector(point, [0.35], u, product);
        Assert.Equal((u[0] * product[0]) + (u[1] * product[1]), estimates[0], 1e-9);
        double mean = estimates.Average();
        double error = Math.Sqrt(estimates.Average(value => (value - mean) * (value - mean)) / estimates.Length);
        Assert.InRange((mean - trace[0]) / error, -4, 4);
    }

    [Fact]
    public void Residuals_of_true_equations_fall_with_the_square_of_the_spacing()
    {
        FokkerPlanckStudy study = FokkerPlanckStudy.Measure(0.25, [0.2, 0.1, 0.05]);

        Assert.All(
            (string[])["forward_sde", "probability_flow", "reverse_sde"],
            key => Assert.InRange(study[key].Order, 1.9, 2.1));
        Assert.True(study["flow_without_half"].Rows[^1].Residual > 0.5);
        Assert.True(study["reverse_sde_as_printed"].Rows[^1].Residual > 0.5);
    }
}
