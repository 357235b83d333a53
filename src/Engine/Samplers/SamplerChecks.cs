namespace ScoreGpu.Engine.Samplers;

/// <summary>The checks of numbers that several samplers take.</summary>
internal static class SamplerChecks
{
    /// <summary>Checks the bound of x̂₀.</summary>
    /// <exception cref="InputException">It is not above 0.</exception>
    public static void RequireClip(double clip)
    {
        if (!(clip > 0.0))
        {
            throw InputException.For(nameof(clip), clip, "a number above 0, or infinity for none");
        }
    }

    /// <summary>Checks a number of steps.</summary>
    /// <exception cref="InputException">It is below 1.</exception>
    public static void RequireSteps(string name, int steps)
    {
        if (steps < 1)
        {
            throw InputException.For(name, steps, "at least 1");
        }
    }

    /// <summary>Checks a number that must be positive.</summary>
    /// <exception cref="InputException">It is not finite and above 0.</exception>
    public static void RequirePositive(string name, double value)
    {
        if (!(value > 0.0 && double.IsFinite(value)))
        {
            throw InputException.For(name, value, "a finite number above 0");
        }
    }

    /// <summary>Checks a number that must not be negative.</summary>
    /// <exception cref="InputException">It is not finite and at least 0.</exception>
    public static void RequireNotNegative(string name, double value)
    {
        if (!(value >= 0.0 && double.IsFinite(value)))
        {
            throw InputException.For(name, value, "a finite number of at least 0");
        }
    }
}
