using System.Text;

namespace ScoreGpu.Engine.Devices.OpenCl.Native;

/// <summary>Reads what OpenCL tells of its objects: numbers, and texts of any length.</summary>
internal static unsafe class OpenClQuery
{
    /// <summary>One of OpenCL's <c>clGet…Info</c> functions for a given object.</summary>
    internal delegate int Getter(uint name, nuint size, void* value, nuint* sizeUsed);

    /// <summary>A number or another value of fixed size.</summary>
    public static T Value<T>(string call, uint name, Getter get)
        where T : unmanaged
    {
        T value = default;
        OpenClCode.Check(get(name, (nuint)sizeof(T), &value, null), $"{call} (0x{name:X})");
        return value;
    }

    /// <summary>All bytes of a value.</summary>
    public static byte[] Bytes(string call, uint name, Getter get)
    {
        nuint size = 0;
        OpenClCode.Check(get(name, 0, null, &size), $"{call} (0x{name:X})");
        byte[] bytes = new byte[checked((int)size)];
        fixed (byte* address = bytes)
        {
            OpenClCode.Check(get(name, size, address, null), $"{call} (0x{name:X})");
        }

        return bytes;
    }

    /// <summary>A text, without its end mark and the blanks that some drivers pad it with.</summary>
    public static string Text(string call, uint name, Getter get)
    {
        byte[] bytes = Bytes(call, name, get);
        int end = Array.IndexOf(bytes, (byte)0);
        return Encoding.UTF8.GetString(bytes, 0, end < 0 ? bytes.Length : end).Trim();
    }

    /// <summary>The getter of a platform.</summary>
    public static Getter OfPlatform(nint platform) =>
        (name, size, value, used) => OpenClApi.GetPlatformInfo(platform, name, size, value, used);

    /// <summary>The getter of a device.</summary>
    public static Getter OfDevice(nint device) =>
        (name, size, value, used) => OpenClApi.GetDeviceInfo(device, name, size, value, used);
}
