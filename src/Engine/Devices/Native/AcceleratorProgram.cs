namespace ScoreGpu.Engine.Devices.Native;

/// <summary>Compiled source, from which kernels are taken by name.</summary>
internal abstract class AcceleratorProgram : IDisposable
{
    private protected AcceleratorProgram(string log, bool fromCache)
    {
        BuildLog = log;
        IsFromCache = fromCache;
    }

    /// <summary>What the compiler said; empty where it had nothing to say or did not run.</summary>
    public string BuildLog { get; }

    /// <summary>Whether an earlier run's binary was loaded.</summary>
    public bool IsFromCache { get; }

    /// <summary>A kernel of the program, to be disposed of by the caller.</summary>
    /// <exception cref="ArgumentException">There is no kernel of that name.</exception>
    public abstract AcceleratorKernel Kernel(string name);

    /// <summary>The machine code or assembly that the driver keeps: an OpenCL binary, a cubin or PTX.</summary>
    public abstract byte[] Binary();

    /// <inheritdoc/>
    public abstract void Dispose();
}
