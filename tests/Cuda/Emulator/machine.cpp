// Threads of a block as fibers. On a GPU they run at once; here each runs until it reaches a barrier or its end, and then
// it is the next one's turn. When all wait at the same barrier, all go on.
//
// A fiber is made once with makecontext, which gives it a stack, and lives on from kernel to kernel. Between turns setjmp
// and longjmp change from stack to stack, because swapcontext makes a system call each time.
#include "machine.h"
#include <cstring>
#include <sys/mman.h>

namespace {

constexpr size_t StackBytes = 128 << 10;
constexpr unsigned char GuardByte = 0xC5;

Machine *running = nullptr;  // the driver runs one grid at a time

}  // namespace

Machine::Machine() : _fibers(MaxThreads)
{
    void *stacks = mmap(
        nullptr, MaxThreads * StackBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (stacks == MAP_FAILED)
        abort();
    _stacks = static_cast<unsigned char *>(stacks);
    _view.barrier = Barrier;
}

// Where every fiber begins; it never returns, because the next kernel's thread follows the last one's.
void Machine::Begin()
{
    for (;;) {
        running->_kernel->call(running->_parameters);
        running->Leave(State::Ended, 0);
    }
}

void Machine::Barrier(int line) { running->Leave(State::Waiting, line); }

// From a thread back to the scheduler, until the thread's next turn.
void Machine::Leave(State state, int line)
{
    _current->state = state;
    _current->line = line;
    if (_setjmp(_current->resume) == 0)
        _longjmp(_scheduler, 1);
}

// From the scheduler to a thread, until that leaves.
void Machine::Resume(Fiber &fiber)
{
    _current = &fiber;
    if (_setjmp(_scheduler) != 0)
        return;
    if (fiber.state != State::Fresh)
        _longjmp(fiber.resume, 1);

    getcontext(&fiber.start);
    fiber.start.uc_stack = {_stacks + (&fiber - _fibers.data()) * StackBytes, 0, StackBytes};
    fiber.start.uc_link = nullptr;
    makecontext(&fiber.start, Begin, 0);
    swapcontext(&_origin, &fiber.start);
}

std::string Machine::RunBlock(int threads)
{
    for (int round = 0;; round++) {
        // No order is promised between barriers, so every second round runs backwards.
        for (int i = 0; i < threads; i++) {
            int thread = round % 2 == 0 ? i : threads - 1 - i;
            _view.threadIdx = {unsigned(thread), 0, 0};
            Resume(_fibers[thread]);
        }

        for (int thread = 1; thread < threads; thread++)
            if (_fibers[thread].state != _fibers[0].state || _fibers[thread].line != _fibers[0].line)
                return Divergence(threads);
        if (_fibers[0].state == State::Ended)
            return {};
    }
}

std::string Machine::Divergence(int threads) const
{
    auto name = [this](int thread) {
        const Fiber &fiber = _fibers[thread];
        return "thread " + std::to_string(thread)
            + (fiber.state == State::Ended ? " ended" : " waits at the barrier of line " + std::to_string(fiber.line));
    };
    int other = 1;
    while (other < threads - 1 && _fibers[other].state == _fibers[0].state && _fibers[other].line == _fibers[0].line)
        other++;
    return name(0) + ", but " + name(other);
}

std::string Machine::Run(
    const KernelEntry &kernel, ThreadView **view, void **parameters, Index grid, Index block, SharedMemory shared)
{
    running = this;
    *view = &_view;
    _kernel = &kernel;
    _parameters = parameters;
    _view.gridDim = grid;
    _view.blockDim = block;
    for (unsigned int index = 0; index < grid.x; index++) {
        // Shared memory starts undefined: all ones are no number as a float, and -1 as an int.
        memset(shared.arrays, 0xFF, shared.arrayBytes);
        memset(shared.dynamic, 0xFF, shared.dynamicBytes);
        memset(shared.dynamic + shared.dynamicBytes, GuardByte, SharedGuardBytes);
        _view.blockIdx = {index, 0, 0};
        std::string wrong = RunBlock(int(block.x));
        for (size_t i = 0; wrong.empty() && i < SharedGuardBytes; i++)
            if (shared.dynamic[shared.dynamicBytes + i] != GuardByte)
                wrong = "it wrote beyond its " + std::to_string(shared.dynamicBytes) + " bytes of shared memory";
        if (!wrong.empty()) {
            // What still waits is forgotten.
            for (Fiber &fiber : _fibers)
                fiber.state = State::Fresh;
            return "block " + std::to_string(index) + ": " + wrong;
        }
    }

    return {};
}
