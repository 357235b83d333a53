using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ScoreGpu.Engine.Devices.Native;

/// <summary>The arguments of a launch, in the kernel's order. One list can be cleared and filled again for every
/// launch, which allocates nothing.</summary>
internal sealed unsafe class KernelArguments
{
    /// <summary>The most bytes of all arguments together; the least limit of the devices is 1,024.</summary>
    public const int MaxBytes = 4096;

    /// <summary>Every value starts at a multiple of this, which fits vectors and structs of them.</summary>
    private const int Alignment = 16;

    private readonly byte[] _values = GC.AllocateArray<byte>(MaxBytes + Alignment, pinned: true);
    private readonly byte* _aligned;
    private readonly List<KernelArgument> _arguments = [];
    private int _used;

    /// <summary>Starts with no argument.</summary>
    public KernelArguments()
    {
        nuint address = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_values));
        _aligned = (byte*)((address + Alignment - 1) & ~(nuint)(Alignment - 1));
    }

    /// <summary>The arguments.</summary>
    public ReadOnlySpan<KernelArgument> Items => CollectionsMarshal.AsSpan(_arguments);

    /// <summary>All bytes of local memory in the list.</summary>
    public long LocalBytes { get; private set; }

    /// <summary>Removes all arguments.</summary>
    public KernelArguments Clear()
    {
        _arguments.Clear();
        _used = 0;
        LocalBytes = 0;
        return this;
    }

    /// <summary>Adds a buffer: a pointer in the kernel's parameters.</summary>
    public KernelArguments Add<T>(AcceleratorBuffer<T> buffer)
        where T : unmanaged
    {
        _arguments.Add(new KernelArgument(KernelArgumentKind.Buffer, 0, sizeof(T), buffer.Memory));
        return this;
    }

    /// <summary>Adds a buffer from an element on.</summary>
    /// <remarks>OpenCL: two parameters, a pointer and an int with the first element's index. CUDA: one, a pointer to
    /// the element.</remarks>
    /// <param name="buffer">The buffer.</param>
    /// <param name="start">The element that the kernel sees as its first.</param>
    /// <exception cref="ArgumentOutOfRangeException">The buffer has no such element.</exception>
    public KernelArguments AddView<T>(AcceleratorBuffer<T> buffer, int start = 0)
        where T : unmanaged
    {
        if (start < 0 || start > buffer.Length)
        {
            throw new ArgumentOutOfRangeException(
                nameof(start), $"Element {start} is outside a buffer of {buffer.Length} elements.");
        }

        return AddView<T>(buffer.Memory, start, 0);
    }

    /// <summary>Adds a part of a block of memory, as <see cref="AddView{T}(AcceleratorBuffer{T}, int)"/>
    /// does.</summary>
    /// <param name="memory">The memory; null for a null pointer.</param>
    /// <param name="start">The first element.</param>
    /// <param name="length">How many elements there must be from there on.</param>
    /// <exception cref="ArgumentOutOfRangeException">The memory ends before.</exception>
    public KernelArguments AddView<T>(AcceleratorMemory? memory, int start, int length)
        where T : unmanaged
    {
        memory?.CheckRange((long)start * sizeof(T), (long)length * sizeof(T));
        _arguments.Add(new KernelArgument(KernelArgumentKind.View, start, sizeof(T), memory));
        return this;
    }

    /// <summary>Adds an int.</summary>
    public KernelArguments Add(int value) => AddValue(value);

    /// <summary>Adds a uint.</summary>
    public KernelArguments Add(uint value) => AddValue(value);

    /// <summary>Adds a ulong.</summary>
    public KernelArguments Add(ulong value) => AddValue(value);

    /// <summary>Adds a float.</summary>
    public KernelArguments Add(float value) => AddValue(value);

    /// <summary>Adds a number or a struct, byte for byte.</summary>
    /// <typeparam name="T">A type that is laid out as on the device, and holds no reference.</typeparam>
    /// <exception cref="ArgumentException">The type holds a reference, or all values together are too
    /// large.</exception>
    public KernelArguments AddValue<T>(in T value)
        where T : struct
    {
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
        {
            throw new ArgumentException($"{typeof(T).Name} holds references, which no device knows.", nameof(value));
        }

        int start = (_used + Alignment - 1) & -Alignment;
        int bytes = Unsafe.SizeOf<T>();
        if (start > MaxBytes - bytes)
        {
            throw new ArgumentException($"The values take more than {MaxBytes} bytes.", nameof(value));
        }

        Unsafe.WriteUnaligned(_aligned + start, value);
        _used = start + bytes;
        _arguments.Add(new KernelArgument(KernelArgumentKind.Value, start, bytes, null));
        return this;
    }

    /// <summary>Adds local memory whose size is chosen now.</summary>
    /// <remarks>OpenCL: a <c>__local</c> pointer in the kernel's parameters. CUDA: no parameter, but bytes of the one
    /// <c>extern __shared__</c> array; each block starts at a multiple of 16 bytes.</remarks>
    public KernelArguments AddLocal(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytes);
        _arguments.Add(new KernelArgument(KernelArgumentKind.Local, 0, bytes, null));
        LocalBytes = ((LocalBytes + Alignment - 1) & -Alignment) + bytes;
        return this;
    }

    /// <summary>The address of a value; it does not move.</summary>
    public void* AddressOf(in KernelArgument argument) => _aligned + argument.Start;
}
