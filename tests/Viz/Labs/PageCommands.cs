using System.Text.RegularExpressions;
using ScoreGpu.Cli;
using ScoreGpu.Tests.Engine;

namespace ScoreGpu.Tests.Viz.Labs;

/// <summary>Runs commands that a page shows, with every file in a temporary folder.</summary>
internal static partial class PageCommands
{
    /// <summary>Runs commands, those first that make what others need: a caption may name it earlier.</summary>
    public static void Run(IEnumerable<string> commands, TemporaryFolder folder)
    {
        foreach (string command in commands.OrderBy(Rank))
        {
            string[] words = command.Split(' ');
            Assert.Equal("scoregpu", words[0]);
            using StringWriter output = new();
            using StringWriter error = new();
            int code = Application.Run(
                [.. words.Skip(1).Select(word => Files().IsMatch(word) ? folder.PathOf(word) : word)], output, error);
            Assert.True(code == ExitCode.Success, $"{command}: {error}");
        }
    }

    private static int Rank(string command) => command.Split(' ')[1] switch
    {
        "train" => 0,
        "reflow" => 1,
        "compare" => 3,
        _ => 2,
    };

    [GeneratedRegex(@"\.(safetensors|npy|svg|json)$")]
    private static partial Regex Files();
}
