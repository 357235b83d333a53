using ScoreGpu.Kernels.Cpu.Simd;

namespace ScoreGpu.Kernels.Cpu;

/// <summary>The kernels compiled for one width; what each does stands in <see cref="TileKernels"/>.</summary>
/// <typeparam name="TSimd">The vector instructions.</typeparam>
/// <typeparam name="TVector">The vector type.</typeparam>
internal sealed unsafe class TileKernels<TSimd, TVector> : TileKernels
    where TSimd : struct, ISimd<TSimd, TVector>
    where TVector : struct
{
    public override int VectorBits => TSimd.Lanes * sizeof(float) * 8;

    public override void Forward(
        ReadOnlySpan<DenseLayer> layers,
        float* firstBias,
        float* x,
        float* ping,
        float* pong,
        float* y,
        int columns = Tile.Width) =>
        ChainKernel.Forward<TSimd, TVector>(layers, firstBias, x, ping, pong, y, columns);

    public override void Linearise(
        ReadOnlySpan<DenseLayer> layers,
        float* firstBias,
        float* x,
        float* ping,
        float* pong,
        float* y,
        ReadOnlySpan<nint> derivatives,
        int columns = Tile.Width) =>
        ChainKernel.Linearise<TSimd, TVector>(layers, firstBias, x, ping, pong, y, derivatives, columns);

    public override void Tangent(
        ReadOnlySpan<DenseLayer> layers,
        float* tangent,
        float* ping,
        float* pong,
        float* result,
        ReadOnlySpan<nint> derivatives,
        int columns = Tile.Width) =>
        ChainKernel.Tangent<TSimd, TVector>(layers, tangent, ping, pong, result, derivatives, columns);

    public override void Cotangent(
        ReadOnlySpan<DenseLayer> layers,
        float* cotangent,
        float* ping,
        float* pong,
        float* result,
        ReadOnlySpan<nint> derivatives,
        int columns = Tile.Width) =>
        ChainKernel.Cotangent<TSimd, TVector>(layers, cotangent, ping, pong, result, derivatives, columns);

    public override void TrainForward(
        ReadOnlySpan<DenseLayer> layers,
        float* firstBias,
        Tape tape,
        float* record,
        float* derivatives,
        float* x,
        float* ping,
        float* pong,
        float* y,
        int columns = Tile.Width) =>
        TapeKernel.Forward<TSimd, TVector>(
            layers, firstBias, tape, record, derivatives, x, ping, pong, y, columns);

    public override void TrainBackward(
        ReadOnlySpan<DenseLayer> layers,
        Tape tape,
        float* record,
        float* derivatives,
        float* delta,
        float* scratch,
        float* inputGradient,
        int columns = Tile.Width) =>
        TapeKernel.Backward<TSimd, TVector>(
            layers, tape, record, derivatives, delta, scratch, inputGradient, columns);

    public override void WeightGradient(
        in DenseLayer layer,
        int index,
        Tape tape,
        float* records,
        int samples,
        int block,
        float* weightGradient,
        float* biasGradient) =>
        GradientKernel.Run<TSimd, TVector>(
            layer, index, tape, records, samples, block, weightGradient, biasGradient);

    public override void FillNormal(ulong seed, uint sample, uint row, uint stream, int features, float* z) =>
        NormalKernel.Fill<TSimd, TVector>(seed, sample, row, stream, features, z);

    public override void FillWords(ulong seed, uint sample, uint row, uint draw, uint stream, uint* words) =>
        PhiloxKernel.Fill<TSimd, TVector>(seed, sample, row, draw, stream, words);

    public override void ApplyStep(
        in StepCoefficients coefficients, int count, float* registers, float* output, float* noise) =>
        StepKernel.Apply<TSimd, TVector>(coefficients, count, registers, output, noise);

    public override void EvaluateMixture(
        in MixtureTable mixture, float* x, float* scratch, float* logDensities, float* scores) =>
        MixtureKernel.Evaluate<TSimd, TVector>(mixture, x, scratch, logDensities, scores);

    public override void ScatterAdd(
        float* target,
        int* rows,
        int stride,
        float* source,
        int sourceStride,
        int count,
        int columns,
        int firstRow,
        int rowCount) =>
        ElementKernel.ScatterAdd<TSimd, TVector>(
            target, rows, stride, source, sourceStride, count, columns, firstRow, rowCount);

    public override void AdamStep(
        float* weights, float* gradient, float* first, float* second, int count, in AdamRates rates, float scale) =>
        AdamKernel.Step<TSimd, TVector>(weights, gradient, first, second, count, rates, scale);

    public override void Add(float* x, float* y, float* sum, int count) =>
        ElementKernel.Add<TSimd, TVector>(x, y, sum, count);

    public override void AverageStep(float* average, float* weights, int count, float share) =>
        AverageKernel.Step<TSimd, TVector>(average, weights, count, share);

    public override void Activate(Activation activation, float* x, float* y, int count) =>
        ActivationPass.Value<TSimd, TVector>(activation, x, y, count);

    public override void Exp(float* x, float* y, int count)
    {
        for (int i = 0; i < count; i += TSimd.Lanes)
        {
            TSimd.Store(y + i, VectorMath.Exp<TSimd, TVector>(TSimd.Load(x + i)));
        }
    }
}
