namespace ScoreGpu.Viz.Labs;

/// <summary>What a lab is, before it runs.</summary>
/// <param name="Name">The name that the command line takes.</param>
/// <param name="Title">The page's title.</param>
/// <param name="Summary">What the lab shows, in one sentence.</param>
internal sealed record LabOutline(string Name, string Title, string Summary)
{
    /// <summary>The sum of the weights of the stages of computing.</summary>
    public required double ComputingWeight { get; init; }

    /// <summary>The weight of drawing, in the same unit.</summary>
    public required double DrawingWeight { get; init; }

    /// <summary>Pixels an inch of the PNG figures.</summary>
    public required double Dpi { get; init; }

    /// <summary>The name of the figure that the page over all labs shows; without one, the first.</summary>
    public string? Cover { get; init; }
}
