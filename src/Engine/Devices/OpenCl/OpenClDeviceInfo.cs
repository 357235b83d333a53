using ScoreGpu.Engine.Devices.Native;
using ScoreGpu.Engine.Devices.OpenCl.Native;

namespace ScoreGpu.Engine.Devices.OpenCl;

/// <summary>An OpenCL device as its driver describes it.</summary>
internal sealed class OpenClDeviceInfo : AcceleratorInfo
{
    /// <summary>The least local memory that the kernels are written for: what OpenCL 1.2's full profile
    /// promises.</summary>
    internal const long LeastLocalMemory = 32 << 10;

    /// <summary>The least group size that the kernels are written for.</summary>
    internal const int LeastGroupSize = 64;

    private const string GetInfo = "clGetDeviceInfo";

    /// <inheritdoc/>
    public override string Api => "opencl";

    /// <summary>The <c>cl_platform_id</c>.</summary>
    public required nint PlatformId { get; init; }

    /// <summary>The <c>cl_device_id</c>.</summary>
    public required nint DeviceId { get; init; }

    /// <summary>The platform's version, which changes with the compiler.</summary>
    public required string PlatformVersion { get; init; }

    /// <summary>Asks the driver about a device.</summary>
    /// <exception cref="OpenClException">The driver does not answer.</exception>
    public static OpenClDeviceInfo Read(nint platform, nint device, int index)
    {
        OpenClQuery.Getter get = OpenClQuery.OfDevice(device);
        ulong type = OpenClQuery.Value<ulong>(GetInfo, OpenClConstants.DeviceType, get);
        long localBytes = Long(OpenClConstants.DeviceLocalMemSize);
        int groupSize = (int)Math.Min(
            OpenClQuery.Value<nuint>(GetInfo, OpenClConstants.DeviceMaxWorkGroupSize, get), int.MaxValue);
        string version = Text(OpenClConstants.DeviceVersion);
        OpenClFeatures features = new(
            IsAvailable: Flag(OpenClConstants.DeviceAvailable),
            HasCompiler: Flag(OpenClConstants.DeviceCompilerAvailable),
            IsLittleEndian: Flag(OpenClConstants.DeviceEndianLittle),
            Version: version,
            Extensions: Text(OpenClConstants.DeviceExtensions),
            LocalMemoryBytes: UInt(OpenClConstants.DeviceLocalMemType) == 0 ? 0 : localBytes,
            MaxGroupSize: groupSize,
            FloatConfig: OpenClQuery.Value<ulong>(GetInfo, OpenClConstants.DeviceSingleFpConfig, get));
        return new OpenClDeviceInfo
        {
            Index = index,
            PlatformId = platform,
            DeviceId = device,
            Name = Text(OpenClConstants.DeviceName),
            Vendor = Text(OpenClConstants.DeviceVendor),
            Platform = OpenClQuery.Text(
                "clGetPlatformInfo", OpenClConstants.PlatformName, OpenClQuery.OfPlatform(platform)),
            PlatformVersion = OpenClQuery.Text(
                "clGetPlatformInfo", OpenClConstants.PlatformVersion, OpenClQuery.OfPlatform(platform)),
            Version = version,
            DriverVersion = Text(OpenClConstants.DriverVersion),
            Type = TypeName(type),
            IsGpu = IsRealGpu(type),
            HasOwnMemory = !SharesMemory(device),
            GlobalMemoryBytes = Long(OpenClConstants.DeviceGlobalMemSize),
            MaxAllocationBytes = Long(OpenClConstants.DeviceMaxMemAllocSize),
            LocalMemoryBytes = localBytes,
            ComputeUnits = (int)UInt(OpenClConstants.DeviceMaxComputeUnits),
            MaxGroupSize = groupSize,
            ClockMegahertz = (int)UInt(OpenClConstants.DeviceMaxClockFrequency),
            WhyNotUsable = features.WhyNotUsable(),
        };

        string Text(uint name) => OpenClQuery.Text(GetInfo, name, get);
        uint UInt(uint name) => OpenClQuery.Value<uint>(GetInfo, name, get);
        bool Flag(uint name) => UInt(name) != 0;
        long Long(uint name) => (long)Math.Min(OpenClQuery.Value<ulong>(GetInfo, name, get), long.MaxValue);
    }

    /// <summary>Whether a type is a GPU's and nothing else's: simulators say that they are everything at
    /// once.</summary>
    internal static bool IsRealGpu(ulong type) =>
        (type & OpenClConstants.DeviceTypeGpu) != 0 && (type & OpenClConstants.DeviceTypeCpu) == 0;

    private static unsafe bool SharesMemory(nint device)
    {
        // Deprecated since OpenCL 2.0: a driver that does not answer must not lose its device.
        uint shares = 0;
        int code = OpenClApi.GetDeviceInfo(
            device, OpenClConstants.DeviceHostUnifiedMemory, sizeof(uint), &shares, null);
        return code == OpenClCode.Success && shares != 0;
    }

    private static string TypeName(ulong type)
    {
        List<string> names = [];
        Add(OpenClConstants.DeviceTypeGpu, "GPU");
        Add(OpenClConstants.DeviceTypeCpu, "CPU");
        Add(OpenClConstants.DeviceTypeAccelerator, "accelerator");
        return names.Count > 0 ? string.Join(" and ", names) : $"0x{type:X}";

        void Add(ulong bit, string name)
        {
            if ((type & bit) != 0)
            {
                names.Add(name);
            }
        }
    }
}
