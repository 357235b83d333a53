using System.Runtime.CompilerServices;
using ScoreGpu.Kernels;

namespace ScoreGpu.Engine.Data;

/// <summary>
/// The order in which an epoch goes through N points: a bijection of 0 … N − 1 that belongs to (seed, epoch), evaluated
/// one entry at a time without a table.
/// </summary>
/// <remarks>
/// A Feistel network of 8 rounds over 2b ≥ log₂ N bits, (l, r) → (r, l ⊕ f(r, key)), whose f is a product of 64 bits
/// folded twice; an entry that comes out at N or above goes round again, 4 times at most on average. Luby and Rackoff,
/// "How to construct pseudorandom permutations from pseudorandom functions", 1988; Black and Rogaway, "Ciphers with
/// arbitrary finite domains", 2002, method 2 (cycle walking).
/// </remarks>
public readonly struct EpochPermutation
{
    private const int Rounds = 8;

    // Below, a round has too few states to shuffle well.
    private const int LeastHalfBits = 3;

    private readonly Keys _keys;
    private readonly int _halfBits;

    /// <summary>Derives the order of an epoch.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="count">N, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    public EpochPermutation(ulong seed, ulong epoch, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        Count = count;
        _halfBits = LeastHalfBits;
        while (1L << (2 * _halfBits) < count)
        {
            _halfBits++;
        }

        for (int i = 0; i < Rounds; i += 4)
        {
            (_keys[i], _keys[i + 1], _keys[i + 2], _keys[i + 3]) = Philox.Next(
                (uint)epoch, (uint)(epoch >> 32), (uint)i, PhiloxStreams.EpochOrder, (uint)seed, (uint)(seed >> 32));
        }
    }

    /// <summary>N.</summary>
    public int Count { get; }

    /// <summary>The point at a place in the order.</summary>
    /// <param name="place">0 … N − 1.</param>
    public int this[int place]
    {
        get
        {
            uint mask = (1u << _halfBits) - 1;
            uint entry = (uint)place;
            do
            {
                uint left = entry >> _halfBits;
                uint right = entry & mask;
                for (int i = 0; i < Rounds; i++)
                {
                    (left, right) = (right, left ^ (Mix(right ^ _keys[i]) & mask));
                }

                entry = (left << _halfBits) | right;
            }
            while (entry >= (uint)Count);
            return (int)entry;
        }
    }

    private static uint Mix(uint value)
    {
        ulong product = value * 0xD2B74407B1CE6E93;
        product = ((product >> 32) ^ product) * 0x9E3779B97F4A7C15;
        return (uint)(product >> 32);
    }

    [InlineArray(Rounds)]
    private struct Keys
    {
        private uint _first;
    }
}
