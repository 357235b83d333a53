namespace ScoreGpu.Engine.Distributions;

/// <summary>The Cholesky factorisation A = L Lᵀ of small symmetric matrices, row-major, in double.</summary>
/// <remarks>Golub and Van Loan, "Matrix Computations", 4th edition, section 4.2.</remarks>
public static class CholeskyFactor
{
    /// <summary>Computes the lower-triangular factor L; the strict upper triangle is set to 0.</summary>
    /// <param name="matrix">A, [n, n]; only the lower triangle is read.</param>
    /// <param name="size">n.</param>
    /// <param name="factor">Receives L, [n, n].</param>
    /// <returns>False where A is not positive definite.</returns>
    public static bool TryCompute(ReadOnlySpan<double> matrix, int size, Span<double> factor)
    {
        factor.Clear();
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = matrix[(i * size) + j];
                for (int m = 0; m < j; m++)
                {
                    sum -= factor[(i * size) + m] * factor[(j * size) + m];
                }

                if (i != j)
                {
                    factor[(i * size) + j] = sum / factor[(j * size) + j];
                }
                else if (sum > 0.0 && double.IsFinite(sum))
                {
                    factor[(i * size) + i] = Math.Sqrt(sum);
                }
                else
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Inverts a lower-triangular matrix; the strict upper triangle is set to 0.</summary>
    /// <param name="factor">L, [n, n], with a diagonal free of zeros.</param>
    /// <param name="size">n.</param>
    /// <param name="inverse">Receives L⁻¹, [n, n].</param>
    public static void Invert(ReadOnlySpan<double> factor, int size, Span<double> inverse)
    {
        inverse.Clear();
        for (int j = 0; j < size; j++)
        {
            inverse[(j * size) + j] = 1.0 / factor[(j * size) + j];
            for (int i = j + 1; i < size; i++)
            {
                double sum = 0.0;
                for (int m = j; m < i; m++)
                {
                    sum -= factor[(i * size) + m] * inverse[(m * size) + j];
                }

                inverse[(i * size) + j] = sum / factor[(i * size) + i];
            }
        }
    }
}
