using System.Globalization;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs;

/// <summary>What a page says of the run that made it.</summary>
/// <param name="Lab">The lab's name.</param>
/// <param name="Seed">The key of every draw.</param>
/// <param name="Device">The device, in words.</param>
/// <param name="Elapsed">How long the computing and drawing took.</param>
internal sealed record LabRun(string Lab, ulong Seed, string Device, TimeSpan Elapsed)
{
    /// <summary>Of a context.</summary>
    public LabRun(string lab, LabContext context, TimeSpan elapsed)
        : this(lab, context.Seed, $"{context.Device.Name}, {context.Device.Description}", elapsed)
    {
    }

    /// <summary>The command that makes the page anew.</summary>
    public string Command => $"scoregpu lab {Lab} --out lab/{Lab}{Text.CommandText.Seed(Seed)}";

    /// <summary>Adds the line at the page's end.</summary>
    /// <param name="page">The page.</param>
    /// <param name="files">What else lies beside it, as a sentence; nothing where it is empty.</param>
    public Page Sign(Page page, Html? files = null) => page.Footer($"""
        Computed by ScoreGpu on {Device} with seed {Seed.ToString(CultureInfo.InvariantCulture)} in
        {Numerals.Seconds(Elapsed)}. The exact numbers are in <a href="results.json">results.json</a>.
        {files ?? Html.Empty}
        """);
}
