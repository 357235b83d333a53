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
#include "emulation.h"
#include "machine.h"
#include <cstdio>
#include <cstring>
#include <deque>
#include <dlfcn.h>
#include <elf.h>
#include <functional>
#include <iterator>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <stdlib.h>
#include <unistd.h>

enum Code {
    Success = 0,
    InvalidValue = 1,
    OutOfMemory = 2,
    NotInitialized = 3,
    InvalidDevice = 101,
    InvalidImage = 200,
    InvalidContext = 201,
    NoBinaryForGpu = 209,
    InvalidHandle = 400,
    NotFound = 500,
    IllegalAddress = 700,
    LaunchFailed = 719,
};

namespace {

constexpr size_t TotalBytes = size_t(4) << 30;
constexpr size_t GuardBytes = 256;
constexpr unsigned char GuardByte = 0xC5;
constexpr int DefaultSharedBytes = 48 << 10;
constexpr int Multiprocessors = 2;
constexpr int ThreadsOfMultiprocessor = 2048;
constexpr size_t QueueLength = 1024;

struct Module;

struct Function {
    Module *module;
    std::string name;
    const KernelEntry *entry;
    int maxDynamicBytes;
};

struct Module {
    void *library;
    ThreadView **view;
    SharedMemory shared;
    std::map<std::string, Function> functions;
};

struct Stream {
    std::deque<std::function<int()>> queue;
};

struct Context {
    int users = 0;
    int lost = Success;
    long launches = 0;
    size_t bytes = 0;
    size_t mostShared = 0;
    std::map<uint64_t, size_t> memory;  // from the address to the bytes
    std::map<Module *, std::unique_ptr<Module>> modules;
    std::map<Stream *, std::unique_ptr<Stream>> streams;
};

// Never destroyed: a program may still call while it ends.
std::recursive_mutex &driver = *new std::recursive_mutex;
Context &primary = *new Context;
std::map<std::string, long> &injected = *new std::map<std::string, long>;
bool isInitialized = false;
thread_local Context *current = nullptr;

long Fault(const char *name, long fallback)
{
    auto found = injected.find(name);
    return found != injected.end() ? found->second : Setting(name, fallback);
}

// Every function of a context starts with this: the context's own error, if it has one, is the answer to all.
int Enter()
{
    if (!isInitialized)
        return NotInitialized;
    return current == nullptr || current->users == 0 ? int(InvalidContext) : current->lost;
}

#define ENTER \
    std::lock_guard lock(driver); \
    if (int code = Enter(); code != Success) \
        return code

int Lose(int code, const std::string &why)
{
    fprintf(stderr, "CUDA emulation: %s\n", why.c_str());
    return primary.lost = code;
}

// Memory.

bool Contains(uint64_t address, size_t bytes)
{
    auto after = primary.memory.upper_bound(address);
    if (after == primary.memory.begin())
        return false;
    auto [start, size] = *std::prev(after);
    return address - start <= size && bytes <= size - (address - start);
}

bool GuardsHold()
{
    for (auto [start, size] : primary.memory)
        for (auto *guard : {(unsigned char *)start - GuardBytes, (unsigned char *)start + size})
            for (size_t i = 0; i < GuardBytes; i++)
                if (guard[i] != GuardByte)
                    return false;
    return true;
}

void Free(uint64_t address)
{
    primary.bytes -= primary.memory[address];
    primary.memory.erase(address);
    free((unsigned char *)address - GuardBytes);
}

// Streams.

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

int EnqueueCopy(Stream *stream, void *to, const void *from, size_t bytes, bool isInside)
{
    if (!isInside)
        return InvalidValue;
    return Enqueue(stream, [=] { return memcpy(to, from, bytes), int(Success); });
}

// Modules.

// An image comes without its length: a cubin, which is an ELF file, says itself where it ends.
size_t ElfBytes(const unsigned char *image)
{
    Elf64_Ehdr head;
    memcpy(&head, image, sizeof head);
    return head.e_shoff + size_t(head.e_shnum) * head.e_shentsize;
}

std::string FromPtx(const char *text)
{
    const char *digits = strstr(text, "\n\n");
    std::string image;
    for (digits = digits == nullptr ? "" : digits + 2; digits[0] != 0 && digits[1] != 0; digits += 2)
        image += char(std::stoi(std::string(digits, 2), nullptr, 16));
    return image;
}

void *LoadLibrary(const std::string &image, std::string &why)
{
    char path[] = "/tmp/cuda-emulation-XXXXXX";
    int file = mkstemp(path);
    if (file < 0 || write(file, image.data(), image.size()) != ssize_t(image.size()))
        why = "no temporary file";
    close(file);
    void *library = why.empty() ? dlopen(path, RTLD_NOW | RTLD_LOCAL) : nullptr;
    if (library == nullptr && why.empty())
        why = dlerror();
    unlink(path);
    return library;
}

void Unload(Module *module)
{
    dlclose(module->library);
    primary.modules.erase(module);
}

// Launches.

int Run(const Function &function, Index grid, Index block, size_t dynamicBytes, std::vector<unsigned char> parameters)
{
    static Machine machine;
    long number = ++primary.launches;
    if (number == Fault("LOSE_AT", 0))
        return Lose(int(Fault("LOSE_WITH", IllegalAddress)), "the device is lost, as was asked for");

    const KernelEntry &entry = *function.entry;
    void *addresses[MaxParameters];
    size_t offset = 0;
    for (int i = 0; i < entry.parameterCount; i++) {
        addresses[i] = parameters.data() + offset;
        offset += (entry.parameters[i].bytes + 15) & ~15;
    }

    SharedMemory shared = function.module->shared;
    shared.dynamicBytes = dynamicBytes;
    primary.mostShared = std::max(primary.mostShared, shared.arrayBytes + dynamicBytes);
    std::string wrong = machine.Run(entry, function.module->view, addresses, grid, block, shared);
    if (!wrong.empty())
        return Lose(LaunchFailed, "kernel " + function.name + ", " + wrong);
    return GuardsHold() ? int(Success)
                        : Lose(IllegalAddress, "kernel " + function.name + " wrote outside the device's buffers");
}

}  // namespace

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

int cuMemAlloc_v2(uint64_t *address, size_t bytes)
{
    ENTER;
    if (bytes == 0)
        return InvalidValue;
    if (primary.bytes + bytes > size_t(Fault("MEMORY", TotalBytes)))
        return OutOfMemory;
    auto *block = static_cast<unsigned char *>(malloc(bytes + 2 * GuardBytes));
    if (block == nullptr)
        return OutOfMemory;
    memset(block, GuardByte, GuardBytes);
    memset(block + GuardBytes, 0xFF, bytes);
    memset(block + GuardBytes + bytes, GuardByte, GuardBytes);
    *address = uint64_t(block + GuardBytes);
    primary.memory[*address] = bytes;
    primary.bytes += bytes;
    return Success;
}

int cuMemFree_v2(uint64_t address)
{
    ENTER;
    if (!primary.memory.contains(address))
        return InvalidValue;

    // Kernels that wait in a queue may still use it.
    int code = DrainAll();
    Free(address);
    return code;
}

int cuMemcpyHtoDAsync_v2(uint64_t to, const void *from, size_t bytes, Stream *stream)
{
    ENTER;
    return EnqueueCopy(stream, (void *)to, from, bytes, Contains(to, bytes));
}

int cuMemcpyDtoHAsync_v2(void *to, uint64_t from, size_t bytes, Stream *stream)
{
    ENTER;
    return EnqueueCopy(stream, to, (void *)from, bytes, Contains(from, bytes));
}

int cuMemcpyDtoDAsync_v2(uint64_t to, uint64_t from, size_t bytes, Stream *stream)
{
    ENTER;
    return EnqueueCopy(stream, (void *)to, (void *)from, bytes, Contains(to, bytes) && Contains(from, bytes));
}

int cuMemsetD8Async(uint64_t to, unsigned char value, size_t bytes, Stream *stream)
{
    ENTER;
    if (!Contains(to, bytes))
        return InvalidValue;
    return Enqueue(stream, [=] { return memset((void *)to, value, bytes), int(Success); });
}

int cuModuleLoadDataEx(Module **module, const char *image, unsigned int optionCount, int *options, void **values)
{
    ENTER;
    std::string binary, why;
    if (memcmp(image, ELFMAG, SELFMAG) == 0)
        binary.assign(image, ElfBytes((const unsigned char *)image));
    else if (strncmp(image, PtxHead, sizeof PtxHead - 1) == 0)
        binary = FromPtx(image);
    else
        return InvalidImage;

    void *library = LoadLibrary(binary, why);
    auto **view = library == nullptr ? nullptr : (ThreadView **)dlsym(library, "emulationThread");
    if (view == nullptr) {
        // Option 5 is the buffer for the log, and 6 its size.
        for (unsigned int i = 0; i + 1 < optionCount; i++)
            if (options[i] == 5 && options[i + 1] == 6)
                snprintf((char *)values[i], (size_t)values[i + 1], "%s", why.c_str());
        return library == nullptr ? InvalidImage : (dlclose(library), NoBinaryForGpu);
    }

    auto ends = (void *(*)(bool))dlsym(library, "emulationSharedEnds");
    auto *arrays = (unsigned char *)ends(false);
    SharedMemory shared = {
        arrays,
        size_t((unsigned char *)ends(true) - arrays),
        (unsigned char *)dlsym(library, "emulationDynamicShared"),
        0,
    };
    *module = new Module{library, view, shared, {}};
    primary.modules[*module] = std::unique_ptr<Module>(*module);
    return Success;
}

int cuModuleUnload(Module *module)
{
    ENTER;
    if (!primary.modules.contains(module))
        return InvalidHandle;
    int code = DrainAll();
    Unload(module);
    return code;
}

int cuModuleGetFunction(Function **function, Module *module, const char *name)
{
    ENTER;
    if (!primary.modules.contains(module))
        return InvalidHandle;
    auto *entry = (const KernelEntry *)dlsym(module->library, ("emulationKernel_" + std::string(name)).c_str());
    if (entry == nullptr)
        return NotFound;
    int most = DefaultSharedBytes - int(module->shared.arrayBytes);
    *function = &module->functions.try_emplace(name, Function{module, name, entry, most}).first->second;
    return Success;
}

int cuFuncGetAttribute(int *value, int attribute, Function *function)
{
    ENTER;
    switch (attribute) {
    case 0: *value = function->entry->maxThreads > 0 ? function->entry->maxThreads : int(Machine::MaxThreads); break;
    case 1: *value = int(function->module->shared.arrayBytes); break;
    case 3: *value = 0; break;  // local memory
    case 4: *value = 32; break;  // registers: a number for the tests to see, as the CPU's are not a GPU's
    case 8: *value = function->maxDynamicBytes; break;
    default: return InvalidValue;
    }

    return Success;
}

int cuFuncSetAttribute(Function *function, int attribute, int value)
{
    ENTER;
    if (attribute != 8 || value < 0 || value + function->module->shared.arrayBytes > MaxSharedBytes)
        return InvalidValue;
    return function->maxDynamicBytes = value, Success;
}

int cuFuncGetParamInfo(Function *function, size_t index, size_t *offset, size_t *bytes)
{
    ENTER;
    if (index >= size_t(function->entry->parameterCount))
        return InvalidValue;
    size_t end = 0;
    for (size_t i = 0; i <= index; i++) {
        auto [size, alignment] = function->entry->parameters[i];
        *offset = (end + alignment - 1) / alignment * alignment;
        end = *offset + (*bytes = size);
    }

    return Success;
}

int cuLaunchKernel(
    Function *function, unsigned int gridX, unsigned int gridY, unsigned int gridZ, unsigned int blockX,
    unsigned int blockY, unsigned int blockZ, unsigned int sharedBytes, Stream *stream, void **parameters, void **extra)
{
    ENTER;
    int maxThreads = 0;
    cuFuncGetAttribute(&maxThreads, 0, function);
    if (gridX == 0 || gridY != 1 || gridZ != 1 || blockX == 0 || blockY != 1 || blockZ != 1 || extra != nullptr
        || blockX > unsigned(maxThreads) || sharedBytes > unsigned(function->maxDynamicBytes))
        return InvalidValue;

    // The parameters are the caller's only until the call returns.
    std::vector<unsigned char> copied;
    for (int i = 0; i < function->entry->parameterCount; i++) {
        size_t bytes = function->entry->parameters[i].bytes;
        copied.resize((copied.size() + 15) & ~size_t(15));
        auto *from = (unsigned char *)parameters[i];
        copied.insert(copied.end(), from, from + bytes);
    }

    return Enqueue(stream, [=] { return Run(*function, {gridX, 1, 1}, {blockX, 1, 1}, sharedBytes, copied); });
}

int cuOccupancyMaxActiveBlocksPerMultiprocessor(int *blocks, Function *function, int blockSize, size_t sharedBytes)
{
    ENTER;
    size_t shared = function->module->shared.arrayBytes + sharedBytes + 1024;
    size_t fitting = std::min<size_t>(MaxSharedBytes + 1024, size_t(228) << 10) / shared;
    *blocks = int(std::min<size_t>({fitting, size_t(ThreadsOfMultiprocessor / blockSize), 32}));
    return Success;
}

}
