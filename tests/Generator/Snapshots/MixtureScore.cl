// MixtureScore, OpenCL C 1.2.
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
static inline float MixtureScoreKernel_Pull(__global const float* x, __global const float* means,
    __global const float* precisions, int k, int dimension, int i)
{
    int row = ((k * dimension) + i) * dimension;
    float pull = 0.0f;
    for (int j = 0; j < dimension; j++)
    {
        pull = fma(precisions[row + j], x[j] - means[(k * dimension) + j], pull);
    }

    return pull;
}

// (x − μₖ)ᵀ Pₖ (x − μₖ).
static inline float MixtureScoreKernel_Distance(__global const float* x, __global const float* means,
    __global const float* precisions, int k, int dimension)
{
    float distance_ = 0.0f;
    for (int i = 0; i < dimension; i++)
    {
        float difference = x[i] - means[(k * dimension) + i];
        distance_ = fma(difference, MixtureScoreKernel_Pull(x, means, precisions, k, dimension, i),
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
__kernel __attribute__((reqd_work_group_size(64, 1, 1)))
void MixtureScore(
    __global const float* restrict points, int points_offset,
    __global const float* restrict means, int means_offset,
    __global const float* restrict precisions, int precisions_offset,
    __global const float* restrict logScales, int logScales_offset,
    __global float* logDensities, int logDensities_offset,
    __global float* scores, int scores_offset,
    int count,
    int components,
    int dimension)
{
    points += points_offset;
    means += means_offset;
    precisions += precisions_offset;
    logScales += logScales_offset;
    logDensities += logDensities_offset;
    scores += scores_offset;

    int n = ((int)get_group_id(0) * GROUP_SIZE) + (int)get_local_id(0);
    if (n >= count)
    {
        return;
    }

    __global const float* x = &points[n * dimension];
    __global float* score = &scores[n * dimension];

    float largest = logScales[0] - (0.5f * MixtureScoreKernel_Distance(x, means, precisions, 0, dimension));
    float sum = 1.0f;
    for (int k = 1; k < components; k++)
    {
        float exponent = logScales[k] - (0.5f
            * MixtureScoreKernel_Distance(x, means, precisions, k, dimension));
        float larger = fmax(largest, exponent);
        sum = (sum * exp(largest - larger)) + exp(exponent - larger);
        largest = larger;
    }

    float logDensity = largest + log(sum);
    logDensities[n] = logDensity;

    for (int i = 0; i < dimension; i++)
    {
        score[i] = 0.0f;
    }

    for (int k = 0; k < components; k++)
    {
        float exponent = logScales[k] - (0.5f
            * MixtureScoreKernel_Distance(x, means, precisions, k, dimension));
        float share = exp(exponent - logDensity);
        for (int i = 0; i < dimension; i++)
        {
            score[i] -= share * MixtureScoreKernel_Pull(x, means, precisions, k, dimension, i);
        }
    }
}
