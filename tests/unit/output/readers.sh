#!/bin/sh
# Other programs must read a result: h5py, xarray (netcdf4 and h5netcdf), ncdump, h5diff, R's ncdf4. What is missing is said and
# left out; with no reader at all the test is skipped (77).
set -eu
make=$1
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$make" "$work/a.h5" 3 300 1 1 morning >/dev/null
sleep 1.1 # a time stamp would differ
"$make" "$work/b.h5" 3 300 1 1 evening >/dev/null
"$make" "$work/c.h5" 3 300 2 1 morning >/dev/null
"$make" "$work/m.h5" 2 300 1 0 now moving >/dev/null
read_by=0

if command -v h5diff >/dev/null; then
    h5diff --exclude-path /provenance "$work/a.h5" "$work/b.h5" || { echo "FAIL: equal runs differ"; exit 1; }
    if h5diff "$work/a.h5" "$work/b.h5" >/dev/null 2>&1; then echo "FAIL: the provenance should differ"; exit 1; fi
    if h5diff --exclude-path /provenance "$work/a.h5" "$work/c.h5" >/dev/null 2>&1; then
        echo "FAIL: another seed should differ"; exit 1
    fi
    echo "h5diff: ok"; read_by=1
fi

# Byte for byte, when the provenance is equal too: no times inside.
sleep 1.1
"$make" "$work/d.h5" 3 300 1 1 morning >/dev/null
cmp "$work/a.h5" "$work/d.h5" || { echo "FAIL: equal runs give other bytes"; exit 1; }

for python in ${PYTHON:-} python3 /usr/bin/python3; do
    if "$python" -c 'import h5py, xarray, netCDF4, h5netcdf' 2>/dev/null; then
        "$python" -W error::UserWarning "$here/readers.py" "$work/a.h5" "$work/m.h5"
        read_by=1
        break
    fi
done

if command -v ncdump >/dev/null; then
    ncdump "$work/a.h5" >"$work/dump"
    grep -q 'partner = "automaker", "cellmaker"' "$work/dump" || { echo "FAIL: ncdump, labels"; exit 1; }
    grep -q 'double ledger_mean(scenario, partner, ledger)' "$work/dump" || { echo "FAIL: ncdump, dimensions"; exit 1; }
    grep -q 'path = 300 ;' "$work/dump" || { echo "FAIL: ncdump, path"; exit 1; }
    if grep -q phony "$work/dump"; then echo "FAIL: ncdump, phony dimensions"; exit 1; fi
    echo "ncdump: ok"; read_by=1
fi

if command -v Rscript >/dev/null && Rscript -e 'library(ncdf4)' >/dev/null 2>&1; then
    Rscript -e '
        library(ncdf4); f <- nc_open(commandArgs(TRUE)[1]); x <- ncvar_get(f, "captured_mean")
        stopifnot(dim(x) == c(2, 3), all(is.finite(x)), ncatt_get(f, "captured_mean", "units")$value == "million USD")
        stopifnot(length(ncvar_get(f, "captured_sample")) == 2 * 300 * 3)' "$work/a.h5"
    echo "R ncdf4: ok"; read_by=1
fi

# The pictures, if matplotlib is there: each 1,200 pixels wide, with and without single paths.
"$make" "$work/e.h5" 1 1 1 0 now >/dev/null
for python in ${PYTHON:-} python3 /usr/bin/python3; do
    if "$python" -c 'import h5py, matplotlib' 2>/dev/null; then
        for name in a e m; do
            "$python" -W error "$here/../../../scripts/plot.py" "$work/$name.h5" -o "$work/$name" >"$work/drawn"
            grep -q fan_unit_cost.svg "$work/drawn" || { echo "FAIL: plot.py, $name"; exit 1; }
            "$python" -c '
import struct, sys
for path in (line.strip() for line in sys.stdin):
    if path.endswith(".png"):
        assert struct.unpack(">I", open(path, "rb").read()[16:20])[0] == 1200, path' <"$work/drawn"
        done
        for picture in survival renegotiation fan_gap; do
            [ -s "$work/m/$picture.png" ] || { echo "FAIL: plot.py, $picture"; exit 1; }
            [ -e "$work/a/$picture.png" ] && { echo "FAIL: plot.py draws $picture where nothing changes"; exit 1; }
        done
        [ -e "$work/e/scenarios.png" ] && { echo "FAIL: plot.py compares one scenario"; exit 1; }
        if "$python" "$here/../../../scripts/plot.py" "$here/readers.sh" 2>/dev/null; then
            echo "FAIL: plot.py takes any file"; exit 1
        fi
        # What cannot be is told in one line: a folder, a file; so it is by the scripts beside the deals.
        told() { # WORDS CODE COMMAND...
            words=$1 code=$2 got=0
            shift 2
            "$@" >/dev/null 2>"$work/err" || got=$?
            if [ $got -ne "$code" ] || [ "$(wc -l <"$work/err")" -ne 1 ] || ! grep -q "$words" "$work/err"; then
                echo "FAIL: exit $got, want $code and '$words': $*"; cat "$work/err"; exit 1
            fi
        }
        told 'error: -o: ' 4 "$python" "$here/../../../scripts/plot.py" "$work/a.h5" -o "$work/a.h5/x"
        told 'no.h5: No such file' 4 "$python" "$here/../../../scripts/plot.py" "$work/no.h5"
        for script in "$here"/../../../scenarios/compare.py "$here"/../../../scenarios/*/*.py; do
            "$python" "$script" --help >/dev/null
            told usage 1 "$python" "$script"
            files=$(sed 's/^usage: [^ ]* //; s/ *\[.*//; s/[^ ]*\.h5/no.h5/g' "$work/err")
            # shellcheck disable=SC2086
            told 'no.h5: No such file' 1 "$python" "$script" $files # as many as it wants
        done
        told "no scenario 'nix'" 1 "$python" "$here/../../../scenarios/compare.py" "$work/m.h5" nix
        echo "plot.py: ok"; read_by=1
        break
    fi
done

if [ "$read_by" = 0 ]; then echo "no reader found"; exit 77; fi
