#include "output/result.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <hdf5.h>

#include "unit/output/made.h"

static char path[64];
static struct report report;
static struct made made;

static void begin(void)
{
    strcpy(path, "test_result_XXXXXX");
    int fd = mkstemp(path);
    cr_assert(fd >= 0);
    close(fd);
    report_init(&report);
    made_init(&made, 2, 100, 1);
    struct output_file_config config = made_config(&made, path, 0);
    config.force = 1;
    cr_assert_eq(made_write(&made, &config, "now", &report), STATUS_OK);
}

static void end(void)
{
    unlink(path);
    made_free(&made);
    report_free(&report);
}

static char *read_bytes(size_t *size)
{
    struct stat there;
    int fd = open(path, O_RDONLY);
    fstat(fd, &there);
    *size = (size_t)there.st_size;
    char *bytes = malloc(*size);
    cr_assert_eq(read(fd, bytes, *size), (ssize_t)*size);
    close(fd);
    return bytes;
}

static void write_bytes(const char *bytes, size_t size)
{
    int fd = open(path, O_WRONLY | O_TRUNC);
    cr_assert_eq(write(fd, bytes, size), (ssize_t)size);
    close(fd);
}

/* What `info` does: open, check, read all. */
static int read_all(void)
{
    struct output_result *r;
    int status = output_result_open(&r, path, &report);
    if (status != STATUS_OK) return status;
    if ((status = output_result_verify(r, &report)) == STATUS_OK) {
        double *flat = malloc(output_result_table(r)->doubles * sizeof *flat + 1);
        status = output_result_scenario(r, 0, flat, &report);
        free(flat);
    }
    output_result_close(r);
    return status;
}

Test(output_result, of_a_good_file_is_read_in_full)
{
    struct output_result *r;
    begin();
    cr_expect_eq(read_all(), STATUS_OK);
    cr_assert_eq(output_result_open(&r, path, &report), STATUS_OK);
    const struct output_table *t = output_result_table(r);
    cr_expect_str_eq(t->title, "Battery-cell venture");
    cr_expect_str_eq(t->currency, "USD");
    cr_expect_eq(t->scenarios, 2);
    cr_expect_str_eq(t->scenario[1], "tariff_10");
    cr_expect_eq(t->shape.size[AXIS_STEP], MADE_STEPS);
    cr_expect(t->quantile[4] == 0.5 && t->step[2] == 0.5 && t->tail == 0.05);
    cr_expect_null(output_table_row(t, "weight"), "a weight is no row of results");
    output_result_close(r);
    end();
}

Test(output_result, row_that_is_not_there_errors)
{
    struct output_result *r;
    double x[64];
    begin();
    cr_assert_eq(output_result_open(&r, path, &report), STATUS_OK);
    cr_expect_eq(output_result_row(r, "no_such_row", 0, x, &report), STATUS_REFUSED);
    cr_expect_eq(output_result_row(r, "captured_mean", 2, x, &report), STATUS_REFUSED);
    cr_expect(strstr(report.message[0], "no_such_row"));
    output_result_close(r);
    end();
}

Test(output_result, file_that_is_no_result_errors)
{
    struct output_result *r;
    begin();
    static const char *const JUNK[] = {"", "no HDF5 at all", "\x89HDF\r\n\x1a\n", "\x89HDF\r\n\x1a\nabcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnop"};
    for (size_t i = 0; i < sizeof JUNK / sizeof *JUNK; i++) {
        write_bytes(JUNK[i], strlen(JUNK[i]));
        cr_expect_eq(read_all(), STATUS_REFUSED, "%zu", i);
    }
    cr_expect_eq(report.errors, 4);
    cr_expect_eq(output_result_open(&r, "/nowhere/at/all", &report), STATUS_FILE);
    cr_expect_eq(output_result_open(&r, "/dev/null", &report), STATUS_FILE);
    cr_expect_null(r);
    end();
}

Test(output_result, file_of_another_program_or_a_newer_one_errors)
{
    begin();
    hid_t file = H5Fcreate(path, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    H5Fclose(file);
    cr_expect_eq(read_all(), STATUS_REFUSED);
    cr_expect(strstr(report.message[0], "no format_version"));
    struct output_file_config config = made_config(&made, path, 0);
    config.force = 1;
    cr_assert_eq(made_write(&made, &config, "now", &report), STATUS_OK);
    file = H5Fopen(path, H5F_ACC_RDWR, H5P_DEFAULT);
    hid_t at = H5Aopen(file, "format_version", H5P_DEFAULT), type = H5Aget_type(at);
    const char *newer = "2.0";
    cr_assert(H5Awrite(at, type, &newer) >= 0);
    H5Tclose(type);
    H5Aclose(at);
    H5Fclose(file);
    cr_expect_eq(read_all(), STATUS_REFUSED);
    cr_expect(strstr(report.message[1], "format 2.0"), "%s", report.message[1]);
    end();
}

Test(output_result, truncated_file_errors)
{
    size_t size;
    begin();
    char *bytes = read_bytes(&size);
    const size_t LENGTH[] = {1, 8, 96, 512, size / 4, size / 2, size * 3 / 4, size * 99 / 100, size - 1};
    for (size_t i = 0; i < sizeof LENGTH / sizeof *LENGTH; i++) {
        write_bytes(bytes, LENGTH[i]);
        cr_expect_eq(read_all(), STATUS_REFUSED, "%zu of %zu bytes", LENGTH[i], size);
    }
    write_bytes(bytes, size);
    cr_expect_eq(read_all(), STATUS_OK);
    free(bytes);
    end();
}

/* One bit: refused, or without effect on anything that counts (free space, the provenance, an unused byte). */
Test(output_result, flipped_bit_is_found_or_without_effect)
{
    char digest[RESULT_DIGEST], want[RESULT_DIGEST];
    size_t size;
    int refused = 0;
    struct output_result *r;
    begin();
    char *bytes = read_bytes(&size);
    cr_assert_eq(output_result_open(&r, path, &report), STATUS_OK);
    cr_assert_eq(output_result_digest(r, 1, want, &report), STATUS_OK);
    output_result_close(r);
    for (size_t i = 0; i < 64; i++) {
        size_t at = size * i / 64 + i;
        bytes[at] ^= (char)(1 << i % 8);
        write_bytes(bytes, size);
        int status = output_result_open(&r, path, &report);
        if (status == STATUS_OK) {
            status = output_result_verify(r, &report);
            if (status == STATUS_OK) {
                cr_expect_eq(output_result_digest(r, 1, digest, &report), STATUS_OK);
                cr_expect_str_eq(digest, want, "byte %zu", at);
            }
            output_result_close(r);
        }
        cr_expect(status == STATUS_OK || status == STATUS_REFUSED, "byte %zu", at);
        refused += status == STATUS_REFUSED;
        bytes[at] ^= (char)(1 << i % 8);
    }
    cr_expect_gt(refused, 16, "%d", refused);
    free(bytes);
    end();
}

/* A row of three axes beside the scenario, and the causes with their words, come back as they were written. */
Test(output_result, exits_by_partner_cause_and_step_come_back)
{
    struct output_result *r;
    struct made moving;
    begin();
    made_moving_init(&moving, 2, 100, 1);
    struct output_file_config config = made_config(&moving, path, 0);
    config.force = 1;
    cr_assert_eq(made_write(&moving, &config, "now", &report), STATUS_OK);
    cr_assert_eq(output_result_open(&r, path, &report), STATUS_OK);
    const struct output_table *t = output_result_table(r);
    cr_expect_eq(t->names[AXIS_CAUSE].count, 5);
    cr_expect_str_eq(output_table_name(t, AXIS_CAUSE, 4), "wound_up");
    cr_expect_str_eq(output_table_label(t, AXIS_CAUSE, 1), "Deadlock at its limit");
    const struct result_row *row = output_table_row(t, "exits_by_step");
    const struct result_row *made_row = statistics_plan_row(&moving.plan, "exits_by_step");
    cr_assert(row && row->axis[0] == AXIS_PARTNER && row->axis[1] == AXIS_CAUSE && row->axis[2] == AXIS_STEP);
    double *got = malloc(row->count * sizeof *got), sum = 0;
    cr_assert_eq(output_result_row(r, "exits_by_step", 1, got, &report), STATUS_OK);
    for (size_t k = 0; k < row->count; k++) {
        cr_expect_eq(got[k], moving.flat[1][made_row->offset + output_table_cell(&moving.table, made_row, k)]);
        sum += got[k];
    }
    cr_expect_gt(sum, 0);
    free(got);
    output_result_close(r);
    made_free(&moving);
    end();
}
