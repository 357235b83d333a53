namespace ScoreGpu.Viz.Labs.Sde.Figures;

/// <summary>One colour for one thing in every figure of the lab.</summary>
internal static class SdeInks
{
    /// <summary>The reverse SDE.</summary>
    public static Ink Sde => Ink.Orange;

    /// <summary>The probability flow.</summary>
    public static Ink Flow => Ink.Cyan;

    /// <summary>A solver's colour.</summary>
    public static Ink Solver(string name) => name switch
    {
        "euler-maruyama" => Ink.Orange,
        "predictor-corrector" => Ink.Yellow,
        SolverQuality.BatchCorrector => Ink.Slate,
        "euler" => Ink.Pink,
        "heun" => Ink.Violet,
        "rk4" => Ink.Blue,
        "dpm-solver-2" => Ink.Cyan,
        _ => Ink.Green,
    };

    /// <summary>Its marker.</summary>
    public static Marker MarkerOf(string name) => name switch
    {
        "euler-maruyama" or "euler" => Marker.Circle,
        "predictor-corrector" or "heun" => Marker.Square,
        SolverQuality.BatchCorrector or "rk4" => Marker.Triangle,
        "dpm-solver-2" => Marker.Diamond,
        _ => Marker.Cross,
    };
}
