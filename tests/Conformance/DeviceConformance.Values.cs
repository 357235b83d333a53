using ScoreGpu.Engine;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Networks;

namespace ScoreGpu.Tests.Conformance;

public abstract partial class DeviceConformance
{
    private delegate void Operation(
        IDeviceNetwork network, ReadOnlySpan<float> points, ReadOnlySpan<float> conditions, Span<float> results);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Values_and_derivatives_match_the_reference(string name)
    {
        var test = ConformanceCase.Get(name);
        using var network = Device().Load(test.Network);
        Assert.Equal(test.Network.Architecture.Dimension, network.Dimension);
        float[] results = new float[test.Points.Length];
        network.Evaluate(test.Points, test.Conditions, results);
        Closeness.Require("output", results, test.Outputs, ValueTolerance);

        // What an earlier call left behind must not matter.
        Array.Fill(results, float.NaN);
        network.JacobianVector(test.Points, test.Conditions, test.Vectors, results);
        Closeness.Require("J·v", results, test.JacobianVectors, ValueTolerance);
        Array.Fill(results, float.NaN);
        network.VectorJacobian(test.Points, test.Conditions, test.Vectors, results);
        Closeness.Require("vᵀJ", results, test.VectorJacobians, ValueTolerance);
        float[] divergences = new float[test.Divergences.Length];
        Array.Fill(divergences, float.NaN);
        network.Divergence(test.Points, test.Conditions, divergences);
        Closeness.Require("divergence", divergences, test.Divergences, ValueTolerance, test.DivergenceScale);

        float[] again = new float[test.Points.Length];
        network.Evaluate(test.Points, test.Conditions, again);
        Closeness.Require("output again", again, test.Outputs, ValueTolerance);
    }

    [Theory]
    [InlineData("257 2 128 3 step:300:128 each")]
    [InlineData("257 2 65 2 log-sigma:65 each")]
    [InlineData("64 3 32 1 log-sigma:16 each")]
    [InlineData("257 17 7 2 none -")]
    public void Every_variant_gives_the_same_bits(string name)
    {
        var test = ConformanceCase.Get(name);
        Operation[] operations =
        [
            (network, x, t, y) => network.Evaluate(x, t, y),
            (network, x, t, y) => network.JacobianVector(x, t, test.Vectors, y),
            (network, x, t, y) => network.VectorJacobian(x, t, test.Vectors, y),
            (network, x, t, y) => network.Divergence(x, t, y[..test.Divergences.Length]),
        ];
        float[][] first = [];
        for (int variant = 0; variant < Variants; variant++)
        {
            using var network = Device(variant).Load(test.Network);
            float[][] results = [.. operations.Select(operation =>
            {
                float[] result = new float[test.Points.Length];
                operation(network, test.Points, test.Conditions, result);
                return result;
            })];
            first = variant == 0 ? results : first;
            Assert.Equal(first, results);
        }
    }

    [Fact]
    public void A_point_does_not_depend_on_its_neighbours()
    {
        var test = ConformanceCase.Get("257 2 32 3 step:100:32 each");
        using var network = Device().Load(test.Network);
        float[] all = new float[test.Points.Length];
        network.Evaluate(test.Points, test.Conditions, all);
        float[] some = new float[2 * 70];
        network.Evaluate(test.Points.AsSpan(2 * 100, 2 * 70), test.Conditions.AsSpan(100, 70), some);
        Assert.Equal(all.AsSpan(2 * 100, 2 * 70).ToArray(), some);

        float[] poisoned = [.. test.Points];
        poisoned[2 * 10] = float.NaN;
        float[] others = new float[all.Length];
        network.Evaluate(poisoned, test.Conditions, others);
        Assert.True(float.IsNaN(others[20]) && float.IsNaN(others[21]));
        Assert.Equal(all[..20], others[..20]);
        Assert.Equal(all[22..], others[22..]);
    }

    [Fact]
    public void A_shared_condition_is_that_condition_for_each()
    {
        var test = ConformanceCase.Get("65 2 128 1 log-sigma:17 shared");
        using var network = Device().Load(test.Network);
        float[] shared = new float[test.Points.Length];
        float[] each = new float[test.Points.Length];
        network.Evaluate(test.Points, test.Conditions, shared);
        network.Evaluate(test.Points, Enumerable.Repeat(test.Conditions[0], 65).ToArray(), each);
        Closeness.Require("output", each, [.. shared.Select(value => (double)value)], 1e-6);
    }

    [Fact]
    public void An_empty_batch_is_no_work()
    {
        using var network = Device().Load(ConformanceCase.Get("64 2 128 3 none -").Network);
        network.Evaluate([], [], []);
        network.Divergence([], [], []);
    }

    [Fact]
    public void Two_networks_on_a_device_keep_apart()
    {
        var a = ConformanceCase.Get("257 2 32 3 step:100:32 each");
        var b = ConformanceCase.Get("64 2 128 3 none -");
        var device = Device();
        using var first = device.Load(a.Network);
        using (var second = device.Load(b.Network))
        {
            float[] other = new float[b.Points.Length];
            second.Evaluate(b.Points, [], other);
            Closeness.Require("second", other, b.Outputs, ValueTolerance);
        }

        float[] results = new float[a.Points.Length];
        first.Evaluate(a.Points, a.Conditions, results);
        Closeness.Require("first", results, a.Outputs, ValueTolerance);
    }

    [Fact]
    public void The_network_is_copied()
    {
        var test = ConformanceCase.Get("64 2 128 3 none -");
        var copy = new Network(test.Network.Architecture);
        test.Network.Values.CopyTo(copy.Values, 0);
        using var network = Device().Load(copy);
        Array.Clear(copy.Values);
        float[] results = new float[test.Points.Length];
        network.Evaluate(test.Points, [], results);
        Closeness.Require("output", results, test.Outputs, ValueTolerance);
    }

    [Fact]
    public void Lengths_and_conditions_that_do_not_fit_are_named()
    {
        var device = Device();
        using var timed = device.Load(ConformanceCase.Get("257 2 32 3 step:100:32 each").Network);
        using var noisy = device.Load(ConformanceCase.Get("257 2 65 2 log-sigma:65 each").Network);
        float[] x = new float[4];
        float[] y = new float[4];
        AssertNames("points", () => timed.Evaluate(new float[3], [0], new float[3]));
        AssertNames("results", () => timed.Evaluate(x, [0], new float[3]));
        AssertNames("results", () => timed.Divergence(x, [0], y));
        AssertNames("vectors", () => timed.JacobianVector(x, [0], new float[2], y));
        AssertNames("vectors", () => timed.VectorJacobian(x, [0], new float[6], y));
        AssertNames("conditions", () => timed.Evaluate(x, [], y));
        AssertNames("conditions", () => timed.Evaluate(x, [0, 1, 2], y));
        AssertNames("time", () => timed.Evaluate(x, [100], y));
        AssertNames("time", () => timed.Evaluate(x, [-1], y));
        AssertNames("time", () => timed.Evaluate(x, [0.5f], y));
        AssertNames("time", () => timed.Evaluate(x, [0, float.NaN], y));
        AssertNames("sigma", () => noisy.Evaluate(x, [-1], y));
        AssertNames("sigma", () => noisy.Evaluate(x, [float.PositiveInfinity], y));
    }

    private static void AssertNames(string name, Action action) =>
        Assert.Contains(name, Assert.Throws<InputException>(action).Message, StringComparison.Ordinal);
}
