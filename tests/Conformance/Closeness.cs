namespace ScoreGpu.Tests.Conformance;

/// <summary>Compares a tensor with its float64 reference, relative to the reference's largest entry.</summary>
internal static class Closeness
{
    /// <summary>max |a − b| / max |b|; infinite where an entry is not finite.</summary>
    /// <param name="actual">a.</param>
    /// <param name="expected">b.</param>
    /// <param name="scale">Takes the place of max |b| where it is larger: the size of the terms that b sums.</param>
    public static double Error(ReadOnlySpan<float> actual, ReadOnlySpan<double> expected, double scale = 0)
    {
        Assert.Equal(expected.Length, actual.Length);
        double largest = scale;
        double error = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            double difference = Math.Abs(actual[i] - expected[i]);
            error = double.IsFinite(difference) ? Math.Max(error, difference) : double.PositiveInfinity;
            largest = Math.Max(largest, Math.Abs(expected[i]));
        }

        return error == 0 ? 0 : error / largest;
    }

    public static void Require(
        string what, ReadOnlySpan<float> actual, ReadOnlySpan<double> expected, double tolerance, double scale = 0)
    {
        double error = Error(actual, expected, scale);
        Assert.True(error <= tolerance, $"{what}: relative error {error:g3}, at most {tolerance:g3} expected");
    }
}
