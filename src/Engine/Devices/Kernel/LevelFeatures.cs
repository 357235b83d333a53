using ScoreGpu.Engine.Networks;

namespace ScoreGpu.Engine.Devices.Kernel;

/// <summary>What the tower is fed: the level's row of the learned table, or computed features.</summary>
internal static class LevelFeatures
{
    /// <summary>The features of each level, [levels, features].</summary>
    /// <param name="conditioning">How the level enters.</param>
    /// <param name="embedding">The learned table E, [steps, width]; empty where there is none.</param>
    /// <param name="conditions">The levels.</param>
    public static float[] Of(TimeConditioning conditioning, ReadOnlySpan<float> embedding, ReadOnlySpan<float> conditions)
    {
        if (conditioning is ComputedFeatures computed)
        {
            return Of(computed, conditions);
        }

        var learned = (LearnedEmbedding)conditioning;
        float[] features = new float[checked(conditions.Length * learned.Width)];
        for (int n = 0; n < conditions.Length; n++)
        {
            embedding.Slice((int)conditions[n] * learned.Width, learned.Width).CopyTo(features.AsSpan(n * learned.Width));
        }

        return features;
    }

    /// <summary>The computed features of each level, [levels, features].</summary>
    /// <param name="computed">What they are.</param>
    /// <param name="conditions">The levels.</param>
    public static float[] Of(ComputedFeatures computed, ReadOnlySpan<float> conditions)
    {
        int count = computed.FeatureCount;
        float[] features = new float[checked(conditions.Length * count)];
        for (int n = 0; n < conditions.Length; n++)
        {
            computed.Fill(conditions[n], features.AsSpan(n * count, count));
        }

        return features;
    }
}
