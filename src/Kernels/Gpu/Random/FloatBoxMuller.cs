namespace ScoreGpu.Kernels.Gpu;

/// <summary>
/// <see cref="BoxMuller"/> in float: z₀ = √(−2 ln u)·cos θ, z₁ = √(−2 ln u)·sin θ, with u = r·2⁻³² + 2⁻³³ and
/// θ = 2π·r′·2⁻³².
/// </summary>
/// <remarks>
/// A float near 1 has a spacing of 6·10⁻⁸, which is what −ln u is there, so small radii would lose every digit. Where
/// v = 1 − u is small, which the flipped word gives in full, −ln u is therefore 2 artanh(v / (2 − v)), by its series.
/// Box and Muller, "A note on the generation of random normal deviates", 1958, equation (1).
/// </remarks>
public static class FloatBoxMuller
{
    private const float WordToUnit = 2.3283064365386963e-10f;
    private const float HalfWord = 1.1641532182693481e-10f;
    private const float SignedWordToAngle = 1.4629180792671596e-9f;

    // Up to here five terms of the series are good to a float.
    private const float SmallUnit = 0.25f;

    /// <summary>Returns the pair of normals that belongs to two words.</summary>
    /// <param name="radiusWord">The word r that gives the radius.</param>
    /// <param name="angleWord">The word r′ that gives the angle.</param>
    public static (float Z0, float Z1) Transform(uint radiusWord, uint angleWord)
    {
        float radius = MathF.Sqrt(2f * MinusLog(radiusWord));

        // As a signed word the angle is in [−π, π), where a float resolves it twice as finely.
        float angle = (int)angleWord * SignedWordToAngle;
        return (radius * MathF.Cos(angle), radius * MathF.Sin(angle));
    }

    /// <summary>−ln u.</summary>
    private static float MinusLog(uint word)
    {
        float v = ((~word) * WordToUnit) + HalfWord;
        if (v < SmallUnit)
        {
            float s = v / (2f - v);
            float square = s * s;
            float series = 1f + (square * ((1f / 3f) + (square * (0.2f + (square * ((1f / 7f) + (square / 9f)))))));
            return 2f * s * series;
        }

        float u = (word * WordToUnit) + HalfWord;
        return -MathF.Log(u);
    }
}
