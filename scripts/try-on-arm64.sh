#!/usr/bin/env bash
# Builds the kernels' tests for linux-arm64 and runs them on an emulated processor: the path of machines without AVX2,
# as another back end of the compiler makes it. All tests run but those that start processes. About ten minutes on two cores.
#
#   sudo scripts/try-on-arm64.sh                              600 random shapes between guard pages
#   STN_KERNEL_SHAPES=6000 scripts/try-on-arm64.sh            so many
#   scripts/try-on-arm64.sh OracleTests GuardPageTests        these classes of tests
#
# Needs root where Debian's packages are missing: qemu-user, and the C and C++ libraries of arm64.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
libraries=/usr/aarch64-linux-gnu

if ! command -v qemu-aarch64 >/dev/null || ! compgen -G "$libraries/lib/libstdc++.so.6" >/dev/null; then
    packages=(qemu-user libc6-arm64-cross libgcc-s1-arm64-cross libstdc++6-arm64-cross)
    say "installs ${packages[*]}"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes --no-install-recommends "${packages[@]}" >/dev/null
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# The host for arm64 starts the tests' own program, which needs no `dotnet`.
dotnet publish "$root/tests/Stn.Kernels.Tests" --configuration Release --runtime linux-arm64 --self-contained -p:UseAppHost=true \
    --artifacts-path "$work/artifacts" --output "$work/tests" --verbosity quiet --nologo -clp:ErrorsOnly >&2
# The emulator keeps translations of code that the runtime has rewritten through its second, writable mapping.
export DOTNET_EnableWriteXorExecute=0 STN_KERNEL_SHAPES=${STN_KERNEL_SHAPES:-600}
qemu-aarch64 -L "$libraries" "$work/tests/Stn.Kernels.Tests" "$@"
