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

/* How many bytes of two absolute paths are folders that both go through. */
static gsize
count_shared (const char *path, const char *folder)
{
  gsize shared = 0;

  for (gsize i = 0;; i++) {
    if ((path[i] == '/' || path[i] == '\0') && (folder[i] == '/' || folder[i] == '\0'))
      shared = i;
    if (path[i] != folder[i] || path[i] == '\0')
      return shared;
  }
}

/**
 * nn_path_dup_relative:
 * @path: of a file
 * @folder: both may be relative to the working folder
 *
 * Returns: (transfer full): the way from @folder to @path, "../data/x.csv"; the absolute
 *   path where the two have nothing but the root in common
 */
char *
nn_path_dup_relative (const char *path, const char *folder)
{
  g_autofree char *to = g_canonicalize_filename (path, NULL);
  g_autofree char *from = g_canonicalize_filename (folder, NULL);
  const gsize shared = count_shared (to, from);
  GString *relative;

  if (shared == 0)
    return g_steal_pointer (&to);
  relative = g_string_new (NULL);
  for (const char *c = from + shared; *c != '\0'; c++)
    if (*c == '/')
      g_string_append (relative, "../");
  g_string_append (relative, to[shared] == '/' ? to + shared + 1 : to + shared);
  return g_string_free (relative, FALSE);
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
