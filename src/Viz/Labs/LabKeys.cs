using System.Globalization;

namespace ScoreGpu.Viz.Labs;

/// <summary>Turns a lab's seed into the keys of its separate draws.</summary>
internal static class LabKeys
{
    /// <summary>The key of one purpose, and of one of several draws for it. Purpose 0 has the seed itself, so that the
    /// command line makes the same models.</summary>
    /// <typeparam name="TDraw">The lab's draws.</typeparam>
    /// <param name="seed">The lab's seed.</param>
    /// <param name="purpose">Which of the lab's draws; its number is in [0, 64).</param>
    /// <param name="index">Which of several.</param>
    public static ulong Of<TDraw>(ulong seed, TDraw purpose, int index = 0)
        where TDraw : struct, Enum =>
        // Any odd multiplier keeps the keys of different purposes apart; this one spreads them over all bits.
        unchecked(seed + ((Convert.ToUInt64(purpose, CultureInfo.InvariantCulture) + (64 * (ulong)index)) * 0x9E3779B97F4A7C15));
}
