namespace ScoreGpu.Engine.Devices.Ilgpu;

/// <summary>The assembly that compiles the kernels by ILGPU, which is beside the program only where it was built with
/// <c>-p:UseIlgpu=true</c>.</summary>
internal static class IlgpuAssembly
{
    /// <summary>The name of its devices, which a colon and one of them may follow.</summary>
    public const string Name = "ilgpu";

    /// <summary>How to get it.</summary>
    public const string HowToGet = "not in this build; build with -p:UseIlgpu=true (docs/ilgpu.md)";

    private const string FileName = "ScoreGpu.Ilgpu.dll";
    private const string TypeName = "ScoreGpu.Ilgpu.IlgpuDevices, ScoreGpu.Ilgpu";

    // By name, since the engine is built without it; and once somebody asks, since others need not wait for it. The
    // runtime takes its time to find out that an assembly is not there; a look at the folder is faster.
    private static readonly Lazy<IIlgpuDevices?> Found = new(
        () => File.Exists(Path.Combine(AppContext.BaseDirectory, FileName)) && Type.GetType(TypeName) is { } type
            ? (IIlgpuDevices)Activator.CreateInstance(type)!
            : null);

    /// <summary>The assembly, or null.</summary>
    public static IIlgpuDevices? Devices => Found.Value;

    /// <summary>The assembly.</summary>
    /// <exception cref="InputException">It is not there; the message says how to get it.</exception>
    public static IIlgpuDevices Required =>
        Devices ?? throw new InputException($"ILGPU is {HowToGet}.");

    /// <summary>Reads <c>ilgpu</c> or <c>ilgpu:DEVICE</c>; false for every other name.</summary>
    public static bool TryParse(string name, out string? selector)
    {
        selector = name.StartsWith(Name + AcceleratorName.Mark, StringComparison.Ordinal) ? name[(Name.Length + 1)..] : null;
        return name == Name || selector?.Length > 0;
    }
}
