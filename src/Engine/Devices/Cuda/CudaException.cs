using ScoreGpu.Engine.Devices.Native;

namespace ScoreGpu.Engine.Devices.Cuda;

/// <summary>A call of CUDA's driver, or of its compiler NVRTC, failed.</summary>
public sealed class CudaException : DeviceException
{
    /// <summary>Creates an exception with no details.</summary>
    public CudaException()
    {
    }

    /// <summary>Creates an exception with a complete message.</summary>
    /// <param name="message">What failed, and why.</param>
    public CudaException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an exception with a complete message and its cause.</summary>
    /// <param name="message">What failed, and why.</param>
    /// <param name="innerException">What went wrong underneath.</param>
    public CudaException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception of a call.</summary>
    /// <param name="failure">The kind of failure.</param>
    /// <param name="code">The code that the call gave.</param>
    /// <param name="errorName">The code's name.</param>
    /// <param name="call">The C name of the function, and what it was called for.</param>
    /// <param name="advice">What can be done, as a sentence; empty for nothing.</param>
    /// <param name="details">More lines for the message, such as a compiler's log.</param>
    internal CudaException(
        DeviceFailure failure, int code, string errorName, string call, string advice = "", string? details = null)
        : base(
            failure,
            $"CUDA: {call} failed with {errorName} ({code})."
            + (advice.Length > 0 ? " " + advice : string.Empty)
            + (string.IsNullOrWhiteSpace(details) ? string.Empty : Environment.NewLine + details.TrimEnd('\0', '\n')))
    {
        Code = code;
        ErrorName = errorName;
        Call = call;
    }

    /// <summary>The code, as in 700.</summary>
    public int Code { get; }

    /// <summary>The code's name, as in <c>CUDA_ERROR_ILLEGAL_ADDRESS</c>.</summary>
    public string ErrorName { get; } = string.Empty;

    /// <summary>The function that failed, and what it was called for.</summary>
    public string Call { get; } = string.Empty;
}
