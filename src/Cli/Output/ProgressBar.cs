using System.Diagnostics;
using Spectre.Console;

namespace ScoreGpu.Cli.Output;

/// <summary>Shows on stderr how far a piece of work is, where a person watches.</summary>
internal static class ProgressBar
{
    /// <summary>Runs work under a bar, or without one.</summary>
    /// <param name="session">Where to show it.</param>
    /// <param name="isQuiet">Whether to show nothing.</param>
    /// <param name="label">What is being done.</param>
    /// <param name="work">The work, given what to report to: on any thread, as often as it likes.</param>
    public static T Run<T>(Session session, bool isQuiet, string label, Func<IProgress<Advance>, T> work)
    {
        if (isQuiet || !session.IsInteractive)
        {
            return work(new Silence());
        }

        IAnsiConsole console = AnsiConsole.Create(
            new AnsiConsoleSettings { Out = new AnsiConsoleOutput(session.Error) });
        return console.Progress()
            .AutoClear(true)
            .HideCompleted(true)
            .Columns(
                new TaskDescriptionColumn(),
                new Spectre.Console.ProgressBarColumn(),
                new PercentageColumn(),
                new RemainingTimeColumn())
            .Start(context => work(new Bar(context.AddTask(Markup.Escape(label), maxValue: 1), label)));
    }

    private sealed class Silence : IProgress<Advance>
    {
        public void Report(Advance value)
        {
        }
    }

    private sealed class Bar(ProgressTask task, string label) : IProgress<Advance>
    {
        private static readonly long Interval = Stopwatch.Frequency / 20;
        private long _next;

        public void Report(Advance value)
        {
            // Steps are shorter than a refresh of the screen by far; only some are worth the lock.
            long now = Stopwatch.GetTimestamp();
            long next = Volatile.Read(ref _next);
            if (now < next || Interlocked.CompareExchange(ref _next, now + Interval, next) != next)
            {
                return;
            }

            string name = value.Stage is { } stage ? $"{label}: {stage}" : label;
            task.Description = Markup.Escape(
                value.Loss is { } loss ? $"{name}, loss {NumberText.Real(loss)}" : name);
            task.Value = value.Share;
        }
    }
}
