using ScoreGpu.Engine.Networks;

namespace ScoreGpu.Tests.Kernels;

/// <summary>What kernels declare that they cost.</summary>
public sealed class KernelCostTests
{
    public static TheoryData<string> Names =>
        [.. global::ScoreGpu.Kernels.GeneratedKernels.All.Select(kernel => kernel.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_kernel_declares_a_cost_in_what_is_known(string name)
    {
        KernelDefinition kernel =
            global::ScoreGpu.Kernels.GeneratedKernels.All.Single(candidate => candidate.Name == name);
        Assert.NotNull(kernel.Cost);
        string[] known =
        [
            .. kernel.Parameters.Where(parameter => parameter.Kind != KernelParameterKind.View)
                .Select(parameter => parameter.Name),
            .. kernel.Cost.Where.Split(';').Select(symbol => symbol.Split(':')[0].Trim()),
        ];
        double Value(string symbol) => known.Contains(symbol) ? 7 : throw new InvalidOperationException(symbol);

        Assert.True(kernel.Cost.Bytes(Value) > 0, kernel.Cost.BytesFormula);
        Assert.True(kernel.Cost.Flops(Value) >= 0, kernel.Cost.FlopsFormula);
    }

    [Theory]
    [InlineData(2, 128, 3)]
    [InlineData(3, 17, 1)]
    public void A_step_of_training_costs_three_products_with_each_weight_but_one_for_the_first(
        int dimension, int hidden, int layers)
    {
        var network = Network.Create(
            new NetworkArchitecture(dimension, hidden, layers, new NoConditioning()), 1);
        int[] sizes =
        [
            .. network.Parameters.Where(parameter => parameter.Name.EndsWith(".weight", StringComparison.Ordinal))
                .Select(parameter => parameter.Shape.Aggregate(1, (product, extent) => product * extent)),
        ];
        int biases = network.Values.Length - sizes.Sum();
        double Value(string symbol) => symbol switch
        {
            "products" => sizes.Sum(),
            "firstProduct" => sizes[0],
            "deltaRows" => biases,
            "inputRows" => dimension + (layers * hidden),
            "inputs" or "outputDimension" or "dimension" => dimension,
            "levelStep" => 0,
            _ => throw new InvalidOperationException(symbol),
        };

        Assert.Equal(2.0 * sizes.Sum(), global::ScoreGpu.Kernels.GeneratedKernels.EvaluateValues.Cost!.Flops(Value));
        Assert.Equal(8.0 * dimension, global::ScoreGpu.Kernels.GeneratedKernels.EvaluateValues.Cost!.Bytes(Value));
        Assert.Equal(
            (6.0 * sizes.Sum()) - (2 * sizes[0]) + biases,
            global::ScoreGpu.Kernels.GeneratedKernels.Denoising.Cost!.Flops(Value)
                + global::ScoreGpu.Kernels.GeneratedKernels.WeightGradient.Cost!.Flops(Value));
    }
}
