extern alias dialect;
using dialect::ScoreGpu.Kernels.Dialect;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime.Cuda;
using ScoreGpu.Engine.Devices.Native;
using Accelerator = ILGPU.Runtime.Accelerator;

namespace ScoreGpu.Ilgpu;

/// <summary>ILGPU's compiler as all devices use it.</summary>
internal static class IlgpuCompiler
{
    private const string ExternalFunction = ".extern .func";

    /// <summary>A compiler, and what else ILGPU keeps in a context. After a kernel that does not compile it is of no use
    /// any more.</summary>
    public static Context CreateContext() => Context.Create(builder =>
    {
        builder.EnableAlgorithms().Optimize(OptimizationLevel.O1);
        KernelMath.Register(builder);
    });

    /// <summary>A kernel as PTX, in a context of its own; no device is needed.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="capability">The compute capability, as in 80 for 8.0.</param>
    /// <exception cref="DeviceException">The kernel does not compile.</exception>
    public static string ToPtx(KernelDefinition kernel, int capability) => Compile(kernel, () =>
    {
        using Context context = CreateContext();
        CudaArchitecture architecture = CudaDevice.GetArchitecture(capability / 10, capability % 10);
        using PTXBackend backend = new(
            context, new CudaCapabilityContext(architecture), architecture, CudaInstructionSet.ISA_70, null);
        var compiled = (PTXCompiledKernel)backend.Compile(
            EntryPointDescription.FromExplicitlyGroupedKernel(IlgpuKernels.Find(kernel)), default);
        RequireWhole(kernel, compiled.PTXAssembly);
        return compiled.PTXAssembly;
    });

    /// <summary>Compiles a kernel for a device.</summary>
    /// <exception cref="DeviceException">The kernel does not compile.</exception>
    public static Kernel Load(KernelDefinition kernel, Accelerator accelerator) => Compile(kernel, () =>
    {
        Kernel loaded = accelerator.LoadKernel(IlgpuKernels.Find(kernel));
        if (loaded.CompiledKernel is PTXCompiledKernel compiled)
        {
            RequireWhole(kernel, compiled.PTXAssembly);
        }

        return loaded;
    });

    private static T Compile<T>(KernelDefinition kernel, Func<T> compile)
    {
        try
        {
            return compile();
        }
#pragma warning disable CA1031 // The compiler throws what it meets, null references included.
        catch (Exception exception) when (exception is not DeviceException)
#pragma warning restore CA1031
        {
            string reason = exception.InnerException is { } inner ? $"{exception.Message} {inner.Message}" : exception.Message;
            throw new DeviceException(DeviceFailure.BuildFailed, $"ILGPU does not compile {kernel.Name}: {reason}");
        }
    }

    /// <summary>Refuses a call of a method that ILGPU knows by its name alone; a driver would, with fewer words.</summary>
    private static void RequireWhole(KernelDefinition kernel, string ptx)
    {
        int start = ptx.IndexOf(ExternalFunction, StringComparison.Ordinal);
        if (start >= 0)
        {
            string line = ptx[start..ptx.IndexOf('\n', start)].Trim();
            throw new DeviceException(
                DeviceFailure.BuildFailed, $"ILGPU does not compile {kernel.Name}: nothing defines '{line}'.");
        }
    }
}
