namespace ScoreGpu.Viz;

/// <summary>
/// How an arrow's length follows from its vector's magnitude m; the longest arrow's length is set apart.
/// </summary>
public enum ArrowLengths
{
    /// <summary>m / max m.</summary>
    Proportional,

    /// <summary>√(m / max m): weak fields stay visible.</summary>
    SquareRoot,

    /// <summary>All arrows are equally long; colour alone tells the magnitude.</summary>
    Equal,
}
