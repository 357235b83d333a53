namespace ScoreGpu.Viz.Labs.ScoreFunctions.Text;

/// <summary>The option that makes a command draw the lab's numbers.</summary>
internal static class SeedOption
{
    /// <summary>The option with a space before it; nothing for the default.</summary>
    public static string Of(ulong seed) => seed == 0
        ? ""
        : " --seed " + seed.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
