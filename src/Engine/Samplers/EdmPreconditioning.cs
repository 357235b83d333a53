using ScoreGpu.Engine.Processes;

namespace ScoreGpu.Engine.Samplers;

/// <summary>
/// EDM's preconditioning: D(x; σ) = c_skip·x + c_out·F(c_in·x; c_noise), with which a network F sees and predicts unit
/// variance at every σ.
/// </summary>
/// <remarks>
/// c_skip = σ_d²/(σ² + σ_d²), c_out = σ·σ_d/√(σ² + σ_d²), c_in = 1/√(σ² + σ_d²) and c_noise = ¼ ln σ. The output's part
/// is one more prediction, F = (x₀ − c_skip·x)/c_out with x = x₀ + σ·ε, which a <see cref="SamplerModel"/> takes as a
/// form; the input's part is <see cref="InputScaling"/>. Karras et al., 2022, arXiv:2206.00364, equation (7) and table
/// 1.
/// </remarks>
/// <param name="SigmaData">σ_d, the standard deviation of the data, above 0.</param>
public readonly record struct EdmPreconditioning(double SigmaData)
{
    /// <summary>c_in at a noise level.</summary>
    public double Input(double sigma) => 1.0 / Size(sigma);

    /// <summary>c_noise, what the network is told of a noise level.</summary>
    public static double Condition(double sigma) => 0.25 * Math.Log(sigma);

    /// <summary>The noise level of a condition: the inverse of <see cref="Condition"/>.</summary>
    public static double SigmaAt(double condition) => Math.Exp(4.0 * condition);

    /// <summary>F as c₀·x₀ + c₁·ε: c₀ = σ/(σ_d·√(σ² + σ_d²)) and c₁ = −σ_d/√(σ² + σ_d²).</summary>
    public PredictionForm Form(double sigma) => new(sigma / (SigmaData * Size(sigma)), -SigmaData / Size(sigma));

    /// <summary>What samplers know of a preconditioned network of EDM's process.</summary>
    public SamplerModel Describe(EdmProcess process) => new(process, Form, Condition);

    /// <summary>A program of <see cref="Describe"/>'s model as the network can run it, with scaled inputs.</summary>
    public StepProgram Scale(StepProgram program)
    {
        var self = this;
        return InputScaling.Apply(program, condition => self.Input(SigmaAt(condition)));
    }

    private double Size(double sigma) => Math.Sqrt((sigma * sigma) + (SigmaData * SigmaData));
}
