#include "pactolus.h"
#include "support/command.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct pactolus_messages *messages;
static char *text;

static void set_up(void)
{
    cr_assert_eq(pactolus_messages_create(&messages), PACTOLUS_OK);
    cr_assert_eq(unsetenv("PACTOLUS_DATA"), 0);
}
static void tear_down(void)
{
    pactolus_text_free(text);
    pactolus_messages_destroy(messages);
}
TestSuite(api_template, .init = set_up, .fini = tear_down);

Test(api_template, gives_a_deal_that_runs_as_it_is)
{
    char path[] = "/tmp/pactolus-template-XXXXXX";
    struct pactolus_deal *deal = NULL;
    cr_assert_eq(pactolus_deal_template(NULL, messages, &text), PACTOLUS_OK);
    int file = mkstemp(path);
    cr_assert_geq(file, 0);
    cr_assert_eq(write(file, text, strlen(text)), (ssize_t)strlen(text));
    close(file);
    int status = pactolus_deal_load(path, messages, &deal);
    cr_expect_eq(status, PACTOLUS_OK, "%s", pactolus_messages_text(messages, 0));
    cr_expect_eq(pactolus_deal_check(deal, messages), PACTOLUS_OK);
    cr_expect_eq(pactolus_messages_seen(messages), 0);
    pactolus_deal_destroy(deal);
    unlink(path);
}

Test(api_template, gives_a_shipped_deal_by_its_name)
{
    cr_assert_eq(pactolus_deal_template("battery-jv", messages, &text), PACTOLUS_OK, "%s", pactolus_messages_text(messages, 0));
    cr_expect_not_null(strstr(text, "partners:"));
}

Test(api_template, looks_first_where_the_variable_says)
{
    char folder[] = "/tmp/pactolus-data-XXXXXX", path[128];
    cr_assert_not_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/mine", folder);
    cr_assert_eq(mkdir(path, 0700), 0);
    snprintf(path, sizeof path, "%s/mine/deal.yaml", folder);
    FILE *file = fopen(path, "w");
    cr_assert_not_null(file);
    fputs("deal: Mine\n", file);
    fclose(file);
    cr_assert_eq(setenv("PACTOLUS_DATA", folder, 1), 0);
    cr_expect_eq(pactolus_deal_template("mine", messages, &text), PACTOLUS_OK);
    cr_expect_str_eq(text, "deal: Mine\n");
    pactolus_text_free(text);
    cr_expect_eq(pactolus_deal_template("other", messages, &text), PACTOLUS_USAGE);
    cr_expect_not_null(strstr(pactolus_messages_text(messages, 0), "got 'other', want mine"));
    unlink(path);
    *strrchr(path, '/') = 0;
    rmdir(path);
    rmdir(folder);
}

Test(api_template, follows_includes_and_none_of_other_folders)
{
    char *name;
    struct command_outcome o;
    command_enter();
    command_run(&o, "mkdir mine; cd mine; echo 'include: [a.yaml, b.yaml]' >deal.yaml; echo 'include: b.yaml' >a.yaml; "
                    "echo 'include: c.yaml' >b.yaml; echo 'deal: Mine' >c.yaml; mkdir ../far; echo 'include: ../mine/c.yaml' >../far/deal.yaml");
    cr_assert_eq(setenv("PACTOLUS_DATA", ".", 1), 0);
    for (size_t k = 0; k < 4; k++) {
        static const char *const names[] = {"a.yaml", "b.yaml", "c.yaml", NULL};
        cr_assert_eq(pactolus_deal_template_include("mine", k, messages, &name, &text), PACTOLUS_OK);
        cr_assert(names[k] ? name && !strcmp(name, names[k]) : !name && !text, "%zu: %s", k, name ? name : "-");
        if (k == 2) cr_expect_str_eq(text, "deal: Mine\n");
        pactolus_text_free(name);
        pactolus_text_free(text);
    }
    cr_expect_eq(pactolus_deal_template_include("far", 0, messages, &name, &text), PACTOLUS_FILE);
    cr_expect(!name && !text);
    cr_expect_eq(pactolus_deal_template_include(NULL, 0, messages, &name, &text), PACTOLUS_OK);
    cr_expect(!name && !text);
    command_leave();
}

Test(api_template, gives_a_shipped_deal_by_its_name_errors)
{
    static const char *const wrong[] = {"", "nothing", "../battery-jv", "battery-jv/", "/etc/passwd", "Battery-JV", "a\nb"};
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
        pactolus_messages_clear(messages);
        cr_expect_eq(pactolus_deal_template(wrong[k], messages, &text), PACTOLUS_USAGE, "'%s'", wrong[k]);
        cr_expect_null(text);
        cr_expect_eq(pactolus_messages_seen(messages), 1);
    }
}
