#!/usr/bin/env bash
# placeholder until the setup branch is merged
set -eu
top=$(cd "$(dirname "$0")/.." && pwd)
cmake -S "$top/native" -B "$top/artifacts/native-build" -DCMAKE_LIBRARY_OUTPUT_DIRECTORY="$top/artifacts/native" -DCMAKE_RUNTIME_OUTPUT_DIRECTORY="$top/artifacts/native" >/dev/null
cmake --build "$top/artifacts/native-build" -j2 >/dev/null
