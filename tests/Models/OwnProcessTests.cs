using ScoreGpu.Engine;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Training;
using ScoreGpu.Tests.Engine;

namespace ScoreGpu.Tests.Models;

/// <summary>A process that the engine does not know, through everything that takes one.</summary>
public sealed class OwnProcessTests
{
    private readonly Model _model = new(
        Network.Create(new NetworkArchitecture(2, 8, 1, new LogSigmaEmbedding(4)), seed: 0),
        Prediction.V,
        new ContinuousModelProcess(new RootProcess()),
        "heart");

    [Fact]
    public void Every_sampler_that_goes_with_it_and_its_objective_have_finite_tables()
    {
        string[] names = [.. ModelSamplers.NamesFor(_model).Where(name => SamplerCatalog.Find(name).IsTable)];
        Assert.Contains("dpm-solver++2m", names);
        Assert.All(
            names, name => Assert.All(ModelSamplers.Create(_model, name).Rows, row => Assert.True(row.Exact.IsFinite)));
        var objective = Assert.IsType<DenoisingObjective>(ModelObjectives.Default(_model));
        Assert.All(
            objective.Levels,
            level => Assert.Equal(1, (level.Alpha * level.Alpha) + (level.Sigma * level.Sigma), 1e-12));
    }

    [Theory]
    [InlineData(-6.0)]
    [InlineData(0.0)]
    [InlineData(5.5)]
    public void The_time_at_a_log_SNR_is_found_without_a_formula(double logSnr) =>
        Assert.Equal(logSnr, new RootProcess().LogSnr(new RootProcess().TimeAtLogSnr(logSnr)), 1e-10);

    [Fact]
    public void A_file_cannot_hold_it()
    {
        using TemporaryFolder folder = new();
        Assert.Contains(
            "process is 'root'; expected one that a file can hold",
            Assert.Throws<InputException>(() => ModelFile.Save(folder.PathOf("m.safetensors"), _model)).Message,
            StringComparison.Ordinal);
        Assert.Empty(folder.Files());
    }

    private sealed class RootProcess : ContinuousProcess
    {
        public override string Name => "root";

        public override TimeRange TimeRange => new(0.0, 1.0);

        public override TimeRange SamplingRange => new(1e-3, 0.999);

        public override double Alpha(double t) => Math.Sqrt(1.0 - t);

        public override double Sigma(double t) => Math.Sqrt(t);

        public override double LogAlphaDerivative(double t) => -0.5 / (1.0 - t);

        public override double VarianceDerivative(double t) => 1.0;
    }
}
