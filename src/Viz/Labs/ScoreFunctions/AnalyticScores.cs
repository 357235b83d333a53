using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Distributions;

namespace ScoreGpu.Viz.Labs.ScoreFunctions;

/// <summary>Exercise 1: the scores of three densities on the line, and where they are zero.</summary>
/// <param name="Cases">N(0, 1), N(3, 2²) and the mixture.</param>
/// <param name="Valley">The mixture's zero between its peaks.</param>
/// <param name="Midpoint">The middle between the two peaks.</param>
/// <param name="ShieldExact">The mixture's score at <see cref="ShieldAt"/>.</param>
/// <param name="ShieldDamped">The same with <see cref="Shield"/> added to the density that divides.</param>
/// <param name="ShieldOnePercent">Left of this place the added constant changes the score by more than 1 %.</param>
internal sealed record AnalyticScores(
    IReadOnlyList<ScoreCase> Cases,
    double Valley,
    double Midpoint,
    double ShieldExact,
    double ShieldDamped,
    double ShieldOnePercent)
{
    /// <summary>Both axes of the plots reach this far.</summary>
    public const double Reach = 8;

    /// <summary>A small constant that is often added to p in ∇p/p against a division by zero.</summary>
    public const double Shield = 1e-10;

    /// <summary>Where its effect is shown.</summary>
    public const double ShieldAt = -Reach;

    /// <summary>The mixture.</summary>
    public ScoreCase Mixture => Cases[^1];

    /// <summary>How many times steeper the score of N(0, 1) is than that of N(3, 2²).</summary>
    public double SlopeRatio => Cases[0].Zeros[0].Slope / Cases[1].Zeros[0].Slope;

    /// <summary>How far the mixture's outer peaks are from the means of its components.</summary>
    public IReadOnlyList<double> PeakShifts =>
    [
        Math.Abs(Mixture.Zeros[0].X - Mixture.Density.Mean(0)[0]),
        Math.Abs(Mixture.Zeros[^1].X - Mixture.Density.Mean(1)[0]),
    ];

    /// <summary>The share of the way between the peaks where the score points away from the nearer one.</summary>
    public double Contested => Math.Abs(Midpoint - Valley) / (Mixture.Zeros[^1].X - Mixture.Zeros[0].X);

    /// <summary>Computes everything.</summary>
    public static AnalyticScores Compute()
    {
        GaussianMixture mixture = NamedMixtures.TwoPeaks1D;
        ScoreCase[] cases =
        [
            ScoreCase.Of("standard_normal", "N(0, 1)", Normal(0, 1)),
            ScoreCase.Of("shifted_normal", "N(3, σ = 2)", Normal(3, 2)),
            ScoreCase.Of("mixture", "0.5·N(−2, σ = 0.8) + 0.5·N(3, σ = 1)", mixture),
        ];
        double[] peaks = [.. cases[^1].Zeros.Where(zero => zero.IsPeak).Select(zero => zero.X)];
        double density = mixture.Density([ShieldAt]);
        double score = cases[^1].ScoreAt(ShieldAt);

        // p/(p + c) = 0.99 where p = 99c.
        double onePercent = ZeroCrossings.Find(
            x => mixture.LogDensity([x]) - Math.Log(99 * Shield), ShieldAt, mixture.Mean(0)[0])[0];
        return new AnalyticScores(
            cases,
            cases[^1].Zeros.First(zero => !zero.IsPeak).X,
            0.5 * (peaks[0] + peaks[^1]),
            score,
            score * density / (density + Shield),
            onePercent);
    }

    private static GaussianMixture Normal(double mean, double std) =>
        new([1.0], [[mean]], [new[,] { { std * std } }]);
}

/// <summary>A density on the line with the zeros of its score.</summary>
/// <param name="Key">Its name in the results.</param>
/// <param name="Title">Its formula.</param>
/// <param name="Density">The density.</param>
/// <param name="Zeros">Every zero crossing of the score within the plots, in ascending order.</param>
internal sealed record ScoreCase(
    string Key, string Title, GaussianMixture Density, IReadOnlyList<ScoreZero> Zeros)
{
    /// <summary>Finds the zeros of a density's score.</summary>
    public static ScoreCase Of(string key, string title, GaussianMixture density)
    {
        // The ends are set apart by an odd number, lest a zero fall on a node of the search.
        IReadOnlyList<double> zeros =
            ZeroCrossings.OfScore(density, -AnalyticScores.Reach - 0.0123, AnalyticScores.Reach + 0.0456);
        return new ScoreCase(key, title, density, [.. zeros.Select(x => ScoreZero.At(density, x))]);
    }

    /// <summary>The score at a place.</summary>
    public double ScoreAt(double x) => Density.Scores([x])[0];
}

/// <summary>A place where a score is zero.</summary>
/// <param name="X">The place.</param>
/// <param name="IsPeak">Whether the score falls through zero there, as at a peak of the density.</param>
/// <param name="Density">p there.</param>
/// <param name="Slope">The derivative of the score there.</param>
internal sealed record ScoreZero(double X, bool IsPeak, double Density, double Slope)
{
    /// <summary>Describes the zero at a place.</summary>
    public static ScoreZero At(GaussianMixture density, double x)
    {
        double slope = density.ScoreDivergence([x]);
        return new ScoreZero(x, slope < 0, density.Density([x]), slope);
    }
}
