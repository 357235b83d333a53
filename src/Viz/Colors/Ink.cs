namespace ScoreGpu.Viz;

/// <summary>
/// The colour of a mark: either a fixed <see cref="Color"/>, or a name that each <see cref="Theme"/> gives its own
/// shade, so that one description reads well on dark and on light pages.
/// </summary>
public readonly record struct Ink
{
    private readonly Color _fixed;
    private readonly int _role;

    private Ink(Color color, int role)
    {
        _fixed = color;
        _role = role;
    }

    /// <summary>The theme's blue.</summary>
    public static Ink Blue { get; } = Cycle(0);

    /// <summary>The theme's orange.</summary>
    public static Ink Orange { get; } = Cycle(1);

    /// <summary>The theme's violet.</summary>
    public static Ink Violet { get; } = Cycle(2);

    /// <summary>The theme's green.</summary>
    public static Ink Green { get; } = Cycle(3);

    /// <summary>The theme's pink.</summary>
    public static Ink Pink { get; } = Cycle(4);

    /// <summary>The theme's yellow.</summary>
    public static Ink Yellow { get; } = Cycle(5);

    /// <summary>The theme's cyan.</summary>
    public static Ink Cyan { get; } = Cycle(6);

    /// <summary>The theme's grey.</summary>
    public static Ink Slate { get; } = Cycle(7);

    /// <summary>The theme's text colour: near white on dark pages, near black on light ones.</summary>
    public static Ink Foreground { get; } = new(default, -1);

    /// <summary>The theme's page colour.</summary>
    public static Ink Background { get; } = new(default, -2);

    /// <summary>The theme's colour for secondary text.</summary>
    public static Ink Muted { get; } = new(default, -3);

    /// <summary>The i-th colour of the theme's categorical palette, repeating after the last.</summary>
    public static Ink Cycle(int index) => new(default, 1 + (int)((uint)index % Theme.PaletteSize));

    /// <summary>A fixed colour as an ink.</summary>
    public static implicit operator Ink(Color color) => new(color, 0);

    /// <summary>A fixed colour, written <c>#rrggbb</c>, as an ink.</summary>
    public static implicit operator Ink(string hex) => new(Color.Parse(hex), 0);

    /// <summary>The colour this ink has in a theme.</summary>
    public Color In(Theme theme)
    {
        ArgumentNullException.ThrowIfNull(theme);
        return _role switch
        {
            > 0 => theme.Palette[_role - 1],
            -1 => theme.Foreground,
            -2 => theme.Background,
            -3 => theme.Muted,
            _ => _fixed,
        };
    }
}
