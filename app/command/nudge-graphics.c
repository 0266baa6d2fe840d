/* nudge-graphics.c - going on as the program that has windows and figures
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/command/nudge-graphics.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <unistd.h>

#include "app/command/nudge-paths.h"
#include "nn/base/nn-error.h"

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
  g_autofree char *program = nudge_paths_dup_program ("nudge-window", error);

  if (program == NULL)
    return;
  execv (program, argv);
  g_set_error (error, NN_ERROR, NN_ERROR_FILE, _ ("cannot start %s: %s"), program,
               nn_error_describe (errno));
}
