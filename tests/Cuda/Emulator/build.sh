#!/bin/sh
# Builds the emulation into a folder, for LD_LIBRARY_PATH and SCOREGPU_NVRTC: tests/Cuda/Emulator/build.sh FOLDER
set -eu
here=$(cd "$(dirname "$0")" && pwd)
flags="-x c++ -std=c++20 -O1 -Wall -Wextra -Werror -Wno-return-type-c-linkage -fPIC -shared"
mkdir -p "$1"
clang-19 $flags -o "$1/libcuda.so.1" "$here/cuda.cpp" "$here/memory.cpp" "$here/module.cpp" \
  "$here/machine.cpp" -lstdc++
clang-19 $flags -o "$1/libnvrtc.so.12" "$here/nvrtc.cpp" -lstdc++
