namespace ScoreGpu.Engine.Distributions;

/// <content>The Jacobian of the score, times a vector.</content>
public sealed partial class GaussianMixture
{
    /// <summary>
    /// The Jacobian of the score, the Hessian of ln p, times a vector:
    /// Σ_k r_k·((z_k − z̄)·((z_k − z̄)ᵀv) − Σ_k⁻¹v) with z_k = Σ_k⁻¹(x − μ_k) and z̄ = Σ_k r_k z_k.
    /// </summary>
    /// <param name="x">The point, [D].</param>
    /// <param name="vector">v, [D].</param>
    /// <param name="product">Receives the product, [D].</param>
    public void ScoreJacobianVector(ReadOnlySpan<double> x, ReadOnlySpan<double> vector, Span<double> product)
    {
        RequirePoint(vector.Length, nameof(vector));
        RequirePoint(product.Length, nameof(product));
        double[] shares = new double[ComponentCount];
        double[] mean = new double[Dimension];
        double[] pull = new double[Dimension];
        Responsibilities(x, shares);
        Score(x, mean);
        product.Clear();
        for (int k = 0; k < ComponentCount; k++)
        {
            // The score is −z̄.
            Whiten(x, k, pull);
            SolveTransposed(k, pull);
            double along = 0.0;
            for (int d = 0; d < pull.Length; d++)
            {
                pull[d] += mean[d];
                along += pull[d] * vector[d];
            }

            double[] stiff = Precision(k, vector);
            for (int d = 0; d < pull.Length; d++)
            {
                product[d] += shares[k] * ((pull[d] * along) - stiff[d]);
            }
        }
    }

    // Σ_k⁻¹·v = L⁻ᵀL⁻¹·v.
    private double[] Precision(int k, ReadOnlySpan<double> vector)
    {
        var inverse = InverseCholesky(k);
        double[] solved = new double[Dimension];
        for (int i = 0; i < solved.Length; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                solved[i] += inverse[(i * solved.Length) + j] * vector[j];
            }
        }

        SolveTransposed(k, solved);
        return solved;
    }
}
