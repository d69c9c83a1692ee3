/* The table of contents: find the command, take its line apart, run it, flush. */
#include "cli/cli.h"

#include <string.h>

static int run_command(const struct cli_command *command, int argc, char **argv)
{
    struct cli_arguments arguments;
    int status = cli_command_init(&arguments, command, argc, argv);
    if (!status && arguments.help) cli_help_command(command);
    else if (!status) status = command->run(&arguments);
    cli_command_free(&arguments);
    return status;
}

static const struct cli_command *const commands[] = {
    &cli_run_command,       &cli_drivers_command, &cli_attribute_command, &cli_seek_command,       &cli_coalitions_command,
    &cli_sweep_command,
    &cli_resume_command,    &cli_status_command,  &cli_merge_command,     &cli_check_command,      &cli_init_command,
    &cli_params_command,    &cli_info_command,    &cli_export_command,    &cli_calibrate_command,  &cli_calibrate_tariffs_command,
    &cli_calibrate_survival_command, NULL};

#define COMMANDS "run, drivers, attribute, seek, coalitions, sweep, resume, status, merge, check, init, params, info, export or calibrate"

/* Words of the command line that are the name of the command: a name may have two, of which the second comes before any operand. */
static int words_of(const char *name, int argc, char **argv)
{
    const char *blank = strchr(name, ' ');
    if (!blank) return strcmp(argv[1], name) == 0;
    const size_t first = (size_t)(blank - name);
    const int is_it = argc > 2 && strlen(argv[1]) == first && !strncmp(argv[1], name, first) && !strcmp(argv[2], blank + 1);
    return is_it ? 2 : 0;
}

int cli_main_run(int argc, char **argv)
{
    char name[PACTOLUS_ESCAPED];
    const struct cli_command *found = NULL;
    int words = 0;
    for (int k = 0; commands[k]; k++) {
        const int here = words_of(commands[k]->name, argc, argv);
        if (here > words) words = here, found = commands[k];
    }
    if (found) return run_command(found, argc - (words - 1), argv + (words - 1));
    cli_print_usage(NULL, "unknown %s '%s', want " COMMANDS, argv[1][0] == '-' ? "option" : "command",
                    pactolus_text_escape(name, argv[1]));
    cli_print_hint(NULL);
    return PACTOLUS_USAGE;
}

int main(int argc, char **argv)
{
    int status = PACTOLUS_OK;
    cli_process_init();
    if (argc < 2) {
        status = cli_print_usage(NULL, "no command, want " COMMANDS);
        cli_print_hint(NULL);
    } else if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h")) {
        cli_help_program(commands);
    } else if (!strcmp(argv[1], "--version")) {
        status = cli_version_print();
    } else {
        status = cli_main_run(argc, argv);
    }
    if (!status) status = cli_print_finish();
    if (status != PACTOLUS_STOPPED) return -status;
    return 128 + (cli_process_signal() ? cli_process_signal() : SIGTERM); /* without one: another rank was told to stop */
}
