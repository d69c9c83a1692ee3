/* Small files that commands leave: a deal to start from, a design. */
#include "cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static int write_all(int file, const char *text, size_t size)
{
    while (size > 0) {
        ssize_t n = write(file, text, size);
        if (n < 0 && errno != EINTR) return errno;
        if (n > 0) text += n, size -= (size_t)n;
    }
    return fsync(file) && errno != EINVAL ? errno : 0; /* EINVAL: a device without fsync */
}

int cli_file_write(const char *path, const char *text)
{
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (file < 0) return cli_print_file_error(path, errno);
    int code = write_all(file, text, strlen(text));
    if (close(file) && !code) code = errno;
    if (!code) return PACTOLUS_OK;
    unlink(path);
    return cli_print_file_error(path, code);
}
