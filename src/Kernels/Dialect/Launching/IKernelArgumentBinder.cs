namespace ScoreGpu.Kernels.Dialect;

/// <summary>Takes a kernel's arguments, one after another, in the order of its parameters.</summary>
public interface IKernelArgumentBinder
{
    /// <summary>Takes a view.</summary>
    /// <param name="index">The index of the parameter in <see cref="KernelDefinition.Parameters"/>.</param>
    /// <param name="view">Its argument.</param>
    /// <typeparam name="T">The element.</typeparam>
    void BindView<T>(int index, View<T> view)
        where T : unmanaged;

    /// <summary>Takes a number or a struct.</summary>
    /// <param name="index">The index of the parameter in <see cref="KernelDefinition.Parameters"/>.</param>
    /// <param name="value">Its argument; its bytes are what the generated code expects.</param>
    /// <typeparam name="T">The type of the value: a number, or a struct of numbers (it holds no reference).</typeparam>
    void BindValue<T>(int index, in T value)
        where T : struct;
}
