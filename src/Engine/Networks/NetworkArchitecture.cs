using ScoreGpu.Kernels;

namespace ScoreGpu.Engine.Networks;

/// <summary>
/// A multi-layer perceptron f: (x, level) → ℝᴰ: [x, emb(level)] → H → f → … → H → f → D, with
/// <paramref name="Layers"/> hidden layers of <paramref name="Hidden"/> features and <see cref="Activation"/> f.
/// </summary>
/// <param name="Dimension">D, of x and of the output; 1 to 4096.</param>
/// <param name="Hidden">H, 1 to 65536.</param>
/// <param name="Layers">Hidden layers, 1 to 64.</param>
/// <param name="Conditioning">How the level enters.</param>
public sealed record NetworkArchitecture(int Dimension, int Hidden, int Layers, TimeConditioning Conditioning)
{
    /// <summary>What follows every layer but the last, in the embedding too.</summary>
    public Activation Activation { get; init; } = Activation.Silu;

    /// <summary>Checks every number.</summary>
    /// <exception cref="InputException">One is out of range.</exception>
    public void Validate()
    {
        Check("dimension", Dimension, 4096);
        Check("hidden", Hidden, 65536);
        Check("layers", Layers, 64);
        if (Conditioning is not NoConditioning)
        {
            Check("embedding width", Conditioning.Width, 65536);
        }

        Conditioning.Validate();
        if (Activation is not (Activation.Silu or Activation.Tanh or Activation.Relu or Activation.Gelu))
        {
            throw InputException.For("activation", Activation, string.Join(" or ", Activations.Names));
        }

        long table = Conditioning switch
        {
            LearnedEmbedding learned => learned.Steps,
            ComputedFeatures features => features.FeatureCount,
            _ => 0,
        };
        long values = ((long)Hidden * (Dimension + Conditioning.Width))
            + ((long)Layers * Hidden * Hidden)
            + ((table + Conditioning.Width) * Conditioning.Width);
        if (values > 1L << 28)
        {
            throw InputException.For("network size", values, "at most 268,435,456 weights");
        }
    }

    /// <summary>The tensors in the order of PyTorch's <c>state_dict</c>.</summary>
    public IReadOnlyList<NetworkParameter> DescribeParameters()
    {
        var parameters = new List<NetworkParameter>();
        int offset = 0;
        switch (Conditioning)
        {
            case LearnedEmbedding learned:
                Add("time_embed.0.weight", [learned.Steps, learned.Width], 0);
                AddLinear("time_embed.2", learned.Width, learned.Width);
                break;
            case LogSigmaEmbedding logSigma:
                AddLinear("sigma_emb.0", logSigma.Width, 1);
                AddLinear("sigma_emb.2", logSigma.Width, logSigma.Width);
                break;
            case TimeFeatures features:
                AddLinear("time_mlp.1", features.Width, features.FeatureCount);
                AddLinear("time_mlp.3", features.Width, features.Width);
                break;
        }

        for (int layer = 0; layer <= Layers; layer++)
        {
            int inputs = layer == 0 ? Dimension + Conditioning.Width : Hidden;
            AddLinear($"net.{2 * layer}", layer == Layers ? Dimension : Hidden, inputs);
        }

        return parameters;

        void AddLinear(string name, int outputs, int inputs)
        {
            Add(name + ".weight", [outputs, inputs], inputs);
            Add(name + ".bias", [outputs], inputs);
        }

        void Add(string name, int[] shape, int fanIn)
        {
            var parameter = new NetworkParameter(name, shape, offset, fanIn);
            parameters.Add(parameter);
            offset = checked(offset + parameter.Length);
        }
    }

    private static void Check(string name, int value, int most)
    {
        if (value < 1 || value > most)
        {
            throw InputException.For(name, value, $"1 to {most}");
        }
    }
}
