using ScoreGpu.Engine.Metrics;

namespace ScoreGpu.Viz.Labs.Sde;

/// <summary>When a distance between samples counts as a difference.</summary>
internal static class ClearDifference
{
    /// <summary>Standard errors above 0: of the lab's many distances a few pass two by chance.</summary>
    public const double StandardErrors = 3;

    /// <summary>A distance over how far it scatters between equals.</summary>
    public static double Deviation(TwoSampleEstimate distance) => distance.Value / distance.NullError;

    /// <summary>Whether it shows a difference; a distance that is not finite does.</summary>
    public static bool IsShown(TwoSampleEstimate distance) => !(Deviation(distance) <= StandardErrors);
}
