#!/bin/sh
# check_faults.sh PACTOLUS PROJECT: killed at each call that changes a file (strace injection), and each such call failing; after
# that the same command gives the result of the straight run, or nothing was lost before the promised error.
command -v strace >/dev/null && strace -o /dev/null true 2>/dev/null || {
    echo 'skipped: no strace, or it may not trace here'
    exit 77
}
POINTS=5
. "$(dirname -- "$0")/common.sh"
moments=0
# Whether the call number N came at all: strace says so by the signal, or by the error.
inject() { # CALL N FAULT
    rm -rf "$folder"/out.h5*
    strace -f -qq -o "$folder/trace" -e trace="$1" -e inject="$1:$3:when=$2" \
        "$pactolus" sweep "$deal" --scenarios "$folder/points.csv" -n 256 -q -t 1 -o "$folder/out.h5" 2>"$folder/err"
    code=$?
    grep -q 'INJECTED\|killed by SIGKILL' "$folder/trace"
}
recover() { # WHAT
    moments=$((moments + 1)) before=$failed failed=0
    again out
    same out
    [ $failed -eq 0 ] || echo "  that was: $1"
    [ $before -eq 0 ] || failed=1
}
for call in write pwrite64 fsync fdatasync rename renameat2 link unlink unlinkat mkdir rmdir ftruncate; do
    n=1
    while inject $call $n signal=KILL; do
        recover "killed at $call $n"
        # HDF5 writes much: of its calls every fifth will do.
        n=$((n + 1))
        if [ $call = pwrite64 ]; then n=$((n + 4)); fi
    done
done
for call in write pwrite64 fsync fdatasync rename renameat2 mkdir; do
    n=1
    while inject $call $n error=ENOSPC; do
        case $code in
        0 | 4) ;;
        *) fail "$call $n fails: exit $code: $(cat "$folder/err")" ;;
        esac
        if [ $code -eq 4 ] && ! grep -q 'No space left' "$folder/err"; then fail "$call $n fails: it says: $(cat "$folder/err")"; fi
        recover "$call $n fails"
        n=$((n + 1))
        if [ $call = pwrite64 ]; then n=$((n + 4)); fi
    done
done
echo "$moments moments"
exit $failed
