/* A result file as CSV, into a file or piece by piece to the caller. */
#define _GNU_SOURCE /* fopencookie */
#include "api/export.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "api/message.h"
#include "output/target.h"

enum { BUFFER = 1 << 16 };

/* Where the text goes, with the first failure: errno of the file, or what the caller's function gave. */
struct sink {
    const struct pactolus_export_options *options;
    int file, code;
};

static int write_file(struct sink *sink, const char *text, size_t size)
{
    while (size > 0) {
        const ssize_t n = write(sink->file, text, size);
        if (n < 0 && errno != EINTR) return errno;
        if (n > 0) text += n, size -= (size_t)n;
    }
    return 0;
}

/* For fopencookie: 0 is a failure. After the first one nothing is written any more. */
static ssize_t take(void *context, const char *text, size_t size)
{
    struct sink *sink = context;
    if (!sink->code) sink->code = sink->options->output ? write_file(sink, text, size)
                                                        : sink->options->write(sink->options->context, text, size);
    return sink->code ? 0 : (ssize_t)size;
}

static int write_csv(struct output_result *result, const struct api_choice *choice, struct sink *sink, struct report *report)
{
    const struct pactolus_export_options *options = sink->options;
    const struct output_csv_config config = {options->wide, choice->row, choice->rows, choice->wanted, options->progress, options->context};
    FILE *stream = fopencookie(sink, "w", (cookie_io_functions_t){.write = take});
    if (!stream || setvbuf(stream, NULL, _IOFBF, BUFFER)) {
        if (stream) fclose(stream);
        return report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory for an export");
    }
    int status = output_csv_write(stream, result, &config, report);
    if (status) sink->code = sink->code ? sink->code : ECANCELED; /* what is left in the buffer is of no use */
    int failed = ferror(stream);
    if (fclose(stream)) failed = 1;
    if (status || !failed) return status;
    if (!options->output && sink->code) return STATUS_STOPPED;
    return report_error(report, options->output ? STATUS_FILE : STATUS_MEMORY, (struct place){options->output, 0, 0}, NULL, "%s",
                        sink->code ? strerror(sink->code) : "out of memory for an export");
}

static int write_target(struct output_result *result, const struct api_choice *choice, struct sink *sink, struct report *report)
{
    const char *path = sink->options->output;
    struct output_target target;
    int status = output_target_init(&target, path, sink->options->force, report);
    if (status) goto out;
    sink->file = open(target.temporary, O_WRONLY | O_CLOEXEC);
    if (sink->file < 0) {
        status = report_error(report, STATUS_FILE, (struct place){path, 0, 0}, NULL, "%s", strerror(errno));
        goto out;
    }
    status = write_csv(result, choice, sink, report);
    if (close(sink->file) && !status) {
        status = report_error(report, STATUS_FILE, (struct place){path, 0, 0}, NULL, "%s", strerror(errno));
    }
    if (!status) status = output_target_commit(&target, report);
out:
    output_target_free(&target);
    return status;
}

/* Before anything is read. */
static int check(const char *path, const struct pactolus_export_options *options, struct report *report)
{
    struct stat from, to;
    const char *output = options->output;
    if (!output && options->write) return STATUS_OK;
    if (!output) return report_error(report, STATUS_USAGE, (struct place){0}, "output", "want a file or a function to write to");
    if (stat(path, &from) == 0 && stat(output, &to) == 0 && from.st_dev == to.st_dev && from.st_ino == to.st_ino) {
        return report_error(report, STATUS_USAGE, (struct place){output, 0, 0}, NULL, "is the result itself, want another file");
    }
    return output_target_check(output, options->force, report);
}

void pactolus_export_options_init(struct pactolus_export_options *options)
{
    *options = (struct pactolus_export_options){0};
}

int pactolus_file_export(const char *path, const struct pactolus_export_options *options, struct pactolus_messages *messages)
{
    struct report report;
    struct output_result *result = NULL;
    struct api_choice choice = {0};
    struct sink sink = {options, -1, 0};
    api_message_open(&report);
    int status = check(path, options, &report);
    if (!status) status = output_result_open(&result, path, &report);
    if (!status) status = api_choice_init(&choice, output_result_table(result), options, path, &report);
    if (!status && options->output) status = write_target(result, &choice, &sink, &report);
    else if (!status) status = write_csv(result, &choice, &sink, &report);
    api_choice_free(&choice);
    output_result_close(result);
    return api_message_close(&report, messages, status);
}
