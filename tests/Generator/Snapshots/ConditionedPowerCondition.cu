// ConditionedPowerCondition, CUDA C.
// Written by ScoreGpu.Kernels.Generator from ScoreGpu.Tests.Generator.Kernels.ConditionedKernel.Run<ScoreGpu.Tests.Generator.Kernels.PowerCondition>.
//
// Structs, enums, tuples, references, arrays, patterns and type arguments together.

#define GROUP_SIZE 4
#define RowKind_Twice 5
#define RowKind_Negate (-3)
#define RowKind_None 0
#define ConditionedKernel_Length 4

typedef struct PowerCondition
{
    float Scale;
    int Shift;
} PowerCondition;

// The size in C#; an array of −1 elements stops the compiler where it differs.
typedef char PowerCondition_has_8_bytes[sizeof(PowerCondition) == 8 ? 1 : -1];

typedef struct tuple_float2
{
    float Item1;
    float Item2;
} tuple_float2;

typedef struct Pair
{
    float First;
    unsigned long long Second;
} Pair;

typedef struct Row
{
    float Scale;
    int Kind;
    Pair Both;
} Row;

// The size in C#; an array of −1 elements stops the compiler where it differs.
typedef char Row_has_24_bytes[sizeof(Row) == 24 ? 1 : -1];

// Not stored: computed from a field.
static __device__ __forceinline__ float PowerCondition_Half(PowerCondition self)
{
    return 0.5f * self.Scale;
}

static __device__ __forceinline__ float PowerCondition_Term(PowerCondition self, int index, float x)
{
    float power = PowerCondition_Half(self);
    for (int i = 0; i < index + self.Shift; i++)
    {
        power *= x;
    }

    return power;
}

static __device__ __forceinline__ float ConditionedKernel_Sum(const float* values)
{
    float sum = 0.0f;
    int i = 4;
    do
    {
        i--;
        if (i == 7)
        {
            continue;
        }

        sum += values[i];
    }
    while (i > 0);
    return sum;
}

static __device__ __forceinline__ void ConditionedKernel_Swap(float* a, float* b)
{
    tuple_float2 tuple1 = tuple_float2{(*a), (*b)};
    (*b) = tuple1.Item1;
    (*a) = tuple1.Item2;
}

static __device__ __forceinline__ float ConditionedKernel_Choose(int kind, float value)
{
    switch (kind)
    {
        case RowKind_Twice:
        {
            return 2.0f * value;
        }
        case RowKind_Negate:
        case RowKind_None:
        {
            float negated = -value;
            return kind == RowKind_None ? value : negated;
        }
        default:
        {
            break;
        }
    }

    return 0.0f;
}

static __device__ __forceinline__ float ConditionedKernel_Square(float value)
{
    return value * value;
}

static __device__ __forceinline__ tuple_float2 ConditionedKernel_Order(float a, float b)
{
    return a < b ? tuple_float2{a, b} : tuple_float2{b, a};
}

static __device__ __forceinline__ void ConditionedKernel_Split(float value, float* whole, float* rest)
{
    (*whole) = floorf(value);
    (*rest) = value - (*whole);
}

// Adds the entries.
static __device__ __forceinline__ Pair Pair_Addition(Pair left, Pair right)
{
    return Pair{left.First + right.First, left.Second + right.Second};
}

static __device__ __forceinline__ float ConditionedKernel_Offset(float x, float by, int times)
{
    return x + (by * times);
}

// Everything at once.
//   condition: Its value.
//   rows: One a work-item.
//   results: Four a work-item.
extern "C" __global__ void __launch_bounds__(4)
ConditionedPowerCondition(
    PowerCondition condition,
    Row* rows,
    float* results)
{
    int kernel_ = (int)threadIdx.x;  // a name that is a word of OpenCL
    Row* row = &rows[kernel_];
    float terms[4] = {0.0f};
    #pragma unroll
    for (int half_ = 0; half_ < 3; half_++)
    {
        terms[half_] = PowerCondition_Term(condition, half_, row->Scale);
    }

    float* mine = &results[kernel_ * ConditionedKernel_Length];
    float sum = ConditionedKernel_Sum(terms);
    ConditionedKernel_Swap(&mine[0], &sum);
    mine[1] = ConditionedKernel_Choose(row->Kind, sum) + ConditionedKernel_Square(2.0f);

    tuple_float2 tuple1 = ConditionedKernel_Order(mine[0], mine[1]);
    float low = tuple1.Item1;
    float high = tuple1.Item2;
    tuple_float2 tuple2 = tuple_float2{high, low};
    low = tuple2.Item1;
    high = tuple2.Item2;
    float whole;
    float unused3;
    ConditionedKernel_Split(low, &whole, &unused3);
    mine[2] = low - high + whole;

    Pair pair = Pair_Addition(row->Both, Pair{0.0f, 3ull});
    pair.First += 1.0f;
    row->Both = pair;
    row->Kind = RowKind_None;
    mine[3] = (pair.Second == 0 ? 1.0f : pair.Second < 5 ? pair.First
        : (pair.Second > 100 && !(pair.Second == 200)) ? 3.0f
        : ConditionedKernel_Offset(pair.First, 0.25f, 2));
}
