#!/usr/bin/env bash
# Sets the machine up and builds what is out of date; silent when nothing is.
#
#   scripts/build.sh cli    native/ and the command
#   scripts/build.sh all    native/ and the whole solution, tests too
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
cd "$root"

target=${1:-all}
case $target in
    cli) project=src/Stn.Cli/Stn.Cli.csproj built=(cli) ;;
    all) project=Stn.slnx built=(cli all) ;;
    *) die "build: unknown target $target" ;;
esac

sources() {   # sources <target> [find's tests…]
    local folders=(src native scripts)
    [[ $1 == cli ]] || folders+=(tests benchmarks samples)
    shift
    find "${folders[@]}" -name bin -prune -o -name obj -prune -o -type f "$@" -print 2>/dev/null || true
    find . -maxdepth 1 \( -name '*.props' -o -name '*.targets' -o -name '*.slnx' -o -name global.json -o -name .editorconfig \) "$@" -print
}

# The stamp holds what was built, since a removed file leaves no newer one behind; its time says when.
inputs() { printf 'LIBTORCH=%s\n' "${LIBTORCH:-}"; sources "$1"; }
up_to_date() {
    local stamp=artifacts/stamp-$target
    [[ -f $stamp && -f artifacts/native/libstn_torch.so && -z $(sources "$target" -newer "$stamp") && $(<"$stamp") == "$(inputs "$target")" ]]
}

up_to_date && exit

mkdir -p artifacts
exec 9>artifacts/build.lock
flock --nonblock 9 || { say "build: waits for another build of this folder"; flock 9; }
up_to_date && exit

scripts/setup.sh 9>&-
for name in "${built[@]}"; do
    rm -f "artifacts/stamp-$name"
    inputs "$name" >"artifacts/stamp-$name.new"   # written before the build: what changes meanwhile is newer
done
native/build.sh 9>&-

log=artifacts/build-$target.log
say "build: compiles $project"
# Compilers must not inherit the lock.
if ! dotnet build "$project" --configuration Release --nologo --verbosity quiet </dev/null >"$log" 2>&1 9>&-; then
    grep -E '\berror\b' "$log" | sort -u | head -n 40 >&2 || cat "$log" >&2
    die "build: failed; the whole log is $log"
fi
for name in "${built[@]}"; do
    mv "artifacts/stamp-$name.new" "artifacts/stamp-$name"
done
