using ScoreGpu.Engine.Networks;

namespace ScoreGpu.Engine.Benchmarks;

/// <summary>The networks of the benchmark, three hidden layers in two dimensions, and the sizes that costs refer to.</summary>
internal static class BenchmarkNetwork
{
    /// <summary>D.</summary>
    public const int Dimension = 2;

    private const int Layers = 3;

    /// <summary>A network with PyTorch's initial weights.</summary>
    /// <param name="width">H.</param>
    /// <param name="conditioning">What is told of the level.</param>
    /// <param name="seed">The key of the weights.</param>
    public static Network Create(int width, TimeConditioning conditioning, ulong seed = 1) =>
        Network.Create(Architecture(width, conditioning), seed);

    /// <summary>P, the weights of the trunk's products.</summary>
    public static double Products(int width) => (2.0 * Dimension * width) + ((Layers - 1.0) * width * width);

    /// <summary>F, those of the trunk's first layer.</summary>
    public static double FirstProduct(int width) => (double)Dimension * width;

    /// <summary>E, the weights that turn a level into the first layer's bias.</summary>
    public static double LevelProducts(int width, TimeConditioning conditioning) =>
        ((double)width * conditioning.Width) + ((double)conditioning.Width * conditioning.Width)
            + FirstLevelProduct(conditioning);

    /// <summary>G, the weights of the level's first layer where its input is a formula: no δ goes back through it.</summary>
    public static double FirstLevelProduct(TimeConditioning conditioning) =>
        conditioning is ComputedFeatures features ? (double)features.FeatureCount * features.Width : 0;

    /// <summary>W, all weights and biases.</summary>
    public static double Weights(int width, TimeConditioning conditioning)
    {
        NetworkParameter last = Architecture(width, conditioning).DescribeParameters()[^1];
        return last.Offset + last.Length;
    }

    private static NetworkArchitecture Architecture(int width, TimeConditioning conditioning) =>
        new(Dimension, width, Layers, conditioning);
}
