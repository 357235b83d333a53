namespace ScoreGpu.Engine.Verification;

/// <summary>One quantity of a fixture, recomputed.</summary>
/// <param name="Quantity">What it is, by the fixture's tensor name.</param>
/// <param name="MaxRelativeError">max |a − b| / max |b| over the tensor, b the fixture's values; +∞ where a value is not
/// finite.</param>
/// <param name="Tolerance">The most that passes.</param>
public sealed record VerificationRow(string Quantity, double MaxRelativeError, double Tolerance)
{
    /// <summary>Whether the error is within the tolerance.</summary>
    public bool Passed => MaxRelativeError <= Tolerance;
}
