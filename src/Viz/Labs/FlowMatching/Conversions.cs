using ScoreGpu.Engine.Processes;
using ScoreGpu.Kernels;

namespace ScoreGpu.Viz.Labs.FlowMatching;

/// <summary>What becomes of an error when one prediction is turned into another at a time: q = a·x_t + b·p.</summary>
/// <param name="From">p.</param>
/// <param name="To">q.</param>
/// <param name="Time">t.</param>
/// <param name="Gain">|b|: an error δ of p becomes |b|·δ of q.</param>
/// <param name="RoundTripSingle">The largest |p″ − p| over points of p → q → p in single precision.</param>
/// <param name="RoundTripDouble">The same in double precision.</param>
internal sealed record ConversionCheck(
    Prediction From, Prediction To, double Time, double Gain, double RoundTripSingle, double RoundTripDouble);

/// <summary>Every conversion between noise, score, velocity, v and clean data, there and back.</summary>
/// <param name="Process">The process's name.</param>
/// <param name="Checks">Every pair at every time.</param>
internal sealed record Conversions(string Process, IReadOnlyList<ConversionCheck> Checks)
{
    /// <summary>The times.</summary>
    public static IReadOnlyList<double> Times { get; } =
        [0.001, 0.003, 0.01, 0.03, 0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 0.97, 0.99, 0.997, 0.999];

    /// <summary>What is converted.</summary>
    public static IReadOnlyList<Prediction> Quantities { get; } =
        [Prediction.Epsilon, Prediction.Score, Prediction.Velocity, Prediction.V, Prediction.Denoised];

    /// <summary>The pair and the time with the largest error in single precision.</summary>
    public ConversionCheck WorstSingle => Checks.MaxBy(check => check.RoundTripSingle)!;

    /// <summary>The pair and the time with the largest error in double precision.</summary>
    public ConversionCheck WorstDouble => Checks.MaxBy(check => check.RoundTripDouble)!;

    /// <summary>The checks of a pair, by time.</summary>
    public IReadOnlyList<ConversionCheck> Of(Prediction from, Prediction to) =>
        [.. Checks.Where(check => check.From == from && check.To == to)];

    /// <summary>Checks a process.</summary>
    /// <param name="process">The process.</param>
    /// <param name="clean">x₀, [N].</param>
    /// <param name="noise">ε, [N].</param>
    public static Conversions Measure(ContinuousProcess process, double[] clean, double[] noise)
    {
        List<ConversionCheck> checks = [];
        foreach (double t in Times)
        {
            foreach (Prediction from in Quantities)
            {
                foreach (Prediction to in Quantities.Where(to => to != from))
                {
                    checks.Add(Check(process, from, to, t, clean, noise));
                }
            }
        }

        return new Conversions(process.Name, checks);
    }

    private static ConversionCheck Check(
        ContinuousProcess process, Prediction from, Prediction to, double t, double[] clean, double[] noise)
    {
        (double a, double b) = process.Convert(from, to, t);
        (double back, double factor) = process.Convert(to, from, t);
        PredictionForm form = process.FormOf(from, t);
        (double alpha, double sigma) = (process.Alpha(t), process.Sigma(t));
        double single = 0.0;
        double twice = 0.0;
        for (int i = 0; i < clean.Length; i++)
        {
            double x = (alpha * clean[i]) + (sigma * noise[i]);
            double p = (form.Denoised * clean[i]) + (form.Epsilon * noise[i]);
            twice = Math.Max(twice, Math.Abs((back * x) + (factor * ((a * x) + (b * p))) - p));
            (float narrowX, float narrowP) = ((float)x, (float)p);
            float q = ((float)a * narrowX) + ((float)b * narrowP);
            float again = ((float)back * narrowX) + ((float)factor * q);
            single = Math.Max(single, Math.Abs((double)again - narrowP));
        }

        return new ConversionCheck(from, to, t, Math.Abs(b), single, twice);
    }

    /// <summary>Standard normals.</summary>
    public static double[] Normals(ulong seed, int count)
    {
        double[] values = new double[count];
        double[] pair = new double[2];
        for (int i = 0; i < count; i += 2)
        {
            NormalDraws.Fill(seed, (uint)i, 0, PhiloxStreams.InitialState, pair);
            values[i] = pair[0];
            if (i + 1 < count)
            {
                values[i + 1] = pair[1];
            }
        }

        return values;
    }
}
