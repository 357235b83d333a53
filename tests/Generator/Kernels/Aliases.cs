#pragma warning disable IDE0005 // As in the kernels' own project, whether a test uses each or not.
global using ScoreGpu.Kernels.Dialect;
global using FloatView = ScoreGpu.Kernels.Dialect.View<float>;
global using IntView = ScoreGpu.Kernels.Dialect.View<int>;
global using UIntView = ScoreGpu.Kernels.Dialect.View<uint>;
