using ScoreGpu.Engine;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;

namespace ScoreGpu.Tests.Samplers;

/// <summary>The rows that samplers, and programs of others, are made of.</summary>
public sealed class SamplerModelTests
{
    private readonly SamplerModel _model = new(new VpProcess(), Prediction.Epsilon, time => 2 * time);

    [Fact]
    public void A_row_has_what_the_network_is_told_and_its_update()
    {
        StepUpdate update = new() { X = Register.State };
        Assert.Equal(new StepRow(0.5, update), _model.Row(0.25, update));
    }

    [Fact]
    public void A_row_whose_coefficients_are_not_finite_is_refused() =>
        Assert.Contains(
            "time is 0.25",
            Assert.Throws<InputException>(
                () => _model.Row(0.25, new StepUpdate { X = double.NaN * Register.Output })).Message,
            StringComparison.Ordinal);

    [Fact]
    public void The_last_row_is_the_clipped_estimate_of_the_data()
    {
        StepUpdate update = _model.DenoisingRow(0.25, clip: 3).Exact;
        double alpha = _model.Process.Alpha(0.25);
        Assert.Equal(1 / alpha, update.DenoisedX, 1e-12);
        Assert.Equal(-_model.Process.Sigma(0.25) / alpha, update.DenoisedOutput, 1e-12);
        Assert.Equal(3, update.DenoisedBound);
        Assert.Equal(Register.Denoised, update.X);
    }
}
