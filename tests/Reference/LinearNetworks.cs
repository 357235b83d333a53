using ScoreGpu.Engine.Networks;

namespace ScoreGpu.Tests.Reference;

/// <summary>Networks that are exactly linear in spite of their activation: silu(z) − silu(−z) = z.</summary>
internal static class LinearNetworks
{
    /// <summary>f(x) = A·x for a square A, with two hidden features an output.</summary>
    public static Network Create(double[,] matrix)
    {
        int dimension = matrix.GetLength(0);
        var network = new Network(new NetworkArchitecture(dimension, 2 * dimension, 1, new NoConditioning()));
        for (int i = 0; i < dimension; i++)
        {
            for (int j = 0; j < dimension; j++)
            {
                network["net.0.weight"][(2 * i * dimension) + j] = (float)matrix[i, j];
                network["net.0.weight"][(((2 * i) + 1) * dimension) + j] = -(float)matrix[i, j];
            }

            network["net.2.weight"][(i * 2 * dimension) + (2 * i)] = 1f;
            network["net.2.weight"][(i * 2 * dimension) + (2 * i) + 1] = -1f;
        }

        return network;
    }
}
