// Modules, their functions, and launches. Machine code is a shared library here, which the loader of the host takes.
#include "driver.h"
#include <cstring>
#include <dlfcn.h>
#include <elf.h>
#include <filesystem>
#include <stdlib.h>
#include <unistd.h>

namespace {

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
    std::string path = (std::filesystem::temp_directory_path() / "cuda-emulation-XXXXXX").string();
    int file = mkstemp(path.data());
    if (file < 0 || write(file, image.data(), image.size()) != ssize_t(image.size()))
        why = "no temporary file";
    close(file);
    void *library = why.empty() ? dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL) : nullptr;
    if (library == nullptr && why.empty())
        why = dlerror();
    unlink(path.c_str());
    return library;
}

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

void Unload(Module *module)
{
    dlclose(module->library);
    primary.modules.erase(module);
}

extern "C" {

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
