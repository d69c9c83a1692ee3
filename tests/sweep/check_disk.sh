#!/bin/sh
# check_disk.sh PACTOLUS PROJECT: a full file system, one that cannot be written, two processes on one output.
. "$(dirname -- "$0")/common.sh"
disk=$folder/disk
mkdir "$disk"
mount -t tmpfs -o size=64k none "$disk" 2>/dev/null || {
    echo 'skipped: no tmpfs may be mounted here'
    exit 77
}
trap 'umount "$disk" 2>/dev/null; rm -rf "$folder"' EXIT
ends() { # CODE WORDS WHAT
    [ "$code" -eq "$1" ] || fail "$3: exit $code, want $1: $(cat "$folder/err")"
    grep -q "$2" "$folder/err" || fail "$3: no '$2' in: $(cat "$folder/err")"
}

# Full: what was finished is still there, and with more room the same command goes on.
sweep disk/out -t 1 2>"$folder/err"
code=$?
ends 4 'No space left' 'a full disk'
kept=$("$pactolus" status "$disk/out.h5" | sed -n 's/^\([0-9]*\) of .*/\1/p')
[ "${kept:-0}" -gt 0 ] || fail "a full disk: nothing is left of what was finished: $("$pactolus" status "$disk/out.h5")"
mount -o remount,size=64m "$disk"
sweep disk/out -t 1 2>"$folder/err" || fail "with more room: exit $?: $(cat "$folder/err")"
[ "$(digest disk/out)" = "$straight" ] || fail 'with more room: another result'

# Read-only.
mount -o remount,ro "$disk"
sweep disk/other -t 1 2>"$folder/err"
code=$?
ends 4 'Read-only' 'a read-only disk'
mount -o remount,rw "$disk"

paths=20000
# Two at one output: the second is refused and names the first; the first is not disturbed.
begin two -t 1 2>"$folder/first" &
first=$!
appears "$folder/two.h5.lock"
sweep two -t 1 2>"$folder/err"
code=$?
ends 4 "$first" 'two processes'
sweep two --shard 1/2 -t 1 2>"$folder/err"
code=$?
ends 4 "a process is at this sweep as a whole: process $first" 'a shard beside a whole sweep'
wait $first || fail "the first of two: exit $?: $(cat "$folder/first")"

# The other way round.
begin shard --shard 1/2 -t 1 2>"$folder/first" &
first=$!
appears "$folder/shard.h5.parts/shard-000001-of-000002.journal"
sweep shard -t 1 2>"$folder/err"
code=$?
ends 4 "a shard is at this sweep already: process $first" 'a whole sweep beside a shard'
wait $first || fail "the shard: exit $?: $(cat "$folder/first")"
exit $failed
