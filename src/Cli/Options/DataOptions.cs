using System.CommandLine;
using ScoreGpu.Engine;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Distributions;

namespace ScoreGpu.Cli.Options;

/// <summary>The training data: where points come from, and how steps take them.</summary>
internal sealed class DataOptions
{
    private const string Shuffled = "shuffled";
    private const string Independent = "independent";
    private const string Standard = "standard";
    private const string None = "none";

    private readonly Option<int?> _count = NumberOption.OptionalWhole(
        "--data-count",
        $"Points of the table that is drawn once from a named set or a mixture. [default: {DataSource.UsualCount}; for "
        + "mixtures none, but new points in every step]");

    private readonly Option<string?> _order = NameOption.Create(
        "--data-order",
        "How steps take points from a table or file: independent of one another, or in shuffled epochs, every point once "
        + "an epoch (less noise in the gradient, where the table is small).",
        [Independent, Shuffled],
        Independent);

    private readonly Option<string?> _scale = NameOption.Create(
        "--data-scale",
        "standard: the points of a file get mean 0 and variance 1 in each dimension; the model keeps the scale, and "
        + "samples come out in the file's units. none: as they are, for files in units near 1. [default: standard for a "
        + "file of points]",
        [Standard, None],
        null);

    /// <summary><c>--data</c>.</summary>
    public Option<string?> Data { get; } = InputOption.Create(
        "--data", "The training data: " + DataText.Choices, "NAME|FILE.json|FILE.csv|FILE.npy", isRequired: true);

    /// <summary>All options, in the order of the help, but for <see cref="Data"/>.</summary>
    public IReadOnlyList<Option> Others => [_count, _order, _scale];

    /// <summary>Reads what was asked for.</summary>
    /// <param name="parsed">The arguments.</param>
    /// <param name="seed">The seed of a table.</param>
    /// <exception cref="InputException">The data cannot be used, or an option does not go with them.</exception>
    public (TrainingData Data, DataScale? Scale) Read(ParseResult parsed, ulong seed)
    {
        DataSource source = InputOption.Read(parsed, Data, DataSource.Parse);
        DrawOrder order = parsed.GetValue(_order) == Shuffled ? DrawOrder.Shuffled : DrawOrder.Independent;
        if (source.Points is not { } points)
        {
            string kind = source.Distribution is GaussianMixture ? "a mixture" : "a named data set";
            UnusedOptions.Refuse(parsed, $"{kind} as {Data.Name}", [_scale], []);
            return (source.ForTraining(parsed.GetValue(_count), order, seed), null);
        }

        UnusedOptions.Refuse(parsed, $"a file of points as {Data.Name}", [_count], []);
        if (parsed.GetValue(_scale) == None)
        {
            return (source.ForTraining(null, order, seed), null);
        }

        try
        {
            DataScale scale = DataScale.Of(points);
            PointSet scaled = new(scale.ToModel(points.Values), points.Count, points.Dimension);
            return (new PointSetData(scaled, order), scale);
        }
        catch (InputException exception)
        {
            throw new InputException($"{_scale.Name} {Standard}: {exception.Message}", exception);
        }
    }
}
