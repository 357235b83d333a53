using System.Globalization;

namespace ScoreGpu.Engine.Devices.Native;

/// <summary>Picks one device of a list, by its index, by a part of its name, or as the best there is.</summary>
internal static class DeviceChoice
{
    /// <summary>The real GPU that is likely to be the fastest, or null. A CPU behind an accelerator's interface is
    /// never picked: the CPU device is faster there.</summary>
    public static TInfo? BestGpu<TInfo>(IEnumerable<TInfo> devices)
        where TInfo : AcceleratorInfo =>
        Ordered(devices.Where(device => device.IsUsable && device.IsGpu)).FirstOrDefault();

    /// <summary>The device that was asked for.</summary>
    /// <param name="api">The interface, for messages.</param>
    /// <param name="devices">All devices of the interface.</param>
    /// <param name="whyNone">Why the list is empty.</param>
    /// <param name="selector">An index, or a part of the device's or the platform's name in any case; null for the best
    /// GPU, or the first usable device where there is no GPU.</param>
    /// <exception cref="InputException">No device fits, several do, or the one that does is not usable.</exception>
    public static TInfo Choose<TInfo>(string api, IReadOnlyList<TInfo> devices, string? whyNone, string? selector)
        where TInfo : AcceleratorInfo
    {
        if (devices.Count == 0)
        {
            throw new InputException($"There is no {api} device: {whyNone ?? "the driver lists none"}.");
        }

        if (string.IsNullOrWhiteSpace(selector))
        {
            return BestGpu(devices) ?? devices.FirstOrDefault(device => device.IsUsable)
                ?? throw new InputException(
                    $"No {api} device is usable: {string.Join("; ", devices.Select(Reason))}.");
        }

        TInfo chosen = Find(api, devices, selector.Trim());
        return chosen.IsUsable
            ? chosen
            : throw new InputException($"{Reason(chosen)}; expected a device that is usable.");
    }

    private static TInfo Find<TInfo>(string api, IReadOnlyList<TInfo> devices, string selector)
        where TInfo : AcceleratorInfo
    {
        if (int.TryParse(selector, NumberStyles.None, CultureInfo.InvariantCulture, out int index))
        {
            return index < devices.Count ? devices[index] : throw Unfit("does not exist", devices);
        }

        TInfo[] fitting = devices.Where(device => Contains(device.Name)).ToArray();
        if (fitting.Length == 0)
        {
            fitting = devices.Where(device => Contains(device.Platform) || Contains(device.Vendor)).ToArray();
        }

        if (fitting.Length > 1)
        {
            // A whole name wins over names that merely contain it.
            TInfo[] whole = fitting
                .Where(device => device.Name.Equals(selector, StringComparison.OrdinalIgnoreCase))
                .ToArray();
            fitting = whole.Length == 1 ? whole : fitting;
        }

        return fitting.Length switch
        {
            1 => fitting[0],
            0 => throw Unfit("fits no name", devices),
            _ => throw Unfit($"fits {fitting.Length} devices", fitting),
        };

        bool Contains(string name) => name.Contains(selector, StringComparison.OrdinalIgnoreCase);

        InputException Unfit(string what, IEnumerable<TInfo> candidates) =>
            new($"{api} device '{selector}' {what}; expected an index or a part of one name of: "
                + $"{string.Join(", ", candidates)}.");
    }

    // Compute units of different vendors are not alike, but a card beats what shares the CPU's memory.
    private static IOrderedEnumerable<TInfo> Ordered<TInfo>(IEnumerable<TInfo> devices)
        where TInfo : AcceleratorInfo =>
        devices
            .OrderByDescending(device => device.HasOwnMemory)
            .ThenByDescending(device => (long)device.ComputeUnits * Math.Max(device.ClockMegahertz, 1))
            .ThenBy(device => device.Index);

    private static string Reason(AcceleratorInfo device) => $"{device} is not usable: {device.WhyNotUsable}";
}
