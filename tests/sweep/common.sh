# shellcheck shell=sh
# What the checks of sweeps share: a small deal, a straight run to compare with, digests. Sourced.
# usage of those who source it: check_NAME.sh PACTOLUS PROJECT
LC_ALL=C
export LC_ALL
unset OMP_NUM_THREADS SLURM_CPUS_PER_TASK
pactolus=$1 project=$2
deal=$project/scenarios/battery-jv/deal.yaml
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
points=${POINTS:-40} paths=256
failed=0

# A table of points spread over what changes decisions, costs and the market.
awk -v n="$points" 'BEGIN {
    print "market.inflation,contract.governance.goal_gap,contract.exit.notice_years"
    for (k = 0; k < n; k++) printf "%.6f,%.6f,%d\n", 0.01 + 0.03 * ((k * 7919) % n) / n, 0.8 * ((k * 104729) % n) / n, 1 + k % 2
}' >"$folder/points.csv"

sweep() { # NAME OPTION...
    name=$1
    shift
    "$pactolus" sweep "$deal" --scenarios "$folder/points.csv" -n "$paths" -q -o "$folder/$name.h5" "$@"
}
# The same in place of a subshell, so that $! is the program: begin NAME OPTION... &
begin() {
    name=$1
    shift
    exec "$pactolus" sweep "$deal" --scenarios "$folder/points.csv" -n "$paths" -q -o "$folder/$name.h5" "$@"
}
# Waits up to 5 s for a file.
appears() { # PATH
    tries=0
    until [ -e "$1" ] || [ $tries -gt 100 ]; do
        tries=$((tries + 1))
        sleep 0.05
    done
}
digest() { "$pactolus" info --digest "$folder/$1.h5"; }
fail() {
    echo "FAILED: $*"
    failed=1
}
# The command once more, after whatever ended it: it goes on, or clears up beside a result that is whole and says so.
again() { # NAME
    whole=no code=0
    if [ -e "$folder/$1.h5" ] && [ ! -e "$folder/$1.h5.parts" ]; then whole=yes; fi
    sweep "$1" -t 1 2>"$folder/err" || code=$?
    case $whole$code in
    no0) ;;
    yes4) grep -q 'exists already' "$folder/err" || fail "$1: again: $(cat "$folder/err")" ;;
    *) fail "$1: again: exit $code: $(cat "$folder/err")" ;;
    esac
}
# The result is that of the straight run, and nothing else is left.
same() { # NAME
    [ "$(digest "$1")" = "$straight" ] || fail "$1: another result than the straight run's"
    for left in "$folder/$1.h5".*; do [ ! -e "$left" ] || fail "$1: left behind: $left"; done
}

sweep straight -t 1 || exit 1
straight=$(digest straight)
