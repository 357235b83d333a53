// The state of the emulated driver. It is one device with one context, under one lock.
#pragma once
#include "emulation.h"
#include "machine.h"
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>

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

constexpr size_t TotalBytes = size_t(4) << 30;
constexpr int DefaultSharedBytes = 48 << 10;
constexpr int Multiprocessors = 2;
constexpr int ThreadsOfMultiprocessor = 2048;

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

extern std::recursive_mutex &driver;
extern Context &primary;
extern thread_local Context *current;

// A setting, or what a test injected in its place.
long Fault(const char *name, long fallback);

// What every function of a context answers first: its own error, if it has one, is the answer to all.
int Enter();

#define ENTER \
    std::lock_guard lock(driver); \
    if (int code = Enter(); code != Success) \
        return code

// Breaks the context, and tells people why.
int Lose(int code, const std::string &why);

// Notes work for a stream; done by the next Drain.
int Enqueue(Stream *stream, std::function<int()> work);
int Drain(Stream &stream);
int DrainAll();

// Whether all guards around the buffers are as they were.
bool GuardsHold();
void Free(uint64_t address);
void Unload(Module *module);
