/* make_result OUT SCENARIOS PATHS SEED SAMPLES TIME [moving]: writes a made-up result, for the readers' test and for
   scripts/plot.py; "moving": partners renegotiate and leave. */
#include <stdio.h>
#include <stdlib.h>

#include "output/console.h"
#include "unit/output/made.h"

int main(int argc, char **argv)
{
    struct made made;
    struct report report;
    if (argc < 7 || argc > 8) return 2;
    report_init(&report);
    (argc == 8 ? made_moving_init : made_init)(&made, strtoull(argv[2], NULL, 10), strtoull(argv[3], NULL, 10),
                                                   strtoull(argv[4], NULL, 10));
    struct output_file_config config = made_config(&made, argv[1], atoi(argv[5]));
    int status = made_write(&made, &config, argv[6], &report);
    if (status == STATUS_OK) output_console_write(stdout, &made.table, (const double *const *)made.flat, 0);
    report_write(&report, stderr);
    report_free(&report);
    made_free(&made);
    return -status;
}
