// PhiloxNormals, CUDA C.
// Written by ScoreGpu.Kernels.Generator from ScoreGpu.Kernels.Gpu.PhiloxKernel.Normals.
//
// Random words and normals on a device: the same draws as on every other.
//
// A work-item a sample. Nothing is shared and nothing is kept between draws, because a draw is a function of
// (sample, row, draw, stream) and the seed alone.
//
//   sample  row  draw  stream        seed
//      |     |     |     |             |
//   [ c0    c1    c2    c3 ]   [ k0    k1 ]
//      |                               |
//      +------ ten rounds -------------+
//                  |
//        [ x0    x1    x2    x3 ]  ->  Box-Muller  ->  z0 z1 z2 z3
//
// Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011, section 3.3.

#define GROUP_SIZE 64
#define Philox_Rounds 10
#define Philox_Multiplier0 0xD2511F53u
#define Philox_Multiplier1 0xCD9E8D57u
#define Philox_Weyl0 0x9E3779B9u
#define Philox_Weyl1 0xBB67AE85u
#define FloatBoxMuller_WordToUnit 2.3283064365386963e-10f
#define FloatBoxMuller_HalfWord 1.1641532182693481e-10f
#define FloatBoxMuller_SmallUnit 0.25f
#define FloatBoxMuller_SignedWordToAngle 1.4629180792671596e-9f

typedef struct tuple_uint4
{
    unsigned int Item1;
    unsigned int Item2;
    unsigned int Item3;
    unsigned int Item4;
} tuple_uint4;

typedef struct tuple_float2
{
    float Item1;
    float Item2;
} tuple_float2;

// Returns the four words that belong to a counter and a key.
static __device__ __forceinline__ tuple_uint4 Philox_Next(unsigned int c0, unsigned int c1, unsigned int c2,
    unsigned int c3, unsigned int k0, unsigned int k1)
{
    #pragma unroll
    for (int round_ = 0; round_ < Philox_Rounds; round_++)
    {
        unsigned long long product0 = (unsigned long long)Philox_Multiplier0 * c0;
        unsigned long long product1 = (unsigned long long)Philox_Multiplier1 * c2;

        unsigned int next0 = (unsigned int)(product1 >> 32) ^ c1 ^ k0;
        unsigned int next2 = (unsigned int)(product0 >> 32) ^ c3 ^ k1;
        c1 = (unsigned int)product1;
        c3 = (unsigned int)product0;
        c0 = next0;
        c2 = next2;

        k0 += Philox_Weyl0;
        k1 += Philox_Weyl1;
    }

    return tuple_uint4{c0, c1, c2, c3};
}

// −ln u.
static __device__ __forceinline__ float FloatBoxMuller_MinusLog(unsigned int word)
{
    float v = ((~word) * FloatBoxMuller_WordToUnit) + FloatBoxMuller_HalfWord;
    if (v < FloatBoxMuller_SmallUnit)
    {
        float s = v / (2.0f - v);
        float square = s * s;
        float series = 1.0f + (square * ((1.0f / 3.0f)
            + (square * (0.2f + (square * ((1.0f / 7.0f) + (square / 9.0f)))))));
        return 2.0f * s * series;
    }

    float u = (word * FloatBoxMuller_WordToUnit) + FloatBoxMuller_HalfWord;
    return -logf(u);
}

// Returns the pair of normals that belongs to two words.
static __device__ __forceinline__ tuple_float2 FloatBoxMuller_Transform(unsigned int radiusWord,
    unsigned int angleWord)
{
    float radius = sqrtf(2.0f * FloatBoxMuller_MinusLog(radiusWord));

    // As a signed word the angle is in [−π, π), where a float resolves it twice as finely.
    float angle = (int)angleWord * FloatBoxMuller_SignedWordToAngle;
    return tuple_float2{radius * cosf(angle), radius * sinf(angle)};
}

// The last draw of a vector may have more normals than the vector has room for.
static __device__ __forceinline__ void FloatNormals_Store(float* z, int index, int dimension, float value)
{
    if (index < dimension)
    {
        z[index] = value;
    }
}

// Fills a vector; draw d of Philox fills entries 4d … 4d + 3.
static __device__ __forceinline__ void FloatNormals_Fill(float* z, int dimension, unsigned int sample,
    unsigned int row, unsigned int stream, unsigned long long seed)
{
    for (int d = 0; d < dimension; d += 4)
    {
        tuple_uint4 tuple1 = Philox_Next(sample, row, (unsigned int)d / 4u, stream, (unsigned int)seed,
            (unsigned int)(seed >> 32));
        unsigned int x0 = tuple1.Item1;
        unsigned int x1 = tuple1.Item2;
        unsigned int x2 = tuple1.Item3;
        unsigned int x3 = tuple1.Item4;
        tuple_float2 tuple2 = FloatBoxMuller_Transform(x0, x1);
        float z0 = tuple2.Item1;
        float z1 = tuple2.Item2;
        tuple_float2 tuple3 = FloatBoxMuller_Transform(x2, x3);
        float z2 = tuple3.Item1;
        float z3 = tuple3.Item2;
        FloatNormals_Store(z, d, dimension, z0);
        FloatNormals_Store(z, d + 1, dimension, z1);
        FloatNormals_Store(z, d + 2, dimension, z2);
        FloatNormals_Store(z, d + 3, dimension, z3);
    }
}

// Writes standard normals: the vector that NormalDraws has in double.
//   normals: Receives z, [samples, dimension].
//   samples: The number of samples.
//   dimension: The length of a vector.
//   firstSample: The index, in the whole run, of the first sample.
//   row: Counter word 1: the row of the program.
//   stream: Counter word 3: the stream.
//   seed: The key.
extern "C" __global__ void __launch_bounds__(64)
PhiloxNormals(
    float* normals,
    int samples,
    int dimension,
    unsigned int firstSample,
    unsigned int row,
    unsigned int stream,
    unsigned long long seed)
{
    int n = ((int)blockIdx.x * GROUP_SIZE) + (int)threadIdx.x;
    if (n < samples)
    {
        FloatNormals_Fill(&normals[n * dimension], dimension, firstSample + (unsigned int)n, row, stream,
            seed);
    }
}
