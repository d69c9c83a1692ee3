#include "cli/cli.h"

#include <stdio.h>
#include <string.h>

enum { COLUMN = 29, WIDTH = 80 };

/* A line of two columns; the second is filled up to the width and goes on below itself. */
static void print_pair(const char *left, const char *right)
{
    int at = printf("  %s", left);
    if (at >= COLUMN) at = printf("\n") - 1;
    while (*right) {
        size_t take = strlen(right), room = WIDTH - COLUMN;
        if (take > room) {
            for (take = room; take > 0 && right[take] != ' '; take--) continue;
        }
        printf("%*s%.*s\n", COLUMN - at, "", (int)take, right);
        right += take + (right[take] == ' ');
        at = 0;
    }
}

static void print_option(const struct cli_option *option)
{
    char left[64], letter[8] = "    ";
    if (option->letter) snprintf(letter, sizeof letter, "-%c, ", option->letter);
    snprintf(left, sizeof left, "%s--%s%s%s", letter, option->name, option->value ? " " : "",
             option->value ? option->value : "");
    print_pair(left, option->sentence);
}

void cli_help_program(const struct cli_command *const *commands)
{
    printf("pactolus %s - what each partner of a deal captures over going alone\n\n"
           "Usage: pactolus COMMAND [OPTION]...\n\n",
           pactolus_version());
    for (; *commands; commands++) {
        char left[64];
        snprintf(left, sizeof left, "%s%s%s", (*commands)->name, *(*commands)->operands ? " " : "", (*commands)->operands);
        print_pair(left, (*commands)->sentence);
    }
    printf("\n");
    print_pair("COMMAND --help", "what a command does, its options and examples");
    print_pair("--version", "version, compiler, libraries, instruction level");
    printf("\nTo start:\n"
           "  pactolus init -o deal.yaml     a commented deal of two partners\n"
           "  pactolus check deal.yaml       is it complete and consistent?\n"
           "  pactolus run deal.yaml         what does each partner get?\n");
}

void cli_help_command(const struct cli_command *command)
{
    printf("Usage: pactolus %s%s%s [OPTION]...\n\n%c%s.\n\n", command->name, *command->operands ? " " : "",
           command->operands, command->sentence[0] - 'a' + 'A', command->sentence + 1);
    for (int k = 0; command->options[k].name; k++) print_option(&command->options[k]);
    print_option(&(struct cli_option){"help", 'h', CLI_FLAG, NULL, "this page"});
    printf("\n%s", command->notes);
}
