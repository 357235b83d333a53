namespace ScoreGpu.Engine.Data;

/// <summary>Training points chosen from a fixed set.</summary>
/// <param name="Points">The set.</param>
public sealed record PointSetData(PointSet Points) : TrainingData
{
    /// <inheritdoc/>
    public override int Dimension => Points.Dimension;
}
