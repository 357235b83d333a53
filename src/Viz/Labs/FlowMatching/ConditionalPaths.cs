using ScoreGpu.Engine.Processes;

namespace ScoreGpu.Viz.Labs.FlowMatching;

/// <summary>The paths x_t = α(t)·x₀ + σ(t)·ε between independent data and noise, which training draws points of.</summary>
/// <param name="Process">The process's name.</param>
/// <param name="Shape">Their shape in t, from t = 0 to 1.</param>
/// <param name="ScaledBend">The same <see cref="PathShape.Bend"/> of x_t/α over the distance between its ends.</param>
/// <param name="Example">One path, [F, 2].</param>
internal sealed record ConditionalPaths(string Process, PathShape Shape, double ScaledBend, double[] Example)
{
    /// <summary>The data point of the example.</summary>
    public static IReadOnlyList<double> ExampleClean { get; } = [3.0, 1.0];

    /// <summary>The noise of the example.</summary>
    public static IReadOnlyList<double> ExampleNoise { get; } = [-1.0, 2.0];

    /// <summary>The time of the example.</summary>
    public const double ExampleTime = 0.3;

    /// <summary>x_t of the example on the straight path.</summary>
    public static IReadOnlyList<double> ExampleState { get; } =
        [.. ExampleClean.Zip(ExampleNoise, (x0, epsilon) => ((1.0 - ExampleTime) * x0) + (ExampleTime * epsilon))];

    /// <summary>The velocity ε − x₀ of the example.</summary>
    public static IReadOnlyList<double> ExampleVelocity { get; } =
        [.. ExampleClean.Zip(ExampleNoise, (x0, epsilon) => epsilon - x0)];

    private const int Frames = 201;

    // x/α needs α > 0, and the straight path ends with none.
    private const double ScaledEnd = 0.99;

    /// <summary>Measures the paths of a process between pairs.</summary>
    /// <param name="process">α and σ for t from 0 to 1.</param>
    /// <param name="clean">x₀, [N, 2].</param>
    /// <param name="noise">ε, [N, 2].</param>
    public static ConditionalPaths Measure(ContinuousProcess process, float[] clean, float[] noise)
    {
        int count = clean.Length / 2;
        double[] x0 = Array.ConvertAll(clean, value => (double)value);
        double[] epsilon = Array.ConvertAll(noise, value => (double)value);
        double[] times = Column.Even(0.0, process.TimeRange.End, Frames).Values;
        double[] scaledTimes = Column.Even(0.0, ScaledEnd * process.TimeRange.End, Frames).Values;
        PathShape scaled = PathShape.Of(
            States(scaledTimes, x0, epsilon, t => (1.0, process.Sigma(t) / process.Alpha(t))), scaledTimes, count);
        double scaledLength = 0.0;
        for (int i = 0; i < epsilon.Length; i += 2)
        {
            double ratio = process.Sigma(scaledTimes[^1]) / process.Alpha(scaledTimes[^1]);
            scaledLength += ratio * Math.Sqrt((epsilon[i] * epsilon[i]) + (epsilon[i + 1] * epsilon[i + 1])) / count;
        }

        return new ConditionalPaths(
            process.Name,
            PathShape.Of(States(times, x0, epsilon, Levels), times, count),
            scaled.Bend / scaledLength,
            States(times, [.. ExampleClean], [.. ExampleNoise], Levels));

        (double Alpha, double Sigma) Levels(double t) => (process.Alpha(t), process.Sigma(t));
    }

    private static double[] States(
        double[] times, double[] clean, double[] noise, Func<double, (double Alpha, double Sigma)> levels)
    {
        double[] states = new double[times.Length * clean.Length];
        for (int k = 0; k < times.Length; k++)
        {
            (double alpha, double sigma) = levels(times[k]);
            for (int i = 0; i < clean.Length; i++)
            {
                states[(k * clean.Length) + i] = (alpha * clean[i]) + (sigma * noise[i]);
            }
        }

        return states;
    }
}
