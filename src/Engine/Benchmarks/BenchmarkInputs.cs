namespace ScoreGpu.Engine.Benchmarks;

/// <summary>Points and vectors of a batch, drawn once a size and shared by all operations, which only read them.</summary>
internal sealed class BenchmarkInputs
{
    private readonly Dictionary<(int Length, int Purpose), float[]> _drawn = [];

    /// <summary>Numbers uniform on [−3, 3).</summary>
    /// <param name="length">How many.</param>
    /// <param name="purpose">Which of several draws.</param>
    public float[] Uniform(int length, int purpose = 0)
    {
        if (!_drawn.TryGetValue((length, purpose), out float[]? values))
        {
            var random = new Random(purpose);
            values = new float[length];
            for (int i = 0; i < length; i++)
            {
                values[i] = (6f * random.NextSingle()) - 3f;
            }

            _drawn.Add((length, purpose), values);
        }

        return values;
    }
}
