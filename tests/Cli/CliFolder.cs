using System.Text.Json;
using ScoreGpu.Cli;

namespace ScoreGpu.Tests.Cli;

/// <summary>A folder of its own for the files of one test, and the program run in it.</summary>
public sealed class CliFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("scoregpu-cli-").FullName;

    public string this[string name] => Path.Combine(_path, name);

    /// <summary>The environment that the program sees.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>Names of all files, hidden ones too.</summary>
    public string[] Files => [.. Directory.GetFiles(_path).Select(file => Path.GetFileName(file)).Order()];

    public void Dispose() => Directory.Delete(_path, recursive: true);

    /// <summary>Runs the program; <c>@name</c> stands for a file of the folder.</summary>
    public CliResult Run(string line) => RunUntil(line, CancellationToken.None);

    public CliResult RunUntil(string line, CancellationToken cancellation)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        Session session = new(output, error, IsInteractive: false, cancellation)
        {
            Variable = name => Variables.GetValueOrDefault(name),
        };
        int code = Application.Run(Arguments(line), session);
        return new CliResult(code, output.ToString(), error.ToString());
    }

    public string[] Arguments(string line) =>
    [
        .. line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => word.StartsWith('@') ? this[word[1..]] : word),
    ];

    /// <summary>Runs the program and expects success in silence.</summary>
    public string Succeed(string line)
    {
        CliResult result = Run(line);
        Assert.Equal("", result.Error);
        Assert.Equal(ExitCode.Success, result.Code);
        return result.Output;
    }

    /// <summary>Runs the program with --json and expects one object.</summary>
    public JsonElement SucceedWithJson(string line)
    {
        JsonElement json = JsonDocument.Parse(Succeed(line + " --json")).RootElement;
        Assert.Equal(JsonValueKind.Object, json.ValueKind);
        Assert.Equal(line.Split(' ')[0], json.GetProperty("command").GetString());
        return json;
    }

    /// <summary>Expects a refusal: code 2, one line on stderr, no file made or changed.</summary>
    public string Refuse(string line)
    {
        var before = Snapshot();
        CliResult result = Run(line);
        Assert.Equal(ExitCode.BadInput, result.Code);
        Assert.Equal("", result.Output);
        Assert.StartsWith("scoregpu: ", result.Error, StringComparison.Ordinal);
        Assert.Equal(result.Error.Length - 1, result.Error.IndexOf('\n', StringComparison.Ordinal));
        Assert.Equal(before, Snapshot());
        return result.Error;
    }

    /// <summary>Trains a tiny model.</summary>
    public void Train(string name, string options = "--data four-gaussians") =>
        Succeed($"train {options} --steps 3 --hidden 8 --layers 2 --batch 64 --out @{name}");

    private List<(string Name, long Length, DateTime Written)> Snapshot() =>
    [
        .. Files.Select(name => new FileInfo(this[name]))
            .Select(file => (file.Name, file.Length, file.LastWriteTimeUtc)),
    ];
}

/// <summary>What a run left behind.</summary>
public sealed record CliResult(int Code, string Output, string Error);
