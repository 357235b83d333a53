namespace ScoreGpu.Engine.Data;

/// <summary>Where training points come from: a mixture that is drawn from afresh, or a fixed set.</summary>
public abstract record TrainingData
{
    private protected TrainingData()
    {
    }

    /// <summary>The dimension D of a point.</summary>
    public abstract int Dimension { get; }

    /// <summary>Reads a specification as <see cref="DataSource.Parse"/> does, and takes the usual draws from it.</summary>
    /// <param name="spec">A name in <see cref="NamedDistributions"/>, or a file.</param>
    /// <exception cref="InputException">The name is unknown, or the file cannot be used.</exception>
    public static TrainingData Parse(string spec) => DataSource.Parse(spec).ForTraining();
}
