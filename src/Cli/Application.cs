using System.CommandLine;
using ScoreGpu.Cli.Help;
using ScoreGpu.Engine;
using ScoreGpu.Engine.Devices.Native;

namespace ScoreGpu.Cli;

/// <summary>The program as a function of its arguments, its outputs and a token.</summary>
public static class Application
{
    /// <summary>Runs one command.</summary>
    /// <param name="args">The arguments after the program's name.</param>
    /// <param name="output">Takes results.</param>
    /// <param name="error">Takes messages and progress.</param>
    /// <param name="isInteractive">Whether a person watches <paramref name="error"/>, and progress is shown.</param>
    /// <param name="cancellation">Stops the command; nothing is left half-written.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static int Run(
        IReadOnlyList<string> args,
        TextWriter output,
        TextWriter error,
        bool isInteractive = false,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(error);
        return Run(args, new Session(output, error, isInteractive, cancellation));
    }

    /// <summary>Runs one command.</summary>
    internal static int Run(IReadOnlyList<string> args, Session session)
    {
        try
        {
            return Invoke(args, session);
        }
        catch (InputException exception)
        {
            return Fail(session, exception.Message, ExitCode.BadInput);
        }
        catch (DeviceException exception)
        {
            return Fail(session, exception.Message, ExitCode.DeviceFailed);
        }
        catch (OperationCanceledException) when (session.Cancellation.IsCancellationRequested)
        {
            return Fail(session, "stopped; no file was changed.", ExitCode.Interrupted);
        }
        catch (IOException exception)
        {
            // Files say so themselves; what is left is standard output on a full disk or the like.
            return Fail(session, $"standard output cannot be written: {exception.Message}", ExitCode.BadInput);
        }
        catch (OutOfMemoryException)
        {
            return Fail(
                session,
                "the memory does not suffice; expected a smaller network, or fewer points, samples or frames.",
                ExitCode.BadInput);
        }
        catch (Exception exception)
        {
            return Fail(
                session,
                $"internal error, {exception.GetType().Name}: {exception.Message} "
                + "This is a fault of scoregpu: please report it with the command line that led to it.",
                ExitCode.InternalError);
        }
    }

    private static int Invoke(IReadOnlyList<string> args, Session session)
    {
        RootCommand root = CommandLine.Build(session);
        // No response files: an argument that starts with @ is a file's name like any other.
        ParseResult parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            return Fail(session, ParseFailure.Describe(parsed), ExitCode.BadInput);
        }

        return parsed.Invoke(new InvocationConfiguration
        {
            Output = session.Output,
            Error = session.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        });
    }

    private static int Fail(Session session, string message, int code)
    {
        session.Error.WriteLine($"scoregpu: {OneLine(message)}");
        return code;
    }

    // A file's name may hold a line break or a terminal's control codes.
    private static string OneLine(string message) =>
        string.Concat(message.Select(c => char.IsControl(c) ? ' ' : c));
}
