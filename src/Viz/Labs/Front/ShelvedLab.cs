using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.Front;

/// <summary>A lab's folder as a run left it, read back from its numbers and its page.</summary>
/// <param name="Lab">The lab.</param>
/// <param name="Seed">The key of every draw.</param>
/// <param name="Device">The device, in words.</param>
/// <param name="Elapsed">How long the run took.</param>
/// <param name="Findings">The main numbers.</param>
/// <param name="Cover">The figure to know it by: its alternative text, and its sources in the light and the dark look.
/// </param>
internal sealed record ShelvedLab(
    ILab Lab,
    ulong Seed,
    string Device,
    TimeSpan Elapsed,
    IReadOnlyList<LabFinding> Findings,
    (string Alt, string Light, string Dark) Cover)
{
    /// <summary>The page of every lab, in its folder.</summary>
    public const string PageName = "index.html";

    /// <summary>The numbers of every lab, in its folder.</summary>
    public const string ResultsName = "results.json";

    /// <summary>Reads a lab's folder.</summary>
    /// <param name="lab">The lab.</param>
    /// <param name="folder">The folder.</param>
    /// <returns>The lab; null where there is none, or one that another version of the program wrote.</returns>
    public static ShelvedLab? Read(ILab lab, string folder)
    {
        string results = Path.Combine(folder, ResultsName);
        string page = Path.Combine(folder, PageName);
        if (!File.Exists(results) || !File.Exists(page))
        {
            return null;
        }

        try
        {
            JsonNode root = JsonNode.Parse(File.ReadAllText(results))!;
            return new ShelvedLab(
                lab,
                root["seed"]!.GetValue<ulong>(),
                root["device"]!.GetValue<string>(),
                TimeSpan.FromSeconds(root["elapsed_seconds"]!.GetValue<double>()),
                [.. root["findings"]!.AsArray().Select(Finding!)],
                CoverOf(page, root["cover"]!.GetValue<string>()));
        }
        catch (Exception exception) when (
            exception is JsonException or XmlException or NullReferenceException or InvalidOperationException
                or FormatException or OverflowException)
        {
            // The page over all labs then says that this one is missing, and how to make it.
            return null;
        }
    }

    private static LabFinding Finding(JsonNode finding) => new(
        finding["key"]!.GetValue<string>(),
        finding["label"]!.GetValue<string>(),
        finding["value"]?.GetValue<double>() ?? double.NaN);

    // The page holds each figure in both looks; the files beside it are in one.
    private static (string Alt, string Light, string Dark) CoverOf(string page, string name)
    {
        using XmlReader reader = XmlReader.Create(
            page, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null });
        XElement figure = XDocument.Load(reader).Descendants("figure").First(figure => figure.Descendants("a")
            .Any(link => (string?)link.Attribute("href") == $"{PageFigure.Folder}/{name}.svg"));
        XElement[] images = [.. figure.Descendants("img")];
        return (Text(images[0], "alt"), Source("only-light"), Source("only-dark"));

        string Source(string look) => Text(images.First(image => Text(image, "class") == look), "src");

        static string Text(XElement element, string attribute) => (string?)element.Attribute(attribute) ?? "";
    }
}
