using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Devices.Cuda;
using ScoreGpu.Engine.Devices.Cuda.Native;
using ScoreGpu.Engine.Devices.Native;
using ScoreGpu.Tests.Accelerators;

namespace ScoreGpu.Tests.Cuda;

/// <summary>Whether the emulation sees what it is there to see; else its silence would mean nothing.</summary>
[Collection(Alone.Name)]
public sealed unsafe class CudaEmulationTests
{
    [Theory]
    [InlineData("if (threadIdx.x < 3)\n __syncthreads();\n a[threadIdx.x] = 1.0f;", 719)]
    [InlineData("if (threadIdx.x < 3)\n __syncthreads();\n else\n __syncthreads();\n a[threadIdx.x] = 1.0f;", 719)]
    [InlineData("if (threadIdx.x == 7)\n return;\n __syncthreads();\n a[threadIdx.x] = 1.0f;", 719)]
    [InlineData("a[threadIdx.x + 1] = 1.0f;", 700)]
    [InlineData("a[(int)threadIdx.x - 1] = 1.0f;", 700)]
    [InlineData("extern __shared__ float s[];\n s[threadIdx.x + 1] = 1.0f;\n a[threadIdx.x] = 1.0f;", 719)]
    public void A_kernel_that_does_wrong_loses_the_device(string body, int code)
    {
        CudaEmulation.Require();
        using (CudaContext device = CudaTestDevice.Open())
        {
            using AcceleratorBuffer<float> buffer = device.Allocate<float>(8);
            buffer.Clear();
            Launch(device, body, buffer);
            CudaException first = Assert.Throws<CudaException>(device.Synchronize);
            Assert.Equal((code, DeviceFailure.DeviceLost), (first.Code, first.Failure));
            Assert.Equal(code, Assert.Throws<CudaException>(() => buffer.ToArray()).Code);
            Assert.Equal(code, Assert.Throws<CudaException>(() => device.Allocate<float>(8)).Code);
        }

        // The last user takes the error with him.
        using CudaContext next = CudaTestDevice.Open();
        using AcceleratorBuffer<float> good = next.Allocate<float>(8);
        Launch(next, "__syncthreads();\n a[threadIdx.x] = 1.0f;", good);
        Assert.Equal(Enumerable.Repeat(1f, 8), good.ToArray());
    }

    [Theory]
    [InlineData("a[threadIdx.x] = b[threadIdx.x];")]
    [InlineData("__shared__ float s[8];\n a[threadIdx.x] = s[threadIdx.x];")]
    [InlineData("extern __shared__ float s[];\n a[threadIdx.x] = s[threadIdx.x];")]
    public void What_nobody_wrote_is_no_number(string body)
    {
        CudaEmulation.Require();
        using CudaContext device = CudaTestDevice.Open();
        using AcceleratorBuffer<float> buffer = device.Allocate<float>(8);
        buffer.Clear();
        Launch(device, body, buffer);
        Assert.All(buffer.ToArray(), value => Assert.True(float.IsNaN(value)));
    }

    [Fact]
    public void Copies_outside_a_buffer_are_refused_by_the_driver_too()
    {
        CudaEmulation.Require();
        using CudaContext device = CudaTestDevice.Open();
        using AcceleratorBuffer<byte> buffer = device.Allocate<byte>(64);
        ulong address = ((CudaBuffer)buffer.Memory).Address;
        byte* host = stackalloc byte[65];
        nint stream = device.Stream.Value;
        Assert.Equal(0, CudaApi.MemcpyHtoDAsync(address, host, 64, stream));
        Assert.Equal(CudaCode.InvalidValue, CudaApi.MemcpyHtoDAsync(address, host, 65, stream));
        Assert.Equal(CudaCode.InvalidValue, CudaApi.MemcpyHtoDAsync(address - 1, host, 2, stream));
        Assert.Equal(CudaCode.InvalidValue, CudaApi.MemcpyDtoHAsync(host, address + 1, 64, stream));
        Assert.Equal(CudaCode.InvalidValue, CudaApi.MemcpyDtoDAsync(address, address + 60, 5, stream));
        Assert.Equal(CudaCode.InvalidValue, CudaApi.MemsetD8Async(address + 64, 0, 1, stream));
        Assert.Equal(CudaCode.InvalidValue, CudaApi.MemFree(address + 1));
        device.Synchronize();
    }

    [Fact]
    public void Shared_memory_above_48_KiB_must_be_asked_for()
    {
        CudaEmulation.Require();
        using CudaContext device = CudaTestDevice.Open();
        using AcceleratorProgram program = device.Compile("extern \"C\" __global__ void empty() { }");
        using CudaModuleHandle module = new(device.Context, program.Binary());
        nint found = 0;
        fixed (byte* name = "empty\0"u8)
        {
            Assert.Equal(0, CudaApi.ModuleGetFunction(&found, module.Value, name));
        }

        nint function = found;

        Assert.Equal(0, Launch(48 << 10));
        Assert.Equal(CudaCode.InvalidValue, Launch((48 << 10) + 1));
        Assert.Equal(CudaCode.InvalidValue, Raise((227 << 10) + 1));
        Assert.Equal(0, Raise(227 << 10));
        Assert.Equal(0, Launch(227 << 10));
        device.Synchronize();

        int Raise(int bytes) =>
            CudaApi.FuncSetAttribute(function, CudaConstants.FuncMaxDynamicSharedSizeBytes, bytes);

        int Launch(uint bytes) =>
            CudaApi.LaunchKernel(function, 1, 1, 1, 1, 1, 1, bytes, device.Stream.Value, null, null);
    }

    [Fact]
    public void It_is_never_taken_for_a_GPU()
    {
        CudaEmulation.Require();
        AcceleratorInfo device = CudaDeviceCatalog.Current.Choose();
        Assert.False(device.IsGpu);
        Assert.Equal("cuda:0 Emulation for tests (CUDA emulation)", device.ToString());
        Assert.NotSame(device, AcceleratorCatalog.BestGpu());
    }

    // Eight threads, a buffer that was written, one that was not, and 32 bytes of dynamic shared memory.
    private static void Launch(CudaContext device, string body, AcceleratorBuffer<float> buffer)
    {
        using AcceleratorBuffer<float> fresh = device.Allocate<float>(8);
        using AcceleratorProgram program = device.Compile(
            $"extern \"C\" __global__ void kernel(float* a, const float* b)\n{{\n{body}\n}}\n");
        using AcceleratorKernel kernel = program.Kernel("kernel");
        kernel.Launch(1, 8, new KernelArguments().Add(buffer).Add(fresh).AddLocal(32));
    }
}
