using System.Globalization;

namespace ScoreGpu.Engine.Models;

/// <summary>Reads the strings under the <c>__metadata__</c> of a model's file or a shard's, and notices those that nobody asked for.</summary>
/// <param name="path">The file, for messages.</param>
/// <param name="entries">The strings.</param>
internal sealed class ModelMetadata(string path, IReadOnlyDictionary<string, string> entries)
{
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    /// <summary>A number so that it reads back as the same bits.</summary>
    public static string Format(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A whole number.</summary>
    public static string Format(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Numbers so that they read back as the same bits.</summary>
    public static string Format(IEnumerable<double> values) => string.Join(' ', values.Select(Format));

    /// <summary>Whether there is an entry.</summary>
    public bool Has(string key) => entries.ContainsKey(key);

    /// <summary>A string.</summary>
    /// <exception cref="InputException">It is missing.</exception>
    public string Text(string key, string expected)
    {
        _read.Add(key);
        return entries.TryGetValue(key, out string? text)
            ? text
            : throw InputException.For($"metadata '{key}' of '{path}'", null, expected);
    }

    /// <summary>A string, or null where there is none.</summary>
    public string? OptionalText(string key)
    {
        _read.Add(key);
        return entries.GetValueOrDefault(key);
    }

    /// <summary>One of a few strings.</summary>
    /// <exception cref="InputException">It is missing or another.</exception>
    public string Choice(string key, params string[] choices)
    {
        string expected = string.Join(" or ", choices.Select(choice => $"'{choice}'"));
        string text = Text(key, expected);
        return choices.Contains(text, StringComparer.Ordinal) ? text : throw Wrong(key, text, expected);
    }

    /// <summary>A whole number.</summary>
    /// <exception cref="InputException">It is missing or something else.</exception>
    public int Integer(string key)
    {
        const string Expected = "a whole number";
        string text = Text(key, Expected);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value)
            ? value
            : throw Wrong(key, text, Expected);
    }

    /// <summary>A finite number.</summary>
    /// <exception cref="InputException">It is missing or something else.</exception>
    public double Number(string key)
    {
        const string Expected = "a finite number";
        string text = Text(key, Expected);
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            && double.IsFinite(value)
                ? value
                : throw Wrong(key, text, Expected);
    }

    /// <summary>Finite numbers with spaces between them.</summary>
    /// <exception cref="InputException">They are missing or something else.</exception>
    public double[] Numbers(string key)
    {
        const string Expected = "finite numbers with spaces between them";
        string text = Text(key, Expected);
        string[] words = text.Split(' ');
        double[] values = new double[words.Length];
        for (int i = 0; i < words.Length; i++)
        {
            if (!double.TryParse(words[i], NumberStyles.Float, CultureInfo.InvariantCulture, out values[i])
                || !double.IsFinite(values[i]))
            {
                throw Wrong(key, text, Expected);
            }
        }

        return values;
    }

    /// <summary>Checks a number that the tensors' shapes have told already.</summary>
    /// <exception cref="InputException">The two differ, or the entry is missing.</exception>
    public void RequireInteger(string key, int actual)
    {
        int stated = Integer(key);
        if (stated != actual)
        {
            throw Wrong(key, entries[key], $"{actual}, as in the tensors' shapes");
        }
    }

    /// <summary>Checks that every entry has been read.</summary>
    /// <exception cref="InputException">One has not.</exception>
    public void RequireNoOthers()
    {
        foreach (string key in entries.Keys)
        {
            if (!_read.Contains(key))
            {
                throw InputException.For(
                    $"metadata '{key}' of '{path}'", entries[key], $"only {string.Join(", ", _read.Order())}");
            }
        }
    }

    private InputException Wrong(string key, string text, string expected) =>
        InputException.For($"metadata '{key}' of '{path}'", text, expected);
}
