namespace ScoreGpu.Kernels.Dialect;

/// <summary>The arguments of a launch. The generator implements it for each kernel.</summary>
public interface IKernelArguments
{
    /// <summary>Hands each argument to a binder, in order.</summary>
    /// <param name="binder">Receives the arguments.</param>
    /// <typeparam name="TBinder">The device's own binder.</typeparam>
    void Bind<TBinder>(ref TBinder binder)
        where TBinder : IKernelArgumentBinder, allows ref struct;

    /// <summary>Runs the kernel's C# method as the calling thread's work-item.</summary>
    void RunWorkItem();
}
