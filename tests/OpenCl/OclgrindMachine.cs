using ScoreGpu.Engine.Devices.Kernel;

namespace ScoreGpu.Tests.OpenCl;

/// <summary>Oclgrind, used in the ways that its check for unwritten memory follows, and the names of the kernels that it
/// was asked for.</summary>
/// <remarks>
/// Oclgrind 21.10 keeps a shadow of each buffer, which says what was written. It mistakes three things on the host, each
/// to be seen with a kernel that copies eight floats, <c>y[i] = x[i]</c>:
/// <list type="bullet">
/// <item><description>A host write replaces the shadow by one of the write's own length, placed at the start. Eight
/// floats are written, and the first four once more: 4 … 7 are reported. A fill is a write an element: all are reported.
/// So a host writes arrays whole; a part goes through an array of its own and <c>WordsCopy</c>.</description></item>
/// <item><description>A buffer gets the number of one that was released, and its shadow. Four floats are written and
/// released, eight allocated and written by a kernel: 4 … 7 are reported. Eight written and released, eight allocated
/// and read: nothing is reported, and should be. So arrays are released with the machine.</description></item>
/// <item><description>The memory of shadows belongs to the thread that made the context. So one thread does
/// everything.</description></item>
/// </list>
/// </remarks>
internal sealed class OclgrindMachine : KernelMachine
{
    private readonly AcceleratorMachine _machine;
    private readonly long _localMemoryBytes;
    private readonly List<IDisposable> _arrays = [];

    /// <summary>Opens the simulator.</summary>
    /// <param name="localMemoryBytes">The local memory that a group is said to have, at most.</param>
    public OclgrindMachine(long localMemoryBytes = long.MaxValue)
    {
        _localMemoryBytes = localMemoryBytes;
        _machine = new AcceleratorMachine(OpenClTestDevice.Open());
        Assert.Contains("Oclgrind", _machine.Description, StringComparison.Ordinal);
    }

    public override string Name => _machine.Name;

    public override string Description => _machine.Description;

    public override long LocalMemoryBytes => Math.Min(_localMemoryBytes, _machine.LocalMemoryBytes);

    public override int ComputeUnits => _machine.ComputeUnits;

    public override int BusyGroups => _machine.BusyGroups;

    /// <summary>Every kernel that was launched.</summary>
    public ISet<string> Launched { get; } = new SortedSet<string>(StringComparer.Ordinal);

    public override DeviceArray<T> Allocate<T>(int length)
    {
        DeviceArray<T> array = _machine.Allocate<T>(length);
        _arrays.Add(array);
        return new KeptArray<T>(this, array);
    }

    public override void Launch<TArguments>(KernelDefinition kernel, LaunchShape shape, in TArguments arguments)
    {
        Launched.Add(kernel.Name);
        _machine.Launch(kernel, shape, in arguments);
    }

    public override void Dispose()
    {
        _arrays.ForEach(array => array.Dispose());
        _machine.Dispose();
    }

    private sealed class KeptArray<T>(OclgrindMachine machine, DeviceArray<T> array) : DeviceArray<T>
        where T : unmanaged
    {
        public override int Length => array.Length;

        public override View<T> View => array.View;

        public override void Write(ReadOnlySpan<T> source, int start = 0)
        {
            if (source.Length == Length)
            {
                array.Write(source, start);
            }
            else if (!source.IsEmpty)
            {
                View<T> part = View.SubView(start, source.Length);
                View<T> whole = machine.Copy(source).View;
                WordsCopy.Launch(machine, new LaunchShape(source.Length, 1), Words(whole), Words(part));
            }
        }

        public override void Read(Span<T> destination, int start = 0) => array.Read(destination, start);

        public override void Clear() => array.Write(new T[Length]);

        public override void Dispose()
        {
        }

        /// <summary>The same memory as what every T of an array here has the size of.</summary>
        private static unsafe IntView Words(View<T> view)
        {
            Assert.Equal(sizeof(int), sizeof(T));
            return new IntView(view.Storage!, view.Offset, view.IntLength);
        }
    }
}
