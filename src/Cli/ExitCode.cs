namespace ScoreGpu.Cli;

/// <summary>What the process returns.</summary>
public static class ExitCode
{
    /// <summary>All went well.</summary>
    public const int Success = 0;

    /// <summary>A verification found a difference above its tolerance.</summary>
    public const int VerificationFailed = 1;

    /// <summary>An argument or a file cannot be used as it is.</summary>
    public const int BadInput = 2;

    /// <summary>A device or its driver failed, or ran out of memory; <c>EX_UNAVAILABLE</c> of sysexits.h.</summary>
    public const int DeviceFailed = 69;

    /// <summary>The program failed for a reason of its own; <c>EX_SOFTWARE</c> of sysexits.h.</summary>
    public const int InternalError = 70;

    /// <summary>Stopped by Ctrl-C: 128 + SIGINT, as shells count.</summary>
    public const int Interrupted = 130;
}
