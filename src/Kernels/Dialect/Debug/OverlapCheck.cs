namespace ScoreGpu.Kernels.Dialect.Debug;

/// <summary>
/// Refuses views that overlap where one of them is written: the generated code promises the compiler that a view that
/// it never writes does not change.
/// </summary>
internal struct OverlapCheck : IKernelArgumentBinder
{
    private readonly KernelDefinition _kernel;
    private readonly List<(int Parameter, object Storage, int Start, int End)> _views;

    private OverlapCheck(KernelDefinition kernel)
    {
        _kernel = kernel;
        _views = [];
    }

    public readonly void BindView<T>(int index, View<T> view)
        where T : unmanaged
    {
        KernelParameter parameter = _kernel.Parameters[index];
        object storage = view.Storage
            ?? throw new ArgumentException($"{_kernel.Name}: the view is empty.", parameter.Name);
        int end = view.Offset + view.IntLength;
        foreach ((int other, object otherStorage, int start, int otherEnd) in _views)
        {
            bool overlap = ReferenceEquals(storage, otherStorage) && view.Offset < otherEnd && start < end;
            if (overlap && parameter.IsReadOnly != _kernel.Parameters[other].IsReadOnly)
            {
                throw new ArgumentException(
                    $"{_kernel.Name}: the view overlaps {_kernel.Parameters[other].Name}, and one of them is written.",
                    parameter.Name);
            }
        }

        _views.Add((index, storage, view.Offset, end));
    }

    public readonly void BindValue<T>(int index, in T value)
        where T : struct
    {
        // A copy overlaps nothing.
    }

    internal static void Run<TArguments>(KernelDefinition kernel, in TArguments arguments)
        where TArguments : struct, IKernelArguments
    {
        var check = new OverlapCheck(kernel);
        arguments.Bind(ref check);
    }
}
