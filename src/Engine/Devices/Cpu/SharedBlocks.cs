namespace ScoreGpu.Engine.Devices.Cpu;

/// <summary>Numbered blocks of work that begin with one thread and that idle threads help it with.</summary>
internal sealed class SharedBlocks
{
    private readonly int _count;
    private int _taken;
    private int _done;
    private bool _isOpen;

    /// <summary>Holds nothing yet.</summary>
    /// <param name="count">Blocks.</param>
    public SharedBlocks(int count) => _count = count;

    /// <summary>Whose memory the blocks are computed from, once they are open.</summary>
    public int Owner { get; private set; }

    /// <summary>Whether blocks can be taken.</summary>
    public bool IsOpen => Volatile.Read(ref _isOpen);

    /// <summary>Waits for another <see cref="Open"/>. No thread may be at work.</summary>
    public void Close() => Volatile.Write(ref _isOpen, false);

    /// <summary>Lets every thread take blocks.</summary>
    /// <param name="owner">Whose memory they are computed from.</param>
    public void Open(int owner)
    {
        (Owner, _taken, _done) = (owner, 0, 0);
        Volatile.Write(ref _isOpen, true);
    }

    /// <summary>Takes the next block.</summary>
    public bool TryTake(out int block)
    {
        block = Volatile.Read(ref _taken) < _count ? Interlocked.Increment(ref _taken) - 1 : _count;
        return block < _count;
    }

    /// <summary>Says that a block which was taken is done.</summary>
    public void Complete() => Interlocked.Increment(ref _done);

    /// <summary>Waits until every block is done, so that the memory can be used again.</summary>
    public void AwaitAll()
    {
        for (int spin = 0; Volatile.Read(ref _done) < _count; spin++)
        {
            ThreadTeam.Pause(spin);
        }
    }
}
