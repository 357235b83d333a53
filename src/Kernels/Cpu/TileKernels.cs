using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ScoreGpu.Kernels.Cpu.Simd;

namespace ScoreGpu.Kernels.Cpu;

/// <summary>
/// The CPU device's kernels for one width of vector registers: a table of contents. Every buffer is a tile
/// (<see cref="Tile"/>) unless said otherwise; a chain's scratch is two tiles of its widest layer.
/// </summary>
public abstract unsafe class TileKernels
{
    /// <summary>The widths that this processor can run, widest first.</summary>
    public static IReadOnlyList<TileKernels> Supported { get; } = FindSupported();

    /// <summary>Bits in a vector register.</summary>
    public abstract int VectorBits { get; }

    /// <summary>y = chain(x).</summary>
    /// <param name="layers">The chain.</param>
    /// <param name="firstBias">The first layer's bias; null where <paramref name="ping"/> already holds it, a value a
    /// sample.</param>
    /// <param name="x">Input [D, 64]; kept.</param>
    /// <param name="ping">Scratch.</param>
    /// <param name="pong">Scratch.</param>
    /// <param name="y">Output.</param>
    /// <param name="columns">The samples to compute, a multiple of <see cref="Tile.Step"/>; of the others nothing useful is
    /// left. Scratch is packed: rows of so many samples, also where <paramref name="ping"/> holds the bias.</param>
    public abstract void Forward(
        ReadOnlySpan<DenseLayer> layers,
        float* firstBias,
        float* x,
        float* ping,
        float* pong,
        float* y,
        int columns = Tile.Width);

    /// <summary>As <see cref="Forward"/>, leaving the activation's derivative at each activated input for the two passes below.</summary>
    /// <param name="layers">The chain.</param>
    /// <param name="firstBias">As in <see cref="Forward"/>.</param>
    /// <param name="x">Input.</param>
    /// <param name="ping">Scratch.</param>
    /// <param name="pong">Scratch.</param>
    /// <param name="y">Output.</param>
    /// <param name="derivatives">Receives them a layer after another; the first layer's place stays unused.</param>
    /// <param name="columns">As in <see cref="Forward"/>.</param>
    public abstract void Linearise(
        ReadOnlySpan<DenseLayer> layers,
        float* firstBias,
        float* x,
        float* ping,
        float* pong,
        float* y,
        ReadOnlySpan<nint> derivatives,
        int columns = Tile.Width);

    /// <summary>ẏ = J·ẋ at the point of the last <see cref="Linearise"/>.</summary>
    public abstract void Tangent(
        ReadOnlySpan<DenseLayer> layers,
        float* tangent,
        float* ping,
        float* pong,
        float* result,
        ReadOnlySpan<nint> derivatives,
        int columns = Tile.Width);

    /// <summary>x̄ = Jᵀ·ȳ at the point of the last <see cref="Linearise"/>.</summary>
    public abstract void Cotangent(
        ReadOnlySpan<DenseLayer> layers,
        float* cotangent,
        float* ping,
        float* pong,
        float* result,
        ReadOnlySpan<nint> derivatives,
        int columns = Tile.Width);

    /// <summary>As <see cref="Forward"/>, with the tangents of <see cref="Tape.Tangents"/>, writing the tape.</summary>
    /// <param name="layers">The chain.</param>
    /// <param name="firstBias">As in <see cref="Forward"/>.</param>
    /// <param name="tape">The tape's layout.</param>
    /// <param name="record">The tile's tape.</param>
    /// <param name="derivatives">What is kept beside it, <see cref="Tape.DerivativesLength"/>.</param>
    /// <param name="x">Input, then one tile a tangent.</param>
    /// <param name="ping">Scratch.</param>
    /// <param name="pong">Scratch.</param>
    /// <param name="y">Output, then one tile a tangent.</param>
    /// <param name="columns">As in <see cref="Forward"/>. What a tape holds of others means nothing.</param>
    public abstract void TrainForward(
        ReadOnlySpan<DenseLayer> layers,
        float* firstBias,
        Tape tape,
        float* record,
        float* derivatives,
        float* x,
        float* ping,
        float* pong,
        float* y,
        int columns = Tile.Width);

    /// <summary>Carries δ back through the chain, writing every layer's δ to the tape.</summary>
    /// <param name="layers">The chain.</param>
    /// <param name="tape">The tape's layout.</param>
    /// <param name="record">The tile's tape, as <see cref="TrainForward"/> left it.</param>
    /// <param name="derivatives">What it left beside the tape.</param>
    /// <param name="delta">The gradient at the output, then at each tangent of it; overwritten. Room for 1 + tangents
    /// tiles of the widest layer.</param>
    /// <param name="scratch">As large as <paramref name="delta"/>.</param>
    /// <param name="inputGradient">Receives the gradient at the chain's input; null where nobody asks.</param>
    /// <param name="columns">As in <see cref="TrainForward"/>.</param>
    public abstract void TrainBackward(
        ReadOnlySpan<DenseLayer> layers,
        Tape tape,
        float* record,
        float* derivatives,
        float* delta,
        float* scratch,
        float* inputGradient,
        int columns = Tile.Width);

    /// <summary>A block of a layer's weight gradient, summed over tiles in pairs.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="index">Its place in the chain.</param>
    /// <param name="tape">The tape's layout.</param>
    /// <param name="records">The tapes of the tiles, one after another.</param>
    /// <param name="samples">The samples in them; the last tile may be partly filled.</param>
    /// <param name="block">Which block, below <see cref="WeightBlocks"/>.</param>
    /// <param name="weightGradient">[rows, rowStride]; only this block is touched.</param>
    /// <param name="biasGradient">One value a row; null where the bias has no gradient of its own.</param>
    public abstract void WeightGradient(
        in DenseLayer layer,
        int index,
        Tape tape,
        float* records,
        int samples,
        int block,
        float* weightGradient,
        float* biasGradient);

    /// <summary>Blocks of a layer's weight gradient: independent pieces of work.</summary>
    public static int WeightBlocks(in DenseLayer layer) =>
        layer.IsNarrow
            ? Tape.RoundUp(layer.Rows) / Tile.Width
            : (layer.Rows + GradientKernel.BlockRows - 1) / GradientKernel.BlockRows;

    /// <summary>Fills a tile with standard normals; see <see cref="NormalKernel"/>.</summary>
    public abstract void FillNormal(ulong seed, uint sample, uint row, uint stream, int features, float* z);

    /// <summary>Fills four rows of 64 words; see <see cref="PhiloxKernel"/>.</summary>
    public abstract void FillWords(ulong seed, uint sample, uint row, uint draw, uint stream, uint* words);

    /// <summary>Applies a sampler's row; see <see cref="StepKernel"/>.</summary>
    public abstract void ApplyStep(in StepCoefficients coefficients, int count, float* registers, float* output, float* noise);

    /// <summary>Log-density and score of a mixture; see <see cref="MixtureKernel"/>.</summary>
    public abstract void EvaluateMixture(
        in MixtureTable mixture, float* x, float* scratch, float* logDensities, float* scores);

    /// <summary>target[rows[n]] += source[n]; see <see cref="ElementKernel"/>.</summary>
    public abstract void ScatterAdd(
        float* target,
        int* rows,
        int stride,
        float* source,
        int sourceStride,
        int count,
        int columns,
        int firstRow,
        int rowCount);

    /// <summary>One Adam step over any count; see <see cref="AdamKernel"/>.</summary>
    public abstract void AdamStep(
        float* weights, float* gradient, float* first, float* second, int count, in AdamRates rates, float scale);

    /// <summary>sum = x + y, which may be one of them, for any count.</summary>
    public abstract void Add(float* x, float* y, float* sum, int count);

    /// <summary>One step of a moving average; see <see cref="AverageKernel"/>.</summary>
    public abstract void AverageStep(float* average, float* weights, int count, float share);

    /// <summary>y = f(x) over a multiple of 64 elements.</summary>
    public abstract void Activate(Activation activation, float* x, float* y, int count);

    /// <summary>y = exp(x) over a multiple of 64 elements.</summary>
    public abstract void Exp(float* x, float* y, int count);

    private static List<TileKernels> FindSupported()
    {
        var found = new List<TileKernels>();
        if (Vector512.IsHardwareAccelerated && Avx512F.IsSupported)
        {
            found.Add(new TileKernels<Simd512, Vector512<float>>());
        }

        if (Vector256.IsHardwareAccelerated && Fma.IsSupported)
        {
            found.Add(new TileKernels<Simd256, Vector256<float>>());
        }

        found.Add(new TileKernels<Simd128, Vector128<float>>());
        return found;
    }
}
