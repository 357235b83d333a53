using ScoreGpu.Engine.Devices.Cuda.Native;
using ScoreGpu.Engine.Devices.Native;

namespace ScoreGpu.Engine.Devices.Cuda;

/// <summary>The CUDA devices of this machine.</summary>
internal sealed unsafe class CudaDeviceCatalog
{
    private static readonly Lazy<CudaDeviceCatalog> OfMachine = new(Read);

    private CudaDeviceCatalog(IReadOnlyList<CudaDeviceInfo> devices, string? whyNone)
    {
        Devices = devices;
        WhyNone = whyNone;
    }

    /// <summary>The catalog of this machine; the driver is asked once.</summary>
    public static CudaDeviceCatalog Current => OfMachine.Value;

    /// <summary>All devices, usable or not.</summary>
    public IReadOnlyList<CudaDeviceInfo> Devices { get; }

    /// <summary>Why the list is empty, or null.</summary>
    public string? WhyNone { get; }

    /// <summary>The device that was asked for.</summary>
    /// <param name="selector">An index, or a part of a name; null for the best.</param>
    /// <exception cref="InputException">No device fits, several do, or the one that does is not usable.</exception>
    public CudaDeviceInfo Choose(string? selector = null) => DeviceChoice.Choose("cuda", Devices, WhyNone, selector);

    private static CudaDeviceCatalog Read()
    {
        if (CudaApi.Driver.WhyMissing is string missing)
        {
            return new CudaDeviceCatalog([], missing);
        }

        List<CudaDeviceInfo> devices = [];
        try
        {
            CudaCode.Check(CudaApi.Init(0), "cuInit");
            int version = 0;
            CudaCode.Check(CudaApi.DriverGetVersion(&version), "cuDriverGetVersion");
            int count = 0;
            CudaCode.Check(CudaApi.DeviceGetCount(&count), "cuDeviceGetCount");
            string? whyNoCompiler = NvrtcCompiler.WhyMissing;
            for (int ordinal = 0; ordinal < count; ordinal++)
            {
                devices.Add(CudaDeviceInfo.Read(
                    ordinal, $"{version / 1000}.{version % 1000 / 10}", whyNoCompiler));
            }

            return new CudaDeviceCatalog(devices, count == 0 ? "the driver lists no device" : null);
        }
        catch (CudaException exception)
        {
            return new CudaDeviceCatalog(devices, exception.Message);
        }
    }
}
