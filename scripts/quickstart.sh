#!/usr/bin/env bash
# From nothing to a result: installs what is missing, builds, runs the shipped battery deal, draws its pictures.
# usage: scripts/quickstart.sh [PATHS]     (simulated paths of each scenario, 20000)
# shellcheck source=scripts/common.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

paths=${1:-20000}
deal=scenarios/battery-jv
result=out/battery-jv.h5

need_packages "${build_packages[@]}" "${picture_packages[@]}"
python=$(find_python h5py,matplotlib)
configure release -DBUILD_TESTING=OFF
cd "$project"
cmake --build --preset release --target pactolus_program >&2
mkdir -p out
build/release/bin/pactolus run "$deal/deal.yaml" --scenarios "$deal/scenarios.csv" -n "$paths" --samples 4000 \
    -o "$result" --force
build/release/bin/pactolus drivers "$deal/deal.yaml" -n "$paths" -q -o out/battery-jv-drivers.h5 --force >/dev/null
for drawn in "$result" out/battery-jv-drivers.h5; do "$python" scripts/plot.py "$drawn" -o out >/dev/null; done

say
say "Result:   $project/$result"
for picture in out/*.png; do say "Picture:  $project/$picture"; done
say "Next:     build/release/bin/pactolus info $result"
say "          build/release/bin/pactolus init -o mine.yaml"
