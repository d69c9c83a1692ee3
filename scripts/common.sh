# shellcheck shell=bash
# What quickstart.sh and test.sh share: packages, a Python with the modules, configure and build. Sourced, not run.
set -eu
export LC_ALL=C
unset CDPATH
project=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)

# shellcheck disable=SC2034 # used by those who source this
{
build_packages=(build-essential gcc cmake ninja-build pkg-config libgsl-dev libhdf5-dev libcsv-dev libyaml-dev zlib1g-dev)
picture_packages=(python3 python3-h5py python3-matplotlib)
test_packages=(hdf5-tools libcriterion-dev librandom123-dev python3-xarray python3-netcdf4 python3-h5netcdf netcdf-bin
    r-base-core r-cran-ncdf4 openmpi-bin libopenmpi-dev strace)
cluster_packages=(slurm-wlm munge)
clang_packages=(clang-19 libclang-rt-19-dev libomp-19-dev llvm-19)
}

say() { printf '%s\n' "$*" >&2; }
die() {
    say "error: $*"
    exit 1
}

installed() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# Installs those of the named packages that are missing; asks nothing of the network when none is.
need_packages() {
    local package missing=() root=()
    if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
        say "note: not a Debian system; going on with what is there (wanted: $*)"
        return 0
    fi
    for package in "$@"; do installed "$package" || missing+=("$package"); done
    [ ${#missing[@]} -gt 0 ] || return 0
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || die "missing packages and no sudo; as root: apt-get install ${missing[*]}"
        root=(sudo)
    fi
    say "installing: ${missing[*]}"
    "${root[@]}" apt-get -o DPkg::Lock::Timeout=300 update >&2 || say "note: package lists not renewed"
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -y -o DPkg::Lock::Timeout=300 \
        install --no-install-recommends "${missing[@]}" >&2 || die "could not install: ${missing[*]}"
}

# Prints the first Python that imports the named modules: $PYTHON, the one on PATH, the system's. The one on PATH may be
# another than the one that the packages belong to.
find_python() {
    local candidate import="import $1"
    for candidate in "${PYTHON:-}" python3 /usr/bin/python3; do
        if [ -n "$candidate" ] && "$candidate" -c "$import" >/dev/null 2>&1; then
            command -v "$candidate"
            return 0
        fi
    done
    die "no Python that imports $1; set PYTHON"
}

# configure PRESET [CMAKE OPTION]...
configure() {
    local preset=$1 cache=$project/build/$1/CMakeCache.txt
    shift
    # A tree that was moved or copied has a build folder that belongs to another place.
    if [ -f "$cache" ] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$project" "$cache"; then
        say "note: build/$preset was made in another folder; making it anew"
        rm -rf "${project:?}/build/$preset"
    fi
    (cd "$project" && cmake --preset "$preset" "$@" >"$project/build.log" 2>&1) || {
        tail -n 40 "$project/build.log" >&2
        die "configuring failed"
    }
    rm -f "$project/build.log"
}
