// Unconditioned, OpenCL C 1.2.
// Written by ScoreGpu.Kernels.Generator from ScoreGpu.Tests.Generator.Kernels.ConditionedKernel.Run<ScoreGpu.Tests.Generator.Kernels.NoCondition>.
//
// Structs, enums, tuples, references, arrays, patterns and type arguments together.

#define GROUP_SIZE 4
#define RowKind_Twice 5
#define RowKind_Negate (-3)
#define RowKind_None 0
#define ConditionedKernel_Length 4

typedef struct NoCondition
{
    char unused;  // C has no empty structs
} NoCondition;

// The size in C#; an array of −1 elements stops the compiler where it differs.
typedef char NoCondition_has_1_bytes[sizeof(NoCondition) == 1 ? 1 : -1];

typedef struct tuple_float2
{
    float Item1;
    float Item2;
} tuple_float2;

typedef struct Pair
{
    float First;
    ulong Second;
} Pair;

typedef struct Row
{
    float Scale;
    int Kind;
    Pair Both;
} Row;

// The size in C#; an array of −1 elements stops the compiler where it differs.
typedef char Row_has_24_bytes[sizeof(Row) == 24 ? 1 : -1];

static inline float NoCondition_Term(NoCondition self, int index, float x)
{
    return x;
}

static inline float ConditionedKernel_Sum(const float* values)
{
    float sum = 0.0f;
    int i = 2;
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

static inline void ConditionedKernel_Swap(__global float* a, float* b)
{
    tuple_float2 tuple1 = (tuple_float2){(*a), (*b)};
    (*b) = tuple1.Item1;
    (*a) = tuple1.Item2;
}

static inline float ConditionedKernel_Choose(int kind, float value)
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

static inline float ConditionedKernel_Square(float value)
{
    return value * value;
}

static inline tuple_float2 ConditionedKernel_Order(float a, float b)
{
    return a < b ? (tuple_float2){a, b} : (tuple_float2){b, a};
}

static inline void ConditionedKernel_Split(float value, float* whole, float* rest)
{
    (*whole) = floor(value);
    (*rest) = value - (*whole);
}

// Adds the entries.
static inline Pair Pair_Addition(Pair left, Pair right)
{
    return (Pair){left.First + right.First, left.Second + right.Second};
}

static inline float ConditionedKernel_Offset(float x, float by, int times)
{
    return x + (by * times);
}

// Everything at once.
//   condition: Its value.
//   rows: One a work-item.
//   results: Four a work-item.
__kernel __attribute__((reqd_work_group_size(4, 1, 1)))
void Unconditioned(
    NoCondition condition,
    __global Row* rows, int rows_offset,
    __global float* results, int results_offset)
{
    rows += rows_offset;
    results += results_offset;

    int kernel_ = (int)get_local_id(0);  // a name that is a word of OpenCL
    __global Row* row = &rows[kernel_];
    float terms[2] = {0.0f};
    for (int half_ = 0; half_ < 1; half_++)
    {
        terms[half_] = NoCondition_Term(condition, half_, row->Scale);
    }

    __global float* mine = &results[kernel_ * ConditionedKernel_Length];
    float sum = ConditionedKernel_Sum(terms);
    ConditionedKernel_Swap(&mine[0], &sum);
    mine[1] = ConditionedKernel_Choose(row->Kind, sum) + ConditionedKernel_Square(2.0f);

    tuple_float2 tuple1 = ConditionedKernel_Order(mine[0], mine[1]);
    float low = tuple1.Item1;
    float high = tuple1.Item2;
    tuple_float2 tuple2 = (tuple_float2){high, low};
    low = tuple2.Item1;
    high = tuple2.Item2;
    float whole;
    float unused3;
    ConditionedKernel_Split(low, &whole, &unused3);
    mine[2] = low - high + whole;

    Pair pair = Pair_Addition(row->Both, (Pair){0.0f, 3ul});
    pair.First += 1.0f;
    row->Both = pair;
    row->Kind = RowKind_None;
    mine[3] = (pair.Second == 0 ? 1.0f : pair.Second < 5 ? pair.First
        : (pair.Second > 100 && !(pair.Second == 200)) ? 3.0f
        : ConditionedKernel_Offset(pair.First, 0.25f, 2));
}
