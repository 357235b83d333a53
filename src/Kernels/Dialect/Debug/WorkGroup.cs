using System.Runtime.InteropServices;

namespace ScoreGpu.Kernels.Dialect.Debug;

/// <summary>The group that is running: its indices, its shared memory and its barrier.</summary>
/// <remarks>
/// Every work-item's thread meets at one <see cref="Barrier"/>, whether its method waits in
/// <see cref="Dialect.Group.Barrier"/> or has ended; the last to come compares where they are, and so finds out when
/// work-items wait at different places.
/// </remarks>
internal sealed class WorkGroup : IDisposable
{
    // Of all bit patterns this is the one most likely to show: NaN as a float, −1 as an integer.
    private const byte Garbage = 0xFF;

    private readonly string _kernel;
    private readonly int _dynamicBytes;
    private readonly Lock _lock = new();
    private readonly List<Array> _shared = [];
    private readonly List<Array> _dynamic = [];
    private readonly Barrier _barrier;
    private readonly (string File, int Line)?[] _waiting;
    private volatile KernelException? _fault;
    private volatile bool _isStopped;

    internal WorkGroup(string kernel, LaunchShape shape)
    {
        _kernel = kernel;
        _dynamicBytes = shape.DynamicSharedBytes;
        _barrier = new Barrier(shape.GroupSize, _ => Meet());
        _waiting = new (string, int)?[shape.GroupSize];
        Count = shape.Groups;
        Size = shape.GroupSize;
    }

    internal int Index { get; private set; }

    internal int Count { get; }

    internal int Size { get; }

    /// <summary>The first failure; null while there is none.</summary>
    internal KernelException? Fault => _fault;

    /// <summary>
    /// Whether the work-items stop. It changes while all are at the barrier and at no other time, so that they agree: if
    /// one left because of a <see cref="Fault"/> from behind the barrier, the one that failed would wait for it.
    /// </summary>
    internal bool IsStopped => _isStopped;

    public void Dispose() => _barrier.Dispose();

    internal void Fail(int item, Exception exception)
        => Interlocked.CompareExchange(ref _fault, new KernelException(_kernel, Index, item, exception), null);

    /// <summary>Goes on to the next group.</summary>
    internal void Advance()
    {
        Index++;
        foreach (Array array in _shared)
        {
            Spoil(array);
        }

        foreach (Array array in _dynamic)
        {
            Spoil(array);
        }
    }

    /// <summary>Waits, from within the kernel's method, for the other work-items.</summary>
    internal void Wait(string file, int line)
    {
        _waiting[WorkItem.Current.Index] = (file, line);
        _barrier.SignalAndWait();
        if (_isStopped)
        {
            throw new OperationCanceledException("Another work-item of the group failed.");
        }
    }

    /// <summary>Waits, after the kernel's method has ended, for the other work-items.</summary>
    internal void Finish(int item)
    {
        _waiting[item] = null;
        _barrier.SignalAndWait();
    }

    internal View<T> Shared<T>(int allocation, int extent)
        where T : unmanaged
    {
        lock (_lock)
        {
            if (allocation == _shared.Count)
            {
                _shared.Add(Spoil(new T[extent]));
            }

            // Where work-items disagree about their allocations, the kernel cannot be right on any device.
            return _shared[allocation] is T[] array && array.Length == extent
                ? new View<T>(array)
                : throw new InvalidOperationException("The work-items of a group allocate different shared memory.");
        }
    }

    internal View<T> DynamicShared<T>()
        where T : unmanaged
    {
        lock (_lock)
        {
            T[]? array = _dynamic.OfType<T[]>().FirstOrDefault();
            if (array is null)
            {
                array = new T[_dynamicBytes / Marshal.SizeOf<T>()];
                _dynamic.Add(Spoil(array));
            }

            return new View<T>(array);
        }
    }

    private static T[] Spoil<T>(T[] array)
        where T : unmanaged
    {
        MemoryMarshal.AsBytes(array.AsSpan()).Fill(Garbage);
        return array;
    }

    private static void Spoil(Array array)
        => MemoryMarshal.CreateSpan(
            ref MemoryMarshal.GetArrayDataReference(array), Buffer.ByteLength(array)).Fill(Garbage);

    private void Meet()
    {
        if (_fault is not null)
        {
            _isStopped = true;
            return;
        }

        (string File, int Line)? first = _waiting[0];
        for (int i = 1; i < Size; i++)
        {
            if (_waiting[i] != first)
            {
                string message = $"work-item 0 {Place(first)}, work-item {i} {Place(_waiting[i])}.";
                Fail(i, new BarrierException("The work-items of the group part at a barrier: " + message));
                _isStopped = true;
                return;
            }
        }

        if (first is null)
        {
            Advance();
        }
    }

    private static string Place((string File, int Line)? place)
        => place is (string file, int line)
            ? $"waits at {Path.GetFileName(file)}:{line}"
            : "has ended";
}
