#include "cli/cli.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* The one variable that a signal handler may write. */
static volatile sig_atomic_t noted;

static void note(int number)
{
    noted = number;
}

void cli_process_init(void)
{
    /* A closed descriptor below 3 would be given to the next file opened, and messages would go into a result. */
    for (int descriptor = 0; descriptor <= 2; descriptor++) {
        if (fcntl(descriptor, F_GETFD) < 0 && open("/dev/null", O_RDWR) != descriptor) _exit(-PACTOLUS_FILE);
    }
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
}

void cli_process_watch(void)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP, SIGUSR1};
    for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++) {
        struct sigaction before, action;
        if (sigaction(numbers[k], NULL, &before) == 0 && before.sa_handler == SIG_IGN) continue; /* nohup, background */
        memset(&action, 0, sizeof action);
        action.sa_handler = note;
        action.sa_flags = (int)(SA_RESETHAND | SA_RESTART);
        sigemptyset(&action.sa_mask);
        sigaction(numbers[k], &action, NULL);
    }
}

int cli_process_signal(void)
{
    return (int)noted;
}
