/* nn-processors.c - how many processors this process may use
 *
 * SPDX-License-Identifier: MIT
 *
 * A container or a batch system may grant less time than all processors have, by the
 * control group of the process or of one above it (kernel documentation,
 * admin-guide/cgroup-v2.rst, cpu.max; scheduler/sched-bwc.rst for version 1). More threads
 * than that would be stopped together for the rest of each period.
 */

#include "nn/kernels/nn-processors.h"

#include <stdio.h>
#include <string.h>

/* Returns: what the files at @folder grant, rounded up; 0 if they set no limit */
static guint
read_folder_limit (const char *folder)
{
  g_autofree char *max = g_build_filename (folder, "cpu.max", NULL);
  g_autofree char *quota_file = g_build_filename (folder, "cpu.cfs_quota_us", NULL);
  g_autofree char *period_file = g_build_filename (folder, "cpu.cfs_period_us", NULL);
  g_autofree char *quota_text = NULL;
  g_autofree char *period_text = NULL;
  gint64 quota = 0, period = 0;

  if (g_file_get_contents (max, &quota_text, NULL, NULL)) {
    char *rest; /* "max 100000" or "150000 100000" */

    quota = g_ascii_strtoll (quota_text, &rest, 10);
    period = g_ascii_strtoll (rest, NULL, 10);
  } else if (g_file_get_contents (quota_file, &quota_text, NULL, NULL) &&
             g_file_get_contents (period_file, &period_text, NULL, NULL)) {
    quota = g_ascii_strtoll (quota_text, NULL, 10); /* -1: no limit */
    period = g_ascii_strtoll (period_text, NULL, 10);
  }
  if (quota <= 0 || period <= 0)
    return 0;
  return (guint) CLAMP ((quota + period - 1) / period, 1, G_MAXINT);
}

static guint
get_lower (guint a, guint b)
{
  return a == 0 ? b : b == 0 ? a : MIN (a, b);
}

/* The limits of @group, a path below @root, and of those above it. */
static guint
read_group_limit (const char *root, const char *group)
{
  g_autofree char *folder = g_build_filename (root, group, NULL);
  guint limit = 0;

  while (strlen (folder) >= strlen (root)) {
    char *slash;

    limit = get_lower (limit, read_folder_limit (folder));
    slash = strrchr (folder, '/');
    if (slash == NULL)
      break;
    *slash = '\0';
  }
  return limit;
}

/* Whether a comma-separated list of controllers has cpu. */
static gboolean
has_cpu (const char *controllers)
{
  g_auto (GStrv) names = g_strsplit (controllers, ",", -1);

  return g_strv_contains ((const char *const *) names, "cpu");
}

/**
 * nn_processors_read_limit:
 * @cgroups: a file such as /proc/self/cgroup, a line "ID:CONTROLLERS:PATH" for each group
 * @root: where the groups are mounted, such as /sys/fs/cgroup
 *
 * Returns: to how many processors' time the process is limited, rounded up; 0 if to none
 */
guint
nn_processors_read_limit (const char *cgroups, const char *root)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint limit = 0;

  if (!g_file_get_contents (cgroups, &text, NULL, NULL))
    return 0;
  lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line; line++) {
    g_auto (GStrv) parts = g_strsplit (*line, ":", 3);

    if (g_strv_length (parts) < 3)
      continue;
    if (*parts[1] == '\0') {
      limit = get_lower (limit, read_group_limit (root, parts[2]));
    } else if (has_cpu (parts[1])) {
      g_autofree char *folder = g_build_filename (root, parts[1], NULL);

      limit = get_lower (limit, read_group_limit (folder, parts[2]));
    }
  }
  return limit;
}

/**
 * nn_processors_count:
 *
 * Returns: the processors in the affinity mask, or fewer if the control group grants less
 *   time; as it was when this was first called
 */
guint
nn_processors_count (void)
{
  static gsize count;

  if (g_once_init_enter (&count)) {
    const guint limit = nn_processors_read_limit ("/proc/self/cgroup", "/sys/fs/cgroup");

    g_once_init_leave (&count, get_lower (g_get_num_processors (), limit));
  }
  return (guint) count;
}
