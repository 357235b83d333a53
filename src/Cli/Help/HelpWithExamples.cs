using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace ScoreGpu.Cli.Help;

/// <summary>The usual help, followed by examples.</summary>
/// <param name="usual">Writes the usual help.</param>
internal sealed class HelpWithExamples(HelpAction usual) : SynchronousCommandLineAction
{
    private static readonly string[] FirstSteps =
    [
        "scoregpu train --data four-gaussians --steps 2000 --out model.safetensors",
        "scoregpu sample --model model.safetensors --count 2000 --plot samples.svg --out samples.npy",
        "scoregpu field --model model.safetensors --time 10 --out field.svg",
    ];

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <summary>Puts it in the place of the root's help.</summary>
    public static void Install(RootCommand root)
    {
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Description = "Shows this help.";
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
    }

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        int code = usual.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        Command command = parseResult.CommandResult.Command;
        output.WriteLine("Examples:");
        foreach (string example in (command as ExampleCommand)?.Examples ?? FirstSteps)
        {
            output.WriteLine($"  {example}");
        }

        output.WriteLine();
        return code;
    }
}
