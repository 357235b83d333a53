namespace ScoreGpu.Engine.Naming;

/// <summary>Finds the known names that a mistyped name may have meant, by edit distance.</summary>
/// <remarks>
/// Levenshtein's distance, without regard to case: the least number of insertions, deletions and replacements.
/// Wagner and Fischer, "The string-to-string correction problem", Journal of the ACM 21(1), 1974.
/// </remarks>
public static class NearestNames
{
    /// <summary>The known names nearest to a given one, nearest first.</summary>
    /// <param name="given">The name that was not found.</param>
    /// <param name="known">The names to choose from; ties keep their order.</param>
    /// <param name="count">The most names to return.</param>
    public static IReadOnlyList<string> Find(string given, IEnumerable<string> known, int count = 3)
    {
        ArgumentNullException.ThrowIfNull(given);
        ArgumentNullException.ThrowIfNull(known);
        return known
            .Select(name => (Name: name, Distance: Distance(given, name)))
            .OrderBy(candidate => candidate.Distance)
            .Take(count)
            .Select(candidate => candidate.Name)
            .ToArray();
    }

    /// <summary>The exception for an unknown name: it shows the nearest known names.</summary>
    /// <param name="what">What the name names, as in "sampler".</param>
    /// <param name="given">The name that was not found.</param>
    /// <param name="known">The names to choose from.</param>
    public static InputException Unknown(string what, string given, IEnumerable<string> known)
    {
        string nearest = string.Join(", ", Find(given, known));
        return new InputException($"'{given}' is not a known {what}; nearest: {nearest}.");
    }

    /// <summary>Levenshtein's distance between two names, without regard to case.</summary>
    /// <param name="first">One name.</param>
    /// <param name="second">The other name.</param>
    public static int Distance(string first, string second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        int[] above = new int[second.Length + 1];
        int[] row = new int[second.Length + 1];
        for (int j = 0; j <= second.Length; j++)
        {
            above[j] = j;
        }

        for (int i = 1; i <= first.Length; i++)
        {
            row[0] = i;
            for (int j = 1; j <= second.Length; j++)
            {
                bool same = char.ToUpperInvariant(first[i - 1]) == char.ToUpperInvariant(second[j - 1]);
                int replaced = above[j - 1] + (same ? 0 : 1);
                row[j] = Math.Min(replaced, Math.Min(above[j], row[j - 1]) + 1);
            }

            (above, row) = (row, above);
        }

        return above[second.Length];
    }
}
