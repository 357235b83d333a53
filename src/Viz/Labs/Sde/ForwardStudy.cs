using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Kernels;

namespace ScoreGpu.Viz.Labs.Sde;

/// <summary>One of the three processes: paths from the data to noise, and the variance along them.</summary>
/// <param name="Name">VP, VE or sub-VP.</param>
/// <param name="Process">The process.</param>
/// <param name="Shown">A few paths on the line, [paths][steps + 1], at even times.</param>
/// <param name="Variances">Formula and measurement at several times.</param>
internal sealed record ForwardStudy(
    string Name, ContinuousProcess Process, IReadOnlyList<double[]> Shown, IReadOnlyList<VarianceRow> Variances)
{
    private const int ShownPaths = 7;
    private const int ShownSteps = 400;
    private const int Rows = 10;

    /// <summary>Simulates a process forwards from the data of the line, by Euler–Maruyama with equal steps.</summary>
    public static ForwardStudy Measure(string name, ContinuousProcess process, SdeSettings settings, ulong seed)
    {
        GaussianMixture data = SdeProcesses.Line;
        int every = settings.ForwardSteps / Rows;
        int steps = every * Rows;
        double[] starts = data.SampleDoubles(settings.ForwardPaths, LabKeys.Of(seed, SdeDraw.ForwardData));
        double[][] states = [.. Enumerable.Range(0, Rows + 1).Select(_ => new double[starts.Length])];
        ulong key = LabKeys.Of(seed, SdeDraw.ForwardNoise);
        Parallel.For(0, starts.Length, i =>
        {
            double[] path = Path(process, starts[i], steps, key, (uint)i);
            for (int row = 0; row <= Rows; row++)
            {
                states[row][i] = path[row * every];
            }
        });
        double[] shown = data.SampleDoubles(ShownPaths, LabKeys.Of(seed, SdeDraw.ForwardShown));
        return new ForwardStudy(
            name,
            process,
            [
                .. shown.Select((start, i) => Path(
                    process, start, ShownSteps, LabKeys.Of(seed, SdeDraw.ForwardShown), (uint)i)),
            ],
            [.. states.Select((values, row) => VarianceRow.Of(process, (double)row / Rows, values))]);
    }

    /// <summary>One path of dx = f·x dt + g dw from t = 0 to 1.</summary>
    private static double[] Path(ContinuousProcess process, double start, int steps, ulong key, uint index)
    {
        double[] noise = new double[steps];
        NormalDraws.Fill(key, index, 0, PhiloxStreams.SamplerNoise, noise);
        double[] path = new double[steps + 1];
        path[0] = start;
        double h = 1.0 / steps;
        for (int i = 0; i < steps; i++)
        {
            double t = i * h;
            path[i + 1] = path[i] + (h * process.Drift(t) * path[i])
                + (process.Diffusion(t) * Math.Sqrt(h) * noise[i]);
        }

        return path;
    }
}

/// <summary>The variance of x_t at one time.</summary>
/// <param name="Time">t.</param>
/// <param name="Alpha">α(t).</param>
/// <param name="Sigma">σ(t).</param>
/// <param name="OfUnitData">α² + σ²: of data with variance 1.</param>
/// <param name="OfData">α²v + σ² of the data of the line; of VE less σ_min², as its SDE starts from clean data.</param>
/// <param name="Measured">The variance of the simulated paths.</param>
/// <param name="StandardError">The standard error of that: √((m₄ − m₂²)/N).</param>
internal sealed record VarianceRow(
    double Time, double Alpha, double Sigma, double OfUnitData, double OfData, double Measured, double StandardError)
{
    /// <summary>Measures at one time.</summary>
    public static VarianceRow Of(ContinuousProcess process, double time, double[] values)
    {
        (double alpha, double sigma) = (process.Alpha(time), process.Sigma(time));
        double first = process.Sigma(process.TimeRange.Start);
        double mean = values.Average();
        double second = values.Average(x => (x - mean) * (x - mean));
        double fourth = values.Average(x => Math.Pow(x - mean, 4));
        return new VarianceRow(
            time,
            alpha,
            sigma,
            (alpha * alpha) + (sigma * sigma),
            (alpha * alpha * (SdeProcesses.Variance(SdeProcesses.Line) - (first * first))) + (sigma * sigma),
            second * values.Length / (values.Length - 1.0),
            Math.Sqrt((fourth - (second * second)) / values.Length));
    }
}
