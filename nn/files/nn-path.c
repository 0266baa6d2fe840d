/* nn-path.c - what the name of a file says
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/files/nn-path.h"

#include <string.h>

/**
 * nn_path_dup_display_name:
 *
 * Makes of @path, which may hold any byte, something to put in a message: UTF-8,
 * on one line, without a code that a terminal would obey; '' if it is empty.
 */
char *
nn_path_dup_display_name (const char *path)
{
  char *name = *path != '\0' ? g_filename_display_name (path) : g_strdup ("''");

  for (char *c = name; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c))
      *c = '?';
  return name;
}

/**
 * nn_path_has_ending:
 * @ending: ASCII, as in ".npz"; upper and lower case are the same
 */
gboolean
nn_path_has_ending (const char *path, const char *ending)
{
  gsize n_path = strlen (path);
  gsize n_ending = strlen (ending);

  return n_path >= n_ending && g_ascii_strcasecmp (&path[n_path - n_ending], ending) == 0;
}
