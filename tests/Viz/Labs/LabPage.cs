using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace ScoreGpu.Tests.Viz.Labs;

/// <summary>A lab's page, taken apart; reading it requires that it is well formed.</summary>
internal sealed class LabPage
{
    private readonly XDocument _document;

    /// <summary>Reads a page.</summary>
    public LabPage(string path)
    {
        Markup = File.ReadAllText(path);
        using XmlReader reader = XmlReader.Create(
            new StringReader(Markup), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        _document = XDocument.Load(reader, LoadOptions.PreserveWhitespace);
    }

    /// <summary>The file's text.</summary>
    public string Markup { get; }

    /// <summary>The anchors.</summary>
    public string[] Ids => Attributes("id");

    /// <summary>The anchors to which the page's own links lead.</summary>
    public string[] Anchors => [.. Attributes("href").Where(link => link[0] == '#').Select(link => link[1..])];

    /// <summary>The files to which it links.</summary>
    public string[] Links => [.. Attributes("href").Where(link => link[0] != '#')];

    /// <summary>What images and scripts are loaded from.</summary>
    public string[] Sources => Attributes("src");

    /// <summary>The sections, in order.</summary>
    public XElement[] Sections => Elements("section");

    /// <summary>Their anchors.</summary>
    public string[] SectionIds => [.. Sections.Select(section => (string)section.Attribute("id")!)];

    /// <summary>The questions whose answers open on demand.</summary>
    public XElement[] Predictions => Elements("details", "prediction");

    /// <summary>The figures that a reader moves.</summary>
    public XElement[] Moving => Elements("figure", "interactive");

    /// <summary>The captions.</summary>
    public XElement[] Captions => Elements("figcaption");

    /// <summary>The commands to type, in order.</summary>
    public string[] Typed =>
        [.. Elements("pre", "commands").SelectMany(block => block.Descendants("span")).Select(line => line.Value)];

    /// <summary>The commands under figures, in order.</summary>
    public string[] Made => [.. Elements("span", "made").Select(made => made.Element("code")!.Value)];

    /// <summary>The table cells that hold numbers, and the numbers under the title.</summary>
    public string[] NumberCells =>
        [.. Elements("td", "number").Concat(Elements("dd")).Select(cell => TextOf(cell))];

    /// <summary>All text but formulas on lines of their own, code and commands.</summary>
    public string Text => TextOf(_document.Root!);

    /// <summary>The elements of a name, in order.</summary>
    public XElement[] Elements(string name, string? ofClass = null) =>
        [.. _document.Descendants(name).Where(element => ofClass is null || (string?)element.Attribute("class") == ofClass)];

    /// <summary>The element with an id.</summary>
    public XElement this[string id] => _document.Descendants().Single(element => (string?)element.Attribute("id") == id);

    private string[] Attributes(string name) => [.. _document.Descendants().Attributes(name).Select(value => value.Value)];

    private static string TextOf(XElement element)
    {
        StringBuilder text = new();
        Add(element);
        return text.ToString();

        void Add(XElement part)
        {
            if (part.Name.LocalName is "script" or "style" or "svg" or "pre" or "code"
                || (string?)part.Attribute("class") == "formula")
            {
                return;
            }

            text.Append(' ');
            foreach (XNode node in part.Nodes())
            {
                if (node is XElement child)
                {
                    Add(child);
                }
                else if (node is XText words)
                {
                    text.Append(words.Value);
                }
            }

            text.Append(' ');
        }
    }
}
