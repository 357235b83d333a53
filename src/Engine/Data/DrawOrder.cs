namespace ScoreGpu.Engine.Data;

/// <summary>How training steps choose points from a set.</summary>
public enum DrawOrder
{
    /// <summary>Each draw is uniform over the set and independent of every other.</summary>
    Independent,

    /// <summary>
    /// In shuffled epochs: draws 0 … N − 1 are all points in one order, the next N in another, and so on. Batches go on
    /// where the last one stopped, across the ends of epochs.
    /// </summary>
    Shuffled,
}
