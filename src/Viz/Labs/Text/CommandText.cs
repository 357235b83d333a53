using System.Globalization;

namespace ScoreGpu.Viz.Labs.Text;

/// <summary>Numbers as commands take them.</summary>
internal static class CommandText
{
    /// <summary>The seed's option with a space before it; nothing where it is 0.</summary>
    public static string Seed(ulong seed) =>
        seed == 0 ? "" : " --seed " + seed.ToString(CultureInfo.InvariantCulture);

    /// <summary>A number without an exponent.</summary>
    public static string Plain(double value) => value.ToString("0.#######", CultureInfo.InvariantCulture);

    /// <summary>A learning rate, as in 3e-4.</summary>
    public static string Rate(double rate) => rate.ToString("0.#####e-0", CultureInfo.InvariantCulture);
}
