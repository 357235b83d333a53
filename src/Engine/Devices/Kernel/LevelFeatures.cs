using ScoreGpu.Engine.Networks;

namespace ScoreGpu.Engine.Devices.Kernel;

/// <summary>What the tower is fed: the level's row of the learned table, or ln(σ + 1e-8).</summary>
internal static class LevelFeatures
{
    /// <summary>The features of each level, [levels, features].</summary>
    /// <param name="conditioning">How the level enters.</param>
    /// <param name="embedding">The learned table E, [steps, width]; empty where there is none.</param>
    /// <param name="conditions">The levels.</param>
    public static float[] Of(TimeConditioning conditioning, ReadOnlySpan<float> embedding, ReadOnlySpan<float> conditions)
    {
        if (conditioning is not LearnedEmbedding learned)
        {
            return Logarithms(conditions);
        }

        float[] features = new float[checked(conditions.Length * learned.Width)];
        for (int n = 0; n < conditions.Length; n++)
        {
            embedding.Slice((int)conditions[n] * learned.Width, learned.Width).CopyTo(features.AsSpan(n * learned.Width));
        }

        return features;
    }

    /// <summary>ln(σ + 1e-8) of each level.</summary>
    public static float[] Logarithms(ReadOnlySpan<float> sigmas)
    {
        float[] features = new float[sigmas.Length];
        for (int n = 0; n < features.Length; n++)
        {
            features[n] = (float)Math.Log(sigmas[n] + LogSigmaEmbedding.Offset);
        }

        return features;
    }
}
