using System.Net;
using System.Text.RegularExpressions;
using ScoreGpu.Cli;
using ScoreGpu.Tests.Engine;

namespace ScoreGpu.Tests.Viz.Labs.ScoreMatching;

/// <summary>The commands that the page shows run, and make the lab's own models.</summary>
public sealed partial class ScoreMatchingCommandTests(QuickScoreMatching lab)
    : IClassFixture<QuickScoreMatching>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Commands_of_the_page_run_and_make_the_same_models()
    {
        File.Copy(Path.Combine(lab.Output, "unlike-weights.json"), _folder.PathOf("unlike-weights.json"));
        string[] commands =
        [
            .. Lines().Matches(File.ReadAllText(lab.Result.Page))
                .Select(match => WebUtility.HtmlDecode(Tags().Replace(match.Groups[1].Value, "")))
                .Where(line => !line.StartsWith("scoregpu lab", StringComparison.Ordinal))
                .Distinct(),
        ];
        Assert.Equal(18, commands.Length);

        // A field needs the model of a command before it, which a caption may name earlier.
        foreach (string command in commands.OrderBy(line => line.StartsWith("scoregpu train", StringComparison.Ordinal) ? 0 : 1))
        {
            Run(command);
        }

        foreach (string model in new[] { "hyvarinen.safetensors", "denoising.safetensors" })
        {
            Assert.Equal(File.ReadAllBytes(Path.Combine(lab.Output, model)), File.ReadAllBytes(_folder.PathOf(model)));
        }
    }

    private void Run(string command)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int code = Application.Run(
            [.. command.Split(' ').Skip(1).Select(word => Files().IsMatch(word) ? _folder.PathOf(word) : word)],
            output,
            error);
        Assert.True(code == ExitCode.Success, $"{command}: {error}");
    }

    [GeneratedRegex("<(?:span|code)>((?:<b>[^<]*</b> ?)+)</(?:span|code)>")]
    private static partial Regex Lines();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\.(safetensors|npy|svg|json)$")]
    private static partial Regex Files();
}
