using ScoreGpu.Engine.Devices.Native;
using ScoreGpu.Engine.Devices.OpenCl;
using ScoreGpu.Engine.Devices.OpenCl.Native;

namespace ScoreGpu.Tests.OpenCl;

public sealed class OpenClErrorTests
{
    [Theory]
    [InlineData(0, "CL_SUCCESS")]
    [InlineData(-1, "CL_DEVICE_NOT_FOUND")]
    [InlineData(-4, "CL_MEM_OBJECT_ALLOCATION_FAILURE")]
    [InlineData(-11, "CL_BUILD_PROGRAM_FAILURE")]
    [InlineData(-19, "CL_KERNEL_ARG_INFO_NOT_AVAILABLE")]
    [InlineData(-30, "CL_INVALID_VALUE")]
    [InlineData(-52, "CL_INVALID_KERNEL_ARGS")]
    [InlineData(-68, "CL_INVALID_DEVICE_PARTITION_COUNT")]
    [InlineData(-1001, "CL_PLATFORM_NOT_FOUND_KHR")]
    [InlineData(-12345, "an unknown error")]
    public void Codes_have_their_names(int code, string name) => Assert.Equal(name, OpenClCode.NameOf(code));

    [Fact]
    public void Every_code_of_OpenCL_1_2_has_a_name()
    {
        IEnumerable<int> codes = Enumerable.Range(-19, 20).Concat(Enumerable.Range(-68, 39));
        Assert.All(codes, code => Assert.StartsWith("CL_", OpenClCode.NameOf(code), StringComparison.Ordinal));
    }

    [Fact]
    public void An_exception_names_the_call_the_error_and_the_number()
    {
        OpenClException exception = Assert.Throws<OpenClException>(
            () => OpenClCode.Check(-54, "clEnqueueNDRangeKernel"));

        Assert.Equal(-54, exception.Code);
        Assert.Equal("CL_INVALID_WORK_GROUP_SIZE", exception.ErrorName);
        Assert.Equal("clEnqueueNDRangeKernel", exception.Call);
        Assert.Equal(
            "OpenCL: clEnqueueNDRangeKernel failed with CL_INVALID_WORK_GROUP_SIZE (-54).", exception.Message);
        OpenClCode.Check(0, "clFinish");
    }

    [Theory]
    [InlineData(-4, DeviceFailure.OutOfMemory, "smaller batches")]
    [InlineData(-5, DeviceFailure.OutOfMemory, "out of memory or registers")]
    [InlineData(-6, DeviceFailure.OutOfMemory, "host's memory")]
    [InlineData(-2, DeviceFailure.DeviceLost, "lost")]
    [InlineData(-36, DeviceFailure.DeviceLost, "lost")]
    [InlineData(-9999, DeviceFailure.DeviceLost, "lost")]
    [InlineData(-1001, DeviceFailure.Unavailable, "No driver")]
    [InlineData(-30, DeviceFailure.Other, "CL_INVALID_VALUE")]
    public void What_can_happen_to_anyone_is_explained(int code, DeviceFailure failure, string words)
    {
        OpenClException exception = new(code, "clFinish");
        Assert.Equal(failure, exception.Failure);
        Assert.Contains(words, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_size_names_the_argument()
    {
        using OpenClContext device = OpenClTestDevice.Open();
        using AcceleratorProgram program = device.Compile("__kernel void k(__global int* a, int b) { a[0] = b; }");
        using AcceleratorKernel kernel = program.Kernel("k");
        using AcceleratorBuffer<int> buffer = device.Allocate<int>(1);

        OpenClException exception = Assert.Throws<OpenClException>(
            () => kernel.Launch(1, 1, new KernelArguments().Add(buffer).Add(1UL)));

        Assert.Equal("CL_INVALID_ARG_SIZE", exception.ErrorName);
        Assert.Contains("clSetKernelArg 1 (8 bytes) of kernel 'k'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_option_is_explained()
    {
        using OpenClContext device = OpenClTestDevice.Open();
        OpenClException exception = Assert.Throws<OpenClException>(
            () => device.Compile("__kernel void k(void) { }", ["--no-such-option"]));
        Assert.Equal(DeviceFailure.BuildFailed, exception.Failure);
        Assert.Contains("--no-such-option", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_are_one_text_with_the_language_version_first()
    {
        Assert.Equal("-cl-std=CL1.2", OpenClProgram.OptionText([]));
        Assert.Equal("-cl-std=CL1.2 -DA=1", OpenClProgram.OptionText(["-DA=1"]));
        Assert.Equal("-DA -cl-std=CL2.0", OpenClProgram.OptionText(["-DA", "-cl-std=CL2.0"]));
    }
}
