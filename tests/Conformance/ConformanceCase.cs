using System.Collections.Concurrent;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Verification.Reference;
using ScoreGpu.Kernels;

namespace ScoreGpu.Tests.Conformance;

/// <summary>A network, points and conditions, with what the float64 reference says of them, worked out once.</summary>
internal sealed class ConformanceCase
{
    private static readonly ConcurrentDictionary<string, Lazy<ConformanceCase>> Made = new();

    private ConformanceCase(string name)
    {
        string[] parts = name.Split(' ');
        int batch = Number(parts[0]);
        int dimension = Number(parts[1]);
        var conditioning = Conditioning(parts[4]);
        var architecture = new NetworkArchitecture(dimension, Number(parts[2]), Number(parts[3]), conditioning)
        {
            Activation = ActivationOf(parts),
        };
        Network = Network.Create(architecture, 42);
        for (int i = 0; i < Network.Values.Length; i++)
        {
            // Beyond the default initialisation, so that the activations leave their straight part.
            Network.Values[i] *= 1.5f;
        }

        var random = new Random(batch + (1000 * dimension));
        Points = Draw(random, batch * dimension);
        Vectors = Draw(random, batch * dimension);
        bool shared = parts[5] == "shared";
        Conditions = conditioning is NoConditioning
            ? []
            : [.. Enumerable.Range(0, shared ? 1 : batch).Select(_ => DrawCondition(random, conditioning))];
        Reference = new ReferenceNetwork(Network);
        Outputs = new double[Points.Length];
        JacobianVectors = new double[Points.Length];
        VectorJacobians = new double[Points.Length];
        Divergences = new double[batch];
        for (int n = 0; n < batch; n++)
        {
            double[] x = ReferenceObjective.Row(Points, n, dimension);
            double[] v = ReferenceObjective.Row(Vectors, n, dimension);
            double condition = Conditions.Length == 0 ? 0 : Conditions[Conditions.Length == 1 ? 0 : n];
            Reference.Evaluate(x, condition).CopyTo(Outputs, n * dimension);
            Reference.JacobianVector(x, condition, v).CopyTo(JacobianVectors, n * dimension);
            Reference.VectorJacobian(x, condition, v).CopyTo(VectorJacobians, n * dimension);
            double terms = 0;
            for (int d = 0; d < dimension; d++)
            {
                double term = Reference.JacobianVector(x, condition, Reference.Unit(d))[d];
                Divergences[n] += term;
                terms += Math.Abs(term);
            }

            DivergenceScale = Math.Max(DivergenceScale, terms);
        }
    }

    /// <summary>Batch, dimension, width, layers, conditioning (with its numbers), who shares a condition, and an activation
    /// other than silu.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "1 1 1 1 none -",
        "1 2 7 2 step:5:3 shared",
        "1 17 32 3 log-sigma:4 each",
        "63 1 32 4 none -",
        "63 3 65 1 step:100:32 each",
        "63 2 7 2 log-sigma:1 shared",
        "64 2 128 3 none -",
        "64 17 65 2 step:70:65 shared",
        "64 3 32 1 log-sigma:16 each",
        "65 3 1 4 none -",
        "65 1 65 3 step:1:1 each",
        "65 2 128 1 log-sigma:17 shared",
        "257 2 32 3 step:100:32 each",
        "257 17 7 2 none -",
        "257 2 128 3 step:300:128 each",
        "257 2 65 2 log-sigma:65 each",
        "257 1 128 2 none -",
        "65 4 16 2 log-sigma:15 each",
        "65 5 15 2 step:64:16 each",
        "65 6 64 2 none -",
        "65 200 20 1 none -",
        "65 3 33 2 none - tanh",
        "65 3 33 2 none - relu",
        "65 3 33 2 none - gelu",
        "257 2 65 3 step:20:17 each tanh",
        "64 5 32 2 log-sigma:9 each relu",
        "63 2 64 3 log-sigma:32 each gelu",
        "65 2 32 2 sinusoidal:16:24 each",
        "65 1 16 2 sinusoidal:2:1 shared tanh",
        "257 3 20 2 fourier:30:17 each gelu",
        "63 2 33 1 fourier-log:64:64 each",
        "63 32 33 2 none -",
        "65 63 32 2 none -",
        "64 64 65 2 log-sigma:8 each",
        "65 65 64 1 none - gelu",
        "257 100 20 2 none - tanh",
    ];

    public Network Network { get; }

    public ReferenceNetwork Reference { get; }

    public float[] Points { get; }

    public float[] Vectors { get; }

    public float[] Conditions { get; }

    public double[] Outputs { get; }

    public double[] JacobianVectors { get; }

    public double[] VectorJacobians { get; }

    public double[] Divergences { get; }

    /// <summary>The largest Σ |∂f_d/∂x_d|: the terms of a divergence may cancel.</summary>
    public double DivergenceScale { get; }

    public static ConformanceCase Get(string name) =>
        Made.GetOrAdd(name, key => new Lazy<ConformanceCase>(() => new ConformanceCase(key))).Value;

    public static TimeConditioning Conditioning(string text)
    {
        string[] parts = text.Split(':');
        return parts[0] switch
        {
            "step" => new LearnedEmbedding(Number(parts[1]), Number(parts[2])),
            "log-sigma" => new LogSigmaEmbedding(Number(parts[1])),
            "sinusoidal" => new SinusoidalEmbedding(Number(parts[1]), Number(parts[2]), 1000, TimeInput.Time),
            "fourier" => FourierEmbedding.Draw(Number(parts[1]), Number(parts[2]), 1, TimeInput.Time, 4, 17),
            "fourier-log" =>
                FourierEmbedding.Draw(Number(parts[1]), Number(parts[2]), 0.25, TimeInput.LogSigma, 4, 18),
            _ => new NoConditioning(),
        };
    }

    /// <summary>The seventh word of a case's name, silu where there is none.</summary>
    public static Activation ActivationOf(string[] parts) =>
        parts.Length > 6 ? Activations.Parse(parts[6]) : Activation.Silu;

    public static float[] Draw(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => (float)((6 * random.NextDouble()) - 3))];

    public static float DrawCondition(Random random, TimeConditioning conditioning) =>
        conditioning switch
        {
            LearnedEmbedding learned => random.Next(learned.Steps),
            TimeFeatures { Input: TimeInput.Time } => (float)random.NextDouble(),
            _ => (float)Math.Exp((8 * random.NextDouble()) - 5),
        };

    private static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
