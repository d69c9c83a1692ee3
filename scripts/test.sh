#!/usr/bin/env bash
# Builds and runs all tests: installs what is missing, starts no daemon.
# usage: scripts/test.sh [--release] [--debug] [--asan] [--clang] [--all] [--cluster] [--bits] [-- CTEST OPTION...]
#   --release  gcc, optimised (the default)      --asan   gcc, address and undefined-behaviour sanitizers
#   --debug    gcc, not optimised                --clang  clang 19, optimised
#   --all      all four, one after the other     --cluster  also the job scripts, on a Slurm of its own (wants root)
#   --bits     builds and runs only the program and the tests of its numbers: tests/reproduce and tests/reference
# shellcheck source=scripts/common.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

usage() {
    sed -n '2,7s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
}

presets=()
targets=()
label=()
while [ $# -gt 0 ]; do
    case $1 in
    --release | --debug | --asan | --clang) presets+=("${1#--}") ;;
    --all) presets=(release debug asan clang) ;;
    --cluster) export PACTOLUS_CLUSTER=1 ;;
    --bits) targets=(--target pactolus_program tests/reproduce/all tests/reference/all) label=(-L bits) ;;
    -h | --help) usage && exit 0 ;;
    --) shift && break ;;
    *) usage >&2 && exit 2 ;;
    esac
    shift
done
[ ${#presets[@]} -gt 0 ] || presets=(release)

# The counts of a build's last test run: ctest counts programs, Criterion counts tests.
counts() {
    awk -v preset="$1" '
        /Synthesis: Tested: / { for (k = 1; k < NF; k++) if ($k == "Tested:") tests += $(k + 1)
                                for (k = 1; k < NF; k++) if ($k ~ /^(Failing|Crashing):$/) failed += $(k + 1) }
        /^Test (Passed|Failed)\./ { programs++ }
        /^Test Failed\./ { bad++ }
        /^skipped: / { skipped++; if (!seen[$0]++) why = why "\n  " $0 }
        END { printf "%s: %d programs (%d failed, %d skipped), %d Criterion tests (%d failed)%s\n",
                     preset, programs, bad, skipped, tests, failed, why }' "$project/build/$1/Testing/Temporary/LastTest.log"
}

run_preset() {
    local preset=$1 status=0
    shift
    say "== $preset"
    configure "$preset" -DBUILD_TESTING=ON
    (cd "$project" && cmake --build --preset "$preset" "${targets[@]}") >&2 || die "$preset: the build failed"
    (cd "$project" && ctest --preset "$preset" -j "$(nproc)" "${label[@]}" "$@") >&2 || status=$?
    summary+=("$(counts "$preset")")
    return $status
}

need_packages "${build_packages[@]}" "${picture_packages[@]}" "${test_packages[@]}"
[ -z "${PACTOLUS_CLUSTER:-}" ] || need_packages "${cluster_packages[@]}"
case " ${presets[*]} " in *" clang "*) need_packages "${clang_packages[@]}" ;; esac
summary=()
failed=0
for preset in "${presets[@]}"; do run_preset "$preset" "$@" || failed=1; done
say
printf '%s\n' "${summary[@]}"
if [ $failed -eq 0 ]; then echo "All tests passed."; else echo "Tests FAILED." && exit 1; fi
