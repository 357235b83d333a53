namespace ScoreGpu.Engine.Drawing;

/// <summary>What the colour of a segment says: when, how fast, or where to.</summary>
public abstract record TrajectoryColouring
{
    private const int MaxEntries = 256;

    private protected TrajectoryColouring(IReadOnlyList<CanvasColour> palette, int least)
    {
        ArgumentNullException.ThrowIfNull(palette);
        if (palette.Count < least || palette.Count > MaxEntries)
        {
            throw InputException.For("palette", $"{palette.Count} colours", $"{least} to {MaxEntries}");
        }

        Palette = palette;
    }

    /// <summary>The colours.</summary>
    public IReadOnlyList<CanvasColour> Palette { get; }
}

/// <summary>By the row of the program that made the segment: the first colour at the start, the last at the end.</summary>
public sealed record TimeColouring : TrajectoryColouring
{
    /// <summary>Row r of S takes colour ⌊r·P / S⌋ of P.</summary>
    /// <param name="palette">1 to 256 colours.</param>
    /// <exception cref="InputException">The palette is of another length.</exception>
    public TimeColouring(IReadOnlyList<CanvasColour> palette)
        : base(palette, 1)
    {
    }
}

/// <summary>By the length that a row moves the state on the image.</summary>
public sealed record SpeedColouring : TrajectoryColouring
{
    // 2²³ pixels: longer than any segment that is drawn.
    private const double LongestPixels = 1 << 23;

    /// <summary>A segment of ℓ pixels takes colour ⌊ℓ·P / full⌋ of P, at most the last.</summary>
    /// <param name="palette">1 to 256 colours.</param>
    /// <param name="fullPixels">The length that takes the last colour, in pixels a row of the program; from 1/128.
    /// </param>
    /// <exception cref="InputException">The palette is of another length, or the length out of range.</exception>
    public SpeedColouring(IReadOnlyList<CanvasColour> palette, double fullPixels)
        : base(palette, 1)
    {
        if (!(fullPixels >= 1.0 / 128 && fullPixels <= LongestPixels))
        {
            throw InputException.For("full speed", fullPixels, "1/128 to 8,388,608 pixels");
        }

        FullPixels = fullPixels;
    }

    /// <summary>The length that takes the last colour.</summary>
    public double FullPixels { get; }
}

/// <summary>By the centre, such as a mode's, that the trajectory's end is nearest to, in all dimensions.</summary>
public sealed record EndColouring : TrajectoryColouring
{
    /// <summary>Trajectories to centre k take colour k; those whose end is not finite the one after the last.</summary>
    /// <param name="palette">A colour a centre, and one more.</param>
    /// <param name="centres">The centres, [K, D] row-major; 1 to 255.</param>
    /// <exception cref="InputException">The lengths do not fit, or a centre is not finite.</exception>
    public EndColouring(IReadOnlyList<CanvasColour> palette, IReadOnlyList<float> centres)
        : base(palette, 2)
    {
        ArgumentNullException.ThrowIfNull(centres);
        int count = palette.Count - 1;
        if (centres.Count == 0 || centres.Count % count != 0)
        {
            throw InputException.For(
                "centres", $"{centres.Count} values", $"a multiple of {count}, the palette's colours less one");
        }

        for (int i = 0; i < centres.Count; i++)
        {
            if (!float.IsFinite(centres[i]))
            {
                throw InputException.For($"centres[{i}]", centres[i], "a finite number");
            }
        }

        Centres = centres;
    }

    /// <summary>The centres, [K, D].</summary>
    public IReadOnlyList<float> Centres { get; }

    /// <summary>D.</summary>
    public int Dimension => Centres.Count / (Palette.Count - 1);
}
