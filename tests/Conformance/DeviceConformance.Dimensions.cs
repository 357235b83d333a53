using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Training;
using ScoreGpu.Engine.Verification.Reference;
using ScoreGpu.Tests.Reference;

namespace ScoreGpu.Tests.Conformance;

public abstract partial class DeviceConformance
{
    /// <summary>Every one up to 65, whose remainders by vectors, lanes, tiles and quads of columns are all there are.</summary>
    public static TheoryData<int, int> Dimensions => new((1, 16), (17, 32), (33, 48), (49, 65), (100, 100));

    [Theory]
    [MemberData(nameof(Dimensions))]
    public void Each_dimension_matches_the_reference(int first, int last)
    {
        var device = Device();
        var data = new Random(first);
        for (int dimension = first; dimension <= last; dimension++)
        {
            string named = $" in {dimension} dimensions";
            var test = ConformanceCase.Get($"5 {dimension} 9 2 none -");
            using var network = device.Load(test.Network);
            float[] results = new float[test.Points.Length];
            network.Evaluate(test.Points, [], results);
            Closeness.Require("output" + named, results, test.Outputs, ValueTolerance);
            network.JacobianVector(test.Points, [], test.Vectors, results);
            Closeness.Require("J·v" + named, results, test.JacobianVectors, ValueTolerance);
            network.VectorJacobian(test.Points, [], test.Vectors, results);
            Closeness.Require("vᵀJ" + named, results, test.VectorJacobians, ValueTolerance);
            float[] divergences = new float[test.Divergences.Length];
            network.Divergence(test.Points, [], divergences);
            Closeness.Require("divergence" + named, divergences, test.Divergences, ValueTolerance, test.DivergenceScale);

            var program = LangevinSampler.Create(2, 0.05);
            var request = new SampleRequest { Count = 5, Seed = 3, Start = test.Points };
            double[] expected = new double[test.Points.Length];
            for (int n = 0; n < 5; n++)
            {
                uint sample = (uint)n;
                int features = dimension;
                ReferenceSampler.Run(
                    test.Reference,
                    program,
                    ReferenceObjective.Row(test.Points, n, dimension),
                    row => ReferenceSampler.DrawNoise(3, sample, row, features))[^1].CopyTo(expected, n * dimension);
            }

            Closeness.Require("samples" + named, network.Sample(program, request).Points, expected, 4 * ValueTolerance);

            Objective[] objectives = [Objectives.DenoisingScore(0.5), new HyvarinenObjective(), new SlicedObjective()];
            foreach (var objective in objectives)
            {
                float[] noise = objective is HyvarinenObjective ? [] : ConformanceCase.Draw(data, test.Points.Length);
                var batch = new TrainingBatch(test.Points, noise, []);
                double[] gradient = new double[test.Network.Values.Length];
                ReferenceObjective.Evaluate(test.Reference, objective, batch, gradient);
                using var trainer = device.Train(test.Network, objective, AnyData(test.Network), new TrainingOptions());
                float[] actual = new float[gradient.Length];
                trainer.Gradient(batch, actual);
                Closeness.Require($"gradient of {objective.Name}" + named, actual, gradient, GradientTolerance);
            }
        }
    }
}
