namespace ScoreGpu.Kernels;

/// <summary>Which entry of a palette a segment of a trajectory takes.</summary>
/// <param name="Rule">One of the constants.</param>
/// <param name="Entries">Entries of the palette.</param>
/// <param name="FullWeight">For speed: the weight of a segment (<see cref="SegmentLine.Weight"/>) that takes the last
/// entry.</param>
public readonly record struct SegmentColours(int Rule, int Entries, long FullWeight)
{
    /// <summary>By the row of the program: ⌊row·entries / rows⌋.</summary>
    public const int ByTime = 0;

    /// <summary>By the length of the segment: ⌊weight·entries / full weight⌋, at most the last entry.</summary>
    public const int BySpeed = 1;

    /// <summary>By the centre nearest to the trajectory's end; the last entry where there is none.</summary>
    public const int ByEnd = 2;

    /// <summary>The entry.</summary>
    /// <param name="row">The row that made the segment.</param>
    /// <param name="rows">Rows of the program.</param>
    /// <param name="weight">The segment's weight.</param>
    /// <param name="end">The centre nearest to the trajectory's end.</param>
    public int EntryOf(int row, int rows, long weight, int end) => Rule switch
    {
        ByTime => (int)((long)row * Entries / rows),
        BySpeed => (int)Math.Min(Entries - 1L, weight * Entries / FullWeight),
        _ => end,
    };
}
