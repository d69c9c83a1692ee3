#!/bin/sh
# check_mpi.sh PACTOLUS PROJECT: ranks of MPI on this machine. For 1, 2, 3 and 7 ranks and several threads, also with more ranks than
# points, the result is that of the straight run; so it is after a rank was killed. An error is told once.
. "$(dirname -- "$0")/common.sh"
command -v mpirun >/dev/null && "$pactolus" --version | grep -q '^mpi  *[^n]' || {
    echo 'skipped: built without MPI, or no mpirun'
    exit 77
}
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMPI_MCA_rmaps_base_oversubscribe=1
export OMPI_MCA_btl_vader_single_copy_mechanism=none OMPI_MCA_mpi_yield_when_idle=1
export TMPDIR="$folder"
ranks() { # RANKS NAME OPTION...
    count=$1 name=$2
    shift 2
    mpirun -n "$count" "$pactolus" sweep "$deal" --scenarios "$folder/points.csv" -n "$paths" -o "$folder/$name.h5" "$@"
}
for shape in 1x2 2x1 3x2 7x1; do
    ranks ${shape%x*} r -q -t ${shape#*x} >"$folder/out" 2>&1 || fail "$shape: exit $?: $(cat "$folder/out")"
    [ -s "$folder/out" ] && fail "$shape: it says: $(cat "$folder/out")"
    same r
    rm -f "$folder/r.h5"
done

# Each rank's part is told in one voice.
ranks 3 r -t 1 2>"$folder/err" || fail "note: exit $?"
[ "$(grep -c 'points in .* on 3 ranks of 1 thread' "$folder/err")" = 1 ] || fail "the closing note: $(cat "$folder/err")"
ranks 3 r -t 1 2>"$folder/err" && fail 'an existing result is replaced'
[ "$(grep -c 'exists already' "$folder/err")" = 1 ] || fail "not told once: $(cat "$folder/err")"
ranks 3 s -t 1 --set no.such=1 2>"$folder/err" && fail 'an unknown name is taken'
[ "$(grep -c 'no.such' "$folder/err")" = 1 ] || fail "not told once: $(cat "$folder/err")"
rm -f "$folder/r.h5"

# What only one rank meets is told by it, and ends all.
line="$pactolus sweep $deal --scenarios $folder/points.csv -n $paths -q -t 1 -o $folder/j.h5"
# shellcheck disable=SC2086
mpirun -n 1 $line : -n 2 $line --set no.such=1 2>"$folder/err" && fail 'an unknown name of rank 1 is taken'
grep -q '^pactolus: rank 1:' "$folder/err" || fail "rank 1 says: $(cat "$folder/err")"
[ "$(grep -c 'no.such' "$folder/err")" = 1 ] || fail "not told once: $(cat "$folder/err")"
[ ! -e "$folder/j.h5.parts" ] || fail 'something was written'

# More ranks than points.
head -n 4 "$folder/points.csv" >"$folder/few.csv"
"$pactolus" sweep "$deal" --scenarios "$folder/few.csv" -n $paths -q -o "$folder/few1.h5" || fail "few: exit $?"
mpirun -n 7 "$pactolus" sweep "$deal" --scenarios "$folder/few.csv" -n $paths -q -t 1 -o "$folder/few7.h5" || fail "few, 7 ranks: exit $?"
[ "$(digest few1)" = "$(digest few7)" ] || fail 'few points, 7 ranks: another result'

# A killed rank takes the launch with it; what was finished is there, and the same command, by another number of ranks, goes on.
paths=10000
size() { cat "$folder"/k.h5.parts/*.journal 2>/dev/null | wc -c; }
sweep slow -t 2 || fail "slow: exit $?"
straight=$(digest slow)
for victim in 1 0; do
    size=$(size) tries=0
    ranks 3 k -q -t 1 >"$folder/out" 2>&1 &
    launch=$!
    until [ "$(size)" -gt $((size + 20000)) ] || [ $tries -gt 400 ]; do
        tries=$((tries + 1))
        sleep 0.02
    done
    for process in $(pgrep -f "sweep .*$folder/k.h5"); do
        if tr '\0' '\n' <"/proc/$process/environ" 2>/dev/null | grep -qx "OMPI_COMM_WORLD_RANK=$victim"; then kill -9 "$process"; fi
    done
    wait $launch && fail "rank $victim killed: exit 0"
    [ -e "$folder/k.h5" ] && fail "rank $victim was killed too late"
done
"$pactolus" status "$folder/k.h5" | head -n 1
ranks 2 k -q -t 1 || fail "after kills: exit $?"
same k
exit $failed
