namespace ScoreGpu.Engine.Devices.Native;

/// <summary>The kinds of arguments.</summary>
internal enum KernelArgumentKind
{
    /// <summary>A number or a struct.</summary>
    Value,

    /// <summary>Device memory from its first byte: a pointer.</summary>
    Buffer,

    /// <summary>Device memory from an element on. OpenCL: a pointer, then the element's index as an int, because a host
    /// cannot move OpenCL's pointers. CUDA: a pointer to the element.</summary>
    View,

    /// <summary>Local memory whose size is chosen at the launch.</summary>
    Local,
}
