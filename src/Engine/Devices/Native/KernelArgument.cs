namespace ScoreGpu.Engine.Devices.Native;

/// <summary>One argument of a launch.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Value: where its bytes start in the list's. View: the first element.</param>
/// <param name="Bytes">Value: its size. View: an element's size. Local: how much local memory.</param>
/// <param name="Memory">Buffer and view: the memory; null for a null pointer.</param>
internal readonly record struct KernelArgument(
    KernelArgumentKind Kind, long Start, long Bytes, AcceleratorMemory? Memory);
