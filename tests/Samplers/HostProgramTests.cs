using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Samplers.Host;

namespace ScoreGpu.Tests.Samplers;

/// <summary>The same program, seed and network on a device and on the host.</summary>
public sealed class HostProgramTests
{
    private static readonly SamplerModel Model = new(new EdmProcess(0.05, 5.0), Prediction.Epsilon);

    [Theory]
    [InlineData("edm")]
    [InlineData("rk4")]
    [InlineData("dpm-solver-2")]
    [InlineData("dpm-solver++2m")]
    [InlineData("sde-dpm-solver++2m")]
    [InlineData("predictor-corrector")]
    public void A_device_does_what_the_host_does(string sampler)
    {
        var grid = TimeGrid.Create(Model.Process, TimeSpacing.Karras, 12);
        var program = sampler switch
        {
            "edm" => EdmSampler.Create(Model, grid, new EdmChurn(4.0)),
            "rk4" => RungeKuttaSampler.Create(Model, grid),
            "dpm-solver-2" => DpmSolver2Sampler.Create(Model, grid),
            "dpm-solver++2m" => DpmSolverPlusPlusSampler.Create(Model, grid, clip: 0.5),
            "sde-dpm-solver++2m" => DpmSolverPlusPlusSampler.Create(Model, grid, addsNoise: true),
            _ => PredictorCorrectorSampler.Create(Model, grid, correctorSteps: 2),
        };
        using var device = new CpuDevice(1);
        using var network = device.Load(Network.Create(new NetworkArchitecture(3, 16, 2, new LogSigmaEmbedding(8)), 5));
        float[] onDevice = network.Sample(program, new SampleRequest { Count = 65, Seed = 21 }).Points;
        double[] onHost = HostProgram.Run(
            program, new DeviceBatchNetwork(network), new HostRequest { Count = 65, Seed = 21 }).Points;
        double size = onHost.Max(Math.Abs);
        for (int i = 0; i < onHost.Length; i++)
        {
            Assert.Equal(onHost[i], onDevice[i], 2e-5 * size);
        }
    }
}
