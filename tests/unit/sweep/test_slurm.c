/* Job scripts: what stands in them, that a shell takes them, and that it runs what was meant, where it was meant. */
#define _GNU_SOURCE
#include "sweep/slurm.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "unit/sweep/swept.h"

TestSuite(slurm, .init = swept_begin, .fini = swept_end, .timeout = 60);

static const struct sweep_slurm plain = {"out", "pactolus sweep deal.yaml -o out.h5", "out.h5", "/home/me", 20, 0, 1001, 4,
                                         UINT64_C(3) << 30, 7200.0};

static char *text_of(const struct sweep_slurm *job)
{
    char *text = NULL;
    size_t size;
    FILE *stream = open_memstream(&text, &size);
    cr_assert_not_null(stream);
    sweep_slurm_write(stream, job);
    cr_assert_eq(fclose(stream), 0);
    swept_write(swept_in("job.sh"), text, size);
    return text;
}

/* Runs a line in the folder of the test; its output. */
static const char *shell(int *code, const char *format, ...) __attribute__((format(printf, 2, 3)));
static const char *shell(int *code, const char *format, ...)
{
    static char output[1 << 16];
    char line[1024], all[1200];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    snprintf(all, sizeof all, "cd '%s' && { %s\n} 2>&1", swept_folder, line);
    FILE *stream = popen(all, "r");
    cr_assert_not_null(stream);
    const size_t n = fread(output, 1, sizeof output - 1, stream);
    output[n] = 0;
    *code = pclose(stream);
    return output;
}

static void expect_line(const char *text, const char *line)
{
    char whole[256];
    snprintf(whole, sizeof whole, "\n%s\n", line);
    cr_expect(strstr(text, whole), "no line '%s' in:\n%s", line, text);
}

static void expect_shell_takes_it(void)
{
    int code;
    const char *said = shell(&code, "bash -n job.sh");
    cr_expect(code == 0 && !*said, "bash -n: %s", said);
}

Test(slurm, the_script_of_an_array_says_what_is_needed)
{
    char *text = text_of(&plain);
    cr_expect(strncmp(text, "#!/bin/bash\n#SBATCH --job-name=out\n", 35) == 0, "%s", text);
    expect_line(text, "#SBATCH --array=1-20");
    expect_line(text, "#SBATCH --cpus-per-task=4");
    expect_line(text, "#SBATCH --mem-per-cpu=961M"); /* 3 GiB and a quarter to spare on 4 CPUs */
    expect_line(text, "#SBATCH --time=0:19:00");     /* 7200 s on 20 tasks, half as long again, ten minutes */
    expect_line(text, "#SBATCH --output=out-%A_%a.log");
    expect_line(text, "#SBATCH --requeue");
    expect_line(text, "cd /home/me || exit 2");
    expect_line(text, "exec srun --ntasks=1 pactolus sweep deal.yaml -o out.h5 --shard \"$SLURM_ARRAY_TASK_ID/20\"");
    cr_expect(strstr(text, "pactolus merge out.h5\n"), "%s", text);
    expect_shell_takes_it();
    free(text);
}

Test(slurm, no_option_stands_behind_the_first_command)
{
    char *text = text_of(&plain);
    const char *command = strstr(text, "\ncd ");
    cr_assert_not_null(command);
    for (const char *at = text; (at = strstr(at, "\n#SBATCH ")); at++) cr_expect_lt(at, command, "Slurm does not read it there");
    free(text);
}

Test(slurm, max_array_size_limits_the_tasks_and_all_points_are_shared_by_those)
{
    static const struct { int tasks, most, want; } some[] = {{20, 1001, 20}, {1000, 1001, 1000}, {1001, 1001, 1000},
                                                             {500, 101, 100}, {1, 1001, 1}, {5000, 0, 1000}, {7, 2, 1}, {7, 1, 1}};
    for (size_t k = 0; k < sizeof some / sizeof *some; k++) {
        struct sweep_slurm job = plain;
        char line[96];
        job.tasks = some[k].tasks;
        job.array_most = some[k].most;
        cr_expect_eq(sweep_slurm_tasks(&job), some[k].want, "%d tasks, MaxArraySize %d: %d", job.tasks, job.array_most,
                     sweep_slurm_tasks(&job));
        char *text = text_of(&job);
        snprintf(line, sizeof line, "#SBATCH --array=1-%d", some[k].want);
        expect_line(text, line);
        snprintf(line, sizeof line, "$SLURM_ARRAY_TASK_ID/%d\"\n", some[k].want);
        cr_expect(strstr(text, line), "%s", text);
        expect_shell_takes_it();
        free(text);
    }
}

Test(slurm, time_and_memory_are_enough_and_no_more)
{
    static const struct { double seconds; int tasks; const char *time; } some[] = {
        {0.0, 1, "0:10:00"}, {1.0, 1, "0:11:00"}, {36000.0, 1, "15:10:00"}, {36000.0, 10, "1:40:00"}, {1e7, 1, "4166:50:00"}};
    for (size_t k = 0; k < sizeof some / sizeof *some; k++) {
        struct sweep_slurm job = plain;
        char line[64];
        job.seconds = some[k].seconds;
        job.tasks = some[k].tasks;
        job.threads = 1;
        job.memory = 1 << 20;
        char *text = text_of(&job);
        snprintf(line, sizeof line, "#SBATCH --time=%s", some[k].time);
        expect_line(text, line);
        expect_line(text, "#SBATCH --mem-per-cpu=3M");
        free(text);
    }
}

/* ---- Odd names ---- */

static void make_srun(void)
{
    static const char script[] = "#!/bin/bash\necho \"at $PWD, $OMP_NUM_THREADS threads\"\nfor word; do echo \"<$word>\"; done\n";
    cr_assert_eq(mkdir(swept_in("bin"), 0777), 0);
    swept_write(swept_in("bin/srun"), script, sizeof script - 1);
    cr_assert_eq(chmod(swept_in("bin/srun"), 0755), 0);
}

static const char *run_script(int *code)
{
    expect_shell_takes_it();
    return shell(code, "PATH=\"$PWD/bin:$PATH\" SLURM_ARRAY_TASK_ID=3 SLURM_CPUS_PER_TASK=4 bash job.sh");
}

Test(slurm, in_folders_of_odd_names_it_runs_there)
{
    static const char *const names[] = {"plain", "a b", "it's", "say \"hi\"", "$HOME `id`", "a;b&c|d", "line\nline",
                                        "back\\slash", "\xc3\xa4\xff", "-x", "~"};
    make_srun();
    for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
        struct sweep_slurm job = plain;
        char want[512];
        int code;
        job.directory = swept_in(names[k]);
        cr_assert_eq(mkdir(job.directory, 0777), 0);
        free(text_of(&job));
        const char *said = run_script(&code);
        snprintf(want, sizeof want,
                 "at %s, 4 threads\n<--ntasks=1>\n<pactolus>\n<sweep>\n<deal.yaml>\n<-o>\n<out.h5>\n<--shard>\n<3/20>\n",
                 job.directory);
        cr_expect(code == 0 && !strcmp(said, want), "%s: %s", names[k], said);
    }
}

Test(slurm, results_of_odd_names_are_told_in_a_way_that_a_shell_takes)
{
    static const char *const names[] = {"it's.h5", "a b.h5", "x\ntouch harm\n.h5", "x\n'.h5", "\".h5", "$(touch harm).h5", "\\",
                                        ""};
    make_srun();
    for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
        struct sweep_slurm job = plain;
        char line[512];
        int code;
        job.directory = swept_folder;
        job.output = names[k];
        char *text = text_of(&job), *word = strstr(text, "pactolus merge ");
        cr_expect(*run_script(&code) && code == 0 && access(swept_in("harm"), F_OK), "%s", names[k]);
        cr_assert(word && strchr(word, '\n') && !strchr(word, '\n')[1], "more than one line:\n%s", text);
        snprintf(line, sizeof line, "printf '<%%s>' %s", word + strlen("pactolus merge "));
        swept_write(swept_in("word.sh"), line, strlen(line));
        const char *said = shell(&code, "bash word.sh");
        snprintf(line, sizeof line, "<%s>", names[k]);
        cr_expect_str_eq(said, line);
        free(text);
    }
}

/* ---- What the cluster says ---- */

static void make_scontrol(const char *script)
{
    char path[512];
    mkdir(swept_in("bin"), 0777);
    swept_write(swept_in("bin/scontrol"), script, strlen(script));
    cr_assert_eq(chmod(swept_in("bin/scontrol"), 0755), 0);
    snprintf(path, sizeof path, "%s:/usr/bin:/bin", swept_in("bin"));
    cr_assert_eq(setenv("PATH", path, 1), 0);
}

Test(slurm, max_array_size_is_asked_of_the_cluster)
{
    make_scontrol("#!/bin/sh\n[ \"$*\" = 'show config' ] || exit 1\necho 'MaxDBDMsgs              = 20008'\n"
                  "echo 'MaxArraySize            = 4001'\necho 'MaxJobCount             = 10000'\n");
    cr_expect_eq(sweep_slurm_array_most(), 4001);
    make_scontrol("#!/bin/sh\necho 'slurm_load_ctl_conf error: Unable to contact slurm controller' >&2\nexit 1\n");
    cr_expect_eq(sweep_slurm_array_most(), 0);
    make_scontrol("#!/bin/sh\necho 'MaxArraySize            = many'\n");
    cr_expect_eq(sweep_slurm_array_most(), 0);
    make_scontrol("#!/bin/sh\necho 'MaxArraySize'\n");
    cr_expect_eq(sweep_slurm_array_most(), 0);
}

Test(slurm, starts_ranks_by_mpirun)
{
    struct sweep_slurm job = plain;
    job.mpi = 1;
    job.tasks = 5000; /* no array: MaxArraySize does not matter */
    cr_expect_eq(sweep_slurm_tasks(&job), 5000);
    char *text = text_of(&job);
    cr_expect_not_null(strstr(text, "#SBATCH --ntasks=5000\n"), "%s", text);
    cr_expect_not_null(strstr(text, "--signal=B:USR1@60"), "%s", text);
    cr_expect_not_null(strstr(text, "exec mpirun -n \"$SLURM_NTASKS\" --bind-to none pactolus sweep deal.yaml -o out.h5\n"), "%s", text);
    cr_expect_null(strstr(text, "array"), "%s", text);
    cr_expect_null(strstr(text, "--shard"), "%s", text);
    free(text);
}
