// What the emulated driver and the emulated compiler share: settings that a test makes by environment variables, and
// the form of "PTX".
#pragma once
#include <cstdint>
#include <cstdlib>
#include <string>

// The number in SCOREGPU_EMULATION_name.
inline long Setting(const char *name, long fallback)
{
    const char *text = getenv((std::string("SCOREGPU_EMULATION_") + name).c_str());
    return text != nullptr && *text != 0 ? atol(text) : fallback;
}

// PTX is text that a driver compiles further. Here it is a shared library in hexadecimal, which the driver turns back.
constexpr char PtxHead[] = "// No PTX, but machine code of the CPU from the emulation of CUDA\n";

inline std::string Ptx(const std::string &image)
{
    constexpr char digits[] = "0123456789abcdef";
    std::string text = PtxHead;
    for (size_t at = image.find("emulationKernel_"); at != std::string::npos; at = image.find("emulationKernel_", at + 1))
        text += "// .entry " + std::string(image.c_str() + at + 16) + "\n";
    text += "\n";
    for (unsigned char byte : image)
        text += {digits[byte >> 4], digits[byte & 15]};
    return text;
}
