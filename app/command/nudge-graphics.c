/* nudge-graphics.c - going on as the program that has windows and figures
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/command/nudge-graphics.h"

#include <errno.h>
#include <unistd.h>

#include "nn/base/nn-error.h"

/* Where nudge-window is in a build folder, as a path from nudge's; NUDGE_WINDOW_PATH is
 * where it is installed. */
#define BESIDE "nudge-window"

/**
 * nudge_graphics_exec:
 * @argv: (array zero-terminated=1): the command line, as this program was given it
 *
 * Goes on as nudge-window, in the same process and with the same arguments. It only
 * returns if that fails, with @error set.
 */
void
nudge_graphics_exec (char *argv[], GError **error)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", error);
  g_autofree char *folder = program ? g_path_get_dirname (program) : NULL;
  g_autofree char *beside = NULL;
  g_autofree char *installed = NULL;
  const char *tried;

  if (program == NULL)
    return;
  beside = g_canonicalize_filename (BESIDE, folder);
  installed = g_canonicalize_filename (NUDGE_WINDOW_PATH, folder);
  execv (tried = beside, argv);
  if (errno == ENOENT)
    execv (tried = installed, argv);
  if (errno == ENOENT)
    g_set_error (error, NN_ERROR, NN_ERROR_FILE, "there is neither %s nor %s", beside,
                 installed);
  else
    g_set_error (error, NN_ERROR, NN_ERROR_FILE, "cannot start %s: %s", tried,
                 g_strerror (errno));
}
