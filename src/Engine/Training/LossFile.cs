using System.Globalization;
using System.Text;
using ScoreGpu.Engine.Files;

namespace ScoreGpu.Engine.Training;

/// <summary>
/// The history of a run as comma-separated values: a header, then a line a step from 1 with the loss and the learning
/// rate, and with the held-out loss after the step where one was taken.
/// </summary>
/// <remarks>
/// The header is <c>step,loss,learning_rate</c>, with a held-out batch <c>step,loss,learning_rate,held_out_loss</c>: then
/// there is a line for step 0 too, which holds the held-out loss before training alone.
/// </remarks>
public static class LossFile
{
    /// <summary>Writes a history, whole or not at all.</summary>
    /// <param name="path">The file to create or replace.</param>
    /// <param name="run">The run.</param>
    /// <exception cref="InputException">The file cannot be written.</exception>
    public static void Write(string path, TrainingRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        AtomicFile.Write(path, stream =>
        {
            using StreamWriter writer = new(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
            foreach (string line in Lines(run))
            {
                writer.WriteLine(line);
            }
        });
    }

    private static IEnumerable<string> Lines(TrainingRun run)
    {
        if (run.HeldOut is null)
        {
            yield return "step,loss,learning_rate";
            for (int step = 1; step <= run.Losses.Count; step++)
            {
                yield return Line(run, step);
            }

            yield break;
        }

        yield return "step,loss,learning_rate,held_out_loss";
        var heldOut = run.HeldOutLosses.ToDictionary(look => look.Step, look => look.Loss);
        for (int step = 0; step <= run.Losses.Count; step++)
        {
            string loss = heldOut.TryGetValue(step, out double value)
                ? value.ToString(CultureInfo.InvariantCulture)
                : "";
            yield return $"{(step == 0 ? "0,," : Line(run, step))},{loss}";
        }
    }

    private static string Line(TrainingRun run, int step) => string.Create(
        CultureInfo.InvariantCulture, $"{step},{run.Losses[step - 1]},{run.LearningRates[step - 1]}");
}
