#:project ../src/Engine/ScoreGpu.Engine.csproj
#:project ../src/Kernels.Generator/ScoreGpu.Kernels.Generator.csproj

// A kernel of one's own: C# that the generator writes as OpenCL C and as CUDA C while this file is built. The debug
// device runs the C# itself, so that a breakpoint stops in it; an OpenCL device runs the OpenCL C.
//
//     dotnet run samples/own-kernel.cs

using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Devices.Kernel;
using ScoreGpu.Engine.Metrics;
using ScoreGpu.Kernels.Dialect;

Console.WriteLine(MeanDistance.Definition.OpenClC);
Console.WriteLine(MeanDistance.Definition.CudaC);

PointSet points = new(NamedMixtures.Ring8.Sample(300, seed: 0), 300, 2);
Console.WriteLine($"engine: {EnergyDistance.MeanDistanceWithin(points):F5}");
bool hasOpenCl = AcceleratorCatalog.Devices.Any(device => device is { Api: "opencl", IsUsable: true });
foreach (string name in hasOpenCl ? new[] { "debug", "opencl" } : ["debug"])
{
    using KernelMachine machine = DeviceCatalog.OpenMachine(name);
    using DeviceArray<float> input = machine.Copy<float>(points.Values);
    using DeviceArray<float> sums = machine.Allocate<float>(points.Count);
    MeanDistance.Launch(machine, LaunchShape.Covering(points.Count, 64), input.View, sums.View, points.Count);
    float[] result = new float[points.Count];
    sums.Read(result);
    Console.WriteLine($"{name}: {result.Sum(sum => (double)sum) / (300.0 * 299.0):F5} ({machine.Description})");
}

internal static class MeanDistanceKernel
{
    private const int Tile = 64;

    /// <summary>sums[n] = Σₘ |xₙ − xₘ|, for points of the plane.</summary>
    /// <param name="points">x, [count, 2].</param>
    /// <param name="sums">Receives the sums, [count].</param>
    /// <param name="count">The number of points.</param>
    [Kernel(GroupSize = Tile)]
    public static void Run(View<float> points, View<float> sums, int count)
    {
        View<float> tile = SharedMemory.Allocate<float>(2 * Tile);

        // A group takes as many points as it has work-items, then goes on: right for any number of groups of any size.
        for (int start = Grid.IdxX * Group.DimX; start < count; start += Grid.DimX * Group.DimX)
        {
            int n = Math.Min(start + Group.IdxX, count - 1);
            float sum = 0f;
            for (int first = 0; first < count; first += Tile)
            {
                int here = Math.Min(Tile, count - first);
                for (int i = Group.IdxX; i < 2 * here; i += Group.DimX)
                {
                    tile[i] = points[(2 * first) + i];
                }

                Group.Barrier(); // Nobody reads before all have written.
                for (int m = 0; m < here; m++)
                {
                    float dx = points[2 * n] - tile[2 * m];
                    float dy = points[(2 * n) + 1] - tile[(2 * m) + 1];
                    sum += MathF.Sqrt((dx * dx) + (dy * dy));
                }

                Group.Barrier(); // Nobody writes while others read.
            }

            if (start + Group.IdxX < count)
            {
                sums[n] = sum;
            }
        }
    }
}
