using System.CommandLine;
using System.CommandLine.Invocation;

namespace ScoreGpu.Cli.Help;

/// <summary>Prints this program's version, whatever process it runs in.</summary>
internal sealed class VersionText : SynchronousCommandLineAction
{
    /// <summary>As in 1.2.3.</summary>
    public static string Number => typeof(VersionText).Assembly.GetName().Version!.ToString(fieldCount: 3);

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <summary>Puts it in the place of the root's version action.</summary>
    public static void Install(RootCommand root)
    {
        VersionOption version = root.Options.OfType<VersionOption>().Single();
        version.Description = "Shows the version.";
        version.Action = new VersionText();
    }

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.WriteLine(Number);
        return ExitCode.Success;
    }
}
