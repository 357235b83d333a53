using System.Text.RegularExpressions;

namespace ScoreGpu.Viz.Kernels;

/// <summary>Puts the lines of two texts side by side that say the same in two languages.</summary>
/// <remarks>
/// The alignment of greatest similarity that keeps both orders, by dynamic programming: Needleman and Wunsch, Journal
/// of Molecular Biology 48(3), 1970. Two lines are similar by the share of words that they have in common (Dice).
/// </remarks>
internal static partial class LineAlignment
{
    private const double Similar = 0.34;
    private const double Punctuation = 0.15;
    private const double Blank = 0.02;

    // Words of one language alone, and those that are on every line.
    private static readonly HashSet<string> Noise = new(StringComparer.Ordinal)
    {
        "int", "uint", "float", "floatview", "intview", "uintview", "public", "private", "internal", "static", "inline",
        "global", "local", "const", "restrict", "get", "id", "group", "offset", "length", "clk", "mem", "fence",
        "summary", "param", "name", "mathf", "math", "kernel", "void", "intlength", "struct", "where", "the", "of",
    };

    /// <summary>Pairs of line numbers from 0, in order; −1 where a line has no counterpart.</summary>
    public static IReadOnlyList<LinePair> Align(IReadOnlyList<string> left, IReadOnlyList<string> right)
    {
        string[][] leftWords = [.. left.Select(Words)];
        string[][] rightWords = [.. right.Select(Words)];
        double[,] pair = new double[left.Count, right.Count];
        double[,] best = new double[left.Count + 1, right.Count + 1];
        for (int i = left.Count - 1; i >= 0; i--)
        {
            for (int j = right.Count - 1; j >= 0; j--)
            {
                pair[i, j] = Similarity(left[i], right[j], leftWords[i], rightWords[j]);
                best[i, j] = Math.Max(
                    pair[i, j] > 0 ? pair[i, j] + best[i + 1, j + 1] : 0, Math.Max(best[i + 1, j], best[i, j + 1]));
            }
        }

        List<LinePair> pairs = [];
        List<int> leftAlone = [];
        List<int> rightAlone = [];
        int row = 0;
        int column = 0;
        while (row < left.Count || column < right.Count)
        {
            if (row < left.Count && column < right.Count && pair[row, column] > 0
                && pair[row, column] + best[row + 1, column + 1] >= best[row, column])
            {
                Flush();
                pairs.Add(new LinePair(row++, column++, IsMatch: true));
            }
            else if (column == right.Count || (row < left.Count && best[row + 1, column] >= best[row, column + 1]))
            {
                leftAlone.Add(row++);
            }
            else
            {
                rightAlone.Add(column++);
            }
        }

        Flush();
        return pairs;

        // What has no counterpart shares the space between two matches.
        void Flush()
        {
            for (int k = 0; k < Math.Max(leftAlone.Count, rightAlone.Count); k++)
            {
                pairs.Add(new LinePair(
                    k < leftAlone.Count ? leftAlone[k] : -1,
                    k < rightAlone.Count ? rightAlone[k] : -1,
                    IsMatch: false));
            }

            leftAlone.Clear();
            rightAlone.Clear();
        }
    }

    private static double Similarity(string left, string right, string[] leftWords, string[] rightWords)
    {
        if (leftWords.Length == 0 || rightWords.Length == 0)
        {
            bool isSame = leftWords.Length == rightWords.Length && left.Trim() == right.Trim();
            return !isSame ? 0 : left.Trim().Length > 0 ? Punctuation : Blank;
        }

        // A comment is never the counterpart of code.
        bool isComment = left.TrimStart().StartsWith("//", StringComparison.Ordinal);
        if (isComment != right.TrimStart().StartsWith("//", StringComparison.Ordinal))
        {
            return 0;
        }

        List<string> rest = [.. rightWords];
        int common = leftWords.Count(rest.Remove);
        double similarity = 2.0 * common / (leftWords.Length + rightWords.Length);
        return similarity < Similar ? 0 : similarity;
    }

    // Names with their type in front, as C has them, count as two words.
    private static string[] Words(string line) =>
    [
        .. Word().Matches(line)
            .Select(match => match.Value.ToLowerInvariant())
            .Select(word => char.IsDigit(word[0]) ? word.TrimEnd('f', 'u') : word)
            .Where(word => !Noise.Contains(word)),
    ];

    [GeneratedRegex(@"[\p{L}]+[\p{L}0-9]*|[0-9][0-9.]*(?:e-?[0-9]+)?[fu]?")]
    private static partial Regex Word();
}
