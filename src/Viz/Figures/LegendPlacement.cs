namespace ScoreGpu.Viz;

/// <summary>Where a panel's legend stands.</summary>
public enum LegendPlacement
{
    /// <summary>The corner that covers the least of the data.</summary>
    Best,

    /// <summary>The upper right corner.</summary>
    UpperRight,

    /// <summary>The upper left corner.</summary>
    UpperLeft,

    /// <summary>The lower right corner.</summary>
    LowerRight,

    /// <summary>The lower left corner.</summary>
    LowerLeft,
}
