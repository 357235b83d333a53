namespace ScoreGpu.Kernels.Dialect.Debug;

/// <summary>
/// Runs kernels as the C# they are written in, so that a breakpoint in a kernel stops there with all its values.
/// </summary>
/// <remarks>
/// Groups run one after another; the work-items of a group are threads of their own where the kernel has barriers, and
/// take turns on the calling thread where it has none. Views are checked at each access, shared memory is NaN until it
/// is written, and work-items that part at a barrier are reported instead of waiting for ever. Views must be over
/// arrays. <see cref="SharedMemory.GetDynamic{T}"/> of two element types are separate here.
/// </remarks>
public sealed class DebugLauncher : IKernelLauncher
{
    // Kernels do not recurse, and a group has up to a thousand threads.
    private const int StackBytes = 256 * 1024;

    /// <inheritdoc/>
    /// <exception cref="KernelException">A work-item failed.</exception>
    public void Launch<TArguments>(KernelDefinition kernel, LaunchShape shape, in TArguments arguments)
        where TArguments : struct, IKernelArguments
    {
        ArgumentNullException.ThrowIfNull(kernel);
        kernel.Check(shape);
        OverlapCheck.Run(kernel, in arguments);

        using var group = new WorkGroup(kernel.Name, shape);
        if (kernel.UsesBarriers)
        {
            RunTogether(group, arguments);
        }
        else
        {
            RunInTurn(group, in arguments);
        }

        if (group.Fault is not null)
        {
            throw group.Fault;
        }
    }

    private static void RunInTurn<TArguments>(WorkGroup group, in TArguments arguments)
        where TArguments : struct, IKernelArguments
    {
        WorkItem[] items = Items(group);
        for (int g = 0; g < group.Count && group.Fault is null; g++)
        {
            for (int i = 0; i < items.Length && group.Fault is null; i++)
            {
                RunOne(items[i], in arguments);
            }

            if (group.Fault is null)
            {
                group.Advance();
            }
        }
    }

    private static void RunTogether<TArguments>(WorkGroup group, TArguments arguments)
        where TArguments : struct, IKernelArguments
    {
        var threads = new Thread[group.Size];
        WorkItem[] items = Items(group);
        for (int i = 0; i < threads.Length; i++)
        {
            WorkItem item = items[i];
            threads[i] = new Thread(() => RunAllGroups(item, in arguments), StackBytes) { IsBackground = true };
            threads[i].Name = $"work-item {i}";
            threads[i].Start();
        }

        foreach (Thread thread in threads)
        {
            thread.Join();
        }
    }

    private static void RunAllGroups<TArguments>(WorkItem item, in TArguments arguments)
        where TArguments : struct, IKernelArguments
    {
        for (int g = 0; g < item.Group.Count && !item.Group.IsStopped; g++)
        {
            if (!RunOne(item, in arguments))
            {
                // The others were told at the barrier where this one stopped; nobody waits any more.
                return;
            }

            item.Group.Finish(item.Index);
        }
    }

    private static bool RunOne<TArguments>(WorkItem item, in TArguments arguments)
        where TArguments : struct, IKernelArguments
    {
        try
        {
            item.Run(in arguments);
        }
        catch (OperationCanceledException) when (item.Group.IsStopped)
        {
            return false;
        }
#pragma warning disable CA1031 // Whatever the kernel throws ends the launch, with the work-item's indices.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            item.Group.Fail(item.Index, exception);
        }

        return true;
    }

    private static WorkItem[] Items(WorkGroup group)
    {
        var items = new WorkItem[group.Size];
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = new WorkItem(group, i);
        }

        return items;
    }
}
