using ScoreGpu.Engine.Devices.Native;
using ScoreGpu.Engine.Devices.OpenCl.Native;

namespace ScoreGpu.Engine.Devices.OpenCl;

/// <summary>The OpenCL devices of this machine, of all drivers.</summary>
internal sealed unsafe class OpenClDeviceCatalog
{
    private static readonly Lazy<OpenClDeviceCatalog> OfMachine = new(Read);

    private OpenClDeviceCatalog(IReadOnlyList<OpenClDeviceInfo> devices, string? whyNone)
    {
        Devices = devices;
        WhyNone = whyNone;
    }

    /// <summary>The catalog of this machine; drivers are asked once.</summary>
    public static OpenClDeviceCatalog Current => OfMachine.Value;

    /// <summary>All devices, usable or not, in the order of the drivers.</summary>
    public IReadOnlyList<OpenClDeviceInfo> Devices { get; }

    /// <summary>Why the list is empty, or why a driver's devices are missing from it; null where all is well.</summary>
    public string? WhyNone { get; }

    /// <summary>The device that was asked for.</summary>
    /// <param name="selector">An index, or a part of a name; null for the best.</param>
    /// <exception cref="InputException">No device fits, several do, or the one that does is not usable.</exception>
    public OpenClDeviceInfo Choose(string? selector = null) =>
        DeviceChoice.Choose("opencl", Devices, WhyNone, selector);

    private static OpenClDeviceCatalog Read()
    {
        if (OpenClApi.Loader.WhyMissing is string missing)
        {
            return new OpenClDeviceCatalog([], missing);
        }

        List<OpenClDeviceInfo> devices = [];
        List<string> problems = [];
        try
        {
            foreach (nint platform in Platforms())
            {
                ReadPlatform(platform, devices, problems);
            }
        }
        catch (OpenClException exception)
        {
            problems.Add(exception.Message);
        }

        if (devices.Count == 0 && problems.Count == 0)
        {
            problems.Add("the OpenCL loader lists no device");
        }

        return new OpenClDeviceCatalog(devices, problems.Count > 0 ? string.Join(" ", problems) : null);
    }

    private static void ReadPlatform(nint platform, List<OpenClDeviceInfo> devices, List<string> problems)
    {
        try
        {
            foreach (nint device in DevicesOf(platform))
            {
                devices.Add(OpenClDeviceInfo.Read(platform, device, devices.Count));
            }
        }
        catch (OpenClException exception)
        {
            // One broken driver must not hide the others.
            problems.Add(exception.Message);
        }
    }

    private static nint[] Platforms()
    {
        uint count = 0;
        OpenClCode.Check(OpenClApi.GetPlatformIDs(0, null, &count), "clGetPlatformIDs");
        nint[] platforms = new nint[count];
        fixed (nint* address = platforms)
        {
            if (count > 0)
            {
                OpenClCode.Check(OpenClApi.GetPlatformIDs(count, address, null), "clGetPlatformIDs");
            }
        }

        return platforms;
    }

    private static nint[] DevicesOf(nint platform)
    {
        uint count = 0;
        int code = OpenClApi.GetDeviceIDs(platform, OpenClConstants.DeviceTypeAll, 0, null, &count);
        if (code == OpenClCode.DeviceNotFound || (code == OpenClCode.Success && count == 0))
        {
            return [];
        }

        OpenClCode.Check(code, "clGetDeviceIDs");
        nint[] devices = new nint[count];
        fixed (nint* address = devices)
        {
            code = OpenClApi.GetDeviceIDs(platform, OpenClConstants.DeviceTypeAll, count, address, null);
            OpenClCode.Check(code, "clGetDeviceIDs");
        }

        return devices;
    }
}
