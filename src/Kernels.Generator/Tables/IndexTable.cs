namespace ScoreGpu.Kernels.Generator.Tables;

/// <summary>The indices and extents of a launch in both languages. C# has them as int.</summary>
internal static class IndexTable
{
    internal const string WorkItemIndex = "Group.IdxX";
    internal const string GroupExtent = "Group.DimX";

    private static readonly Dictionary<string, (string OpenCl, string Cuda)> s_indices = new()
    {
        ["Grid.IdxX"] = ("(int)get_group_id(0)", "(int)blockIdx.x"),
        ["Grid.DimX"] = ("(int)get_num_groups(0)", "(int)gridDim.x"),
        [WorkItemIndex] = ("(int)get_local_id(0)", "(int)threadIdx.x"),
        [GroupExtent] = ("(int)get_local_size(0)", "(int)blockDim.x"),
    };

    internal static bool TryGet(string member, out (string OpenCl, string Cuda) text)
        => s_indices.TryGetValue(member, out text);
}
