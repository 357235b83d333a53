namespace ScoreGpu.Kernels;

/// <summary>What is applied to a layer's input, element by element: a number that CPU and device kernels share.</summary>
public enum Activation
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>x / (1 + e⁻ˣ): smooth, the usual one. Elfwing, Uchibe and Doya 2018, section 2.</summary>
    Silu = 1,

    /// <summary>tanh x: smooth and bounded.</summary>
    Tanh = 2,

    /// <summary>max(x, 0): the cheapest, with a kink; its second derivative is 0 wherever it has one.</summary>
    Relu = 3,

    /// <summary>
    /// ½x·(1 + tanh(√(2/π)·(x + 0.044715x³))): smooth. The tanh form, PyTorch's <c>GELU(approximate='tanh')</c>, up to
    /// 4.8e-4 away from the one with the error function. Hendrycks and Gimpel 2016, section 2.
    /// </summary>
    Gelu = 4,
}
