#!/bin/sh
# long.sh PACTOLUS PROJECT [KILLS]: the long run, by hand. A sweep of 5,000 points of the battery deal, killed at random until it is
# through: by threads (at least KILLS kills, 200), by MPI ranks, as an array on a real Slurm. Each must give the bits of the
# straight run. Takes some 15 minutes.
POINTS=5000
. "$(dirname -- "$0")/common.sh"
wanted=${3:-200}
seed=${SEED:-$$}
echo "seed $seed"
chance() { # SECONDS: a random part of it, as S.mmm
    seed=$(((seed * 1103515245 + 12345) % 2147483648))
    awk -v x=$((seed / 65536)) -v s="$1" 'BEGIN { printf "%.3f", s * x / 32768 }'
}
is_through() { [ -e "$folder/$1.h5" ] && [ ! -e "$folder/$1.h5.parts" ]; }

kills=0 sweeps=0
while [ "$kills" -lt "$wanted" ]; do
    sweeps=$((sweeps + 1))
    until is_through t; do
        begin t -t $((1 + sweeps % 3)) 2>/dev/null &
        process=$!
        sleep "$(chance 2)"
        if kill -9 $process 2>/dev/null; then kills=$((kills + 1)); fi
        wait $process 2>/dev/null
    done
    [ "$(echo "$folder/t.h5"*)" = "$folder/t.h5" ] || again t
    same t
    rm -rf "$folder/t.h5"*
done
echo "threads: $kills kills, $sweeps sweeps"

if command -v mpirun >/dev/null && "$pactolus" --version | grep -q '^mpi  *[^n]'; then
    export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMPI_MCA_rmaps_base_oversubscribe=1
    export OMPI_MCA_btl_vader_single_copy_mechanism=none
    kills=0 tries=0
    while [ $kills -lt 10 ] || ! is_through m; do
        tries=$((tries + 1))
        if is_through m; then
            [ "$(echo "$folder/m.h5"*)" = "$folder/m.h5" ] || again m
            same m
            rm -rf "$folder/m.h5"*
        fi
        mpirun -n $((2 + tries % 2)) "$pactolus" sweep "$deal" --scenarios "$folder/points.csv" -n "$paths" -q -t 1 -o "$folder/m.h5" >/dev/null 2>&1 &
        launch=$!
        sleep "$(chance 5)"
        victim=$(pgrep -f "^$pactolus sweep .*$folder/m.h5" | awk -v k="$tries" '{ p[NR] = $1 } END { if (NR) print p[1 + k % NR] }')
        if [ -n "$victim" ] && kill -9 "$victim" 2>/dev/null; then kills=$((kills + 1)); fi
        wait $launch 2>/dev/null
    done
    [ "$(echo "$folder/m.h5"*)" = "$folder/m.h5" ] || again m
    same m
    echo "MPI: $kills ranks killed, $tries launches"
else
    echo 'MPI: skipped'
fi

if command -v slurmctld >/dev/null && [ "$(id -u)" -eq 0 ]; then
    bash "$project/scripts/cluster.sh" start "$folder/cluster" || exit 1
    trap 'bash "$project/scripts/cluster.sh" stop "$folder/cluster"; rm -rf "$folder"' EXIT
    export SLURM_CONF="$folder/cluster/slurm.conf"
    cd "$folder" || exit 1
    PATH="$(dirname "$pactolus"):$PATH"
    export PATH
    "$pactolus" sweep "$deal" --scenarios "$folder/points.csv" -n "$paths" -o "$folder/a.h5" -q -t 1 --emit-slurm array=8 >a.sh
    job=$(sbatch --parsable a.sh) || fail 'sbatch'
    kills=0
    while squeue -h -j "$job" 2>/dev/null | grep -q .; do
        sleep "$(chance 3)"
        victim=$(pgrep -f "^$pactolus sweep .*$folder/a.h5|^pactolus sweep .*$folder/a.h5" | head -n 1)
        if [ $kills -ge 12 ] || [ -z "$victim" ]; then continue; fi
        task=$(tr '\0' '\n' <"/proc/$victim/environ" 2>/dev/null | sed -n 's/^SLURM_ARRAY_TASK_ID=//p')
        kill -9 "$victim" 2>/dev/null || continue
        kills=$((kills + 1))
        sleep 1
        scontrol requeue "${job}_$task" 2>/dev/null
    done
    is_through a || "$pactolus" merge -q a.h5 || fail "merge: $(tail -n 3 ./*.log)"
    same a
    echo "Slurm array of 8: $kills tasks killed"
else
    echo 'Slurm: skipped'
fi
exit $failed
