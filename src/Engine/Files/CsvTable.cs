using System.Globalization;
using System.Text;
using CsvHelper;
using ScoreGpu.Engine.Data;

namespace ScoreGpu.Engine.Files;

/// <summary>Points as comma-separated values in the invariant culture, one point a line.</summary>
/// <remarks>
/// A first line of which no field is a number is a header and is skipped; blank lines are skipped. Errors count lines
/// and columns from 1, the header's line and blank lines included.
/// </remarks>
internal static class CsvTable
{
    private static readonly CsvReaderOptions Options = new()
    {
        Separator = ',',
        HasHeader = false,
        TrackLineNumbers = true,
        DetectSeparatorHint = false,
        TrimWhitespace = true,
        MalformedData = CsvMalformedDataHandling.Throw,
        // The error then names the line of the bad quote and not the file's last.
        AllowLineBreaksInQuotes = false,
    };

    internal static PointSet Parse(ReadOnlyMemory<byte> bytes, string name)
    {
        List<float> values = [];
        int dimension = 0;
        int count = 0;
        try
        {
            using CsvReader reader = CsvReader.Create(bytes, Options);
            bool first = true;
            while (reader.Read())
            {
                bool header = first && IsHeader(reader);
                first = false;
                if (header)
                {
                    continue;
                }

                dimension = count == 0 ? reader.FieldCount : dimension;
                ReadRow(reader, dimension, name, values);
                count++;
            }
        }
        catch (CsvFormatException exception)
        {
            throw new InputException($"'{name}' is not comma-separated values: {exception.Message}", exception);
        }

        if (count == 0)
        {
            throw new InputException($"'{name}' holds no points; expected at least one line of numbers.");
        }

        return new PointSet(values.ToArray(), count, dimension);
    }

    internal static void Write(Stream stream, PointSet points)
    {
        using StreamWriter writer = new(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(string.Join(",", Enumerable.Range(0, points.Dimension).Select(j => $"x{j}")));
        for (int i = 0; i < points.Count; i++)
        {
            ReadOnlySpan<float> point = points[i];
            for (int j = 0; j < point.Length; j++)
            {
                if (j > 0)
                {
                    writer.Write(',');
                }

                // The default format is the shortest that reads back as the same number.
                writer.Write(point[j].ToString(CultureInfo.InvariantCulture));
            }

            writer.WriteLine();
        }
    }

    private static bool IsHeader(CsvReader reader)
    {
        for (int j = 0; j < reader.FieldCount; j++)
        {
            if (TryParse(reader.GetSpan(j), out _))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryParse(ReadOnlySpan<byte> field, out float value) =>
        float.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    private static void ReadRow(CsvReader reader, int dimension, string name, List<float> values)
    {
        if (reader.FieldCount != dimension)
        {
            throw new InputException(
                $"'{name}' has {reader.FieldCount} columns in line {reader.LineNumber} (counted from 1); expected "
                + $"{dimension}, as in the lines before.");
        }

        for (int j = 0; j < dimension; j++)
        {
            if (!TryParse(reader.GetSpan(j), out float value) || !float.IsFinite(value))
            {
                throw new InputException(
                    $"'{name}' has '{Shortened(reader.GetString(j))}' in line {reader.LineNumber}, column {j + 1} "
                    + "(counted from 1); expected a finite number in the range of single precision.");
            }

            values.Add(value);
        }
    }

    private static string Shortened(string field) => field.Length <= 40 ? field : $"{field[..40]}…";
}
