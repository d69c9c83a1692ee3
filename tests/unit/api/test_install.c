/* cmake --install into a fresh folder: the program from there, and the example of docs/embedding.md by pkg-config. */
#include "support/command.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

TestSuite(install, .init = command_enter, .fini = command_leave);
static struct command_outcome o;

#define INSTALL "cmake --install '" BUILD_DIR "' --prefix \"$PWD/tree\" >log 2>&1 && mv tree moved && "
#define COMPILE                                                                                                        \
    "export PKG_CONFIG_PATH=$(dirname \"$(find \"$PWD/moved\" -name pactolus.pc)\") && "                               \
    "lib=$(pkg-config --variable=libdir pactolus) && " COMPILER " -O1 -Wall -Wextra -Werror " SANITIZE_FLAG " '" PROJECT_DIR      \
    "/docs/examples/shares.c' -o shares $(pkg-config --cflags --libs pactolus) -Wl,-rpath,\"$lib\" && "

Test(install, gives_a_program_that_may_be_moved)
{
    command_run(&o, INSTALL "moved/bin/pactolus init -o deal.yaml && env -u PACTOLUS_DATA moved/bin/pactolus init --like battery-jv >b.yaml && "
                            "moved/bin/pactolus run deal.yaml -n 1000 -o none -q");
    cr_expect_eq(o.code, 0, "%s%s", o.output, o.error);
    cr_expect_not_null(strstr(o.output, "Alpha Motors"));
    command_run(&o, "ldd moved/bin/pactolus | grep -c \"$PWD/moved/\"");
    cr_expect_eq(atoi(o.output), 1, "it takes the library beside it: %s", o.output);
}

Test(install, gives_a_library_for_the_example)
{
    command_run(&o, INSTALL COMPILE "moved/bin/pactolus init -o deal.yaml && ./shares deal.yaml alpha beta");
    cr_expect_eq(o.code, 0, "%s%s", o.output, o.error);
    int lines = 0;
    for (const char *c = o.output; *c; c++) lines += *c == '\n';
    cr_expect_eq(lines, 5, "%s", o.output);
    cr_expect_eq(strncmp(o.output, " 0.30 ", 6), 0, "%s", o.output);
    cr_expect_not_null(strstr(o.output, "million USD"));
}

Test(install, gives_a_library_for_the_example_errors)
{
    command_run(&o, INSTALL COMPILE "moved/bin/pactolus init -o deal.yaml && ./shares deal.yaml alpha gamma");
    cr_expect_eq(o.code, 3, "%d", o.code);
    cr_expect_not_null(strstr(o.error, "partners.gamma"), "%s", o.error);
    command_run(&o, "./shares");
    cr_expect_eq(o.code, 2);
}

Test(install, shows_only_the_public_names)
{
    command_run(&o, "nm -D --defined-only '" LIBRARY "' | awk '$2 ~ /[TDBRV]/ {print $3}' | grep -v '^pactolus_' | grep -vE '^(_init|_fini|__|_end|_edata|\\.gomp_critical)'");
    cr_expect_str_empty(o.output, "%s", o.output);
}

Test(install, has_a_header_for_c_and_cpp)
{
    command_run(&o, "printf '#include <pactolus.h>\\nint main(void) { return 0; }\\n' >a.c && cp a.c a.cc && "
                    "gcc -std=c11 -pedantic-errors -Wall -Wextra -Werror -I'" PROJECT_DIR "/include' -c a.c && "
                    "g++ -Wall -Wextra -Werror -I'" PROJECT_DIR "/include' -c a.cc");
    cr_expect_eq(o.code, 0, "%s", o.error);
}
