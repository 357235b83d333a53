using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ScoreGpu.Kernels.Generator.Translation;

/// <summary>Reads the comments of the C# source, so that they can be written again.</summary>
internal static class CommentText
{
    /// <summary>The comment lines above a node, with null for a blank line.</summary>
    internal static IEnumerable<string?> Above(SyntaxNode node)
    {
        bool isLineStart = true;
        foreach (SyntaxTrivia trivia in node.GetLeadingTrivia())
        {
            switch (trivia.Kind())
            {
                case SyntaxKind.SingleLineCommentTrivia:
                    yield return trivia.ToString();
                    isLineStart = false;
                    break;
                case SyntaxKind.MultiLineCommentTrivia:
                    foreach (string line in trivia.ToString().Trim('/', '*', ' ').Split('\n'))
                    {
                        yield return "// " + line.Trim(' ', '*', '\r');
                    }

                    isLineStart = false;
                    break;
                case SyntaxKind.EndOfLineTrivia:
                    if (isLineStart)
                    {
                        yield return null;
                    }

                    isLineStart = true;
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>The comment behind a node on its last line, with two spaces before it, or nothing.</summary>
    internal static string Behind(SyntaxNode node)
    {
        SyntaxTrivia comment = node.GetTrailingTrivia().FirstOrDefault(
            trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia));
        return comment.IsKind(SyntaxKind.SingleLineCommentTrivia) ? "  " + comment : string.Empty;
    }

    /// <summary>The text of an element of a declaration's documentation, line by line as written.</summary>
    internal static string[] Documentation(SyntaxNode declaration, string element, string? name = null)
    {
        XElement? found = Parse(declaration)?.Elements(element).FirstOrDefault(
            candidate => name is null || (string?)candidate.Attribute("name") == name);
        if (found is null)
        {
            return [];
        }

        string[] lines = [.. Plain(found).Split('\n').Select(line => line.TrimEnd())];
        int first = Array.FindIndex(lines, line => line.Length > 0);
        int last = Array.FindLastIndex(lines, line => line.Length > 0);
        return first < 0
            ? []
            : [.. lines.Skip(first).Take(last - first + 1).Select(WithoutFirstSpace)];
    }

    /// <summary>The same on one line.</summary>
    internal static string Sentence(SyntaxNode declaration, string element, string? name = null)
        => string.Join(" ", Documentation(declaration, element, name).Select(line => line.Trim())).Trim();

    private static string WithoutFirstSpace(string line)
        => line.StartsWith(" ", StringComparison.Ordinal) ? line.Substring(1) : line;

    private static XElement? Parse(SyntaxNode declaration)
    {
        // The raw text, because the compiler drops the lines of the source and may not parse documentation at all.
        IEnumerable<string> lines = declaration.GetLeadingTrivia().ToFullString().Split('\n')
            .Select(line => line.Trim())
            .Where(line => line.StartsWith("///", StringComparison.Ordinal))
            .Select(line => line.Substring(3));
        try
        {
            return XElement.Parse("<doc>" + string.Join("\n", lines) + "</doc>", LoadOptions.PreserveWhitespace);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static string Plain(XElement element)
        => string.Concat(element.Nodes().Select(node => node switch
        {
            XText text => text.Value,
            XElement { IsEmpty: true } reference => Reference(reference),
            XElement { Name.LocalName: "para" } paragraph => "\n" + Plain(paragraph),
            XElement inner => Plain(inner),
            _ => string.Empty,
        }));

    private static string Reference(XElement element)
    {
        string value = element.Attributes().FirstOrDefault()?.Value ?? string.Empty;
        return Regex.Replace(value, @"\(.*\)$|\{.*\}", string.Empty);
    }
}
