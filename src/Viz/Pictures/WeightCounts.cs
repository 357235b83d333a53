using System.Numerics;

namespace ScoreGpu.Viz.Pictures;

/// <summary>How many pixels have which weight, in bins of 1/256 of an octave; pixels of weight 0 are not counted.</summary>
/// <remarks>
/// Weights below 256 have a bin each. Counts are whole numbers, so that they do not depend on the order of the pixels.
/// </remarks>
internal sealed class WeightCounts
{
    private const int SubBits = 8;
    private const int Sub = 1 << SubBits;
    private const int Bins = (64 - SubBits + 1) * Sub;

    private readonly long[] _counts = new long[Bins];

    /// <summary>Pixels of a weight above 0.</summary>
    public long Total { get; private set; }

    /// <summary>Counts pixels.</summary>
    /// <param name="sums">Sums of which the first of every <paramref name="stride"/> is the weight.</param>
    /// <param name="stride">Sums a pixel.</param>
    public void Add(ReadOnlySpan<ulong> sums, int stride)
    {
        for (int i = 0; i < sums.Length; i += stride)
        {
            if (sums[i] != 0)
            {
                _counts[BinOf(sums[i])]++;
                Total++;
            }
        }
    }

    /// <summary>Adds the counts of other pixels.</summary>
    public void Add(WeightCounts other)
    {
        for (int i = 0; i < Bins; i++)
        {
            _counts[i] += other._counts[i];
        }

        Total += other.Total;
    }

    /// <summary>The weight that a share of the counted pixels stays below; 1 where none is counted.</summary>
    /// <param name="share">In [0, 1].</param>
    public double Quantile(double share)
    {
        double left = share * Total;
        for (int bin = 0; bin < Bins; bin++)
        {
            if (_counts[bin] > 0 && left <= _counts[bin])
            {
                (double low, double high) = Edges(bin);
                return low + ((high - low) * left / _counts[bin]);
            }

            left -= _counts[bin];
        }

        return 1;
    }

    /// <summary>Tabulates the share of the counted pixels that a weight is above, at the bins' lower edges.</summary>
    public double[] Shares()
    {
        double[] shares = new double[Bins + 1];
        long below = 0;
        for (int bin = 0; bin < Bins; bin++)
        {
            shares[bin] = Total == 0 ? 0 : (double)below / Total;
            below += _counts[bin];
        }

        shares[Bins] = 1;
        return shares;
    }

    /// <summary>Tabulates a function of the weight at the bins' lower edges, to interpolate in.</summary>
    public static double[] Tabulate(Func<double, double> function)
    {
        double[] table = new double[Bins + 1];
        for (int bin = 0; bin < Bins; bin++)
        {
            table[bin] = function(Edges(bin).Low);
        }

        table[Bins] = function(Edges(Bins - 1).High);
        return table;
    }

    /// <summary>Looks a weight up in a table, linearly within its bin.</summary>
    public static double Interpolate(double[] table, ulong weight)
    {
        int bin = BinOf(weight);
        (double low, double high) = Edges(bin);
        return table[bin] + ((table[bin + 1] - table[bin]) * ((weight - low) / (high - low)));
    }

    private static int BinOf(ulong weight)
    {
        if (weight < Sub)
        {
            return (int)weight;
        }

        int octave = BitOperations.Log2(weight) - SubBits;
        return (octave * Sub) + (int)(weight >> octave);
    }

    private static (double Low, double High) Edges(int bin)
    {
        if (bin < Sub)
        {
            return (bin, bin + 1);
        }

        int octave = (bin / Sub) - 1;
        double width = Math.ScaleB(1, octave);
        double low = ((bin % Sub) + Sub) * width;
        return (low, low + width);
    }
}
