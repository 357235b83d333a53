namespace ScoreGpu.Viz;

/// <summary>The shape of a marker.</summary>
public enum Marker
{
    /// <summary>No marker.</summary>
    None,

    /// <summary>A disc.</summary>
    Circle,

    /// <summary>A square of the disc's area.</summary>
    Square,

    /// <summary>A triangle that points upwards.</summary>
    Triangle,

    /// <summary>A square on its corner.</summary>
    Diamond,

    /// <summary>A star of five points.</summary>
    Star,

    /// <summary>A diagonal cross.</summary>
    Cross,
}
