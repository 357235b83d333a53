namespace ScoreGpu.Engine.Devices.Native;

/// <summary>A device, its driver or its compiler failed.</summary>
/// <remarks>The message names the call, the error and what can be done, and can be shown to the user as it stands.
/// </remarks>
public class DeviceException : Exception
{
    /// <summary>Creates an exception with no details.</summary>
    public DeviceException()
        : base("The device failed.")
    {
    }

    /// <summary>Creates an exception with a complete message.</summary>
    /// <param name="message">What failed, and why.</param>
    public DeviceException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an exception with a complete message and its cause.</summary>
    /// <param name="message">What failed, and why.</param>
    /// <param name="innerException">What went wrong underneath.</param>
    public DeviceException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates an exception of a kind.</summary>
    /// <param name="failure">The kind of failure.</param>
    /// <param name="message">What failed, and why.</param>
    public DeviceException(DeviceFailure failure, string message)
        : base(message)
    {
        Failure = failure;
    }

    /// <summary>The kind of failure.</summary>
    public DeviceFailure Failure { get; }
}
