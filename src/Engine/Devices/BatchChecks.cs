using ScoreGpu.Engine.Networks;

namespace ScoreGpu.Engine.Devices;

/// <summary>The checks of a batch's shape that every device makes before it touches memory.</summary>
internal static class BatchChecks
{
    /// <summary>The number of points in an [N, D] batch.</summary>
    /// <exception cref="InputException">The length is not a multiple of D.</exception>
    public static int CountPoints(string name, int length, int dimension) =>
        length % dimension == 0
            ? length / dimension
            : throw InputException.For(name, $"{length} values", $"a multiple of the dimension, {dimension}");

    /// <summary>Checks that a batch has the length that goes with the others.</summary>
    /// <exception cref="InputException">It has not.</exception>
    public static void RequireLength(string name, long length, long expected)
    {
        if (length != expected)
        {
            throw InputException.For(name, $"{length} values", $"{expected} values");
        }
    }

    /// <summary>Checks the levels of a batch against the network's conditioning.</summary>
    /// <exception cref="InputException">Their number or one of their values does not fit.</exception>
    public static void RequireConditions(TimeConditioning conditioning, ReadOnlySpan<float> conditions, int count)
    {
        if (conditioning is NoConditioning)
        {
            return;
        }

        if (conditions.Length != 1 && conditions.Length != count)
        {
            throw InputException.For("conditions", $"{conditions.Length} values", $"1 value, or {count}");
        }

        foreach (float condition in conditions)
        {
            RequireCondition(conditioning, condition);
        }
    }

    /// <summary>Checks one level against the network's conditioning.</summary>
    /// <exception cref="InputException">It is out of range.</exception>
    public static void RequireCondition(TimeConditioning conditioning, float condition)
    {
        switch (conditioning)
        {
            case LearnedEmbedding learned
                when !(condition >= 0 && condition < learned.Steps && condition == MathF.Floor(condition)):
                throw InputException.For("time", condition, $"an integer from 0 to {learned.Steps - 1}");
            case LogSigmaEmbedding or TimeFeatures { Input: TimeInput.LogSigma }
                when !(float.IsFinite(condition) && condition >= 0):
                throw InputException.For("sigma", condition, "a number of at least 0");
            case TimeFeatures when !float.IsFinite(condition):
                throw InputException.For("time", condition, "a finite number");
        }
    }
}
