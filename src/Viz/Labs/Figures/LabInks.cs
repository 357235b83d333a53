using ScoreGpu.Engine.Distributions;

namespace ScoreGpu.Viz.Labs.Figures;

/// <summary>One colour for one thing in every figure of the labs.</summary>
internal static class LabInks
{
    /// <summary>Densities and data.</summary>
    public static Ink Density => Ink.Blue;

    /// <summary>Centres of the data, and the direction to them.</summary>
    public static Ink Centre => Ink.Orange;

    /// <summary>What a model says.</summary>
    public static Ink Implied => Ink.Violet;

    /// <summary>What is known exactly.</summary>
    public static Ink Exact => Ink.Green;

    /// <summary>Points.</summary>
    public static Ink Points => Ink.Slate;

    /// <summary>The centres of a mixture of the plane.</summary>
    public static Points Centres(GaussianMixture mixture) => Viz.Points.Of(
        [.. Enumerable.Range(0, mixture.ComponentCount).Select(k => (mixture.Mean(k)[0], mixture.Mean(k)[1]))]);
}
