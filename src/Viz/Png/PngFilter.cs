namespace ScoreGpu.Viz.Png;

/// <summary>The filters of PNG (ISO/IEC 15948, clause 9): a pixel less what its neighbours let expect.</summary>
internal static class PngFilter
{
    private const int Filters = 5;

    /// <summary>
    /// Prefixes each row with the filter whose residuals have the smallest sum, as the standard advises.
    /// </summary>
    /// <param name="samples">The rows.</param>
    /// <param name="stride">Bytes a row.</param>
    /// <param name="pixelBytes">Bytes a pixel.</param>
    /// <returns>The rows, a byte longer each.</returns>
    public static byte[] Best(byte[] samples, int stride, int pixelBytes)
    {
        int height = samples.Length / stride;
        byte[] filtered = new byte[(stride + 1) * height];

        // A row needs the one above as it was, so that rows do not wait for one another.
        Parallel.For(
            0,
            height,
            () => (Best: new byte[stride], Trial: new byte[stride], Zeros: new byte[stride]),
            (y, _, rows) =>
            {
                ReadOnlySpan<byte> row = samples.AsSpan(y * stride, stride);
                ReadOnlySpan<byte> above = y == 0 ? rows.Zeros : samples.AsSpan((y - 1) * stride, stride);
                long bestSum = long.MaxValue;
                int bestFilter = 0;
                for (int filter = 0; filter < Filters && bestSum > 0; filter++)
                {
                    Apply(filter, row, above, pixelBytes, rows.Trial);
                    long sum = Size(rows.Trial);
                    if (sum < bestSum)
                    {
                        (rows.Best, rows.Trial, bestSum, bestFilter) = (rows.Trial, rows.Best, sum, filter);
                    }
                }

                filtered[y * (stride + 1)] = (byte)bestFilter;
                rows.Best.CopyTo(filtered.AsSpan((y * (stride + 1)) + 1));
                return rows;
            },
            _ => { });
        return filtered;
    }

    private static void Apply(
        int filter, ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, int pixelBytes, Span<byte> residuals)
    {
        for (int i = 0; i < Math.Min(pixelBytes, row.Length); i++)
        {
            residuals[i] = (byte)(row[i] - (filter is 2 or 4 ? above[i] : filter == 3 ? above[i] / 2 : 0));
        }

        // The same for the pixels that have one on their left, a loop a filter.
        ReadOnlySpan<byte> left = row[..^pixelBytes];
        ReadOnlySpan<byte> corner = above[..left.Length];
        ReadOnlySpan<byte> up = above.Slice(pixelBytes, left.Length);
        ReadOnlySpan<byte> own = row.Slice(pixelBytes, left.Length);
        Span<byte> target = residuals.Slice(pixelBytes, left.Length);
        switch (filter)
        {
            case 0:
                own.CopyTo(target);
                break;
            case 1:
                for (int i = 0; i < target.Length; i++)
                {
                    target[i] = (byte)(own[i] - left[i]);
                }

                break;
            case 2:
                for (int i = 0; i < target.Length; i++)
                {
                    target[i] = (byte)(own[i] - up[i]);
                }

                break;
            case 3:
                for (int i = 0; i < target.Length; i++)
                {
                    target[i] = (byte)(own[i] - ((left[i] + up[i]) / 2));
                }

                break;
            default:
                for (int i = 0; i < target.Length; i++)
                {
                    target[i] = (byte)(own[i] - Paeth(left[i], up[i], corner[i]));
                }

                break;
        }
    }

    private static long Size(ReadOnlySpan<byte> residuals)
    {
        long sum = 0;
        foreach (byte residual in residuals)
        {
            sum += Math.Min(residual, 256 - residual);
        }

        return sum;
    }

    private static int Paeth(int left, int up, int corner)
    {
        int estimate = left + up - corner;
        int toLeft = Math.Abs(estimate - left);
        int toUp = Math.Abs(estimate - up);
        int toCorner = Math.Abs(estimate - corner);
        return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
    }
}
