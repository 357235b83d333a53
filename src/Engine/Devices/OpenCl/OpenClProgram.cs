using System.Text;
using ScoreGpu.Engine.Devices.Native;
using ScoreGpu.Engine.Devices.OpenCl.Native;

namespace ScoreGpu.Engine.Devices.OpenCl;

/// <summary>A program that was built for one OpenCL device.</summary>
internal sealed unsafe class OpenClProgram : AcceleratorProgram
{
    /// <summary>The language version, unless the options name one.</summary>
    private const string Standard = "-cl-std=CL1.2";

    private readonly OpenClContext _context;
    private readonly OpenClProgramHandle _program;

    private OpenClProgram(OpenClContext context, OpenClProgramHandle program, string log, bool fromCache)
        : base(log, fromCache)
    {
        _context = context;
        _program = program;
    }

    /// <summary>Builds source, or loads what was built before.</summary>
    /// <exception cref="OpenClException">The source does not compile.</exception>
    public static OpenClProgram Build(
        OpenClContext context, string source, IReadOnlyList<string> options, BinaryCache cache)
    {
        string text = OptionText(options);
        OpenClDeviceInfo device = context.Device;
        string key = BinaryCache.Key(
            "opencl", source, text, device.Platform, device.PlatformVersion, device.Name, device.DriverVersion);
        if (cache.Find(key) is byte[] binary)
        {
            if (TryLoad(context, binary, text) is OpenClProgramHandle loaded)
            {
                return new OpenClProgram(context, loaded, string.Empty, fromCache: true);
            }

            cache.Forget(key);
        }

        OpenClProgramHandle program = Create(context, source);
        try
        {
            int code = Build(context, program, text);
            string log = LogOf(context, program);
            if (code != OpenClCode.Success)
            {
                throw new OpenClException(code, $"clBuildProgram for {device} with '{text}'", log);
            }

            OpenClProgram built = new(context, program, log, fromCache: false);
            if (cache.Folder is not null)
            {
                cache.Store(key, built.Binary());
            }

            return built;
        }
        catch
        {
            program.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override AcceleratorKernel Kernel(string name)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(name + '\0');
        fixed (byte* address = bytes)
        {
            OpenClKernelHandle kernel = OpenClApi.CreateKernel(_program, address, out int code);
            if (code == OpenClCode.InvalidKernelName)
            {
                string names = OpenClQuery.Text("clGetProgramInfo", OpenClConstants.ProgramKernelNames, GetInfo);
                throw new ArgumentException(
                    $"The program has no kernel '{name}'; it has {names.Replace(";", ", ", StringComparison.Ordinal)}.",
                    nameof(name));
            }

            OpenClCode.Check(code, $"clCreateKernel '{name}'");
            return new OpenClKernel(_context, kernel, name);
        }
    }

    /// <inheritdoc/>
    public override byte[] Binary()
    {
        // The program was built for one device, so both lists have one item.
        nuint size = OpenClQuery.Value<nuint>("clGetProgramInfo", OpenClConstants.ProgramBinarySizes, GetInfo);
        byte[] binary = new byte[checked((int)size)];
        fixed (byte* address = binary)
        {
            byte* pointer = address;
            OpenClCode.Check(
                OpenClApi.GetProgramInfo(
                    _program, OpenClConstants.ProgramBinaries, (nuint)sizeof(byte*), &pointer, null),
                "clGetProgramInfo (binaries)");
        }

        return binary;
    }

    /// <inheritdoc/>
    public override void Dispose() => _program.Dispose();

    /// <summary>The options as OpenCL takes them: one text.</summary>
    internal static string OptionText(IReadOnlyList<string> options)
    {
        bool hasStandard = options.Any(option => option.StartsWith("-cl-std=", StringComparison.Ordinal));
        return string.Join(' ', hasStandard ? options : options.Prepend(Standard));
    }

    private static OpenClProgramHandle Create(OpenClContext context, string source)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(source + '\0');
        fixed (byte* address = bytes)
        {
            byte* text = address;
            nuint length = (nuint)(bytes.Length - 1);
            OpenClProgramHandle program = OpenClApi.CreateProgramWithSource(
                context.Context, 1, &text, &length, out int code);
            OpenClCode.Check(code, "clCreateProgramWithSource");
            return program;
        }
    }

    private static OpenClProgramHandle? TryLoad(OpenClContext context, byte[] binary, string options)
    {
        fixed (byte* address = binary)
        {
            byte* pointer = address;
            nuint length = (nuint)binary.Length;
            nint device = context.Device.DeviceId;
            int status;
            OpenClProgramHandle program = OpenClApi.CreateProgramWithBinary(
                context.Context, 1, &device, &length, &pointer, &status, out int code);
            if (code == OpenClCode.Success
                && status == OpenClCode.Success
                && Build(context, program, options) == OpenClCode.Success)
            {
                return program;
            }

            program.Dispose();
            return null;
        }
    }

    private static int Build(OpenClContext context, OpenClProgramHandle program, string options)
    {
        nint device = context.Device.DeviceId;
        fixed (byte* address = Encoding.UTF8.GetBytes(options + '\0'))
        {
            return OpenClApi.BuildProgram(program, 1, &device, address, 0, 0);
        }
    }

    private static string LogOf(OpenClContext context, OpenClProgramHandle program)
    {
        try
        {
            return OpenClQuery.Text(
                "clGetProgramBuildInfo",
                OpenClConstants.ProgramBuildLog,
                (name, size, value, used) =>
                    OpenClApi.GetProgramBuildInfo(program, context.Device.DeviceId, name, size, value, used));
        }
        catch (OpenClException)
        {
            // The build's own code says more than a log that cannot be had.
            return string.Empty;
        }
    }

    private int GetInfo(uint name, nuint size, void* value, nuint* used) =>
        OpenClApi.GetProgramInfo(_program, name, size, value, used);
}
