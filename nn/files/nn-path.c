/* nn-path.c - helpers for paths of files
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/files/nn-path.h"

#include <glib/gi18n.h>
#include <string.h>
#include <sys/stat.h>

#include "nn/base/nn-error.h"
#include "nn/base/nn-text.h"

/**
 * nn_path_dup_display_name:
 *
 * Returns: (transfer full): @path, which may have any bytes, for a message: valid UTF-8
 *   on one line, safe on a terminal; '' if it is empty
 */
char *
nn_path_dup_display_name (const char *path)
{
  char *name = *path != '\0' ? g_filename_display_name (path) : g_strdup ("''");

  nn_text_replace_controls (name, '?');
  return name;
}

/* Returns: the length of the common folders of two absolute paths, in bytes */
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
 * Returns: (transfer full): @path relative to @folder: "../data/x.csv"; absolute if they
 *   have only the root in common
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
 * @ending: ASCII: ".npz"
 *
 * Returns: whether @path ends in it, in upper or lower case
 */
gboolean
nn_path_has_ending (const char *path, const char *ending)
{
  gsize n_path = strlen (path);
  gsize n_ending = strlen (ending);

  return n_path >= n_ending && g_ascii_strcasecmp (&path[n_path - n_ending], ending) == 0;
}

/**
 * nn_path_check_ending:
 * @what: translated: what such a file is for: "losses are written to"
 *
 * Returns: FALSE if @path does not end in @ending (NN_ERROR_UNKNOWN)
 */
gboolean
nn_path_check_ending (const char *path,
                      const char *ending,
                      const char *what,
                      GError **error)
{
  g_autofree char *name = NULL;

  if (nn_path_has_ending (path, ending))
    return TRUE;
  name = nn_path_dup_display_name (path);
  g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN,
               _ ("%s does not end in %s: %s such a file"), name, ending, what);
  return FALSE;
}

static gboolean
is_same_inode (const char *a, const char *b, gboolean *any)
{
  struct stat of_a, of_b;
  const gboolean has_a = stat (a, &of_a) == 0;
  const gboolean has_b = stat (b, &of_b) == 0;

  *any = has_a || has_b;
  return has_a && has_b && of_a.st_dev == of_b.st_dev && of_a.st_ino == of_b.st_ino;
}

/**
 * nn_path_is_same_file:
 *
 * Returns: whether both are the same file, through links of both kinds; files that do not
 *   exist are the same if they have the same name in the same folder
 */
gboolean
nn_path_is_same_file (const char *a, const char *b)
{
  g_autofree char *folder_a = g_path_get_dirname (a);
  g_autofree char *folder_b = g_path_get_dirname (b);
  g_autofree char *base_a = g_path_get_basename (a);
  g_autofree char *base_b = g_path_get_basename (b);
  gboolean any;

  if (is_same_inode (a, b, &any))
    return TRUE;
  return !any && strcmp (base_a, base_b) == 0 &&
         (strcmp (folder_a, folder_b) == 0 || is_same_inode (folder_a, folder_b, &any));
}
