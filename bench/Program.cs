using BenchmarkDotNet.Running;
using ScoreGpu.Bench.Jobs;
using ScoreGpu.Engine.Devices;

switch (args)
{
    case ["jobs"]:
        JobServer.Run(DeviceCatalog.Default, Console.In, Console.Out);
        break;
    case ["jobs", var device]:
        JobServer.Run(device, Console.In, Console.Out);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(JobServer).Assembly).Run(args);
        break;
}
