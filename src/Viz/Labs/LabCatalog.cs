using ScoreGpu.Engine;
using ScoreGpu.Engine.Naming;
using ScoreGpu.Viz.Labs.CompareSamplers;
using ScoreGpu.Viz.Labs.FlowMatching;
using ScoreGpu.Viz.Labs.Ladder;
using ScoreGpu.Viz.Labs.Ncsn;
using ScoreGpu.Viz.Labs.ScoreFunctions;
using ScoreGpu.Viz.Labs.ScoreMatching;
using ScoreGpu.Viz.Labs.Sde;

namespace ScoreGpu.Viz.Labs;

/// <summary>The labs, by name.</summary>
public static class LabCatalog
{
    /// <summary>Every lab, in the order in which help shows them.</summary>
    public static IReadOnlyList<ILab> All { get; } =
    [
        new ScoreFunctionsLab(new()),
        new SdeLab(new()),
        new ScoreMatchingLab(new()),
        new FlowMatchingLab(new()),
        new NcsnLab(new()),
        new CompareSamplersLab(new()),
        new KernelsLab(new()),
    ];

    /// <summary>The labs' names, in the same order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(lab => lab.Name)];

    /// <summary>The name that stands for every lab.</summary>
    public const string Every = "all";

    /// <summary>The lab of a name.</summary>
    /// <exception cref="InputException">There is none; the message shows the nearest names.</exception>
    public static ILab Find(string name) => Find(name, All);

    /// <summary>The lab of a name among some.</summary>
    /// <exception cref="InputException">There is none; the message shows the nearest names.</exception>
    public static ILab Find(string name, IReadOnlyList<ILab> labs)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(labs);
        return labs.FirstOrDefault(lab => lab.Name == name)
            ?? throw NearestNames.Unknown("lab", name, [.. labs.Select(lab => lab.Name), Every]);
    }
}
