#!/bin/sh
# check_file.sh PACTOLUS DEALS: result files of equal runs hold equal data, whatever the threads and the level; those of
# another seed do not.
LC_ALL=C
export LC_ALL
pactolus=$1 deals=$2
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
status=0
run() { # NAME LEVEL OPTIONS
    name=$1 level=$2
    shift 2
    PACTOLUS_ISA=$level "$pactolus" run "$deals/five.yaml" --scenarios "$deals/five.csv" -n 4200 --samples 100 -q \
        -o "$folder/$name.h5" "$@" >"$folder/$name.txt" || exit 1
}
same() {
    h5diff --exclude-path /provenance "$folder/$1.h5" "$folder/$2.h5" >"$folder/diff" 2>&1 && cmp -s "$folder/$1.txt" "$folder/$2.txt" &&
        [ "$("$pactolus" info --digest "$folder/$1.h5")" = "$("$pactolus" info --digest "$folder/$2.h5")" ]
}
run one '' -t 1
run two '' -t 2
run seven '' -t 7
run other '' --seed 2
for level in v3 v4 portable; do
    if PACTOLUS_ISA=$level "$pactolus" --version >/dev/null 2>&1; then run "$level" "$level" -t 2; fi
done
for name in two seven v3 v4 portable; do
    [ -e "$folder/$name.h5" ] || continue
    same one "$name" || { echo "$name differs from one"; cat "$folder/diff"; status=1; }
done
if same one other; then
    echo 'another seed gives the same data'
    status=1
fi
exit $status
