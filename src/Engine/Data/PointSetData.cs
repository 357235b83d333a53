namespace ScoreGpu.Engine.Data;

/// <summary>Training points chosen from a fixed set.</summary>
/// <param name="Points">The set.</param>
/// <param name="Order">How they are chosen.</param>
public sealed record PointSetData(PointSet Points, DrawOrder Order = DrawOrder.Independent) : TrainingData
{
    /// <inheritdoc/>
    public override int Dimension => Points.Dimension;
}
