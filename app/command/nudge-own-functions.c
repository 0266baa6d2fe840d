/* nudge-own-functions.c - the file of the user's own update functions
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/command/nudge-own-functions.h"

#include "nn/io/nn-functions-file.h"

static char *
dup_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "nudge", "functions.json", NULL);
}

/**
 * nudge_own_functions_load:
 *
 * Returns: (nullable): as nn_functions_file_load ()
 */
NnFunctions *
nudge_own_functions_load (GError **error)
{
  g_autofree char *path = dup_path ();

  return nn_functions_file_load (path, error);
}

/**
 * nudge_own_functions_set:
 *
 * Returns: (nullable): as nn_functions_file_set ()
 */
NnFunctions *
nudge_own_functions_set (const NnFunction *function, GError **error)
{
  g_autofree char *path = dup_path ();

  return nn_functions_file_set (path, function, error);
}
