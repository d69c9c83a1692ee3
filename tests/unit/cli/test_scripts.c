/* scripts/common.sh: on machines that lack something, with commands in front of the real ones that only tell what they
   were asked. */
#include "support/command.h"

#include <criterion/criterion.h>
#include <string.h>

static struct command_outcome o;

/* dpkg-query knows the package `there`; apt-get, sudo and id tell what they are asked. */
static void set_up(void)
{
    command_enter();
    command_run(&o, "mkdir bin && cd bin && "
                    "printf '#!/bin/sh\\ncase \"$*\" in *there) printf installed;; *) exit 1;; esac\\n' >dpkg-query && "
                    "printf '#!/bin/sh\\necho apt-get \"$@\" >>asked\\n' >apt-get && "
                    "printf '#!/bin/sh\\necho sudo >>asked\\nexec \"$@\"\\n' >sudo && "
                    "printf '#!/bin/sh\\necho ${USER_NUMBER:-0}\\n' >id && chmod +x *");
    cr_assert_eq(o.code, 0);
}
TestSuite(cli_scripts, .init = set_up, .fini = command_leave);

#define WITH_COMMON "export PATH=$PWD/bin:$PATH; . '" PROJECT_DIR "/scripts/common.sh'; "

Test(cli_scripts, ask_nothing_of_the_network_when_all_is_there)
{
    command_run(&o, WITH_COMMON "need_packages there; test ! -e asked");
    cr_expect_eq(o.code, 0, "%s", o.error);
}

Test(cli_scripts, install_only_what_is_missing)
{
    command_run(&o, WITH_COMMON "need_packages there first second >&2; cat asked");
    cr_expect_eq(o.code, 0, "%s", o.error);
    cr_expect_not_null(strstr(o.output, "--no-install-recommends first second\n"), "%s", o.output);
    cr_expect_null(strstr(o.output, "there"));
    cr_expect_null(strstr(o.output, "sudo"));
}

Test(cli_scripts, install_by_sudo_where_not_root)
{
    command_run(&o, "export USER_NUMBER=1000; " WITH_COMMON "need_packages first >&2; cat asked");
    cr_expect_eq(strncmp(o.output, "sudo\napt-get", 12), 0, "%s", o.output);
}

Test(cli_scripts, install_only_what_is_missing_errors)
{
    command_run(&o, "printf '#!/bin/sh\\nexit 100\\n' >bin/apt-get; " WITH_COMMON "need_packages first; echo on");
    cr_expect_eq(o.code, 1);
    cr_expect_not_null(strstr(o.error, "error: could not install: first\n"), "%s", o.error);
    cr_expect_str_empty(o.output);
}

Test(cli_scripts, go_on_where_there_is_no_apt)
{
    command_run(&o, "mkdir none; for c in bash dirname; do ln -s \"$(command -v $c)\" none; done; PATH=$PWD/none bash -c '. \"" PROJECT_DIR
                    "/scripts/common.sh\"; need_packages first; echo on'");
    cr_expect_str_eq(o.output, "on\n");
    cr_expect_not_null(strstr(o.error, "not a Debian system"), "%s", o.error);
}

Test(cli_scripts, find_a_python_that_has_the_modules)
{
    command_run(&o, "printf '#!/bin/sh\\nexit 1\\n' >bin/python3; chmod +x bin/python3; unset PYTHON; " WITH_COMMON "find_python sys");
    cr_expect_str_eq(o.output, "/usr/bin/python3\n", "%s", o.error);
    command_run(&o, "export PYTHON=/usr/bin/python3; " WITH_COMMON "find_python sys");
    cr_expect_str_eq(o.output, "/usr/bin/python3\n");
}

Test(cli_scripts, find_a_python_that_has_the_modules_errors)
{
    command_run(&o, WITH_COMMON "find_python no_such_module; echo on");
    cr_expect_eq(o.code, 1);
    cr_expect_not_null(strstr(o.error, "error: no Python that imports no_such_module; set PYTHON\n"), "%s", o.error);
}

Test(cli_scripts, pass_shellcheck)
{
    command_run(&o, "command -v shellcheck >/dev/null || { echo none; exit 0; }; cd '" PROJECT_DIR "' && shellcheck -x scripts/*.sh .ci/run");
    cr_expect_eq(o.code, 0, "%s", o.output);
    if (!strcmp(o.output, "none\n")) cr_skip_test("no shellcheck here");
}

Test(cli_scripts, take_the_test_command_of_the_readme)
{
    command_run(&o, "cd '" PROJECT_DIR "' && sed -n '/^<!-- the test command -->$/,/^```$/{/^ *scripts\\//p}' README.md");
    cr_expect_str_eq(o.output, "scripts/test.sh\n");
}

Test(cli_scripts, refuse_unknown_options)
{
    command_run(&o, "bash '" PROJECT_DIR "/scripts/test.sh' --what");
    cr_expect_eq(o.code, 2);
    cr_expect_str_empty(o.output);
    cr_expect_not_null(strstr(o.error, "usage: scripts/test.sh"));
}
