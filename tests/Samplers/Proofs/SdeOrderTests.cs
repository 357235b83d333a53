using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Kernels;

namespace ScoreGpu.Tests.Samplers.Proofs;

/// <summary>Euler–Maruyama with the exact score of N(0, 0.25), where every row is linear and moments are
/// exact.</summary>
public sealed class SdeOrderTests
{
    private static readonly VpProcess Process = new();
    private static readonly SamplerModel Model = new(Process, Prediction.Score);

    [Fact]
    public void Weak_error_is_the_published_one()
    {
        Assert.Equal(0.2500824581, ExactEndVariance(), 5e-11);
        Assert.Equal(0.2504424607, EndVariance(1000), 5e-11);
    }

    [Fact]
    public void Weak_order_is_one()
    {
        double exact = ExactEndVariance();
        double slope = Math.Log2((EndVariance(500) - exact) / (EndVariance(4000) - exact)) / 3.0;
        Assert.Equal(1.0, slope, 0.05);
    }

    [Fact]
    public void Sampling_agrees_within_four_standard_errors()
    {
        const int Count = 4000;
        var program = EulerMaruyamaSampler.Create(Model, Grid(1000, 1e-3));
        double[] start = new double[Count];
        for (int i = 0; i < Count; i++)
        {
            NormalDraws.Fill(5, (uint)i, 0, PhiloxStreams.InitialState, start.AsSpan(i, 1));
        }

        double[] ends = GaussianFlow.Run(program, Model, start, seed: 5);
        double variance = ends.Sum(x => x * x) / Count;
        Assert.Equal(0.2504424607, variance, 4.0 * 0.2504424607 * Math.Sqrt(2.0 / Count));
        Assert.Equal(0.0, ends.Average(), 4.0 * Math.Sqrt(0.25 / Count));
    }

    // The same Brownian path in steps of all sizes: the noise of a long step is the sum of that of its parts.
    [Fact]
    public void Strong_order_is_one_where_the_noise_is_additive()
    {
        const int Paths = 400;
        const int Finest = 8192;
        double[] coarse = new double[2];
        int[] sizes = [64, 512];
        double[] z = new double[Finest];
        for (int path = 0; path < Paths; path++)
        {
            NormalDraws.Fill(9, (uint)path, 0, PhiloxStreams.SamplerNoise, z);
            double reference = Follow(Finest, z);
            for (int k = 0; k < 2; k++)
            {
                coarse[k] += Math.Abs(Follow(sizes[k], z) - reference) / Paths;
            }
        }

        Assert.Equal(1.0, Math.Log2(coarse[0] / coarse[1]) / 3.0, 0.1);
        Assert.InRange(coarse[1], 1e-5, 1e-2);
    }

    // DDPM's steps are those of the VP process for β(t)/T: the schedule's α at step t is that of the time (t + 1)/T.
    [Fact]
    public void Ddpm_tends_to_the_VP_process_with_order_one()
    {
        double[] marginal = [Marginal(200), Marginal(1600)];
        double[] coefficient = [Coefficient(200), Coefficient(1600)];
        Assert.Equal(1.0, Math.Log2(marginal[0] / marginal[1]) / 3.0, 0.1);

        // One ancestral step and one Euler–Maruyama step of the same length differ at second order.
        Assert.Equal(2.0, Math.Log2(coefficient[0] / coefficient[1]) / 3.0, 0.15);

        static DdpmSchedule Schedule(int steps) => new(steps, 0.1 / steps, 20.0 / steps);

        static double Marginal(int steps)
        {
            var schedule = Schedule(steps);
            return Enumerable.Range(0, steps).Max(
                t => Math.Abs(schedule.Alpha(t) - Process.Alpha((t + 1.0) / steps)));
        }

        static double Coefficient(int steps)
        {
            var schedule = Schedule(steps);
            int t = (steps / 2) - 1;
            var ancestral = DdpmSampler.Create(schedule).Rows[steps - 1 - t].Exact.X;
            var grid = TimeGrid.Of(Process, [0.5, 0.5 - (1.0 / steps)], endsAtData: false);
            var model = new SamplerModel(Process, Prediction.Epsilon);
            var euler = EulerMaruyamaSampler.Create(model, grid).Rows[0].Exact.X;
            return Math.Abs(ancestral.X - euler.X) + Math.Abs(ancestral.Output - euler.Output);
        }
    }

    // Stationary variance of x ← (1 − η/s²)·x + √(2η)·z for N(0, s²): s²/(1 − η/(2s²)).
    [Theory]
    [InlineData(LangevinConvention.Full, 0.02)]
    [InlineData(LangevinConvention.Half, 0.04)]
    public void Langevins_bias_is_of_the_order_of_its_step(LangevinConvention convention, double stepSize)
    {
        var model = new SamplerModel(new FixedNoiseProcess(0.0), Prediction.Score);
        var program = LangevinSampler.Create(model, 0.0, 2000, stepSize, convention: convention);
        double variance = 9.0;
        foreach (var row in program.Rows)
        {
            double carried = row.Exact.X.X - (row.Exact.X.Output / GaussianFlow.DataVariance);
            variance = (carried * carried * variance) + (row.Exact.X.Noise * row.Exact.X.Noise);
        }

        Assert.Equal(GaussianFlow.DataVariance / (1.0 - (0.02 / (2.0 * GaussianFlow.DataVariance))), variance, 1e-12);
    }

    private static TimeGrid Grid(int steps, double last) =>
        TimeGrid.Create(Process, TimeSpacing.Uniform, steps, endsAtData: false, 1.0, last);

    // The start N(0, 1) is not quite the marginal at t = 1; what it has too much shrinks by the regression of x_t on
    // x_1.
    private static double ExactEndVariance()
    {
        double first = GaussianFlow.Variance(Process, 1.0);
        double last = GaussianFlow.Variance(Process, 1e-3);
        double regression = Process.Alpha(1.0) / Process.Alpha(1e-3) * last / first;
        return last + (regression * regression * (1.0 - first));
    }

    private static double EndVariance(int steps)
    {
        var grid = Grid(steps, 1e-3);
        double variance = 1.0;
        for (int i = 0; i < steps; i++)
        {
            var x = EulerMaruyamaRow(grid, i);
            variance = (x.Carried * x.Carried * variance) + (x.Noise * x.Noise);
        }

        return variance;
    }

    private static double Follow(int steps, double[] z)
    {
        var grid = Grid(steps, 0.1);
        int parts = z.Length / steps;
        double x = 1.0;
        for (int i = 0; i < steps; i++)
        {
            double sum = 0.0;
            for (int k = i * parts; k < (i + 1) * parts; k++)
            {
                sum += z[k];
            }

            var row = EulerMaruyamaRow(grid, i);
            x = (row.Carried * x) + (row.Noise * sum / Math.Sqrt(parts));
        }

        return x;
    }

    private static readonly Dictionary<(int Steps, double Last), (double Carried, double Noise)[]> Tables = [];

    // The score is −x/v(t), so a row is one factor of x.
    private static (double Carried, double Noise) EulerMaruyamaRow(TimeGrid grid, int i)
    {
        var key = (grid.Steps, grid.Times[^1]);
        lock (Tables)
        {
            if (!Tables.TryGetValue(key, out var table))
            {
                var program = EulerMaruyamaSampler.Create(Model, grid);
                table = [.. program.Rows.Select(row => (
                    row.Exact.X.X - (row.Exact.X.Output / GaussianFlow.Variance(Process, row.Condition)),
                    row.Exact.X.Noise))];
                Tables.Add(key, table);
            }

            return table[i];
        }
    }
}
