namespace ScoreGpu.Engine.Benchmarks;

/// <summary>What an operation has to do whatever the implementation: arithmetic, and traffic with the main memory.</summary>
/// <remarks>
/// <para>
/// Counted as operations are the additions and multiplications of the layers' products (a multiply-add is two), those of
/// a mixture's exponents and pulls, and the whole-number steps of Philox. Functions (activations and their derivatives,
/// exp, ln, roots, sines), divisions, the linear updates of samplers and optimisers, and losses count as none: they are
/// the implementation's to keep small.
/// </para>
/// <para>
/// Bytes are what must move between the main memory and the device's caches at least once a run: inputs and weights in,
/// results out, the optimiser's state both ways. What is made on the device and used up there counts as none. The rate at
/// the roofline is therefore one that nothing can exceed.
/// </para>
/// </remarks>
/// <param name="FlopsFormula">Operations of a run, in the symbols of <see cref="Symbols"/>.</param>
/// <param name="Flops">Evaluates it.</param>
/// <param name="BytesFormula">Bytes of a run.</param>
/// <param name="Bytes">Evaluates it.</param>
public sealed record OperationCost(
    string FlopsFormula,
    Func<BenchmarkShape, double> Flops,
    string BytesFormula,
    Func<BenchmarkShape, double> Bytes)
{
    /// <summary>What the symbols of the formulas mean.</summary>
    public const string Symbols =
        "N: batch; H: width; D: dimension, 2; P: weights of the trunk's products, 2*D*H + 2*H^2 with three hidden layers; "
        + "F: those of the first layer, D*H; W: all weights and biases; S: evaluations of the network a trajectory; "
        + "T: noise levels; E: weights of the level's own layers and of its share of the first; "
        + "G: those of its first layer where nothing is learned before it, else 0; K: components; C: pixels";
}
