extern alias dialect;
using System.Reflection;
using dialect::ScoreGpu.Kernels.Dialect;
using ScoreGpu.Engine.Devices.Native;

namespace ScoreGpu.Ilgpu;

/// <summary>The kernels' methods as they were compiled against ILGPU's types.</summary>
internal static class IlgpuKernels
{
    /// <summary>The method of a kernel, with its type arguments.</summary>
    /// <exception cref="DeviceException">The kernel is not one of the engine's.</exception>
    public static MethodInfo Find(KernelDefinition kernel)
    {
        int dot = kernel.Method.LastIndexOf('.');
        Type? type = Find(kernel.Method[..dot]);
        MethodInfo method =
            type?.GetMethod(kernel.Method[(dot + 1)..], BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            ?? throw new DeviceException(
                DeviceFailure.BuildFailed,
                $"{kernel.Name}: ILGPU has the kernels of the engine, and {kernel.Method} is not among them; expected "
                + "another device for kernels of one's own.");
        return kernel.TypeArguments.Count == 0
            ? method
            : method.MakeGenericMethod([.. kernel.TypeArguments.Select(name => Find($"{type.Namespace}.{name}")!)]);
    }

    private static Type? Find(string name) => typeof(IlgpuKernels).Assembly.GetType(name);
}
