using ScoreGpu.Engine.Devices.Native;
using ScoreGpu.Engine.Devices.OpenCl.Native;

namespace ScoreGpu.Engine.Devices.OpenCl;

/// <summary>A call of OpenCL failed.</summary>
public sealed class OpenClException : DeviceException
{
    /// <summary>Creates an exception with no details.</summary>
    public OpenClException()
    {
    }

    /// <summary>Creates an exception with a complete message.</summary>
    /// <param name="message">What failed, and why.</param>
    public OpenClException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an exception with a complete message and its cause.</summary>
    /// <param name="message">What failed, and why.</param>
    /// <param name="innerException">What went wrong underneath.</param>
    public OpenClException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception of a call.</summary>
    /// <param name="code">The code that the call gave.</param>
    /// <param name="call">The C name of the function, and what it was called for.</param>
    /// <param name="details">More lines for the message, such as a compiler's log.</param>
    public OpenClException(int code, string call, string? details = null)
        : base(OpenClCode.FailureOf(code), Message(code, call, details))
    {
        Code = code;
        Call = call;
        ErrorName = OpenClCode.NameOf(code);
    }

    /// <summary>The code, as in −11.</summary>
    public int Code { get; }

    /// <summary>The code's name, as in <c>CL_BUILD_PROGRAM_FAILURE</c>.</summary>
    public string ErrorName { get; } = string.Empty;

    /// <summary>The function that failed, and what it was called for.</summary>
    public string Call { get; } = string.Empty;

    private static new string Message(int code, string call, string? details)
    {
        string advice = OpenClCode.Advice(code);
        return $"OpenCL: {call} failed with {OpenClCode.NameOf(code)} ({code})."
            + (advice.Length > 0 ? " " + advice : string.Empty)
            + (string.IsNullOrWhiteSpace(details) ? string.Empty : Environment.NewLine + details.TrimEnd());
    }
}
