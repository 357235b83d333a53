namespace ScoreGpu.Engine.Devices.Native;

/// <summary>What kind of thing went wrong on a device.</summary>
public enum DeviceFailure
{
    /// <summary>An error that fits no other kind.</summary>
    Other,

    /// <summary>There is no such device, driver or compiler.</summary>
    Unavailable,

    /// <summary>The device's memory, or another resource, is used up or too small.</summary>
    OutOfMemory,

    /// <summary>The device stopped answering, was removed, or a kernel broke its context.</summary>
    DeviceLost,

    /// <summary>A kernel's source did not compile or link.</summary>
    BuildFailed,
}
