// MixtureScore, CUDA C.
// Written by ScoreGpu.Kernels.Generator from ScoreGpu.Kernels.Gpu.MixtureScoreKernel.Run.
//
// Log-density and score of a Gaussian mixture, ln p(x) = ln Σₖ exp eₖ(x) with
// eₖ(x) = sₖ − ½ |yₖ|², yₖ = Lₖ⁻¹ (x − μₖ), Σₖ = Lₖ Lₖᵀ.
//
// A work-item a point; the mixture is small and stays in the cache. Two passes over the components:
//
//   1.  m = max eₖ,  S = Σ exp(eₖ − m)     in one go: S shrinks by exp(m − m′) where the maximum grows
//       ln p = m + ln S
//   2.  score = − Σ exp(eₖ − m) / S · Lₖ⁻ᵀ yₖ
//
// Subtracting the maximum keeps both right thousands of standard deviations from every mode. Whitening by L⁻¹ loses
// √κ of the digits where the covariance has the condition number κ; the quadratic form of Σ⁻¹ would lose κ.

#define GROUP_SIZE 64

// Entry j of yₖ.
static __device__ __forceinline__ float MixtureScoreKernel_Whitened(const float* x, const float* means,
    const float* whitenings, int k, int dimension, int j)
{
    int row = ((k * dimension) + j) * dimension;
    float y = 0.0f;
    for (int i = 0; i <= j; i++)
    {
        y = fmaf(whitenings[row + i], x[i] - means[(k * dimension) + i], y);
    }

    return y;
}

// eₖ(x).
static __device__ __forceinline__ float MixtureScoreKernel_Exponent(const float* x, const float* means,
    const float* whitenings, const float* logScales, int k, int dimension)
{
    float distance_ = 0.0f;
    for (int j = 0; j < dimension; j++)
    {
        float y = MixtureScoreKernel_Whitened(x, means, whitenings, k, dimension, j);
        distance_ = fmaf(y, y, distance_);
    }

    return fmaf(-0.5f, distance_, logScales[k]);
}

// Evaluates a mixture and its score at points.
//   points: x, [count, dimension].
//   means: μ, [components, dimension].
//   whitenings: L⁻¹, [components, dimension, dimension], lower triangular.
//   logScales: s = ln w − ½ dimension·ln 2π − ½ ln det Σ, [components].
//   logDensities: Receives ln p(x), [count].
//   scores: Receives ∇ ln p(x), [count, dimension].
//   count: The number of points.
//   components: The number of components.
//   dimension: The dimension of a point.
extern "C" __global__ void __launch_bounds__(64)
MixtureScore(
    const float* __restrict__ points,
    const float* __restrict__ means,
    const float* __restrict__ whitenings,
    const float* __restrict__ logScales,
    float* logDensities,
    float* scores,
    int count,
    int components,
    int dimension)
{
    int n = ((int)blockIdx.x * GROUP_SIZE) + (int)threadIdx.x;
    if (n >= count)
    {
        return;
    }

    const float* x = &points[n * dimension];
    float* score = &scores[n * dimension];

    float largest = MixtureScoreKernel_Exponent(x, means, whitenings, logScales, 0, dimension);
    float sum = 1.0f;
    for (int k = 1; k < components; k++)
    {
        float exponent = MixtureScoreKernel_Exponent(x, means, whitenings, logScales, k, dimension);
        float larger = fmaxf(largest, exponent);
        sum = (sum * expf(largest - larger)) + expf(exponent - larger);
        largest = larger;
    }

    float logDensity = largest + logf(sum);
    logDensities[n] = logDensity;

    for (int i = 0; i < dimension; i++)
    {
        score[i] = 0.0f;
    }

    for (int k = 0; k < components; k++)
    {
        float exponent = MixtureScoreKernel_Exponent(x, means, whitenings, logScales, k, dimension);

        // Over S, not through ln p: far away a unit in the last place of ln p is no small factor.
        float share = expf(exponent - largest) / sum;
        for (int j = 0; j < dimension; j++)
        {
            int row = ((k * dimension) + j) * dimension;
            float pull = share * MixtureScoreKernel_Whitened(x, means, whitenings, k, dimension, j);
            for (int i = 0; i <= j; i++)
            {
                score[i] = fmaf(-pull, whitenings[row + i], score[i]);
            }
        }
    }
}
