#!/bin/sh
# check_slurm.sh PACTOLUS PROJECT: the job scripts of --emit-slurm on a real Slurm. An array of 8, one task killed and
# requeued: the result is that of the straight run. Run by scripts/test.sh --cluster; elsewhere shown as skipped.
[ -n "$PACTOLUS_CLUSTER" ] || {
    echo 'skipped: scripts/test.sh --cluster runs it'
    exit 77
}
. "$(dirname -- "$0")/common.sh"
cluster=$folder/cluster
export ARRAY=101
bash "$project/scripts/cluster.sh" start "$cluster" || exit 1
trap 'bash "$project/scripts/cluster.sh" stop "$cluster"; rm -rf "$folder"' EXIT
export SLURM_CONF="$cluster/slurm.conf"
cd "$folder" || exit 1
export PATH="$(dirname "$pactolus"):$PATH"

wait_for() { # JOB SECONDS
    left=$2
    while squeue -h -j "$1" 2>/dev/null | grep -q .; do
        left=$((left - 1))
        [ $left -gt 0 ] || {
            fail "job $1 is still there: $(squeue -h -j "$1")"
            return 1
        }
        sleep 1
    done
}
emit() { # NAME KIND OPTION...
    name=$1 kind=$2
    shift 2
    "$pactolus" sweep "$deal" --scenarios "$folder/points.csv" -o "$folder/$name.h5" "$@" --emit-slurm "$kind" >"$name.sh"
}

paths=20000
sweep slurm_straight -t 2 || exit 1
straight=$(digest slurm_straight)

# An array of 8. Task 3 is killed outright once it has saved a point, then requeued.
emit array array=8 -n 20000 -t 1 || fail "emit array: exit $?"
job=$(sbatch --parsable array.sh) || fail "sbatch: exit $?"
tries=0
until [ -n "$(find array.h5.parts -name 'shard-*3-of-*.journal' -size +0 2>/dev/null)" ] || [ $tries -gt 300 ]; do
    tries=$((tries + 1))
    sleep 0.1
done
pkill -9 -f 'shard 3/8' || fail 'task 3 was not there to be killed'
sleep 1
scontrol requeue "${job}_3" || fail "requeue: exit $?"
wait_for "$job" 180
[ -e array.h5 ] || "$pactolus" merge -q array.h5 || fail "merge: exit $?: $(cat ./*.log)"
same array

# One job of MPI ranks, cut short by the warning a minute before its time is up, given again.
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMPI_MCA_btl_vader_single_copy_mechanism=none
if "$pactolus" --version | grep -q '^mpi  *[^n]' && command -v mpirun >/dev/null; then
    emit ranks mpi=2 -n 20000 -t 1 || fail "emit mpi: exit $?"
    job=$(sbatch --parsable ranks.sh) || fail "sbatch: exit $?"
    tries=0
    until [ -n "$(find ranks.h5.parts -name 'rank-*.journal' -size +16k 2>/dev/null)" ] || [ $tries -gt 300 ]; do
        tries=$((tries + 1))
        sleep 0.1
    done
    scancel --batch --signal=USR1 "$job" || fail "scancel: exit $?"
    wait_for "$job" 60
    [ -e ranks.h5.parts ] || fail "the signal came too late, or its points are lost: $(cat ranks-*.log)"
    job=$(sbatch --parsable ranks.sh) || fail "sbatch: exit $?"
    wait_for "$job" 120
    same ranks
fi

# MaxArraySize 101 allows the indices 1 to 100.
emit many array=500 2>many.err
grep -q 'array=1-100$' many.sh || fail "the array is larger than the cluster allows: $(grep array= many.sh)"
grep -q 'MaxArraySize' many.err || fail 'nothing is said of MaxArraySize'
exit $failed
