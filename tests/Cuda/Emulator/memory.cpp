// Device memory is the host's, between guards that nobody may change and filled with what is no number.
#include "driver.h"
#include <cstring>

namespace {

constexpr size_t GuardBytes = 256;
constexpr unsigned char GuardByte = 0xC5;

bool Contains(uint64_t address, size_t bytes)
{
    auto after = primary.memory.upper_bound(address);
    if (after == primary.memory.begin())
        return false;
    auto [start, size] = *std::prev(after);
    return address - start <= size && bytes <= size - (address - start);
}

int EnqueueCopy(Stream *stream, void *to, const void *from, size_t bytes, bool isInside)
{
    if (!isInside)
        return InvalidValue;
    return Enqueue(stream, [=] { return memcpy(to, from, bytes), int(Success); });
}

}  // namespace

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

extern "C" {

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

}
