using BenchmarkDotNet.Running;
using ScoreGpu.Bench.Jobs;

if (args is ["jobs"])
{
    JobServer.Run(Console.In, Console.Out);
}
else
{
    BenchmarkSwitcher.FromAssembly(typeof(JobServer).Assembly).Run(args);
}
