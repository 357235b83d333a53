using System.Net;
using System.Text.RegularExpressions;
using ScoreGpu.Cli;
using ScoreGpu.Tests.Engine;

namespace ScoreGpu.Tests.Viz.Labs.Ncsn;

/// <summary>The commands that the page shows do what it says.</summary>
public sealed partial class NcsnCommandTests(QuickNcsnLab lab) : IClassFixture<QuickNcsnLab>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Commands_of_the_page_run_and_make_the_same_model()
    {
        string[] commands = Lines().Matches(File.ReadAllText(lab.Result.Page))
            .Select(match => WebUtility.HtmlDecode(Tags().Replace(match.Groups[1].Value, "")))
            .ToArray();
        Assert.Equal(27, commands.Length);
        string full = Assert.Single(commands, line => line.Contains("full.safetensors", StringComparison.Ordinal));
        Run(full.Replace("--steps 70200", "--steps 2", StringComparison.Ordinal));
        foreach (string command in commands.Where(line => line != full))
        {
            // Fewer steps of training and of the chains: what counts here is that the words fit together.
            Run(command
                .Replace("--steps 2000", "--steps 60", StringComparison.Ordinal)
                .Replace("--sigma 0.5 --batch", "--sigma 0.5 --steps 60 --batch", StringComparison.Ordinal)
                .Replace("--sigma 1.5 --batch", "--sigma 1.5 --steps 60 --batch", StringComparison.Ordinal)
                .Replace("--steps 4000 --trajectories", "--steps 400 --trajectories", StringComparison.Ordinal));
        }

        Assert.Equal(
            File.ReadAllBytes(Path.Combine(lab.Output, "model.safetensors")),
            File.ReadAllBytes(_folder.PathOf("model.safetensors")));
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

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\.(safetensors|npy|svg)$")]
    private static partial Regex Files();
}
