using System.CommandLine;
using ScoreGpu.Engine.Naming;

namespace ScoreGpu.Cli.Help;

/// <summary>Says in one line why the arguments cannot be understood.</summary>
internal static class ParseFailure
{
    /// <summary>Describes the first failure of a parse that failed.</summary>
    public static string Describe(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        if (parsed.UnmatchedTokens.Count > 0)
        {
            return DescribeUnknown(parsed.UnmatchedTokens[0], command);
        }

        if (command is RootCommand)
        {
            return $"no command is given; expected one of {string.Join(", ", CommandNames(command))}. "
                + "See scoregpu --help.";
        }

        return $"{parsed.Errors[0].Message.TrimEnd('.')}. See scoregpu {command.Name} --help.";
    }

    private static string DescribeUnknown(string token, Command command)
    {
        if (token.StartsWith('-'))
        {
            string place = command is RootCommand ? "" : $" of {command.Name}";
            IEnumerable<string> options = command.Options.Where(option => !option.Hidden).Select(option => option.Name);
            return $"'{token}' is not an option{place}; nearest: {Nearest(token, options)}.";
        }

        return command is RootCommand
            ? $"'{token}' is not a command; nearest: {Nearest(token, CommandNames(command))}."
            : $"'{token}' is an argument too many for {command.Name}; see scoregpu {command.Name} --help.";
    }

    private static IEnumerable<string> CommandNames(Command command) =>
        command.Subcommands.Select(subcommand => subcommand.Name);

    private static string Nearest(string given, IEnumerable<string> known) =>
        string.Join(", ", NearestNames.Find(given, known));
}
