extern alias dialect;
using System.Linq.Expressions;
using dialect::ScoreGpu.Kernels.Dialect;

namespace ScoreGpu.Ilgpu;

/// <summary>A compiled kernel, and how it is launched.</summary>
internal sealed class IlgpuKernel
{
    private readonly Type[] _parameters;

    /// <summary>Compiles a kernel for a device.</summary>
    public IlgpuKernel(KernelDefinition definition, Accelerator accelerator)
    {
        _parameters = [.. IlgpuKernels.Find(definition).GetParameters().Select(parameter => parameter.ParameterType)];
        Launch = MakeLauncher(IlgpuCompiler.Load(definition, accelerator));
    }

    /// <summary>Starts the kernel, with the arguments of <see cref="CreateArguments"/>.</summary>
    public Action<AcceleratorStream, KernelConfig, KernelArgument[]> Launch { get; }

    /// <summary>Places for the arguments; a set for each that launches.</summary>
    public KernelArgument[] CreateArguments() => [.. _parameters.Select(KernelArgument.Of)];

    // ILGPU's launcher takes the arguments one by one; this is what calls it with their places.
    private Action<AcceleratorStream, KernelConfig, KernelArgument[]> MakeLauncher(Kernel kernel)
    {
        ParameterExpression stream = Expression.Parameter(typeof(AcceleratorStream));
        ParameterExpression shape = Expression.Parameter(typeof(KernelConfig));
        ParameterExpression places = Expression.Parameter(typeof(KernelArgument[]));
        IEnumerable<Expression> arguments = _parameters.Select((parameter, index) => Expression.Field(
            Expression.Convert(
                Expression.ArrayIndex(places, Expression.Constant(index)), KernelArgument.Of(parameter).GetType()),
            "Value"));
        return Expression.Lambda<Action<AcceleratorStream, KernelConfig, KernelArgument[]>>(
            Expression.Call(kernel.Launcher!, [Expression.Constant(kernel, typeof(Kernel)), stream, shape, .. arguments]),
            stream,
            shape,
            places).Compile();
    }
}
