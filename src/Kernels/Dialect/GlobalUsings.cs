// The names by which kernel files know views. A build against ILGPU has src/Ilgpu/Dialect.cs in its place, which points
// the same names at ILGPU's types, and the kernel files stay as they are.
#pragma warning disable IDE0005 // Kernels to come use those that no kernel uses now.
global using ScoreGpu.Kernels.Dialect;
global using FloatView = ScoreGpu.Kernels.Dialect.View<float>;
global using IntView = ScoreGpu.Kernels.Dialect.View<int>;
global using UIntView = ScoreGpu.Kernels.Dialect.View<uint>;
