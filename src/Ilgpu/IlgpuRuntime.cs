extern alias dialect;
using System.Diagnostics;
using dialect::ScoreGpu.Kernels.Dialect;
using ILGPU.Runtime.CPU;
using ScoreGpu.Engine.Devices.Native;
using Accelerator = ILGPU.Runtime.Accelerator;

namespace ScoreGpu.Ilgpu;

/// <summary>A device at work, with the context that compiles for it. All machines of the process on one device share it,
/// since ILGPU takes longer to compile a kernel than most launches do.</summary>
/// <remarks>
/// After a failed compilation a context compiles nothing else. Its runtime then goes out of use: the machines that have it
/// keep what they have compiled, and the next one gets a new runtime.
/// </remarks>
internal sealed class IlgpuRuntime
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, IlgpuRuntime> Current = new(StringComparer.Ordinal);

    private readonly Context _context;
    private readonly string _name;
    private readonly Dictionary<string, IlgpuKernel> _kernels = new(StringComparer.Ordinal);
    private DeviceException? _failure;
    private int _users;

    private IlgpuRuntime(IlgpuTarget target)
    {
        _name = target.Name;
        _context = IlgpuCompiler.CreateContext();
        Accelerator = target.Device is CPUDevice cpu
            ? cpu.CreateCPUAccelerator(_context, CPUAcceleratorMode.Parallel)
            : target.Device!.CreateAccelerator(_context);
    }

    /// <summary>The device.</summary>
    public Accelerator Accelerator { get; }

    /// <summary>The runtime of a device, started if need be; whoever takes it gives it back.</summary>
    public static IlgpuRuntime Take(IlgpuTarget target)
    {
        lock (Gate)
        {
            if (!Current.TryGetValue(target.Name, out IlgpuRuntime? runtime))
            {
                runtime = new IlgpuRuntime(target);
                Current.Add(target.Name, runtime);
            }

            runtime._users++;
            return runtime;
        }
    }

    /// <summary>Ends one use. A runtime in use stays for the next machine; one that is out of use goes with its last.
    /// </summary>
    public void GiveBack()
    {
        lock (Gate)
        {
            _users--;
            if (_users == 0 && _failure is not null)
            {
                Accelerator.Dispose();
                _context.Dispose();
            }
        }
    }

    /// <summary>The median time from the launch of an empty kernel until the host knows that it ended.</summary>
    public TimeSpan MeasureLaunch()
    {
        const int rounds = 101;
        Action<KernelConfig, ArrayView<byte>> launch = Accelerator.LoadStreamKernel<ArrayView<byte>>(Nothing);
        long[] ticks = new long[rounds];
        for (int round = -rounds / 4; round < rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            launch(new KernelConfig(1, 1), default);
            Accelerator.Synchronize();
            if (round >= 0)
            {
                ticks[round] = Stopwatch.GetTimestamp() - start;
            }
        }

        Array.Sort(ticks);
        return Stopwatch.GetElapsedTime(0, ticks[rounds / 2]);
    }

    /// <summary>The compiled form of a kernel.</summary>
    /// <exception cref="DeviceException">The kernel does not compile, or another before it did not.</exception>
    public IlgpuKernel Compile(KernelDefinition kernel)
    {
        lock (Gate)
        {
            if (_kernels.TryGetValue(kernel.Name, out IlgpuKernel? compiled))
            {
                return compiled;
            }

            if (_failure is not null)
            {
                throw new DeviceException(
                    DeviceFailure.BuildFailed,
                    $"ILGPU compiles nothing after a failure; start the device again. {_failure.Message}");
            }

            try
            {
                compiled = new IlgpuKernel(kernel, Accelerator);
            }
            catch (DeviceException exception)
            {
                _failure = exception;
                Current.Remove(_name);
                throw;
            }

            _kernels.Add(kernel.Name, compiled);
            return compiled;
        }
    }

    private static void Nothing(ArrayView<byte> nowhere)
    {
    }
}
