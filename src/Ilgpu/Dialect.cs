// The names by which kernel files know views, indices, memory and atomics, pointed at ILGPU's types. It stands in for
// src/Kernels/Dialect/GlobalUsings.cs; what ILGPU has no method for is in KernelMath.cs.
#pragma warning disable IDE0005 // Kernels to come use those that no kernel uses now.
extern alias dialect;
global using ILGPU;
global using ILGPU.Runtime;
global using FloatView = ILGPU.ArrayView<float>;
global using IntView = ILGPU.ArrayView<int>;
global using UIntView = ILGPU.ArrayView<uint>;
global using KernelAttribute = dialect::ScoreGpu.Kernels.Dialect.KernelAttribute;
global using KernelCostAttribute = dialect::ScoreGpu.Kernels.Dialect.KernelCostAttribute;
global using KernelInstanceAttribute = dialect::ScoreGpu.Kernels.Dialect.KernelInstanceAttribute;
