/* Row 123: memory that runs out, at any allocation, once or from then on. */
#include "support/command.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static struct command_outcome o;

static void set_up(void)
{
    command_enter();
    command_run(&o, PACTOLUS " init -o deal.yaml && printf 'scenario,weight,market.inflation,venture.delay\\na,1,0.01,1\\nb,2,0.02,\"uniform(1, 2)\"\\n' >t.csv");
    cr_assert_eq(o.code, 0, "%s", o.error);
}
TestSuite(memory, .init = set_up, .fini = command_leave, .timeout = 280);

static long allocations(const char *line)
{
    command_run(&o, "LD_PRELOAD=" FAIL_MALLOC " " PACTOLUS " %s 9>count >/dev/null 2>&1; rm -f out.h5*; cat count", line);
    const long n = atol(o.output);
    cr_assert_gt(n, 3, "%s: %s", line, o.output);
    return n;
}

/* Some sixty places beside the first. */
static void fail_everywhere(const char *line)
{
    const long all = allocations(line), step = all / 60 + 1;
    for (long n = 1; n <= all; n += n < 40 ? 1 : step) {
        for (int forever = 0; forever < 2; forever++) {
            command_run(&o, "timeout 30 env FAIL_ALLOCATION=%ld %s LD_PRELOAD=" FAIL_MALLOC " " PACTOLUS " %s >/dev/null 9>/dev/null; code=$?; "
                            "ls | grep -v -e '^deal.yaml$' -e '^t.csv$' -e '^count$'; rm -f out.h5*; exit $code", n, forever ? "FAIL_FOREVER=1" : "", line);
            cr_expect(o.code == 5 || o.code == 0 || (o.code == 4 && n < 40), "%s: allocation %ld of %ld ended with %d: %s", line, n, all, o.code, o.error);
            if (o.code) cr_expect_not_null(strstr(o.error, "error: "), "%s: allocation %ld: %s", line, n, o.error);
            if (o.code) cr_expect_str_empty(o.output, "%s: allocation %ld left %s", line, n, o.output);
        }
    }
}

Test(memory, that_runs_out_in_a_check_is_told)
{
    fail_everywhere("check deal.yaml --scenarios t.csv --set market.demand.home.growth=0.01 -q");
}

/* Without a file: HDF5 1.10 itself reads null pointers where it has no memory (H5E__get_stack, H5O__attr_create), which nobody
   above it can help. */
Test(memory, that_runs_out_in_a_run_is_told)
{
    fail_everywhere("run deal.yaml --scenarios t.csv -n 64 -t 1 -o none --samples 10 -q --set standalone.beta.mode=buy");
}

Test(memory, that_runs_out_in_a_study_is_told)
{
    fail_everywhere("drivers deal.yaml --scenarios t.csv -n 64 -t 1 -q --set standalone.beta.mode=buy");
    fail_everywhere("seek deal.yaml --vary standalone.beta.buy_price=8:14 --want captured_mean.beta=300 -n 64 -t 1 -q --set standalone.beta.mode=buy");
}

Test(memory, that_runs_out_in_other_commands_is_told)
{
    fail_everywhere("params --json");
    fail_everywhere("init --like battery-jv");
}

Test(memory, that_runs_out_in_a_calibration_is_told)
{
    fail_everywhere("calibrate " PROJECT_DIR "/scenarios/data/lithium_carbonate_price_usgs_annual.csv --column usd --as market.input.lithium --json");
    fail_everywhere("calibrate tariffs " PROJECT_DIR "/scenarios/data/tariff_schedule_vehicles.csv --to 2026 --as market.trade.cars");
}

/* Without a result file, as above. */
Test(memory, that_runs_out_before_a_sweep_is_told)
{
    fail_everywhere("sweep deal.yaml --vary market.inflation=0.01:0.03:3 --vary 'venture.delay=[1, 2]' --set standalone.beta.mode=buy -n 64 -t 1 "
                    "-o out.h5 --dry-run");
    fail_everywhere("sweep deal.yaml --vary market.inflation=0.01:0.03 --points 8 --write-design out.h5.csv");
}

Test(memory, that_runs_out_behind_a_sweep_is_told)
{
    command_run(&o, PACTOLUS " sweep deal.yaml --vary market.inflation=0.01:0.03:3 --shard 1/2 -n 64 -t 1 -q -o ../$(basename $PWD).h5");
    cr_assert_eq(o.code, 0, "%s", o.error);
    fail_everywhere("status ../$(basename $PWD).h5");
    fail_everywhere("status --json ../$(basename $PWD).h5");
    fail_everywhere("resume ../$(basename $PWD).h5");
    command_run(&o, "rm -r ../$(basename $PWD).h5.parts");
}
