namespace ScoreGpu.Kernels.Dialect;

/// <summary>What can run kernels. The generated launchers call it.</summary>
public interface IKernelLauncher
{
    /// <summary>Starts a kernel.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="shape">How many work-items run it.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <typeparam name="TArguments">The generated arguments of the kernel.</typeparam>
    void Launch<TArguments>(KernelDefinition kernel, LaunchShape shape, in TArguments arguments)
        where TArguments : struct, IKernelArguments;
}
