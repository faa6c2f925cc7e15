#!/usr/bin/env bash
# Runs a command in a fresh clone of HEAD on a bare Debian 12: nothing there but the minimal system, the .NET SDK
# with its own dependencies, and this machine's way to the package registries. A used machine hides a missing step.
#
#   sudo scripts/try-on-bare-debian.sh                      runs ./stn-test as root
#   sudo scripts/try-on-bare-debian.sh ./stn demo --json
#   sudo scripts/try-on-bare-debian.sh --user ./stn-test    as a user without rights and without sudo
#
# Needs root and debootstrap. About 2 GB under $TMPDIR, removed at the end.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
release=bookworm

# Settings of the network and of the registries' clients are the machine's, not the project's: whatever is set goes along.
network_settings() {
    env | grep -E '^(https?_proxy|no_proxy|all_proxy|HTTPS?_PROXY|NO_PROXY|ALL_PROXY|NUGET_[A-Z_]*|npm_config_[a-z_]*|SSL_CERT_(FILE|DIR)|NODE_EXTRA_CA_CERTS|CI)=' || true
}

# <address> <release> of every Debian archive that this machine uses.
archives() {
    apt-get indextargets --format '$(REPO_URI) $(RELEASE)' 'Identifier: Packages' | awk -v r="$release" 'index($2, r) == 1' | sort -u
}

make_system() {
    local system=$1
    debootstrap --variant=minbase --include=ca-certificates,libstdc++6,zlib1g,libssl3 \
        "$release" "$system" "$(archives | awk -v r="$release" '$2 == r { print $1; exit }')" >"$system.log" 2>&1 ||
        { tail -n 20 "$system.log" >&2; return 1; }
    archives | sed 's/^/deb /; s/$/ main/' >"$system/etc/apt/sources.list"
    apt-config dump Acquire >"$system/etc/apt/apt.conf.d/90network"
    cp /etc/resolv.conf "$system/etc/resolv.conf"
    find /usr/local/share/ca-certificates -name '*.crt' -exec cp {} "$system/usr/local/share/ca-certificates/" \;
    chroot "$system" update-ca-certificates >"$system.log" 2>&1
    mkdir -p "$system/usr/share/dotnet"
    ln -s ../share/dotnet/dotnet "$system/usr/bin/dotnet"
}

# The clone and the clients' own settings, in the home folder of the one who runs the command.
make_home() {
    local home=$1 file
    git clone --quiet --no-hardlinks "$here" "$home/clone"
    for file in .npmrc .nuget/NuGet/NuGet.Config; do
        [[ -f ~/$file ]] && install -D -m 600 ~/"$file" "$home/$file"
    done
    return 0
}

# Inside namespaces of its own: mounts and left-over processes go with them.
if [[ ${1:-} == --inside ]]; then
    system=$2 user=$3
    shift 3
    mount -t proc proc "$system/proc"
    mount --rbind /dev "$system/dev"
    mount --bind "$(dirname "$(readlink -f "$(command -v dotnet)")")" "$system/usr/share/dotnet"
    mount -o remount,bind,ro "$system/usr/share/dotnet"
    home=$(chroot "$system" sh -c "echo ~$user")
    mapfile -t settings < <(network_settings)
    exec chroot --userspec="$user" "$system" env -i HOME="$home" TERM=dumb PATH=/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin \
        "${settings[@]}" sh -c 'cd "$HOME/clone" && exec "$@"' sh "$@" </dev/null
fi

user=root
[[ ${1:-} == --user ]] && { user=tester; shift; }
(($#)) || set -- ./stn-test

work=$(mktemp -d)
trap 'rm -rf --one-file-system "$work"' EXIT
chmod 755 "$work"
started=$SECONDS
make_system "$work/system"
[[ $user == root ]] || chroot "$work/system" useradd --create-home "$user"
make_home "$work/system$(chroot "$work/system" sh -c "echo ~$user")"
chroot "$work/system" chown -R "$user:" "$(chroot "$work/system" sh -c "echo ~$user")"
echo "bare system: $(chroot "$work/system" dpkg-query -f '.\n' -W | wc -l) packages, made in $((SECONDS - started)) s; runs as $user: $*" >&2

started=$SECONDS
status=0
unshare --mount --pid --fork --kill-child "$0" --inside "$work/system" "$user" "$@" || status=$?
echo "bare system: exit code $status after $((SECONDS - started)) s" >&2
exit "$status"
