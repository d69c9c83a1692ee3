/* param/echo.h - the canonical text of a deal: what was used, in full. */
#ifndef PACTOLUS_PARAM_ECHO_H
#define PACTOLUS_PARAM_ECHO_H
#include "param/registry.h"

/* Writes every name of the deal, with the settings over it, as a deal file that reads back to the same values: first the
   declared names in their declared order, then `name: value` in byte order of names, numbers with the digits that read
   back. With `origins`, "# FILE:LINE" or "# default" stands after each value; without, equal texts are equal deals
   (the fingerprint). An empirical sample adds the number and a checksum of its values in both forms.
   *text is malloc'ed, NULL on failure (STATUS_MEMORY). */
int param_echo_write(const struct param_registry *registry, const struct param_setting *settings, size_t n, int origins,
                     char **text, struct report *report);
#endif
