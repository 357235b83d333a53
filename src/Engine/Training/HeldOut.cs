namespace ScoreGpu.Engine.Training;

/// <summary>A batch that training never sees, and how often its loss is taken.</summary>
/// <remarks>
/// The batch is the same every time, so that a change of its loss is a change of the network. It is taken of the weights
/// under training, not of their average.
/// </remarks>
/// <param name="Batch">The batch.</param>
/// <param name="Every">Steps from one look to the next, at least 1; the first is before the first step.</param>
public sealed record HeldOut(TrainingBatch Batch, int Every);

/// <summary>A look at the held-out loss.</summary>
/// <param name="Step">Steps done before it.</param>
/// <param name="Loss">The loss.</param>
public readonly record struct HeldOutLoss(int Step, double Loss);
