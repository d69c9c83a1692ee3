#include "cli/cli.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HELP = 1000, FIRST = 2000, LINE_SIZE = 1 << 16 }; /* what getopt_long returns: HELP, or FIRST + index of the option */

/* The rows in the form of getopt: `:` first, so that a missing value is told apart from an unknown option. */
static void describe(const struct cli_option *options, struct option *longs, char *letters)
{
    int count = 0;
    *letters++ = ':';
    *letters++ = 'h';
    for (; options[count].name; count++) {
        int takes_value = options[count].kind != CLI_FLAG;
        longs[count] = (struct option){options[count].name, takes_value, NULL, FIRST + count};
        if (!options[count].letter) continue;
        *letters++ = options[count].letter;
        if (takes_value) *letters++ = ':';
    }
    *letters = 0;
    longs[count++] = (struct option){"help", 0, NULL, HELP};
    longs[count] = (struct option){NULL, 0, NULL, 0};
}

static int index_of(const struct cli_option *options, int got)
{
    if (got >= FIRST) return got - FIRST;
    for (int k = 0; options[k].name; k++) {
        if (options[k].letter == got) return k;
    }
    return -1;
}

static int take(struct cli_arguments *arguments, int k, const char *value)
{
    const struct cli_option *option = &arguments->command->options[k];
    char name[64];
    snprintf(name, sizeof name, "--%s", option->name);
    if (option->kind == CLI_MANY) {
        arguments->many_option[arguments->many_count] = k;
        arguments->many[arguments->many_count++] = value;
        return PACTOLUS_OK;
    }
    if (arguments->value[k]) return cli_print_usage(name, "given twice, want it once");
    if (option->kind == CLI_ONCE && !*value) return cli_print_usage(name, "empty value, want %s", option->value);
    arguments->value[k] = option->kind == CLI_FLAG ? "" : value;
    return PACTOLUS_OK;
}

static int refuse(int got, const char *word)
{
    char escaped[PACTOLUS_ESCAPED], letter[3] = {'-', (char)optopt, 0};
    const char *name = optopt > 0 && optopt < HELP ? letter : word;
    if (got == ':') return cli_print_usage(pactolus_text_escape(escaped, name), "needs a value");
    if (optopt >= HELP) return cli_print_usage(pactolus_text_escape(escaped, name), "takes no value");
    return cli_print_usage(NULL, "unknown option '%s'", pactolus_text_escape(escaped, name));
}

static int take_options(struct cli_arguments *arguments, int argc, char **argv)
{
    struct option longs[CLI_OPTIONS + 2];
    char letters[2 * CLI_OPTIONS + 3];
    describe(arguments->command->options, longs, letters);
    opterr = 0;
    optind = 0; /* glibc: start anew */
    for (int got; (got = getopt_long(argc, argv, letters, longs, NULL)) != -1;) {
        int status = PACTOLUS_OK;
        int k = index_of(arguments->command->options, got);
        if (got == 'h' || got == HELP) arguments->help = 1;
        else if (k < 0) status = refuse(got, argv[optind - 1]);
        else status = take(arguments, k, optarg);
        if (status) return status;
    }
    arguments->operand = argv + optind;
    arguments->operands = argc - optind;
    return PACTOLUS_OK;
}

static int check_operands(const struct cli_arguments *arguments)
{
    const struct cli_command *command = arguments->command;
    char escaped[PACTOLUS_ESCAPED];
    if (arguments->operands < command->least) return cli_print_usage(command->name, "want %s", command->operands);
    if (arguments->operands <= command->most) return PACTOLUS_OK;
    return cli_print_usage(command->name, "'%s' is one word too many",
                           pactolus_text_escape(escaped, arguments->operand[command->most]));
}

int cli_command_init(struct cli_arguments *arguments, const struct cli_command *command, int argc, char **argv)
{
    *arguments = (struct cli_arguments){.command = command, .argc = argc, .argv = argv};
    arguments->many = calloc((size_t)argc, sizeof *arguments->many);
    arguments->many_option = calloc((size_t)argc, sizeof *arguments->many_option);
    arguments->words = calloc((size_t)argc + 1, sizeof *arguments->words);
    if (!arguments->many || !arguments->many_option || !arguments->words) return cli_print_memory();
    memcpy(arguments->words, argv, (size_t)argc * sizeof *argv);
    int status = take_options(arguments, argc - 1, arguments->words + 1);
    if (!status && !arguments->help) status = check_operands(arguments);
    if (status) cli_print_hint(command);
    return status;
}

void cli_command_free(struct cli_arguments *arguments)
{
    free(arguments->many);
    free(arguments->many_option);
    free(arguments->words);
    arguments->many = NULL;
    arguments->many_option = NULL;
    arguments->words = NULL;
}

const char *cli_command_value(const struct cli_arguments *arguments, const char *name)
{
    for (int k = 0; arguments->command->options[k].name; k++) {
        if (!strcmp(arguments->command->options[k].name, name)) return arguments->value[k];
    }
    return NULL;
}

const char *cli_command_next(const struct cli_arguments *arguments, const char *name, int *at)
{
    while (*at < arguments->many_count) {
        const int k = (*at)++;
        if (!strcmp(arguments->command->options[arguments->many_option[k]].name, name)) return arguments->many[k];
    }
    return NULL;
}

/* Adds `word` as a shell reads it: plain, or in $'..' with bytes beyond ASCII as \xNN. */
static size_t quote(char *line, size_t room, const char *word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./=,:+@%";
    size_t n = 0;
    if (*word && word[strspn(word, plain)] == 0) return (size_t)snprintf(line, room, "%s", word);
    n += (size_t)snprintf(line, room, "$'");
    for (; *word && n + 8 < room; word++) {
        unsigned char byte = (unsigned char)*word;
        if (byte < 32 || byte > 126) n += (size_t)snprintf(line + n, room - n, "\\x%02x", byte);
        else if (byte == '\'' || byte == '\\') n += (size_t)snprintf(line + n, room - n, "\\%c", byte);
        else line[n++] = (char)byte;
    }
    return n + (size_t)snprintf(line + n, room - n, "'");
}

char *cli_command_line(const struct cli_arguments *arguments)
{
    char *line = malloc(LINE_SIZE);
    size_t n = 0;
    if (!line) return NULL;
    n += (size_t)snprintf(line, LINE_SIZE, "pactolus");
    for (int k = 1; k < arguments->argc; k++) {
        size_t longest = 4 * strlen(arguments->argv[k]) + 16;
        if (n + longest > LINE_SIZE - 8) {
            snprintf(line + n, LINE_SIZE - n, " ...");
            break;
        }
        line[n++] = ' ';
        n += quote(line + n, LINE_SIZE - n, arguments->argv[k]);
    }
    return line;
}
