namespace ScoreGpu.Viz.Labs.FlowMatching.Figures;

/// <summary>One colour for each path in every figure of the lab.</summary>
internal static class FlowInks
{
    /// <summary>The straight path.</summary>
    public static Ink Flow => Ink.Green;

    /// <summary>VP, and DDPM.</summary>
    public static Ink Vp => Ink.Orange;

    /// <summary>The cosine process.</summary>
    public static Ink Cosine => Ink.Violet;

    /// <summary>Noise.</summary>
    public static Ink Noise => Ink.Slate;

    /// <summary>Data.</summary>
    public static Ink Data => Ink.Blue;

    /// <summary>The colour of a process's path.</summary>
    public static Ink Of(string process) => process switch
    {
        "flow" => Flow,
        "vp" => Vp,
        _ => Cosine,
    };
}
