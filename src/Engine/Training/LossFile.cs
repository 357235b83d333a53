using System.Globalization;
using System.Text;
using ScoreGpu.Engine.Files;

namespace ScoreGpu.Engine.Training;

/// <summary>A history of losses as comma-separated values: a header <c>step,loss</c>, then a line a step from 1.
/// </summary>
public static class LossFile
{
    /// <summary>Writes a history, whole or not at all.</summary>
    /// <param name="path">The file to create or replace.</param>
    /// <param name="losses">The loss before each step.</param>
    /// <exception cref="InputException">The file cannot be written.</exception>
    public static void Write(string path, IReadOnlyList<double> losses)
    {
        ArgumentNullException.ThrowIfNull(losses);
        AtomicFile.Write(path, stream =>
        {
            using StreamWriter writer = new(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
            writer.WriteLine("step,loss");
            for (int i = 0; i < losses.Count; i++)
            {
                writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{i + 1},{losses[i]}"));
            }
        });
    }
}
