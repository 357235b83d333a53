// PhiloxWords, OpenCL C 1.2.
// Written by ScoreGpu.Kernels.Generator from ScoreGpu.Kernels.Gpu.PhiloxKernel.Words.
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

typedef struct tuple_uint4
{
    uint Item1;
    uint Item2;
    uint Item3;
    uint Item4;
} tuple_uint4;

// Returns the four words that belong to a counter and a key.
static inline tuple_uint4 Philox_Next(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1)
{
    #pragma unroll
    for (int round_ = 0; round_ < Philox_Rounds; round_++)
    {
        ulong product0 = (ulong)Philox_Multiplier0 * c0;
        ulong product1 = (ulong)Philox_Multiplier1 * c2;

        uint next0 = (uint)(product1 >> 32) ^ c1 ^ k0;
        uint next2 = (uint)(product0 >> 32) ^ c3 ^ k1;
        c1 = (uint)product1;
        c3 = (uint)product0;
        c0 = next0;
        c2 = next2;

        k0 += Philox_Weyl0;
        k1 += Philox_Weyl1;
    }

    return (tuple_uint4){c0, c1, c2, c3};
}

// Writes the four words of one draw for each sample, bit for bit those of the host.
//   words: Receives the words, [samples, 4].
//   samples: The number of samples.
//   firstSample: The index, in the whole run, of the first sample.
//   row: Counter word 1: the row of the program.
//   draw: Counter word 2: the draw within the row.
//   stream: Counter word 3: the stream.
//   seed: The key.
__kernel __attribute__((reqd_work_group_size(64, 1, 1)))
void PhiloxWords(
    __global uint* words, int words_offset,
    int samples,
    uint firstSample,
    uint row,
    uint draw,
    uint stream,
    ulong seed)
{
    words += words_offset;

    int n = ((int)get_group_id(0) * GROUP_SIZE) + (int)get_local_id(0);
    if (n < samples)
    {
        tuple_uint4 tuple1 = Philox_Next(firstSample + (uint)n, row, draw, stream, (uint)seed,
            (uint)(seed >> 32));
        uint x0 = tuple1.Item1;
        uint x1 = tuple1.Item2;
        uint x2 = tuple1.Item3;
        uint x3 = tuple1.Item4;
        words[4 * n] = x0;
        words[(4 * n) + 1] = x1;
        words[(4 * n) + 2] = x2;
        words[(4 * n) + 3] = x3;
    }
}
