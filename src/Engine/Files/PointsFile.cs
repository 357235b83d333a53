using ScoreGpu.Engine.Data;

namespace ScoreGpu.Engine.Files;

/// <summary>Files of points, [N, D]: <c>.npy</c> (NumPy) or <c>.csv</c> (comma-separated), by extension.</summary>
/// <remarks>
/// Every value must be finite in single precision. An npy array of one dimension is read as [N, 1]; rows and columns
/// in errors count from 1.
/// </remarks>
public static class PointsFile
{
    private const string NpyExtension = ".npy";
    private const string CsvExtension = ".csv";

    /// <summary>Reads points.</summary>
    /// <param name="path">A <c>.npy</c> or <c>.csv</c> file.</param>
    /// <exception cref="InputException">
    /// The file is missing, of another extension, malformed, empty, or holds a value that is not finite.
    /// </exception>
    public static PointSet Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return ExtensionOf(path) == NpyExtension
            ? FromArray(NpyFile.Read(path), path)
            : CsvTable.Parse(InputFile.ReadAllBytes(path), path);
    }

    /// <summary>Writes points, whole or not at all.</summary>
    /// <param name="path">A <c>.npy</c> (float32) or <c>.csv</c> (with a header x0,x1,…) file to create or replace.
    /// </param>
    /// <param name="points">The points.</param>
    /// <exception cref="InputException">The extension is another, or the file cannot be written.</exception>
    public static void Write(string path, PointSet points)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(points);
        if (ExtensionOf(path) == NpyExtension)
        {
            NpyFile.Write(path, points.Values, points.Count, points.Dimension);
        }
        else
        {
            AtomicFile.Write(path, stream => CsvTable.Write(stream, points));
        }
    }

    private static string ExtensionOf(string path)
    {
        foreach (string extension in new[] { NpyExtension, CsvExtension })
        {
            if (path.EndsWith(extension, StringComparison.OrdinalIgnoreCase))
            {
                return extension;
            }
        }

        throw new InputException($"'{path}' has the extension '{Path.GetExtension(path)}'; expected .npy or .csv.");
    }

    private static PointSet FromArray(Tensor array, string path)
    {
        if (array.Shape.Length is not (1 or 2))
        {
            throw new InputException(
                $"'{path}' has the shape ({string.Join(", ", array.Shape)}); expected (N, D) or (N,).");
        }

        int dimension = array.Shape.Length == 1 ? 1 : array.Shape[1];
        if (array.Count == 0)
        {
            throw new InputException($"'{path}' holds no points; expected at least one.");
        }

        float[] values = array.ToSingles();
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
            {
                throw new InputException(
                    $"'{path}' has {values[i]} in row {(i / dimension) + 1}, column {(i % dimension) + 1} "
                    + "(counted from 1); expected a finite number in the range of single precision.");
            }
        }

        return new PointSet(values, array.Shape[0], dimension);
    }
}
