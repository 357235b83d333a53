using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Files;
using ScoreGpu.Engine.Naming;

namespace ScoreGpu.Engine.Data;

/// <summary>Where training points come from: a mixture that is drawn from afresh, or a fixed set.</summary>
public abstract record TrainingData
{
    private protected TrainingData()
    {
    }

    /// <summary>The dimension D of a point.</summary>
    public abstract int Dimension { get; }

    /// <summary>Reads a specification: a name in <see cref="NamedMixtures"/>, or a .csv or .npy file.</summary>
    /// <param name="spec">
    /// <c>four-gaussians</c>, <c>two-gaussians</c>, <c>ring8</c>, … or <c>FILE.csv</c> or <c>FILE.npy</c>.
    /// </param>
    /// <exception cref="InputException">The name is unknown, or the file cannot be used.</exception>
    public static TrainingData Parse(string spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (NamedMixtures.TryGet(spec, out GaussianMixture? mixture))
        {
            return new MixtureData(mixture);
        }

        // A path without an extension is more likely a mistyped name, and the message says what files may be.
        if (Path.GetExtension(spec).Length == 0)
        {
            throw new InputException(
                $"'{spec}' is not a known data set; nearest: "
                + $"{string.Join(", ", NearestNames.Find(spec, NamedMixtures.Names))}, or a .csv or .npy file.");
        }

        return new PointSetData(PointsFile.Read(spec));
    }
}
