#!/usr/bin/env bash
# Makes anew what documents take from the program: docs/parameters.md and the printed example of README.md; and looks up each
# parameter and row that docs/coverage.md names. The tests fail while they differ.
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

# missing WORD WHERE: docs/coverage.md names what is not there.
missing() {
    echo "docs/coverage.md: no $1 in $2" >&2
    failed=1
}

# Every name and each of its first parts, as patterns: <region> is any word.
"$pactolus" params | awk '$1 ~ /^[a-z_]+[.]/ {
    gsub(/<[^>]*>/, "@", $1)
    name = ""
    parts = split($1, part, ".")
    for (k = 1; k <= parts; k++) {
        name = name (k > 1 ? "[.]" : "") (part[k] == "@" ? "[^.]+" : part[k])
        print name
    } }' | sort -u >"$work/names"
grep -oP '\x60[a-z]*\.[a-z<][^\x60]*' "$project/docs/coverage.md" | tr -d '\140' | sed 's/[<>]//g' | while read -r name; do
    grep -qxE -f "$work/names" <<<"$name" || echo "$name"
done >"$work/unknown"
while read -r name; do missing "parameter $name" docs/parameters.md; done <"$work/unknown"
sed -n 's/^|.*| \([^|]*\) |$/\1/p' "$project/docs/coverage.md" | tr ';' '\n' | while read -r deal rows; do
    [ -f "$project/scenarios/$deal/scenarios.csv" ] || continue
    grep -oP '\x60\K[^\x60 ,]+(?=\x60)' <<<"$rows" | while read -r row; do
        grep -q "^$row," "$project/scenarios/$deal"/*.csv || echo "$deal $row"
    done
done >"$work/unknown"
while read -r deal row; do missing "row $row" "scenarios/$deal/*.csv"; done <"$work/unknown"
exit $failed
