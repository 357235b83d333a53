using System.Runtime.InteropServices;
using ScoreGpu.Engine.Devices.Cuda.Native;
using ScoreGpu.Engine.Devices.Native;

namespace ScoreGpu.Engine.Devices.Cuda;

/// <summary>A CUDA device as its driver describes it.</summary>
internal sealed unsafe class CudaDeviceInfo : AcceleratorInfo
{
    /// <inheritdoc/>
    public override string Api => "cuda";

    /// <summary>The <c>CUdevice</c>.</summary>
    public required int Device { get; init; }

    /// <summary>The compute capability, as in 90 for 9.0.</summary>
    public required int Capability { get; init; }

    /// <summary>Threads of a warp.</summary>
    public required int WarpSize { get; init; }

    /// <summary>Threads that a multiprocessor holds at once.</summary>
    public required int MaxThreadsPerMultiprocessor { get; init; }

    /// <summary>Asks the driver about a device.</summary>
    /// <param name="ordinal">The device's number.</param>
    /// <param name="driverVersion">The newest CUDA that the driver knows, as in "12.9".</param>
    /// <param name="whyNoCompiler">Why no device can be used, or null.</param>
    /// <exception cref="CudaException">The driver does not answer.</exception>
    public static CudaDeviceInfo Read(int ordinal, string driverVersion, string? whyNoCompiler)
    {
        const int NameBytes = 256;
        int found = 0;
        CudaCode.Check(CudaApi.DeviceGet(&found, ordinal), $"cuDeviceGet {ordinal}");
        int device = found;
        byte* name = stackalloc byte[NameBytes];
        CudaCode.Check(CudaApi.DeviceGetName(name, NameBytes, device), "cuDeviceGetName");
        nuint memory = 0;
        CudaCode.Check(CudaApi.DeviceTotalMem(&memory, device), "cuDeviceTotalMem");
        int major = Get(CudaConstants.DeviceComputeCapabilityMajor);
        int minor = Get(CudaConstants.DeviceComputeCapabilityMinor);
        int shared = Math.Max(
            Get(CudaConstants.DeviceMaxSharedMemoryPerBlock), Get(CudaConstants.DeviceMaxSharedMemoryPerBlockOptin));
        bool isProhibited = Get(CudaConstants.DeviceComputeMode) == CudaConstants.ComputeModeProhibited;
        return new CudaDeviceInfo
        {
            Index = ordinal,
            Device = device,
            Capability = major * 10 + minor,
            Name = Marshal.PtrToStringUTF8((nint)name) ?? string.Empty,
            Vendor = CudaApi.IsEmulation ? "ScoreGpu's tests" : "NVIDIA",
            Platform = CudaApi.IsEmulation ? "CUDA emulation" : "CUDA",
            Version = $"compute capability {major}.{minor}",
            DriverVersion = driverVersion,
            Type = CudaApi.IsEmulation ? "CPU" : "GPU",
            IsGpu = !CudaApi.IsEmulation,
            HasOwnMemory = Get(CudaConstants.DeviceIntegrated) == 0,
            GlobalMemoryBytes = (long)memory,
            MaxAllocationBytes = (long)memory,
            LocalMemoryBytes = shared,
            ComputeUnits = Get(CudaConstants.DeviceMultiprocessorCount),
            MaxGroupSize = Get(CudaConstants.DeviceMaxThreadsPerBlock),
            MaxThreadsPerMultiprocessor = Get(CudaConstants.DeviceMaxThreadsPerMultiprocessor),
            WarpSize = Get(CudaConstants.DeviceWarpSize),
            ClockMegahertz = Get(CudaConstants.DeviceClockRate) / 1000,
            WhyNotUsable = isProhibited ? "its compute mode prohibits contexts (nvidia-smi -c)" : whyNoCompiler,
        };

        int Get(int attribute)
        {
            // A driver that does not know an attribute any more must not hide the device.
            int value = 0;
            int code = CudaApi.DeviceGetAttribute(&value, attribute, device);
            if (code != CudaCode.InvalidValue)
            {
                CudaCode.Check(code, $"cuDeviceGetAttribute {attribute}");
            }

            return value;
        }
    }
}
