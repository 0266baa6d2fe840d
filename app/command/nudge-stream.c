/* nudge-stream.c - standard input and output, where a file's name is "-"
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/command/nudge-stream.h"

#include <fcntl.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "nn/files/nn-path.h"

#define INPUT "/dev/stdin"

/* What standard output was before it was diverted; -1 if it is where it was. */
static int output = -1;

/**
 * nudge_stream_is:
 *
 * Returns: whether @path, of something to be written, is standard output
 */
gboolean
nudge_stream_is (const char *path)
{
  return path[0] == '-' && (path[1] == '\0' || path[1] == '.');
}

/**
 * nudge_stream_is_option:
 *
 * Returns: whether @argument is an option and no file: "-" is one
 */
gboolean
nudge_stream_is_option (const char *argument)
{
  return argument[0] == '-' && argument[1] != '\0';
}

/* "-", and perhaps :MEMBER behind it */
static gboolean
is_input (const char *path)
{
  return path[0] == '-' && (path[1] == '\0' || path[1] == ':');
}

/**
 * nudge_stream_dup_input:
 * @path: of something to be read; "-", and perhaps :MEMBER behind it, is standard input
 *
 * Returns: (transfer full): what can be opened
 */
char *
nudge_stream_dup_input (const char *path)
{
  return is_input (path) ? g_strconcat (INPUT, path + 1, NULL) : g_strdup (path);
}

/**
 * nudge_stream_dup_input_name:
 * @path: as nudge_stream_dup_input ()
 *
 * Returns: (transfer full): what a message calls it
 */
char *
nudge_stream_dup_input_name (const char *path)
{
  return is_input (path) ? g_strdup (_ ("standard input"))
                         : nn_path_dup_display_name (path);
}

/**
 * nudge_stream_dup_name:
 * @ending: of what is usually written, with its dot
 *
 * Returns: (transfer full): @path, or if that is "-" alone, with @ending behind it
 */
char *
nudge_stream_dup_name (const char *path, const char *ending)
{
  return g_strconcat (path, strcmp (path, "-") == 0 ? ending : "", NULL);
}

/**
 * nudge_stream_divert:
 *
 * From now on what is printed goes to standard error, and only what
 * nudge_stream_open () gives leads to standard output.
 */
void
nudge_stream_divert (void)
{
  fflush (stdout);
  output = fcntl (STDOUT_FILENO, F_DUPFD_CLOEXEC, 0);
  dup2 (STDERR_FILENO, STDOUT_FILENO);
}

/**
 * nudge_stream_open:
 * @path: a file's, or standard output's after nudge_stream_divert (), once
 */
NnAtomicFile *
nudge_stream_open (const char *path, GError **error)
{
  const int fd = output;

  if (!nudge_stream_is (path))
    return nn_atomic_file_new (path, error);
  output = -1;
  return nn_atomic_file_new_stream (fd, _ ("standard output"), error);
}
