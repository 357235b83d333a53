using ScoreGpu.Engine;

namespace ScoreGpu.Cli.Output;

/// <summary>Refuses to hand on results that are not numbers.</summary>
internal static class FiniteValues
{
    /// <summary>Checks results before they are written.</summary>
    /// <param name="what">What they are, in the plural.</param>
    /// <param name="values">The values.</param>
    /// <param name="expected">What to try.</param>
    /// <exception cref="InputException">One is not finite.</exception>
    public static void Require(string what, float[] values, string expected)
    {
        int bad = values.Count(value => !float.IsFinite(value));
        if (bad > 0)
        {
            throw new InputException(
                $"{NumberText.Count(bad)} of {NumberText.Count(values.Length)} values of the {what} are not finite; "
                + $"expected none. {expected}");
        }
    }
}
