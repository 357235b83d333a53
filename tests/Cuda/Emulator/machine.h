// The part of the emulation that takes a multiprocessor's place: it runs a grid, block after block, with a fiber for each
// thread of a block.
#pragma once
#include "kernel.h"
#include <csetjmp>
#include <string>
#include <ucontext.h>
#include <vector>

struct SharedMemory {
    unsigned char *arrays;  // the kernel's own __shared__ arrays
    size_t arrayBytes;
    unsigned char *dynamic;
    size_t dynamicBytes;
};

class Machine {
public:
    static constexpr int MaxThreads = 1024;

    Machine();

    // Runs a kernel; says what it did wrong, or nothing.
    std::string Run(
        const KernelEntry &kernel, ThreadView **view, void **parameters, Index grid, Index block, SharedMemory shared);

private:
    enum class State { Fresh, Ready, Waiting, Ended };

    // A thread with a stack of its own: it can stop in the middle, and go on there later.
    struct Fiber {
        State state = State::Fresh;
        int line = 0;  // of the barrier at which it waits
        ucontext_t start;
        jmp_buf resume;
    };

    static void Begin();
    static void Barrier(int line);
    void Resume(Fiber &fiber);
    void Leave(State state, int line);
    std::string RunBlock(int threads);
    std::string Divergence(int threads) const;

    std::vector<Fiber> _fibers;
    unsigned char *_stacks;
    ucontext_t _origin;
    jmp_buf _scheduler;
    Fiber *_current = nullptr;
    ThreadView _view;
    const KernelEntry *_kernel = nullptr;
    void **_parameters = nullptr;
};
