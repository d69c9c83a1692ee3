#!/bin/sh
# check_kill.sh PACTOLUS PROJECT [KILLS]: kill -9 at random moments, the same command again until it is through: the result is
# that of the straight run, bit for bit. Each round has another number of threads.
. "$(dirname -- "$0")/common.sh"
kills=${3:-20}
seed=${SEED:-$$}
echo "seed $seed" # SEED=... repeats the moments, as far as a moment can be repeated
done_kills=0 round=0
while [ "$done_kills" -lt "$kills" ]; do
    round=$((round + 1))
    name=round$round
    while :; do
        begin "$name" -t $((1 + round % 3)) &
        process=$!
        seed=$(((seed * 1103515245 + 12345) % 2147483648))
        sleep "0.$(printf %03d $((seed / 65536 % 400)))"
        if kill -9 "$process" 2>/dev/null; then
            wait "$process" 2>/dev/null
            [ $? -eq 137 ] && done_kills=$((done_kills + 1))
        else
            wait "$process" || fail "$name: exit $?"
        fi
        if [ -e "$folder/$name.h5" ]; then break; fi
        [ "$failed" -eq 0 ] || exit 1
    done
    if [ "$(echo "$folder/$name.h5"*)" != "$folder/$name.h5" ]; then again "$name"; fi # killed between the rename and the end
    same "$name"
    rm -rf "$folder/$name.h5"*
done
echo "$done_kills kills, $round sweeps"
exit $failed
