using System.Text.Json;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Files;

namespace ScoreGpu.Engine.Data;

/// <summary>Mixtures of Gaussians as JSON files.</summary>
/// <remarks>
/// One object, of K components in D dimensions:
/// <list type="bullet">
/// <item><description><c>means</c>, K lists of D numbers;</description></item>
/// <item><description><c>weights</c>, K positive numbers, divided by their sum; equal where left out;</description></item>
/// <item><description>either <c>standard_deviations</c>, K entries, each a number (the same in every direction) or D
/// numbers (one an axis),</description></item>
/// <item><description>or <c>covariances</c>, K lists of D lists of D numbers, symmetric and positive definite.
/// </description></item>
/// </list>
/// As in <c>{"weights": [0.8, 0.2], "means": [[5, 5], [-5, -5]], "standard_deviations": [1, [0.5, 2]]}</c>. No other
/// fields. Errors name the field, counted from 0, its value and what was expected.
/// </remarks>
public static class MixtureFile
{
    /// <summary>The extension of such a file.</summary>
    public const string Extension = ".json";

    private const string Means = "means";
    private const string Weights = "weights";
    private const string Deviations = "standard_deviations";
    private const string Covariances = "covariances";
    private const int LongestShown = 40;

    private static readonly JsonDocumentOptions Format = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">The file is missing or does not describe a mixture.</exception>
    public static GaussianMixture Read(string path) => Parse(InputFile.ReadAllBytes(path), path);

    /// <summary>Reads a file's bytes.</summary>
    /// <param name="bytes">UTF-8 text.</param>
    /// <param name="name">What errors call the file.</param>
    /// <exception cref="InputException">The text does not describe a mixture.</exception>
    public static GaussianMixture Parse(ReadOnlyMemory<byte> bytes, string name)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(bytes, Format);
        }
        catch (JsonException exception)
        {
            throw new InputException($"'{name}' is not JSON: {exception.Message}", exception);
        }

        using (document)
        {
            try
            {
                return ReadMixture(document.RootElement);
            }
            catch (InputException exception)
            {
                throw new InputException($"'{name}': {exception.Message}", exception);
            }
        }
    }

    private static GaussianMixture ReadMixture(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw Wrong("the file", root, $"an object with {Means} and {Deviations} or {Covariances}");
        }

        foreach (JsonProperty field in root.EnumerateObject())
        {
            if (field.Name is not (Means or Weights or Deviations or Covariances))
            {
                throw InputException.For(
                    "a field", field.Name, $"one of {Means}, {Weights}, {Deviations}, {Covariances}");
            }
        }

        double[][] means = [.. Items(Required(root, Means), Means).Select((mean, k) => Numbers(mean, $"{Means}[{k}]"))];
        if (means.Length == 0)
        {
            throw InputException.For(Means, "[]", "at least one list of numbers");
        }

        double[] weights = root.TryGetProperty(Weights, out JsonElement given)
            ? Numbers(given, Weights)
            : [.. Enumerable.Repeat(1.0, means.Length)];
        return new GaussianMixture(weights, means, ReadCovariances(root, means));
    }

    private static double[][,] ReadCovariances(JsonElement root, double[][] means)
    {
        bool hasDeviations = root.TryGetProperty(Deviations, out JsonElement deviations);
        bool hasCovariances = root.TryGetProperty(Covariances, out JsonElement covariances);
        if (hasDeviations == hasCovariances)
        {
            throw new InputException(
                $"{Deviations} and {Covariances} are {(hasDeviations ? "both" : "neither")} given; expected one of the "
                + "two.");
        }

        int dimension = means[0].Length;
        string field = hasDeviations ? Deviations : Covariances;
        JsonElement[] entries = Items(hasDeviations ? deviations : covariances, field);
        if (entries.Length != means.Length)
        {
            throw InputException.For($"the length of {field}", entries.Length, $"{means.Length}, one a mean");
        }

        return hasDeviations
            ? [.. entries.Select((entry, k) => Diagonal(entry, $"{Deviations}[{k}]", dimension))]
            : [.. entries.Select((entry, k) => Matrix(entry, $"{Covariances}[{k}]", dimension))];
    }

    private static double[,] Diagonal(JsonElement entry, string name, int dimension)
    {
        bool isOne = entry.ValueKind == JsonValueKind.Number;
        double[] deviations = isOne
            ? [.. Enumerable.Repeat(Number(entry, name), dimension)]
            : Numbers(entry, name);
        if (deviations.Length != dimension)
        {
            throw InputException.For(
                $"the length of {name}", deviations.Length, $"{dimension}, one an axis, or a single number");
        }

        double[,] covariance = new double[dimension, dimension];
        for (int i = 0; i < dimension; i++)
        {
            if (!(deviations[i] > 0.0))
            {
                throw InputException.For(isOne ? name : $"{name}[{i}]", deviations[i], "a number above 0");
            }

            covariance[i, i] = deviations[i] * deviations[i];
        }

        return covariance;
    }

    private static double[,] Matrix(JsonElement entry, string name, int dimension)
    {
        JsonElement[] rows = Items(entry, name);
        double[,] matrix = new double[dimension, dimension];
        RequireLength(name, rows.Length, dimension);
        for (int i = 0; i < dimension; i++)
        {
            double[] row = Numbers(rows[i], $"{name}[{i}]");
            RequireLength($"{name}[{i}]", row.Length, dimension);
            for (int j = 0; j < dimension; j++)
            {
                matrix[i, j] = row[j];
            }
        }

        return matrix;
    }

    private static void RequireLength(string name, int length, int dimension)
    {
        if (length != dimension)
        {
            throw InputException.For($"the length of {name}", length, $"{dimension}, as {Means}[0]'s");
        }
    }

    private static JsonElement Required(JsonElement root, string field) =>
        root.TryGetProperty(field, out JsonElement value)
            ? value
            : throw InputException.For(field, null, "a list of lists of numbers");

    private static JsonElement[] Items(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : throw Wrong(name, value, "a list");

    private static double[] Numbers(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select((item, i) => Number(item, $"{name}[{i}]"))]
            : throw Wrong(name, value, "a list of numbers");

    private static double Number(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && double.IsFinite(number)
            ? number
            : throw Wrong(name, value, "a finite number");

    private static InputException Wrong(string name, JsonElement value, string expected)
    {
        string text = value.GetRawText();
        string shown = text.Length <= LongestShown ? text : $"{text[..LongestShown]}…";
        return new InputException($"{name} is {shown.ReplaceLineEndings(" ")}; expected {expected}.");
    }
}
