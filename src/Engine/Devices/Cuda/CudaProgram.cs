using System.Text;
using ScoreGpu.Engine.Devices.Cuda.Native;
using ScoreGpu.Engine.Devices.Native;

namespace ScoreGpu.Engine.Devices.Cuda;

/// <summary>A program that was compiled for one CUDA device.</summary>
internal sealed unsafe class CudaProgram : AcceleratorProgram
{
    private readonly CudaContext _context;
    private readonly CudaModuleHandle _module;
    private readonly byte[] _image;

    private CudaProgram(CudaContext context, CudaModuleHandle module, byte[] image, string log, bool fromCache)
        : base(log, fromCache)
    {
        _context = context;
        _module = module;
        _image = image;
    }

    /// <summary>Compiles source, or loads what was compiled before.</summary>
    /// <exception cref="DeviceException">The source does not compile.</exception>
    public static CudaProgram Build(
        CudaContext context, string source, IReadOnlyList<string> options, BinaryCache cache)
    {
        CudaDeviceInfo device = context.Device;
        string[] all = Options(device.Capability, NvrtcCompiler.SupportedArchitectures(), options);
        string key = BinaryCache.Key(
            ["cuda", source, NvrtcCompiler.Version(), device.Name, device.DriverVersion, .. all]);
        if (cache.Find(key) is byte[] kept)
        {
            try
            {
                CudaModuleHandle loaded = new(context.Context, kept);
                return new CudaProgram(context, loaded, kept, string.Empty, fromCache: true);
            }
            catch (CudaException exception) when (exception.Failure is DeviceFailure.BuildFailed or DeviceFailure.Other)
            {
                cache.Forget(key);
            }
        }

        (byte[] image, string log) = NvrtcCompiler.Compile(source, all);
        CudaModuleHandle module = new(context.Context, image);
        cache.Store(key, image);
        return new CudaProgram(context, module, image, log, fromCache: false);
    }

    /// <inheritdoc/>
    public override AcceleratorKernel Kernel(string name)
    {
        _context.Context.MakeCurrent();
        nint function = 0;
        fixed (byte* address = Encoding.UTF8.GetBytes(name + '\0'))
        {
            int code = CudaApi.ModuleGetFunction(&function, _module.Value, address);
            if (code == CudaCode.NotFound)
            {
                throw new ArgumentException(
                    $"The program has no kernel '{name}'; is it declared extern \"C\"?", nameof(name));
            }

            CudaCode.Check(code, $"cuModuleGetFunction '{name}'");
        }

        return new CudaKernel(_context, _module, function, name);
    }

    /// <inheritdoc/>
    public override byte[] Binary() => _image;

    /// <inheritdoc/>
    public override void Dispose() => _module.Dispose();

    /// <summary>The caller's options after the device's architecture and the language version, unless they name those.
    /// </summary>
    internal static string[] Options(
        int capability, IReadOnlyCollection<int> supported, IReadOnlyList<string> options)
    {
        List<string> all = [];
        if (!Names("--gpu-architecture") && !Names("-arch"))
        {
            all.Add(NvrtcCompiler.ArchitectureOption(capability, supported));
        }

        if (!Names("--std") && !Names("-std"))
        {
            all.Add("--std=c++17");
        }

        return [.. all, .. options];

        bool Names(string prefix) => options.Any(option => option.StartsWith(prefix, StringComparison.Ordinal));
    }
}
