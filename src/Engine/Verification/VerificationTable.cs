namespace ScoreGpu.Engine.Verification;

/// <summary>Collects the rows of a verification.</summary>
internal sealed class VerificationTable
{
    private readonly List<VerificationRow> _rows = [];

    /// <summary>The rows so far.</summary>
    public IReadOnlyList<VerificationRow> Rows => _rows;

    /// <summary>Compares a tensor.</summary>
    public void Add(string quantity, ReadOnlySpan<float> actual, ReadOnlySpan<double> expected, double tolerance)
    {
        double[] widened = new double[actual.Length];
        for (int i = 0; i < widened.Length; i++)
        {
            widened[i] = actual[i];
        }

        Add(quantity, widened, expected, tolerance);
    }

    /// <summary>Compares a tensor that was computed in double.</summary>
    public void Add(string quantity, ReadOnlySpan<double> actual, ReadOnlySpan<double> expected, double tolerance)
    {
        double largest = 0;
        double error = actual.Length == expected.Length ? 0 : double.PositiveInfinity;
        for (int i = 0; i < Math.Min(actual.Length, expected.Length); i++)
        {
            double difference = Math.Abs(actual[i] - expected[i]);
            error = Math.Max(error, double.IsFinite(difference) ? difference : double.PositiveInfinity);
            largest = Math.Max(largest, Math.Abs(expected[i]));
        }

        // A tensor of zeros has no scale: only zeros match it.
        _rows.Add(new VerificationRow(quantity, error == 0 ? 0 : error / largest, tolerance));
    }
}
