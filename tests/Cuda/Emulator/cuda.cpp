// An emulation of CUDA's driver for tests: the functions that ScoreGpu calls, on the CPU. It does what a driver does --
// contexts, memory, modules, queues, launches, errors that stay -- and none of it fast. It is no GPU and does not say that
// it is one: the engine knows it by scoregpuEmulationInject, which no driver has.
//
//   context    the device in use by this process: everything below lives in it, and goes with its last user
//   stream     a queue: copies and launches are noted, and done in order when somebody waits for them
//   memory     host memory between guards that nobody may change, filled with what is no number
//   module     machine code: a shared library here, made by the emulation of NVRTC
//   launch     machine.cpp runs the kernel, block after block
//   errors     a kernel that does wrong loses the context: every call fails from then on, until all have released it
//
// Settings are environment variables SCOREGPU_EMULATION_name, or are injected while a test runs:
//
//   MEMORY      bytes after which cuMemAlloc fails; the device says that it has 4 GiB
//   LOSE_AT     the launch, counted from 1, that loses the device
//   LOSE_WITH   the error that it does so with; 700 (CUDA_ERROR_ILLEGAL_ADDRESS)
//   DRIVER      the driver's version; 12090 for 12.9
//   CAPABILITY  the device's compute capability; 90 for 9.0
//   NVRTC       the compiler's version, as DRIVER
#include "driver.h"
#include <cstdio>

// Never destroyed: a program may still call while it ends.
std::recursive_mutex &driver = *new std::recursive_mutex;
Context &primary = *new Context;
thread_local Context *current = nullptr;

namespace {

constexpr size_t QueueLength = 1024;

std::map<std::string, long> &injected = *new std::map<std::string, long>;
bool isInitialized = false;

}  // namespace

long Fault(const char *name, long fallback)
{
    auto found = injected.find(name);
    return found != injected.end() ? found->second : Setting(name, fallback);
}

int Enter()
{
    if (!isInitialized)
        return NotInitialized;
    return current == nullptr || current->users == 0 ? int(InvalidContext) : current->lost;
}

int Lose(int code, const std::string &why)
{
    fprintf(stderr, "CUDA emulation: %s\n", why.c_str());
    return primary.lost = code;
}

int Drain(Stream &stream)
{
    while (!stream.queue.empty() && primary.lost == Success) {
        auto next = std::move(stream.queue.front());
        stream.queue.pop_front();
        primary.lost = next();
    }

    if (primary.lost != Success)
        stream.queue.clear();
    return primary.lost;
}

int DrainAll()
{
    for (auto &[_, stream] : primary.streams)
        Drain(*stream);
    return primary.lost;
}

int Enqueue(Stream *stream, std::function<int()> work)
{
    auto found = primary.streams.find(stream);
    if (found == primary.streams.end())
        return InvalidHandle;
    stream->queue.push_back(std::move(work));
    return stream->queue.size() > QueueLength ? Drain(*stream) : int(Success);
}

extern "C" {

// For tests alone: overrides a setting, or gives it back where the value is negative. Launches are counted anew.
void scoregpuEmulationInject(const char *name, long value)
{
    std::lock_guard lock(driver);
    injected.erase(name);
    if (value >= 0)
        injected[name] = value;
    primary.launches = 0;
}

// For tests alone: what lives in the context, and the most shared memory that a launch had.
void scoregpuEmulationCount(long (&counts)[6])
{
    std::lock_guard lock(driver);
    counts[0] = primary.users;
    counts[1] = long(primary.streams.size());
    counts[2] = long(primary.modules.size());
    counts[3] = long(primary.memory.size());
    counts[4] = long(primary.bytes);
    counts[5] = long(primary.mostShared);
}

int cuInit(unsigned int flags)
{
    isInitialized = true;
    return flags == 0 ? Success : InvalidValue;
}

int cuDriverGetVersion(int *version) { return *version = int(Setting("DRIVER", 12090)), Success; }

int cuGetErrorName(int code, const char **name)
{
    switch (code) {
    case Success: *name = "CUDA_SUCCESS"; break;
    case InvalidValue: *name = "CUDA_ERROR_INVALID_VALUE"; break;
    case OutOfMemory: *name = "CUDA_ERROR_OUT_OF_MEMORY"; break;
    case NotInitialized: *name = "CUDA_ERROR_NOT_INITIALIZED"; break;
    case InvalidDevice: *name = "CUDA_ERROR_INVALID_DEVICE"; break;
    case InvalidImage: *name = "CUDA_ERROR_INVALID_IMAGE"; break;
    case InvalidContext: *name = "CUDA_ERROR_INVALID_CONTEXT"; break;
    case NoBinaryForGpu: *name = "CUDA_ERROR_NO_BINARY_FOR_GPU"; break;
    case InvalidHandle: *name = "CUDA_ERROR_INVALID_HANDLE"; break;
    case NotFound: *name = "CUDA_ERROR_NOT_FOUND"; break;
    case IllegalAddress: *name = "CUDA_ERROR_ILLEGAL_ADDRESS"; break;
    case LaunchFailed: *name = "CUDA_ERROR_LAUNCH_FAILED"; break;
    default: *name = nullptr; return InvalidValue;
    }

    return Success;
}

int cuDeviceGetCount(int *count) { return *count = 1, Success; }
int cuDeviceGet(int *device, int ordinal) { return *device = ordinal, ordinal == 0 ? Success : InvalidDevice; }
int cuDeviceGetName(char *name, int bytes, int) { return snprintf(name, bytes, "Emulation for tests"), Success; }
int cuDeviceTotalMem_v2(size_t *bytes, int) { return *bytes = TotalBytes, Success; }

int cuDeviceGetAttribute(int *value, int attribute, int)
{
    long capability = Setting("CAPABILITY", 90);
    switch (attribute) {
    case 1: *value = Machine::MaxThreads; break;  // of a block
    case 8: *value = DefaultSharedBytes; break;
    case 10: *value = 32; break;  // threads of a warp
    case 13: *value = 1000; break;  // kHz
    case 16: *value = Multiprocessors; break;
    case 18: *value = 1; break;  // integrated: the memory is the host's
    case 20: *value = 0; break;  // compute mode
    case 39: *value = ThreadsOfMultiprocessor; break;
    case 75: *value = int(capability / 10); break;
    case 76: *value = int(capability % 10); break;
    case 97: *value = MaxSharedBytes; break;  // of a block that asks for it
    default: return InvalidValue;
    }

    return Success;
}

int cuDevicePrimaryCtxRetain(Context **context, int device)
{
    std::lock_guard lock(driver);
    if (!isInitialized || device != 0)
        return isInitialized ? InvalidDevice : NotInitialized;
    primary.users++;
    return *context = &primary, Success;
}

int cuDevicePrimaryCtxRelease_v2(int)
{
    std::lock_guard lock(driver);
    if (primary.users == 0)
        return InvalidContext;
    if (--primary.users > 0)
        return Success;

    // The last user takes everything with him, the error too.
    while (!primary.memory.empty())
        Free(primary.memory.begin()->first);
    while (!primary.modules.empty())
        Unload(primary.modules.begin()->first);
    primary.streams.clear();
    primary.lost = Success;
    primary.launches = 0;
    primary.mostShared = 0;
    return Success;
}

int cuCtxSetCurrent(Context *context)
{
    std::lock_guard lock(driver);
    if (context != nullptr && (context != &primary || primary.users == 0))
        return InvalidContext;
    return current = context, Success;
}

int cuCtxSynchronize()
{
    ENTER;
    return DrainAll();
}

int cuStreamCreate(Stream **stream, unsigned int)
{
    ENTER;
    auto created = std::make_unique<Stream>();
    *stream = created.get();
    primary.streams[*stream] = std::move(created);
    return Success;
}

int cuStreamSynchronize(Stream *stream)
{
    ENTER;
    return primary.streams.contains(stream) ? Drain(*stream) : int(InvalidHandle);
}

int cuStreamDestroy_v2(Stream *stream)
{
    ENTER;
    if (!primary.streams.contains(stream))
        return InvalidHandle;
    int code = Drain(*stream);
    primary.streams.erase(stream);
    return code;
}

}
