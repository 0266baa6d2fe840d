/* nudge-standard-files.c - standard input, output and error that are closed or full
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/command/nudge-standard-files.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <unistd.h>

#include "nn/base/nn-error.h"

/* More than any help or list has: so what is printed fails, if it does, where the reason
 * is still known. */
#define BUFFER_SIZE (1 << 14)

/**
 * nudge_standard_files_open:
 *
 * Before anything is printed.
 *
 * Where the program was started with one of them closed, the next file that is opened would
 * take its number and get what is printed. So it is opened here, in the direction in
 * which nothing can be done with it: reading or printing fails, as on a closed file.
 */
void
nudge_standard_files_open (void)
{
  static char buffer[BUFFER_SIZE];

  setvbuf (stdout, buffer, isatty (STDOUT_FILENO) ? _IOLBF : _IOFBF, sizeof buffer);
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
    if (fcntl (fd, F_GETFD) < 0 && errno == EBADF)
      if (open ("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd)
        return; /* no /dev/null: nothing can be done */
}

/**
 * nudge_standard_files_flush:
 *
 * Returns: FALSE if something that was printed did not arrive, as on a full disk
 */
gboolean
nudge_standard_files_flush (GError **error)
{
  const gboolean failed = ferror (stdout) != 0;
  const char *reason = _ ("an earlier write failed");

  errno = 0;
  if (fflush (stdout) == 0 && !failed)
    return TRUE;
  if (errno != 0)
    reason = nn_error_describe (errno);
  g_set_error (error, NN_ERROR, NN_ERROR_FILE, _ ("cannot write to standard output: %s"),
               reason);
  return FALSE;
}
