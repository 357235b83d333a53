using ScoreGpu.Engine.Networks;

namespace ScoreGpu.Engine.Verification.Reference;

/// <summary>A network in float64, one sample at a time, written from the formulas without regard to speed.</summary>
internal sealed class ReferenceNetwork
{
    private readonly Dictionary<string, NetworkParameter> _parameters;
    private readonly ReferenceActivation _activation;
    private readonly int _layers;
    private readonly int _dimension;
    private readonly int _width;

    public ReferenceNetwork(Network network)
    {
        Architecture = network.Architecture;
        _parameters = network.Parameters.ToDictionary(parameter => parameter.Name);
        _activation = ReferenceActivation.Of(Architecture.Activation);
        _layers = Architecture.Layers;
        _dimension = Architecture.Dimension;
        _width = Architecture.Conditioning.Width;
        Values = [.. network.Values.Select(value => (double)value)];
    }

    public NetworkArchitecture Architecture { get; }

    public double[] Values { get; }

    /// <summary>Multiply-adds so far of values, tangents and δ with weights.</summary>
    public long Products { get; private set; }

    /// <summary>Multiply-adds so far of δ with inputs, for the weights' gradient.</summary>
    public long GradientProducts { get; private set; }

    public double[] Evaluate(double[] x, double condition) => Forward(x, condition, []).Output;

    public double[] JacobianVector(double[] x, double condition, double[] v) =>
        Forward(x, condition, [v]).OutputTangents[0];

    public double[] VectorJacobian(double[] x, double condition, double[] v) =>
        Backward(Forward(x, condition, []), v, [], new double[Values.Length]);

    public double Divergence(double[] x, double condition)
    {
        double sum = 0;
        for (int d = 0; d < _dimension; d++)
        {
            sum += JacobianVector(x, condition, Unit(d))[d];
        }

        return sum;
    }

    public double[] Unit(int d)
    {
        double[] unit = new double[_dimension];
        unit[d] = 1;
        return unit;
    }

    /// <summary>The values and the tangents of every layer.</summary>
    public Trace Forward(double[] x, double condition, double[][] tangents)
    {
        var trace = new Trace(condition, _layers + 1, tangents.Length);
        double[] embedding = Embed(trace, condition);
        trace.Inputs[0] = [.. x, .. embedding];
        for (int j = 0; j < tangents.Length; j++)
        {
            trace.InputTangents[0][j] = [.. tangents[j], .. new double[_width]];
        }

        for (int l = 0; l <= _layers; l++)
        {
            double[] z = Affine($"net.{2 * l}", trace.Inputs[l], bias: true);
            double[][] zTangents = [.. trace.InputTangents[l].Select(a => Affine($"net.{2 * l}", a, bias: false))];
            if (l == _layers)
            {
                trace.Output = z;
                trace.OutputTangents = zTangents;
                break;
            }

            trace.PreActivations[l + 1] = z;
            trace.PreTangents[l + 1] = zTangents;
            trace.Inputs[l + 1] = Map(z, _activation.Value);
            trace.InputTangents[l + 1] = [.. zTangents.Select(t => Product(Map(z, _activation.Slope), t))];
        }

        return trace;
    }

    /// <summary>
    /// Adds the gradient of ȳ·y + Σⱼ ẏ̄ⱼ·ẏⱼ with respect to every weight to <paramref name="gradient"/>; returns that with
    /// respect to x.
    /// </summary>
    public double[] Backward(Trace trace, double[] output, double[][] outputTangents, double[] gradient)
    {
        double[] delta = output;
        double[][] deltas = outputTangents;
        for (int l = _layers; l >= 0; l--)
        {
            string name = $"net.{2 * l}";
            AddOuter(name, delta, trace.Inputs[l], gradient, bias: true);
            for (int j = 0; j < deltas.Length; j++)
            {
                AddOuter(name, deltas[j], trace.InputTangents[l][j], gradient, bias: false);
            }

            double[] below = Transposed(name, delta);
            double[][] belows = [.. deltas.Select(d => Transposed(name, d))];
            if (l == 0)
            {
                EmbedBackward(trace, below[_dimension..], gradient);
                return below[.._dimension];
            }

            double[] z = trace.PreActivations[l];
            delta = Product(Map(z, _activation.Slope), below);
            for (int j = 0; j < deltas.Length; j++)
            {
                for (int i = 0; i < delta.Length; i++)
                {
                    delta[i] += _activation.Curvature(z[i]) * trace.PreTangents[l][j][i] * belows[j][i];
                }
            }

            deltas = [.. belows.Select(b => Product(Map(z, _activation.Slope), b))];
        }

        throw new InvalidOperationException("A network has at least one layer.");
    }

    private double[] Embed(Trace trace, double condition)
    {
        switch (Architecture.Conditioning)
        {
            case LearnedEmbedding learned:
                int row = _parameters["time_embed.0.weight"].Offset + ((int)condition * learned.Width);
                trace.Features = Values[row..(row + learned.Width)];
                return Affine("time_embed.2", Map(trace.Features, _activation.Value), bias: true);
            case LogSigmaEmbedding:
                trace.Features = [Math.Log(condition + 1e-8)];
                trace.FirstFeatures = Affine("sigma_emb.0", trace.Features, bias: true);
                trace.SecondFeatures = Affine("sigma_emb.2", Map(trace.FirstFeatures, _activation.Value), bias: true);
                return Map(trace.SecondFeatures, _activation.Value);
            case TimeFeatures features:
                trace.Features = Features(features, condition);
                trace.FirstFeatures = Affine("time_mlp.1", trace.Features, bias: true);
                return Affine("time_mlp.3", Map(trace.FirstFeatures, _activation.Value), bias: true);
            default:
                return [];
        }
    }

    /// <summary>[sin θ, cos θ] of the definitions.</summary>
    private static double[] Features(TimeFeatures features, double condition)
    {
        double u = features.Input == TimeInput.LogSigma ? Math.Log(condition + 1e-8) : condition;
        int half = features.FeatureCount / 2;
        double[] angles = new double[half];
        for (int k = 0; k < half; k++)
        {
            angles[k] = features is FourierEmbedding fourier
                ? 2 * Math.PI * fourier.Frequencies[k] * features.Scale * u
                : features.Scale * u * Math.Exp(-Math.Log(10000) * k / Math.Max(1, half - 1));
        }

        return [.. angles.Select(Math.Sin), .. angles.Select(Math.Cos)];
    }

    private void EmbedBackward(Trace trace, double[] delta, double[] gradient)
    {
        switch (Architecture.Conditioning)
        {
            case LearnedEmbedding learned:
                AddOuter("time_embed.2", delta, Map(trace.Features, _activation.Value), gradient, bias: true);
                double[] rowDelta = Product(Transposed("time_embed.2", delta), Map(trace.Features, _activation.Slope));
                int row = _parameters["time_embed.0.weight"].Offset + ((int)trace.Condition * learned.Width);
                for (int f = 0; f < learned.Width; f++)
                {
                    gradient[row + f] += rowDelta[f];
                }

                break;
            case LogSigmaEmbedding:
                double[] second = Product(delta, Map(trace.SecondFeatures, _activation.Slope));
                AddOuter("sigma_emb.2", second, Map(trace.FirstFeatures, _activation.Value), gradient, bias: true);
                double[] first = Product(Transposed("sigma_emb.2", second), Map(trace.FirstFeatures, _activation.Slope));
                AddOuter("sigma_emb.0", first, trace.Features, gradient, bias: true);
                break;
            case TimeFeatures:
                AddOuter("time_mlp.3", delta, Map(trace.FirstFeatures, _activation.Value), gradient, bias: true);
                double[] inner = Product(Transposed("time_mlp.3", delta), Map(trace.FirstFeatures, _activation.Slope));
                AddOuter("time_mlp.1", inner, trace.Features, gradient, bias: true);
                break;
        }
    }

    private double[] Affine(string name, double[] input, bool bias)
    {
        var weight = _parameters[name + ".weight"];
        int offset = weight.Offset;
        double[] result = new double[weight.Shape[0]];
        Products += (long)result.Length * input.Length;
        for (int r = 0; r < result.Length; r++)
        {
            double sum = bias ? Values[_parameters[name + ".bias"].Offset + r] : 0;
            for (int c = 0; c < input.Length; c++)
            {
                sum += Values[offset + (r * input.Length) + c] * input[c];
            }

            result[r] = sum;
        }

        return result;
    }

    private double[] Transposed(string name, double[] delta)
    {
        var weight = _parameters[name + ".weight"];
        double[] result = new double[weight.Shape[1]];
        Products += (long)delta.Length * result.Length;
        for (int r = 0; r < delta.Length; r++)
        {
            for (int c = 0; c < result.Length; c++)
            {
                result[c] += Values[weight.Offset + (r * result.Length) + c] * delta[r];
            }
        }

        return result;
    }

    private void AddOuter(string name, double[] delta, double[] input, double[] gradient, bool bias)
    {
        int weight = _parameters[name + ".weight"].Offset;
        GradientProducts += (long)delta.Length * input.Length;
        for (int r = 0; r < delta.Length; r++)
        {
            for (int c = 0; c < input.Length; c++)
            {
                gradient[weight + (r * input.Length) + c] += delta[r] * input[c];
            }

            if (bias)
            {
                gradient[_parameters[name + ".bias"].Offset + r] += delta[r];
            }
        }
    }

    private static double[] Map(double[] values, Func<double, double> function) => Array.ConvertAll(values, v => function(v));

    private static double[] Product(double[] left, double[] right)
    {
        double[] product = new double[left.Length];
        for (int i = 0; i < product.Length; i++)
        {
            product[i] = left[i] * right[i];
        }

        return product;
    }

    /// <summary>Everything that a forward pass leaves for a backward pass.</summary>
    internal sealed class Trace(double condition, int layers, int tangents)
    {
        public double Condition { get; } = condition;

        public double[][] Inputs { get; } = new double[layers][];

        public double[][][] InputTangents { get; } =
            [.. Enumerable.Range(0, layers).Select(_ => new double[tangents][])];

        public double[][] PreActivations { get; } = new double[layers][];

        public double[][][] PreTangents { get; } = new double[layers][][];

        public double[] Features { get; set; } = [];

        public double[] FirstFeatures { get; set; } = [];

        public double[] SecondFeatures { get; set; } = [];

        public double[] Output { get; set; } = [];

        public double[][] OutputTangents { get; set; } = [];
    }
}
