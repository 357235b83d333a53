namespace ScoreGpu.Kernels;

/// <summary>
/// Turns two uniform words into two independent standard normals:
/// z₀ = √(−2 ln u)·cos θ, z₁ = √(−2 ln u)·sin θ, with u = r·2⁻³² + 2⁻³³ and θ = 2π·r′·2⁻³².
/// </summary>
/// <remarks>
/// The reference in double: u lies in (0, 1), so the logarithm is finite, and |z| ≤ √(66 ln 2) ≈ 6.76.
/// Box and Muller, "A note on the generation of random normal deviates", 1958, equation (1).
/// </remarks>
public static class BoxMuller
{
    private const double WordToUnit = 1.0 / 4294967296.0;

    /// <summary>Returns the pair of normals that belongs to two words.</summary>
    /// <param name="radiusWord">The word r that gives the radius.</param>
    /// <param name="angleWord">The word r′ that gives the angle.</param>
    public static (double Z0, double Z1) Transform(uint radiusWord, uint angleWord)
    {
        double u = (radiusWord + 0.5) * WordToUnit;
        double radius = Math.Sqrt(-2.0 * Math.Log(u));
        (double sin, double cos) = Math.SinCos(2.0 * Math.PI * (angleWord * WordToUnit));
        return (radius * cos, radius * sin);
    }
}
