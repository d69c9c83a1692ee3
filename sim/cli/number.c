#define _GNU_SOURCE
#include "cli/cli.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Reads digits from the start of `text`; nonzero if there are none or they pass 2^64 - 1. */
static int read_digits(const char *text, const char **end, uint64_t *number)
{
    uint64_t n = 0;
    const char *c = text;
    for (; *c >= '0' && *c <= '9'; c++) {
        uint64_t digit = (uint64_t)(*c - '0');
        if (n > (UINT64_MAX - digit) / 10) return 1;
        n = 10 * n + digit;
    }
    *end = c;
    *number = n;
    return c == text;
}

static int refuse(const char *name, const char *text, const char *what, uint64_t low, uint64_t high)
{
    char escaped[PACTOLUS_ESCAPED];
    return cli_print_usage(name, "not %s, got '%s', want %llu to %llu", what, pactolus_text_escape(escaped, text),
                           (unsigned long long)low, (unsigned long long)high);
}

int cli_number_digits(const char *name, const char *text, uint64_t low, uint64_t high, uint64_t *number)
{
    const char *end;
    uint64_t n;
    if (read_digits(text, &end, &n) || *end || n < low || n > high) {
        return refuse(name, text, "a whole number in plain digits within range", low, high);
    }
    *number = n;
    return PACTOLUS_OK;
}

int cli_number_count(const char *name, const char *text, uint64_t low, uint64_t high, uint64_t *number)
{
    static const char what[] = "a whole number within range (plain digits, or as 1e6)";
    const char *end;
    uint64_t n, power = 0;
    if (read_digits(text, &end, &n)) return refuse(name, text, what, low, high);
    if (*end == 'e' && (read_digits(end + 1, &end, &power) || power > 19)) return refuse(name, text, what, low, high);
    for (; power > 0; power--) {
        if (n > UINT64_MAX / 10) return refuse(name, text, what, low, high);
        n *= 10;
    }
    if (*end || n < low || n > high) return refuse(name, text, what, low, high);
    *number = n;
    return PACTOLUS_OK;
}

int cli_number_size(const char *name, const char *text, uint64_t *bytes)
{
    static const char units[] = "KMGT";
    char escaped[PACTOLUS_ESCAPED];
    const char *end;
    uint64_t n;
    if (read_digits(text, &end, &n) == 0) {
        const char *unit = *end ? strchr(units, *end) : NULL;
        int shift = unit ? 10 * (int)(unit - units + 1) : 0;
        if ((unit ? !end[1] : !*end) && n <= UINT64_MAX >> shift && n << shift >= 1 << 20) {
            *bytes = n << shift;
            return PACTOLUS_OK;
        }
    }
    return cli_print_usage(name, "not a size, got '%s', want bytes such as 2G or 500M, 1M at the least",
                           pactolus_text_escape(escaped, text));
}

int cli_number_samples(const char *name, const char *text, uint64_t *samples)
{
    char escaped[PACTOLUS_ESCAPED];
    *samples = !strcmp(text, "all") ? PACTOLUS_ALL : 0;
    if (*samples || !strcmp(text, "none")) return PACTOLUS_OK;
    if (*text >= '0' && *text <= '9') return cli_number_count(name, text, 0, PACTOLUS_PATHS_MOST, samples);
    return cli_print_usage(name, "got '%s', want none, all or a number of paths", pactolus_text_escape(escaped, text));
}

/* A variable of the environment; OMP_NUM_THREADS may hold blanks and a list, of which the first number counts. */
static int read_variable(const char *name, const char *text, int *threads)
{
    char first[32];
    size_t start = strspn(text, " \t"), length = strcspn(text + start, " \t,");
    const char *rest = text + start + length;
    uint64_t n = 0;
    int plain = length < sizeof first && (*(rest + strspn(rest, " \t")) == 0 || rest[strspn(rest, " \t")] == ',');
    snprintf(first, sizeof first, "%.*s", (int)(plain ? length : 0), text + start);
    if (cli_number_digits(name, plain ? first : text, 1, PACTOLUS_THREADS_MOST, &n)) return PACTOLUS_USAGE;
    *threads = (int)n;
    return PACTOLUS_OK;
}

/* Processors that this process may use: on a cluster's node that is less than the node has. */
static int processors(void)
{
    const size_t most = 1 << 16;
    int count = 0;
    cpu_set_t *set = CPU_ALLOC(most);
    size_t size = CPU_ALLOC_SIZE(most);
    if (set && sched_getaffinity(0, size, set) == 0) count = CPU_COUNT_S(size, set);
    if (set) CPU_FREE(set);
    if (count < 1) count = 1;
    return count < PACTOLUS_THREADS_MOST ? count : PACTOLUS_THREADS_MOST;
}

int cli_number_threads(const char *option, int *threads)
{
    static const char *const variables[] = {"OMP_NUM_THREADS", "SLURM_CPUS_PER_TASK"};
    uint64_t n = 0;
    if (option) {
        int status = cli_number_digits("--threads", option, 1, PACTOLUS_THREADS_MOST, &n);
        if (!status) *threads = (int)n;
        return status;
    }
    for (size_t k = 0; k < sizeof variables / sizeof *variables; k++) {
        const char *text = getenv(variables[k]);
        if (text) return read_variable(variables[k], text, threads);
    }
    *threads = processors();
    return PACTOLUS_OK;
}
