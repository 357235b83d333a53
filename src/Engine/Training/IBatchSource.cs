namespace ScoreGpu.Engine.Training;

/// <summary>Batches that the host makes, for targets that no device draws: exact scores, pairs that a model made.
/// </summary>
public interface IBatchSource
{
    /// <summary>The batch of a step; the same for the same step.</summary>
    /// <param name="step">The step, from 0.</param>
    TrainingBatch Next(int step);
}
