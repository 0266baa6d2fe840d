/* nudge-paths.c - where the program's other files are
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/command/nudge-paths.h"

#include <glib/gi18n.h>
#include <string.h>

#include "nn/base/nn-error.h"

/* NUDGE_PREFIX is where the build was told to install. NUDGE_BIN_DIR and the others are as
 * meson's options have them: relative to a prefix, or absolute. */

/* Beside the programs of a build folder: names the source's resources/. */
#define UNINSTALLED "nudge-uninstalled"

/* Data that are compiled, or installed where the system has all programs' of that kind. */
static const struct {
  const char *name;
  const char *compiled; /* (nullable) in a build folder, from that of its programs */
  const char *installed;
} shared[] = {
  { "icons", NULL, NUDGE_DATA_DIR "/icons" },
  { "schemas", "../resources/schemas", NUDGE_DATA_DIR "/glib-2.0/schemas" },
  { "translations", "../resources/po", NUDGE_LOCALE_DIR },
};

/* Returns: (nullable): NULL on a system without /proc */
static char *
dup_program_folder (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);

  return program ? g_path_get_dirname (program) : NULL;
}

/* Returns: (nullable): the source's resources/, NULL if the program is installed */
static char *
dup_resources (const char *folder)
{
  g_autofree char *path = folder ? g_build_filename (folder, UNINSTALLED, NULL) : NULL;
  char *resources = NULL;

  if (path && g_file_get_contents (path, &resources, NULL, NULL))
    resources[strcspn (resources, "\n")] = '\0';
  return resources;
}

/* Returns: (nullable): what @folder is @installed under, NULL if it is not */
static char *
dup_prefix_of (const char *folder, const char *installed)
{
  g_autofree char *prefix = g_strdup (folder);

  if (g_path_is_absolute (installed))
    return NULL;
  for (;;) {
    g_autofree char *tried = g_canonicalize_filename (installed, prefix);
    g_autofree char *parent = g_path_get_dirname (prefix);

    if (g_str_equal (tried, folder))
      return g_steal_pointer (&prefix);
    if (g_str_equal (parent, prefix))
      return NULL;
    g_free (prefix);
    prefix = g_steal_pointer (&parent);
  }
}

static char *
dup_installed (const char *folder, const char *installed)
{
  static const char *const of_programs[] = { NUDGE_BIN_DIR, NUDGE_WINDOW_DIR };
  g_autofree char *prefix = NULL;

  for (gsize i = 0; folder && !prefix && i < G_N_ELEMENTS (of_programs); i++)
    prefix = dup_prefix_of (folder, of_programs[i]);
  return g_canonicalize_filename (installed, prefix ? prefix : NUDGE_PREFIX);
}

/**
 * nudge_paths_dup_program:
 * @name: another program of ours, one that is not in PATH
 *
 * It is beside this one, as in a build folder, or where it is installed.
 *
 * Returns: (transfer full) (nullable): NULL, and @error set, if it is neither
 */
char *
nudge_paths_dup_program (const char *name, GError **error)
{
  g_autofree char *folder = dup_program_folder ();
  g_autofree char *beside = folder ? g_build_filename (folder, name, NULL) : NULL;
  g_autofree char *installed_folder = dup_installed (folder, NUDGE_WINDOW_DIR);
  g_autofree char *installed = g_build_filename (installed_folder, name, NULL);

  if (beside && g_file_test (beside, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&beside);
  if (g_file_test (installed, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&installed);
  g_set_error (error, NN_ERROR, NN_ERROR_FILE, _ ("there is neither %s nor %s"),
               beside ? beside : name, installed);
  return NULL;
}

/**
 * nudge_paths_dup_data:
 * @name: a file or folder of resources/, such as "demos"; or "icons", for a theme's search
 *   path; "schemas", compiled; "translations", for bindtextdomain ()
 *
 * Returns: (transfer full): where it is; it may be missing
 */
char *
nudge_paths_dup_data (const char *name)
{
  g_autofree char *folder = dup_program_folder ();
  g_autofree char *resources = dup_resources (folder);
  g_autofree char *ours = g_build_filename (NUDGE_DATA_DIR, "nudge", name, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (shared); i++) {
    if (!g_str_equal (shared[i].name, name))
      continue;
    if (resources && shared[i].compiled)
      return g_canonicalize_filename (shared[i].compiled, folder);
    if (!resources)
      return dup_installed (folder, shared[i].installed);
  }
  return resources ? g_build_filename (resources, name, NULL)
                   : dup_installed (folder, ours);
}
