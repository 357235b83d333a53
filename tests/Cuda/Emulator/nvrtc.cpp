// An emulation of NVRTC for tests: the functions that ScoreGpu calls. The real one compiles CUDA C++ to machine code of
// a GPU; this one has clang compile it to machine code of the CPU, which the emulated driver beside it runs.
//
// A kernel's text becomes a shared library in two steps: the preprocessor expands the text's own macros, so that the
// kernels' names can be read; then kernel.h goes before it and a table of the kernels behind it.
#include "emulation.h"
#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <regex>
#include <sstream>
#include <stdlib.h>
#include <vector>

enum Result { Success = 0, OutOfMemory = 1, InvalidInput = 3, InvalidProgram = 4, InvalidOption = 5, Compilation = 6 };

namespace {

const int Architectures[] = {75, 80, 86, 89, 90};

struct Program {
    std::string source, log, image;
    bool isMachineCode = false;
};

// Never destroyed: a program may still compile while it ends.
std::mutex &compiling = *new std::mutex;
std::map<std::string, std::string> &compiled = *new std::map<std::string, std::string>;

std::string ReadFile(const std::filesystem::path &path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string Quoted(const std::string &text)
{
    return "'" + std::regex_replace(text, std::regex("'"), "'\\''") + "'";
}

bool Run(const std::string &folder, const std::string &arguments, std::string &log)
{
    std::string command = "cd " + Quoted(folder) + " && clang-19 -x c++ -w " + arguments + " 2>log";
    int status = system(command.c_str());
    log += ReadFile(folder + "/log");
    if (status != 0 && log.empty())
        log = "clang-19 did not run";
    return status == 0;
}

// The kernels' table, and the one thing that plain C++ cannot say: an array that lies where another name does.
std::string Completed(std::string text)
{
    text = std::regex_replace(
        text,
        std::regex(R"(extern\s+__shared__\s+([^;\[]*)\[\s*\]\s*;)"),
        "extern $1[] __asm__(\"emulationDynamicShared\");");
    std::regex head(
        R"(extern\s+"C"\s+__global__\s+void\s+(?:__launch_bounds__\s*\(\s*(\d+)[^)]*\)\s*)?(\w+)\s*\()");
    std::string entries;
    for (std::sregex_iterator kernel(text.begin(), text.end(), head), end; kernel != end; ++kernel)
        entries += "KERNEL_ENTRY(" + kernel->str(2) + ", " + (kernel->str(1).empty() ? "0" : kernel->str(1)) + ")\n";
    return text + "\n" + entries;
}

// The shared library, or nothing where the text does not compile.
std::string Compile(const std::string &source, const std::string &options, std::string &log)
{
    std::string folder = (std::filesystem::temp_directory_path() / "cuda-emulation-XXXXXX").string();
    if (mkdtemp(folder.data()) == nullptr) {
        log = "no folder for temporary files";
        return {};
    }

    std::ofstream(folder + "/kernels.cu") << source;
    std::string image;
    if (Run(folder, "-E " + options + " -o kernels.ii kernels.cu", log)) {
        std::ofstream(folder + "/complete.cu") << Completed(ReadFile(folder + "/kernels.ii"));
        auto header = std::filesystem::path(__FILE__).replace_filename("kernel.h").string();
        if (Run(folder,
                options + " -O1 -march=native -ffp-contract=fast -fno-math-errno -fno-strict-aliasing -fPIC -shared"
                    + " -Wl,-z,defs -DCOMPILES_KERNEL -include " + Quoted(header) + " -o image complete.cu -lm",
                log))
            image = ReadFile(folder + "/image");
    }

    std::filesystem::remove_all(folder);
    return image;
}

bool Known(const std::string &option, bool &isMachineCode, std::string &options)
{
    for (int architecture : Architectures) {
        std::string number = std::to_string(architecture);
        isMachineCode |= option == "--gpu-architecture=sm_" + number;
        if (option == "--gpu-architecture=sm_" + number || option == "--gpu-architecture=compute_" + number)
            return true;
    }

    options += " " + Quoted(option);
    return option.starts_with("-D") || option.starts_with("--std=c++");
}

int Copy(const std::string &from, char *to)
{
    memcpy(to, from.data(), from.size());
    return Success;
}

}  // namespace

extern "C" {

int nvrtcVersion(int *major, int *minor)
{
    long version = Setting("NVRTC", 12090);
    *major = int(version / 1000);
    *minor = int(version % 1000 / 10);
    return Success;
}

const char *nvrtcGetErrorString(int code)
{
    switch (code) {
    case Success: return "NVRTC_SUCCESS";
    case OutOfMemory: return "NVRTC_ERROR_OUT_OF_MEMORY";
    case InvalidInput: return "NVRTC_ERROR_INVALID_INPUT";
    case InvalidProgram: return "NVRTC_ERROR_INVALID_PROGRAM";
    case InvalidOption: return "NVRTC_ERROR_INVALID_OPTION";
    case Compilation: return "NVRTC_ERROR_COMPILATION";
    default: return "NVRTC_ERROR unknown";
    }
}

int nvrtcGetNumSupportedArchs(int *count)
{
    *count = int(std::size(Architectures));
    return Success;
}

int nvrtcGetSupportedArchs(int *architectures)
{
    std::copy(std::begin(Architectures), std::end(Architectures), architectures);
    return Success;
}

int nvrtcCreateProgram(Program **program, const char *source, const char *, int headers, char **, char **)
{
    if (headers != 0)
        return InvalidInput;
    *program = new Program{source, {}, {}};
    return Success;
}

int nvrtcDestroyProgram(Program **program)
{
    delete *program;
    *program = nullptr;
    return Success;
}

int nvrtcCompileProgram(Program *program, int optionCount, const char **options)
{
    std::string known;
    for (int i = 0; i < optionCount; i++)
        if (!Known(options[i], program->isMachineCode, known)) {
            program->log = std::string("unknown option ") + options[i];
            return InvalidOption;
        }

    // Tests compile the same text many times; clang need not.
    std::lock_guard lock(compiling);
    std::string &image = compiled[known + '\n' + program->source];
    if (image.empty())
        image = Compile(program->source, known, program->log);
    program->image = program->isMachineCode ? image : Ptx(image);
    return image.empty() ? Compilation : Success;
}

int nvrtcGetProgramLogSize(Program *program, size_t *bytes) { return *bytes = program->log.size() + 1, Success; }
int nvrtcGetProgramLog(Program *program, char *log) { return Copy(program->log + '\0', log); }
int nvrtcGetCUBINSize(Program *program, size_t *bytes)
{
    *bytes = program->isMachineCode ? program->image.size() : 0;
    return Success;
}
int nvrtcGetCUBIN(Program *program, char *cubin) { return Copy(program->image, cubin); }
int nvrtcGetPTXSize(Program *program, size_t *bytes)
{
    *bytes = program->isMachineCode ? 0 : program->image.size();
    return Success;
}
int nvrtcGetPTX(Program *program, char *ptx) { return Copy(program->image, ptx); }

}
