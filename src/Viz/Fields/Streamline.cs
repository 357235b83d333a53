namespace ScoreGpu.Viz.Fields;

/// <summary>A line that a field is tangent to, in the field's direction.</summary>
/// <param name="X">Abscissas, a step apart.</param>
/// <param name="Y">Ordinates.</param>
/// <param name="Gaps">How far each point is from the nearest other line; at most the separating distance.</param>
internal sealed record Streamline(double[] X, double[] Y, double[] Gaps)
{
    /// <summary>Points.</summary>
    public int Count => X.Length;
}
