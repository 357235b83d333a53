namespace ScoreGpu.Engine.Files;

/// <summary>The element types that files may hold, by their names in safetensors.</summary>
public enum TensorType
{
    /// <summary>IEEE single precision; <c>&lt;f4</c> in npy.</summary>
    F32,

    /// <summary>IEEE double precision; <c>&lt;f8</c> in npy.</summary>
    F64,

    /// <summary>Signed 32-bit integer; <c>&lt;i4</c> in npy.</summary>
    I32,

    /// <summary>Signed 64-bit integer; <c>&lt;i8</c> in npy.</summary>
    I64,
}
