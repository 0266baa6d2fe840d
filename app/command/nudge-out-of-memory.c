/* nudge-out-of-memory.c - the last resort when an allocation fails
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/command/nudge-out-of-memory.h"

#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include "app/command/nudge-run.h"
#include "nn/files/nn-temporary.h"

#define STACK_BYTES (256 * 1024)
#define PAGE        4096

/* GLib would end the program by a signal, with two lines of its own. */
static void
end (const char *domain, GLogLevelFlags level, const char *message, gpointer command)
{
  const char *size = strstr (message, "failed to allocate ");
  char line[160]; /* there is no memory for another */

  if (size == NULL && strstr (message, "overflow allocating") == NULL) {
    g_log_default_handler (domain, level, message, NULL);
    return;
  }
  size = size ? size + strlen ("failed to allocate ") : _ ("more than can be counted");
  g_snprintf (line, sizeof line,
              _ ("nudge: %.32s: there is no memory left for %.40s more\n"),
              (const char *) command, size);
  nn_temporary_remove_all ();
  (void) !write (STDERR_FILENO, line, strlen (line));
  _exit (NUDGE_EXIT_FAILED);
}

/* A stack that cannot grow when a function needs it ends the program by a signal, and
 * without a word: what any function needs is taken at the start. */
static void
take_stack (void)
{
  volatile char pages[STACK_BYTES];

  for (gsize i = 0; i < sizeof pages; i += PAGE)
    pages[i] = 0;
}

/**
 * nudge_out_of_memory_watch:
 * @command: what the message blames; kept
 *
 * From now on an allocation that fails ends the program with one line and exit status 1,
 * without temporary files.
 */
void
nudge_out_of_memory_watch (const char *command)
{
  take_stack ();
  g_log_set_handler ("GLib", G_LOG_LEVEL_ERROR | G_LOG_FLAG_FATAL | G_LOG_FLAG_RECURSION,
                     end, (gpointer) (guintptr) command);
}
