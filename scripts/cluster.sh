#!/usr/bin/env bash
# A real Slurm on this machine alone, for tests: one node, no systemd, loopback only, its own key; nothing outside of FOLDER.
# usage: scripts/cluster.sh start FOLDER   (then: export SLURM_CONF=FOLDER/slurm.conf; sbatch, squeue, ... work)
#        scripts/cluster.sh stop FOLDER
# Wants root and Debian's slurm-wlm and munge. CPUS=2 MEMORY=4000 ARRAY=1001 PORT=16817 say what the node has.
set -euo pipefail
[ $# -eq 2 ] || {
    sed -n '2,5s/^# \{0,1\}//p' "$0" >&2
    exit 2
}
folder=$2 cpus=${CPUS:-2} memory=${MEMORY:-4000} array=${ARRAY:-1001} port=${PORT:-16817}
export SLURM_CONF=$folder/slurm.conf

# cred_expire: a requeued job waits until its old credential has run out; 5 s is the least that is taken.
write_config() {
    local host
    host=$(hostname -s)
    cat <<END
ClusterName=pactolus
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$port
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$folder/run/munge.sock,cred_expire=5
CryptoType=crypto/munge
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
TmpFS=$folder/tmp
SlurmctldPidFile=$folder/run/slurmctld.pid
SlurmdPidFile=$folder/run/slurmd.pid
SlurmctldLogFile=$folder/log/slurmctld.log
SlurmdLogFile=$folder/log/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerType=sched/backfill
SchedulerParameters=batch_sched_delay=0,sched_min_interval=50000,bf_interval=1
MpiDefault=none
ReturnToService=2
JobRequeue=1
MailProg=/bin/true
SlurmdParameters=config_overrides
MaxArraySize=$array
KillWait=5
NodeName=$host NodeAddr=127.0.0.1 Port=$((port + 1)) CPUs=$cpus RealMemory=$memory State=UNKNOWN
PartitionName=main Nodes=$host Default=YES MaxTime=1:00:00 State=UP
END
}

start_munge() {
    dd if=/dev/urandom of="$folder/munge/key" bs=1024 count=1 status=none
    chmod 0400 "$folder/munge/key"
    munged --force --key-file="$folder/munge/key" --socket="$folder/run/munge.sock" --pid-file="$folder/munge/pid" \
        --log-file="$folder/munge/log" --seed-file="$folder/munge/seed" --num-threads=2
}

wait_until_idle() {
    local try
    for try in $(seq 100); do
        [ "$(timeout 2 sinfo -h -t idle -o %D 2>/dev/null | head -n 1)" = 1 ] && return 0
        sleep 0.1
    done
    echo "error: Slurm did not start ($try tries); its log:" >&2
    tail -n 5 "$folder"/log/*.log >&2
    return 1
}

start() {
    umask 022
    mkdir -p "$folder"/{state,log,run,munge,spool,tmp}
    chmod 0755 "$folder" "$folder/run"
    chmod 0700 "$folder/munge"
    write_config >"$SLURM_CONF"
    start_munge
    slurmctld -f "$SLURM_CONF"
    slurmd -f "$SLURM_CONF"
    wait_until_idle
}

stop() {
    local file process
    timeout 5 scancel -u "$(id -un)" 2>/dev/null || true
    timeout 5 scontrol shutdown 2>/dev/null || true
    for file in "$folder"/run/slurmd.pid "$folder"/run/slurmctld.pid "$folder"/munge/pid; do
        [ -s "$file" ] || continue
        process=$(cat "$file")
        kill "$process" 2>/dev/null || true
        for _ in $(seq 100); do
            kill -0 "$process" 2>/dev/null || break
            sleep 0.1
        done
    done
}

case $1 in
start) start ;;
stop) stop ;;
*) sed -n '2,5s/^# \{0,1\}//p' "$0" >&2 && exit 2 ;;
esac
