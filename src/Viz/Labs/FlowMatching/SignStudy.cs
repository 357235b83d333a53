using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Viz.Labs.Quality;

namespace ScoreGpu.Viz.Labs.FlowMatching;

/// <summary>What becomes of samples where a convention is mistaken: half of the papers count t the other way.</summary>
/// <param name="Right">Steps along −u with t falling, as here.</param>
/// <param name="WrongSign">The velocity taken for x₀ − ε: steps along +u.</param>
/// <param name="WrongTime">The network told 1 − t.</param>
internal sealed record SignStudy(SamplerScore Right, SamplerScore WrongSign, SamplerScore WrongTime)
{
    private const int Steps = 50;

    /// <summary>Samples a trained flow in all three ways from the same starts.</summary>
    public static SignStudy Measure(
        LabContext context,
        FlowMatchingSettings settings,
        IDeviceNetwork network,
        float[] starts,
        SamplerTarget target)
    {
        return new SignStudy(Score(-1.0, t => t), Score(1.0, t => t), Score(-1.0, t => 1.0 - t));

        SamplerScore Score(double sign, Func<double, double> told)
        {
            StepRow[] rows =
            [
                .. Enumerable.Range(0, Steps).Select(i => new StepRow(
                    told((double)(Steps - i) / Steps), StepProgram.LinearStep(1.0, sign / Steps, 0.0))),
            ];
            float[] points = network.Sample(new StepProgram("euler", rows), new SampleRequest
            {
                Count = starts.Length / 2,
                Start = starts,
                Cancellation = context.Cancellation,
            }).Points;
            return SamplerScore.Of("euler", Steps, points, target, settings.Directions);
        }
    }
}
