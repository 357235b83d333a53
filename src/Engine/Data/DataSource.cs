using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Files;
using ScoreGpu.Engine.Naming;

namespace ScoreGpu.Engine.Data;

/// <summary>What a data specification names: a distribution with a known density, or the points of a file.</summary>
public sealed class DataSource
{
    /// <summary>The points of a table that is drawn from a distribution, where nobody says otherwise.</summary>
    public const int UsualCount = 100_000;

    /// <summary>
    /// The index of the first point that is drawn to compare with; training tables have indices below.
    /// </summary>
    public const uint FirstReferencePoint = 0x8000_0000;

    private DataSource(string name, IDistribution? distribution, PointSet? points)
    {
        Name = name;
        Distribution = distribution;
        Points = points;
    }

    /// <summary>The specification.</summary>
    public string Name { get; }

    /// <summary>The distribution; null for a file of points.</summary>
    public IDistribution? Distribution { get; }

    /// <summary>The points; null for a distribution.</summary>
    public PointSet? Points { get; }

    /// <summary>The dimension D of a point.</summary>
    public int Dimension => Distribution?.Dimension ?? Points!.Dimension;

    /// <summary>
    /// Reads a specification: a name in <see cref="NamedDistributions"/>, a <see cref="MixtureFile"/>, or a
    /// <see cref="PointsFile"/>.
    /// </summary>
    /// <param name="spec"><c>two-moons</c>, … or <c>FILE.json</c>, <c>FILE.csv</c> or <c>FILE.npy</c>.</param>
    /// <exception cref="InputException">The name is unknown, or the file cannot be used.</exception>
    public static DataSource Parse(string spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (NamedDistributions.TryGet(spec, out IDistribution? named))
        {
            return new DataSource(spec, named, null);
        }

        // A path without an extension is more likely a mistyped name, and the message says what files may be.
        string extension = Path.GetExtension(spec);
        if (extension.Length == 0)
        {
            throw new InputException(
                $"'{spec}' is not a known data set; nearest: "
                + $"{string.Join(", ", NearestNames.Find(spec, NamedDistributions.Names))}, a mixture as .json, or points "
                + "as .csv or .npy file.");
        }

        return extension.Equals(MixtureFile.Extension, StringComparison.OrdinalIgnoreCase)
            ? new DataSource(spec, MixtureFile.Read(spec), null)
            : new DataSource(spec, null, PointsFile.Read(spec));
    }

    /// <summary>Draws points from the distribution.</summary>
    /// <param name="count">The number of points, at least 0.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="first">The index of the first point.</param>
    /// <exception cref="InvalidOperationException">The source is a file of points.</exception>
    public PointSet Draw(int count, ulong seed, uint first = 0)
    {
        IDistribution distribution = Distribution
            ?? throw new InvalidOperationException($"'{Name}' is a file of points, which are not drawn.");
        return new PointSet(distribution.Sample(count, seed, first), count, Dimension);
    }

    /// <summary>The source as a trainer takes it.</summary>
    /// <param name="count">
    /// The points of the table that is drawn from a distribution; null for the points of a file, for new points in every
    /// step of a mixture, and for <see cref="UsualCount"/> of any other.
    /// </param>
    /// <param name="order">How steps choose points from a table.</param>
    /// <param name="seed">The seed of the table.</param>
    /// <exception cref="InputException">A count is given for the points of a file.</exception>
    public TrainingData ForTraining(
        int? count = null, DrawOrder order = DrawOrder.Independent, ulong seed = 0)
    {
        if (Points is not null)
        {
            return count is null
                ? new PointSetData(Points, order)
                : throw InputException.For("the number of points", count, $"none beside a file, which has {Points.Count}");
        }

        return count is null && order == DrawOrder.Independent && Distribution is GaussianMixture mixture
            ? new MixtureData(mixture)
            : new PointSetData(Draw(count ?? UsualCount, seed), order);
    }
}
