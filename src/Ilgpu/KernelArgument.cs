using System.Runtime.InteropServices;

namespace ScoreGpu.Ilgpu;

/// <summary>The place of a kernel's argument, as the launcher that ILGPU makes takes it. A launch fills it and allocates
/// nothing.</summary>
internal abstract class KernelArgument
{
    /// <summary>Makes the place for a parameter.</summary>
    public static KernelArgument Of(Type parameter)
    {
        Type place = parameter.IsGenericType && parameter.GetGenericTypeDefinition() == typeof(ArrayView<>)
            ? typeof(OfView<>).MakeGenericType(parameter.GenericTypeArguments)
            : typeof(OfValue<>).MakeGenericType(parameter);
        return (KernelArgument)Activator.CreateInstance(place)!;
    }

    /// <summary>Takes a number or a struct by its bytes: the engine's struct and the kernel's are of one layout, but two
    /// types.</summary>
    public virtual void Set(ReadOnlySpan<byte> value) => throw new InvalidOperationException("The parameter is a view.");

    /// <summary>Takes a range of elements.</summary>
    public virtual void Set(IlgpuMemory? memory, int offset, int length) =>
        throw new InvalidOperationException("The parameter is a value.");

    /// <summary>A view.</summary>
    internal sealed class OfView<T> : KernelArgument
        where T : unmanaged
    {
        /// <summary>The argument.</summary>
        public ArrayView<T> Value;

        /// <inheritdoc/>
        public override void Set(IlgpuMemory? memory, int offset, int length) =>
            Value = memory is null ? default : memory.View<T>(offset, length);
    }

    /// <summary>A number or a struct.</summary>
    internal sealed class OfValue<T> : KernelArgument
        where T : unmanaged
    {
        /// <summary>The argument.</summary>
        public T Value;

        /// <inheritdoc/>
        public override void Set(ReadOnlySpan<byte> value)
        {
            Span<byte> place = MemoryMarshal.AsBytes(new Span<T>(ref Value));
            if (value.Length != place.Length)
            {
                throw new ArgumentException($"{typeof(T).Name} has {place.Length} bytes, the argument {value.Length}.");
            }

            value.CopyTo(place);
        }
    }
}
