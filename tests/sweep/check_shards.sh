#!/bin/sh
# check_shards.sh PACTOLUS PROJECT: shards in any order, merged by the last one or by hand; what must be refused is.
. "$(dirname -- "$0")/common.sh"
expect() { # CODE WORDS COMMAND...
    code=$1 words=$2
    shift 2
    "$@" >"$folder/out" 2>"$folder/err"
    got=$?
    [ $got -eq "$code" ] || fail "exit $got, want $code: $*: $(cat "$folder/err")"
    grep -q -- "$words" "$folder/err" || fail "no '$words' in: $(cat "$folder/err")"
}

# The last shard finds that nothing is missing and merges.
for shard in 5 1 3 2 4; do sweep order --shard $shard/5 -t $((1 + shard % 2)) || fail "shard $shard: exit $?"; done
same order

# All at a time.
for shard in 1 2 3 4; do sweep together --shard $shard/4 -t 1 & done
wait
[ -e "$folder/together.h5" ] || "$pactolus" merge -q "$folder/together.h5" || fail "merge: exit $?"
same together

# Apart, joined by hand: the journals of another folder.
sweep left --shard 1/2 || fail "left: exit $?"
sweep right --shard 2/2 || fail "right: exit $?"
expect 8 'missing' "$pactolus" merge "$folder/left.h5"
"$pactolus" merge -q "$folder/left.h5" "$folder/right.h5.parts" || fail "merge of two folders: exit $?"
rm -rf "$folder/right.h5.parts"
same left

# Partly: what is missing has no numbers and says so.
sweep part --shard 1/2 || fail "part: exit $?"
expect 8 'not run' "$pactolus" merge --partial "$folder/part.h5"
[ -e "$folder/part.h5" ] || fail "no partial result"

# Refused: another seed, another deal, a result that is there, a damaged journal.
sweep refuse --shard 1/2 || fail "refuse: exit $?"
expect 6 'seed' sweep refuse --shard 1/2 --seed 2
expect 6 'inflation\|decline\|lock_in' sweep refuse --shard 1/2 --set contract.lock_in_years=2
sweep taken || fail "taken: exit $?"
expect 4 'exists' sweep taken
[ "$(digest taken)" = "$straight" ] || fail "an existing result was harmed"

# Stopped by time, then resumed by the name of the result alone, from elsewhere.
paths=100000
expect 8 'the same command goes on' sweep timed --max-time 1
"$pactolus" status "$folder/timed.h5" >"$folder/status" || fail "status: exit $?"
grep -q 'of 40 points' "$folder/status" || fail "status says: $(cat "$folder/status")"

# SIGTERM: the points under way are finished and saved.
paths=20000
begin term -t 2 2>"$folder/err" &
process=$!
sleep 1
kill -TERM $process
wait $process
[ $? -eq 143 ] || fail "SIGTERM: exit $?"
(cd / && "$pactolus" resume "$folder/term.h5") 2>"$folder/err" || fail "resume: exit $?: $(cat "$folder/err")"
sweep term_straight -t 2
[ "$(digest term)" = "$(digest term_straight)" ] || fail "another result after SIGTERM and resume"

paths=256
# A sweep has its picture, also where points are missing; no point is drawn by itself unless asked for. Rows with names are
# scenarios, on pages of 40.
"$pactolus" merge "$folder/timed.h5" --partial -q 2>/dev/null
"$pactolus" sweep "$deal" --vary market.inflation=0.01:0.04:5 -n 256 -q -o "$folder/line.h5"
awk 'BEGIN { print "scenario,market.inflation"; for (k = 0; k < 41; k++) printf "case_%d,%.4f\n", k, 0.01 + 0.0005 * k }' >"$folder/names.csv"
"$pactolus" sweep "$deal" --scenarios "$folder/names.csv" -n 64 -q -o "$folder/names.h5"
plot() { # NAME OPTION...
    name=$1
    shift
    "$python" -W error::RuntimeWarning "$project/scripts/plot.py" "$folder/$name.h5" -o "$folder/$name" "$@" >"$folder/out" 2>&1
}
for python in ${PYTHON:-} python3 /usr/bin/python3; do
    if "$python" -c 'import h5py, matplotlib' 2>/dev/null; then
        for name in straight timed line; do
            plot $name || fail "plot $name: $(cat "$folder/out")"
            [ -s "$folder/$name/sweep.png" ] || fail "plot $name: no picture of the sweep"
            [ ! -e "$folder/$name/ledger.png" ] || fail "plot $name: draws a point that nobody asked for"
        done
        plot line --scenario row_2 || fail "plot line --scenario: $(cat "$folder/out")"
        [ -s "$folder/line/ledger.png" ] || fail "plot line: no picture of the point asked for"
        plot names || fail "plot names: $(cat "$folder/out")"
        [ -s "$folder/names/scenarios_2.png" ] || fail "plot names: no second page"
        [ ! -e "$folder/names/sweep.png" ] || fail "plot names: takes scenarios with names for a sweep"
        break
    fi
done

# All rows, with samples: what `run` writes of the same table, but for its own names.
sweep full --full --samples 10 || fail "full: exit $?"
"$pactolus" run "$deal" --scenarios "$folder/points.csv" -n 256 --samples 10 -q -o "$folder/run.h5" >/dev/null || fail "run: exit $?"
[ "$(digest full)" = "$(digest run)" ] || fail "a sweep of all rows is not what run writes"
exit $failed
