#!/usr/bin/env bash
# Makes anew what documents take from the program: docs/parameters.md and the printed example of README.md. The tests fail
# while they differ.
# usage: scripts/docs.sh [--check] [PACTOLUS]     (build/release/bin/pactolus)
#   --check  changes nothing, tells what differs, fails if anything does
# shellcheck source=scripts/common.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

check=
if [ "${1:-}" = --check ]; then check=1 && shift; fi
pactolus=${1:-$project/build/release/bin/pactolus}
[ -x "$pactolus" ] || die "no program $pactolus"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

# replace FILE MADE: FILE gets the content of MADE, or is compared with it.
replace() {
    if [ -z "$check" ]; then
        cat "$2" >"$1"
    else
        diff "$1" "$2" >&2 || failed=1
    fi
}

# example FILE COMMAND OUTPUT: the block behind the line `$ COMMAND` of FILE is what OUTPUT holds.
example() {
    grep -qxF "\$ $2" "$1" || die "$1 has no example '$2'"
    awk -v command="\$ $2" -v output="$3" '
        skip && /^```$/ { skip = 0 }
        !skip { print }
        $0 == command { skip = 1; while ((getline line < output) > 0) print line }' "$1" >"$work/made"
    replace "$1" "$work/made"
}

"$pactolus" params --markdown >"$work/parameters"
replace "$project/docs/parameters.md" "$work/parameters"

(cd "$work" && "$pactolus" init -o deal.yaml && "$pactolus" run deal.yaml -q -o none >printed)
example "$project/README.md" "pactolus run deal.yaml" "$work/printed"
exit $failed
