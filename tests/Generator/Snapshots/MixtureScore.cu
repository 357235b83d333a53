// MixtureScore, CUDA C.
// Written by ScoreGpu.Kernels.Generator from ScoreGpu.Kernels.Gpu.MixtureScoreKernel.Run.
//
// Log-density and score of a Gaussian mixture, ln p(x) = ln Σₖ exp eₖ(x) with
// eₖ(x) = sₖ − ½ (x − μₖ)ᵀ Pₖ (x − μₖ).
//
// A work-item a point; the mixture is small and stays in the cache. Two passes over the components:
//
//   1.  m = max eₖ,  S = Σ exp(eₖ − m)     in one go: S shrinks by exp(m − m′) where the maximum grows
//       ln p = m + ln S
//   2.  score = − Σ exp(eₖ − ln p) Pₖ (x − μₖ)
//
// Subtracting the maximum keeps both right thousands of standard deviations from every mode.

#define GROUP_SIZE 64

// Entry i of Pₖ (x − μₖ).
static __device__ __forceinline__ float MixtureScoreKernel_Pull(const float* x, const float* means,
    const float* precisions, int k, int dimension, int i)
{
    int row = ((k * dimension) + i) * dimension;
    float pull = 0.0f;
    for (int j = 0; j < dimension; j++)
    {
        pull = fmaf(precisions[row + j], x[j] - means[(k * dimension) + j], pull);
    }

    return pull;
}

// (x − μₖ)ᵀ Pₖ (x − μₖ).
static __device__ __forceinline__ float MixtureScoreKernel_Distance(const float* x, const float* means,
    const float* precisions, int k, int dimension)
{
    float distance_ = 0.0f;
    for (int i = 0; i < dimension; i++)
    {
        float difference = x[i] - means[(k * dimension) + i];
        distance_ = fmaf(difference, MixtureScoreKernel_Pull(x, means, precisions, k, dimension, i),
            distance_);
    }

    return distance_;
}

// Evaluates a mixture and its score at points.
//   points: x, [count, dimension].
//   means: μ, [components, dimension].
//   precisions: P = Σ⁻¹, [components, dimension, dimension], symmetric.
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
    const float* __restrict__ precisions,
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

    float largest = logScales[0] - (0.5f * MixtureScoreKernel_Distance(x, means, precisions, 0, dimension));
    float sum = 1.0f;
    for (int k = 1; k < components; k++)
    {
        float exponent = logScales[k] - (0.5f
            * MixtureScoreKernel_Distance(x, means, precisions, k, dimension));
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
        float exponent = logScales[k] - (0.5f
            * MixtureScoreKernel_Distance(x, means, precisions, k, dimension));
        float share = expf(exponent - logDensity);
        for (int i = 0; i < dimension; i++)
        {
            score[i] -= share * MixtureScoreKernel_Pull(x, means, precisions, k, dimension, i);
        }
    }
}
