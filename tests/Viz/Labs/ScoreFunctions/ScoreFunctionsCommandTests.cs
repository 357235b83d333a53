using System.Net;
using System.Text.RegularExpressions;
using ScoreGpu.Cli;
using ScoreGpu.Tests.Engine;

namespace ScoreGpu.Tests.Viz.Labs.ScoreFunctions;

/// <summary>The commands that the page shows do what it says.</summary>
public sealed partial class ScoreFunctionsCommandTests(QuickLab lab) : IClassFixture<QuickLab>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Commands_of_the_page_run_and_make_the_same_model()
    {
        foreach (string starts in new[] { "starts.npy", "x_T.npy" })
        {
            File.Copy(Path.Combine(lab.Output, starts), _folder.PathOf(starts));
        }

        string[] commands = Lines().Matches(File.ReadAllText(lab.Result.Page))
            .Select(match => WebUtility.HtmlDecode(Tags().Replace(match.Groups[1].Value, "")))
            .ToArray();
        Assert.Equal(12, commands.Length);
        string[] captions = Captions().Matches(File.ReadAllText(lab.Result.Page))
            .Select(match => WebUtility.HtmlDecode(Tags().Replace(match.Groups[1].Value, "")))
            .ToArray();
        Assert.Equal(14, captions.Length);
        Assert.Equal(10, captions.Count(line => line == commands[0]));
        foreach (string command in commands.Where(line => !line.StartsWith("scoregpu lab", StringComparison.Ordinal)))
        {
            Run(command);
        }

        foreach (string command in captions.Where(line => line != commands[0]))
        {
            Run(command);
        }

        Assert.Equal(
            File.ReadAllBytes(Path.Combine(lab.Output, "model.safetensors")),
            File.ReadAllBytes(_folder.PathOf("model.safetensors")));
        Assert.NotEqual(
            File.ReadAllBytes(_folder.PathOf("sde.npy")), File.ReadAllBytes(_folder.PathOf("sde-again.npy")));
    }

    private void Run(string command)
    {
        string[] words = command.Split(' ');
        Assert.Equal("scoregpu", words[0]);
        using StringWriter output = new();
        using StringWriter error = new();
        int code = Application.Run(
            [.. words.Skip(1).Select(word => Files().IsMatch(word) ? _folder.PathOf(word) : word)], output, error);
        Assert.True(code == ExitCode.Success, $"{command}: {error}");
    }

    [GeneratedRegex("<span>((?:<b>[^<]*</b> ?)+)</span>")]
    private static partial Regex Lines();

    [GeneratedRegex("<span class=\"made\"><code>(.*)</code>")]
    private static partial Regex Captions();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\.(safetensors|npy|svg)$")]
    private static partial Regex Files();
}
