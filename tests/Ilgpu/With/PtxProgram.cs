using System.Text.RegularExpressions;

namespace ScoreGpu.Tests.Ilgpu;

/// <summary>The instructions of a PTX text, and its loops.</summary>
/// <remarks>A loop reaches from a label to the last branch back to it, in the order of the text.</remarks>
internal sealed partial class PtxProgram
{
    private readonly List<string> _instructions = [];
    private readonly List<(int First, int Last)> _loops;

    /// <summary>Reads a text.</summary>
    public PtxProgram(string text)
    {
        Dictionary<string, int> labels = new(StringComparer.Ordinal);
        foreach (string line in text.Split('\n').Select(line => line.Split("//")[0].Trim()))
        {
            if (Label().Match(line) is { Success: true } label)
            {
                labels[label.Groups[1].Value] = _instructions.Count;
            }
            else if (line.EndsWith(';') && !line.StartsWith('.'))
            {
                _instructions.Add(line);
            }
        }

        _loops = [.. _instructions
            .Select((line, index) => (Match: Branch().Match(line), Index: index))
            .Where(branch => branch.Match.Success)
            .Select(branch => (First: labels.GetValueOrDefault(branch.Match.Groups[1].Value, int.MaxValue), branch.Index))
            .Where(loop => loop.First <= loop.Index)
            .GroupBy(loop => loop.First, (first, loops) => (first, loops.Max(loop => loop.Index)))];
    }

    /// <summary>Instructions of the whole text.</summary>
    public int Instructions => _instructions.Count;

    /// <summary>Reads and writes of memory that is a work-item's own: spills and arrays.</summary>
    public int PrivateAccesses => _instructions.Count(line => PrivateAccess().IsMatch(line));

    /// <summary>The loop of multiply-adds within the most other loops; of several the one with the most multiply-adds, and
    /// then instructions. Null where no loop has one.</summary>
    public (int Instructions, int MultiplyAdds, int PrivateAccesses)? InnerLoop()
    {
        var loops = _loops
            .Where(loop => !_loops.Exists(other => other != loop && Contains(loop, other)))
            .Select(loop => (
                Depth: _loops.Count(other => Contains(other, loop)),
                Lines: _instructions.GetRange(loop.First, loop.Last - loop.First + 1)))
            .Select(loop => (
                loop.Depth,
                MultiplyAdds: loop.Lines.Count(line => MultiplyAdd().IsMatch(line)),
                Instructions: loop.Lines.Count,
                PrivateAccesses: loop.Lines.Count(line => PrivateAccess().IsMatch(line))))
            .Where(loop => loop.MultiplyAdds > 0)
            .OrderDescending()
            .ToArray();
        return loops.Length == 0 ? null : (loops[0].Instructions, loops[0].MultiplyAdds, loops[0].PrivateAccesses);
    }

    private static bool Contains((int First, int Last) outer, (int First, int Last) inner) =>
        outer.First <= inner.First && inner.Last <= outer.Last;

    [GeneratedRegex(@"^(\$?[\w$]+):$")]
    private static partial Regex Label();

    [GeneratedRegex(@"\bbra(?:\.uni)?\s+(\$?[\w$]+);")]
    private static partial Regex Branch();

    [GeneratedRegex(@"\bfma\.")]
    private static partial Regex MultiplyAdd();

    [GeneratedRegex(@"\b(ld|st)\.local")]
    private static partial Regex PrivateAccess();
}
