/* snapshot-reader.c - what a program that shares no code with us finds in a snapshot
 *
 * SPDX-License-Identifier: MIT
 */

#include "tests/nn/snapshot-reader.h"

#include <string.h>

#define PYTHON   "/usr/bin/python3" /* the one that has Debian's NumPy */
#define NO_NUMPY 77                 /* read-snapshot.py's exit status */

/* What read-snapshot.py must find in a snapshot of @values. */
char *
snapshot_describe (const NnArchitecture *architecture, const float *values)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < architecture->n_parameters; i++) {
    const NnParameterShape *parameter = &architecture->parameters[i];

    g_string_append_printf (text, "%s <f4 %" G_GSIZE_FORMAT, parameter->name,
                            parameter->shape[0]);
    if (parameter->rank == 2)
      g_string_append_printf (text, "x%" G_GSIZE_FORMAT, parameter->shape[1]);
    g_string_append_c (text, ' ');
    for (gsize k = 0; k < parameter->n_values; k++) {
      guint32 bits;

      memcpy (&bits, &values[parameter->offset + k], sizeof bits);
      g_string_append_printf (text, "%08x", GUINT32_SWAP_LE_BE (bits));
    }
    g_string_append_c (text, '\n');
  }
  return g_string_free (text, FALSE);
}

/* What Python finds in @path; %NULL, and the test is skipped, where it cannot read it. */
char *
snapshot_read_by_python (const char *path)
{
  g_autofree char *python = g_strdup (PYTHON);
  g_autofree char *script =
      g_test_build_filename (G_TEST_DIST, "nn", "read-snapshot.py", NULL);
  g_autofree char *file = g_strdup (path);
  char *argv[] = { python, script, file, NULL };
  char *found = NULL;
  g_autofree char *complaint = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  if (!g_file_test (PYTHON, G_FILE_TEST_IS_EXECUTABLE)) {
    g_test_skip ("there is no " PYTHON);
    return NULL;
  }
  g_spawn_sync (NULL, argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &found, &complaint,
                &status, &error);
  g_assert_no_error (error);
  if (g_spawn_check_wait_status (status, &error))
    return found;
  if (g_error_matches (error, G_SPAWN_EXIT_ERROR, NO_NUMPY))
    g_test_skip (PYTHON " has no NumPy");
  else
    g_error ("%s: %s", path, complaint);
  g_free (found);
  return NULL;
}
