using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Drawing;
using ScoreGpu.Engine.Likelihoods;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Training;

namespace ScoreGpu.Tests.Benchmarks;

/// <summary>A device whose values are off in the last sample, or the last of its samples; everything else is right.
/// </summary>
internal sealed class WrongDevice(IDevice right, float error, bool isWrongInSamples = false) : IDevice
{
    public string Name => right.Name;

    public string Description => right.Description;

    public IDeviceNetwork Load(Network network) => new WrongNetwork(right.Load(network), error, isWrongInSamples);

    public IDeviceMixture Load(GaussianMixture mixture) => right.Load(mixture);

    public ITrainer Train(Network network, Objective objective, TrainingData data, TrainingOptions options) =>
        right.Train(network, objective, data, options);

    public void Dispose() => right.Dispose();

    private sealed class WrongNetwork(IDeviceNetwork right, float error, bool isWrongInSamples) : IDeviceNetwork
    {
        public int Dimension => right.Dimension;

        public void Evaluate(ReadOnlySpan<float> points, ReadOnlySpan<float> conditions, Span<float> outputs)
        {
            right.Evaluate(points, conditions, outputs);
            outputs[^1] += isWrongInSamples ? 0 : error;
        }

        public void JacobianVector(
            ReadOnlySpan<float> points,
            ReadOnlySpan<float> conditions,
            ReadOnlySpan<float> vectors,
            Span<float> products) => right.JacobianVector(points, conditions, vectors, products);

        public void VectorJacobian(
            ReadOnlySpan<float> points,
            ReadOnlySpan<float> conditions,
            ReadOnlySpan<float> vectors,
            Span<float> products) => right.VectorJacobian(points, conditions, vectors, products);

        public void Divergence(
            ReadOnlySpan<float> points, ReadOnlySpan<float> conditions, Span<float> divergences) =>
            right.Divergence(points, conditions, divergences);

        public SampleResult Sample(StepProgram program, SampleRequest request) =>
            Spoil(right.Sample(program, request));

        public SampleResult Draw(StepProgram program, SampleRequest request, TrajectoryCanvas canvas) =>
            Spoil(right.Draw(program, request, canvas));

        public TraceResult IntegrateTrace(LikelihoodProgram program, TraceRequest request) =>
            right.IntegrateTrace(program, request);

        public void Dispose() => right.Dispose();

        private SampleResult Spoil(SampleResult result)
        {
            result.Points[^1] += isWrongInSamples ? error : 0;
            return result;
        }
    }
}
