using System.Globalization;
using ScoreGpu.Engine.Devices.OpenCl.Native;

namespace ScoreGpu.Engine.Devices.OpenCl;

/// <summary>What the kernels ask of an OpenCL device.</summary>
/// <param name="IsAvailable">Whether the device can be used now.</param>
/// <param name="HasCompiler">Whether it compiles source.</param>
/// <param name="IsLittleEndian">Whether its numbers are laid out as the host's.</param>
/// <param name="Version">As in "OpenCL 1.2 vendor's words".</param>
/// <param name="Extensions">Names with blanks between.</param>
/// <param name="LocalMemoryBytes">Local memory of a group.</param>
/// <param name="MaxGroupSize">Work-items of a group.</param>
/// <param name="FloatConfig">Bits of <c>cl_device_fp_config</c> for float32.</param>
internal sealed record OpenClFeatures(
    bool IsAvailable,
    bool HasCompiler,
    bool IsLittleEndian,
    string Version,
    string Extensions,
    long LocalMemoryBytes,
    int MaxGroupSize,
    ulong FloatConfig)
{
    /// <summary>Why the kernels cannot run, or null.</summary>
    public string? WhyNotUsable()
    {
        (int major, int minor) = ParseVersion(Version);
        bool hasAtomics = (major, minor).CompareTo((1, 1)) >= 0
            || (HasExtension("cl_khr_global_int32_base_atomics") && HasExtension("cl_khr_local_int32_base_atomics"));
        const ulong Float = OpenClConstants.FpInfNan | OpenClConstants.FpRoundToNearest;
        return this switch
        {
            { IsAvailable: false } => "the driver says that it is not available now",
            { HasCompiler: false } => "it has no compiler, and the kernels come as source",
            { IsLittleEndian: false } => "it is not little-endian",
            _ when !hasAtomics => "it has no atomic operations on 32-bit numbers",
            _ when (major, minor).CompareTo((1, 2)) < 0 => $"it offers '{Version}', older than OpenCL 1.2",
            _ when (FloatConfig & Float) != Float => "its float32 has no infinities or does not round to nearest",
            _ when LocalMemoryBytes < OpenClDeviceInfo.LeastLocalMemory =>
                $"it has {LocalMemoryBytes} bytes of local memory; the kernels need "
                + $"{OpenClDeviceInfo.LeastLocalMemory}",
            _ when MaxGroupSize < OpenClDeviceInfo.LeastGroupSize =>
                $"its groups have {MaxGroupSize} work-items at most; the kernels need "
                + $"{OpenClDeviceInfo.LeastGroupSize}",
            _ => null,
        };
    }

    /// <summary>The numbers in "OpenCL 1.2 …"; (0, 0) where there are none.</summary>
    public static (int Major, int Minor) ParseVersion(string version)
    {
        string[] words = version.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string[] numbers = words.Length > 1 ? words[1].Split('.') : [];
        return numbers.Length >= 2
            && int.TryParse(numbers[0], NumberStyles.None, CultureInfo.InvariantCulture, out int major)
            && int.TryParse(numbers[1], NumberStyles.None, CultureInfo.InvariantCulture, out int minor)
            ? (major, minor)
            : (0, 0);
    }

    private bool HasExtension(string name) => Extensions.Split(' ').Contains(name, StringComparer.Ordinal);
}
