namespace ScoreGpu.Kernels.Gpu;

/// <summary>A vector of standard normals: <see cref="NormalDraws"/> in float32.</summary>
public static class FloatNormals
{
    /// <summary>Fills a vector; draw d of Philox fills entries 4d … 4d + 3.</summary>
    /// <param name="z">Receives the normals.</param>
    /// <param name="dimension">Its length.</param>
    /// <param name="sample">Counter word 0.</param>
    /// <param name="row">Counter word 1.</param>
    /// <param name="stream">Counter word 3.</param>
    /// <param name="seed">The key.</param>
    public static void Fill(FloatView z, int dimension, uint sample, uint row, uint stream, ulong seed)
    {
        for (int d = 0; d < dimension; d += 4)
        {
            (uint x0, uint x1, uint x2, uint x3) =
                Philox.Next(sample, row, (uint)d / 4, stream, (uint)seed, (uint)(seed >> 32));
            (float z0, float z1) = FloatBoxMuller.Transform(x0, x1);
            (float z2, float z3) = FloatBoxMuller.Transform(x2, x3);
            Store(z, d, dimension, z0);
            Store(z, d + 1, dimension, z1);
            Store(z, d + 2, dimension, z2);
            Store(z, d + 3, dimension, z3);
        }
    }

    /// <summary>The last draw of a vector may have more normals than the vector has room for.</summary>
    private static void Store(FloatView z, int index, int dimension, float value)
    {
        if (index < dimension)
        {
            z[index] = value;
        }
    }
}
