using ScoreGpu.Kernels.Dialect;

namespace ScoreGpu.Viz.Kernels;

/// <summary>What a kernel does, in a sentence that stands alone.</summary>
public static class KernelSummary
{
    // The method that gives a class of one kernel no name of its own.
    private const string Unnamed = ".Run";

    /// <summary>The sentence of the kernel's method; of its class, where the method is all that there is.</summary>
    public static string Of(KernelDefinition kernel)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        string ofClass = CSharpFunctions.TypeSummary(kernel.CSharp);
        return kernel.Method.EndsWith(Unnamed, StringComparison.Ordinal) && ofClass.Length > 0
            ? ofClass
            : kernel.Summary;
    }
}
