using System.CommandLine;

namespace ScoreGpu.Cli.Help;

/// <summary>A command whose help ends with examples.</summary>
/// <param name="name">The command's name.</param>
/// <param name="description">A sentence or two.</param>
/// <param name="examples">Whole command lines, each of which works as it stands.</param>
internal sealed class ExampleCommand(string name, string description, params string[] examples)
    : Command(name, description)
{
    /// <summary>Whole command lines.</summary>
    public IReadOnlyList<string> Examples { get; } = examples;
}
