namespace ScoreGpu.Tests.Viz.Labs;

/// <summary>What a lab has to write.</summary>
internal sealed record LabContents
{
    /// <summary>Its figures' names.</summary>
    public required string[] Figures { get; init; }

    /// <summary>Its models, arrays and mixtures.</summary>
    public string[] Files { get; init; } = [];

    /// <summary>The page's sections.</summary>
    public required string[] Sections { get; init; }

    /// <summary>How often the page asks before it tells.</summary>
    public required int Predictions { get; init; }

    /// <summary>How many figures a reader moves.</summary>
    public required int Moving { get; init; }

    /// <summary>How many numbers the page states at least.</summary>
    public required int Numbers { get; init; }

    /// <summary>How many different commands it shows, but for those that run a lab.</summary>
    public required int Commands { get; init; }

    /// <summary>The files of its own that they take.</summary>
    public string[] Given { get; init; } = [];

    /// <summary>The files that they make exactly as the lab does.</summary>
    public string[] Remade { get; init; } = [];
}
