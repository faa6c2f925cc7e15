#!/usr/bin/env bash
# Builds libstn_torch.so, silently when it is up to date.
#
#   native/build.sh [folder]        into artifacts/native, or into the folder
#   LIBTORCH=/path native/build.sh  against an unpacked libtorch, or the `torch` folder of a Python package
#
# Needs a C++ compiler, CMake and libtorch; no .NET.
set -euo pipefail

source=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
build=${1:-$source/../artifacts/native}
mkdir -p "$build"
build=$(cd "$build" && pwd)
log=$build/build.log

options=(-DCMAKE_BUILD_TYPE=Release)
libtorch=${LIBTORCH:-}
if [[ -z $libtorch ]]; then
    unset LIBTORCH   # set but empty means the same, to CMake too
else
    [[ -f $libtorch/share/cmake/Torch/TorchConfig.cmake ]] ||
        { echo "native: LIBTORCH=$libtorch holds no share/cmake/Torch/TorchConfig.cmake; it must be an unpacked libtorch" >&2; exit 1; }
    libtorch=$(cd "$libtorch" && pwd)   # the same folder by another name is no change
    options+=("-DCMAKE_PREFIX_PATH=$libtorch")
fi

# CMake remembers the libtorch that it found first: another one needs a fresh start.
if [[ ! -f $build/.libtorch || $(<"$build/.libtorch") != "$libtorch" ]]; then
    rm -rf "$build/CMakeCache.txt" "$build/CMakeFiles" "$build/.libtorch" "$build/.built"
fi

run() {
    "$@" </dev/null >>"$log" 2>&1 && return
    cat "$log" >&2
    echo "native: failed: $*" >&2
    exit 1
}

if [[ ! -f $build/.built || -n $(find "$source" -type f -newer "$build/.built" -print -quit) ]]; then
    echo "native: compiles against ${libtorch:-the libtorch of this system}" >&2
fi
: >"$log"
run cmake -S "$source" -B "$build" "${options[@]}"
printf '%s' "$libtorch" >"$build/.libtorch"
run cmake --build "$build" --parallel "$(nproc)"
touch "$build/.built"
