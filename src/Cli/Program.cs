using ScoreGpu.Cli;

using Interruption interruption = new();
return Application.Run(
    args, Console.Out, Console.Error, isInteractive: !Console.IsErrorRedirected, interruption.Token);
