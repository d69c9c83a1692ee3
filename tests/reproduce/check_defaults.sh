#!/bin/sh
# check_defaults.sh PACTOLUS DEAL...: a deal run again from the echo of its result file, in which every name that it left out stands with
# its default, gives the same bits: what is off is off, whether it is written or not.
LC_ALL=C
export LC_ALL
pactolus=$1
shift
for python in python3 /usr/bin/python3; do
    "$python" -c 'import h5py' 2>/dev/null && break
done
"$python" -c 'import h5py' 2>/dev/null || { echo "skipped: no h5py for python3"; exit 77; }
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
status=0
numbers() { # DEAL NAME
    if ! "$pactolus" run "$1" -n 300 -q -o "$folder/$2.h5" --force >"$folder/log" 2>&1; then
        cat "$folder/log"
        exit 1
    fi
    "$pactolus" export "$folder/$2.h5" --full -o "$folder/$2.csv" --force || exit 1
}
for deal; do
    numbers "$deal" written
    "$python" -c 'import h5py, sys; sys.stdout.write(h5py.File(sys.argv[1])["echo"][()].decode())' "$folder/written.h5" >"$folder/echo.yaml"
    [ "$(wc -l <"$folder/echo.yaml")" -gt 300 ] || { echo "$deal: the echo holds no defaults"; status=1; }
    numbers "$folder/echo.yaml" echoed
    cmp "$folder/written.csv" "$folder/echoed.csv" || { echo "$deal: its defaults, written out, move its numbers"; status=1; }
done
exit $status
