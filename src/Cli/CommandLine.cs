using System.CommandLine;
using ScoreGpu.Cli.Commands;
using ScoreGpu.Cli.Help;

namespace ScoreGpu.Cli;

/// <summary>The command line as a whole.</summary>
internal static class CommandLine
{
    /// <summary>Builds the root command with every command under it.</summary>
    public static RootCommand Build(Session session)
    {
        RootCommand root = new("Trains, samples and inspects small score-based diffusion models.");
        root.Directives.Clear();
        root.Add(TrainCommand.Build(session));
        root.Add(SampleCommand.Build(session));
        root.Add(DrawCommand.Build(session));
        root.Add(LikelihoodCommand.Build(session));
        root.Add(MergeCommand.Build(session));
        root.Add(ReflowCommand.Build(session));
        root.Add(FieldCommand.Build(session));
        root.Add(EvaluateCommand.Build(session));
        root.Add(CompareCommand.Build(session));
        root.Add(DataCommand.Build(session));
        root.Add(LabCommand.Build(session));
        root.Add(VerifyCommand.Build(session));
        root.Add(DevicesCommand.Build(session));
        root.Add(BenchCommand.Build(session));
        root.Add(InspectCommand.Build(session));
        HelpWithExamples.Install(root);
        VersionText.Install(root);
        return root;
    }
}
