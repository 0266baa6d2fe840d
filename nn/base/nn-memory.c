/* nn-memory.c - how much memory there is for this process
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/base/nn-memory.h"

#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/* Groups are nested; their limits hold together. */
#define MOST_GROUPS 64

static char *
read_file (const char *root, const char *path)
{
  g_autofree char *full = g_build_filename (root, path, NULL);
  char *text = NULL;

  return g_file_get_contents (full, &text, NULL, NULL) ? text : NULL;
}

/* The number behind @key and blanks, at the start of a line; @otherwise if there is none. */
static guint64
find_number (const char *text, const char *key, guint64 otherwise)
{
  const gsize length = strlen (key);

  for (const char *line = text; line; line = strchr (line, '\n')) {
    line += *line == '\n';
    if (strncmp (line, key, length) == 0 && strchr (" :\t", line[length]))
      return g_ascii_strtoull (line + length + strspn (line + length, " :\t"), NULL, 10);
  }
  return otherwise;
}

/* ---- the machine ------------------------------------------------------------------- */

static guint64
get_machines (const char *root)
{
  g_autofree char *text = read_file (root, "/proc/meminfo");
  const guint64 available = find_number (text, "MemAvailable", G_MAXUINT64);

  if (available == G_MAXUINT64)
    return available;
  return 1024 * (available + find_number (text, "SwapFree", 0));
}

/* ---- control groups ---------------------------------------------------------------- */

/* The names that a version of control groups has for its files. */
typedef struct {
  const char *folder;
  const char *limit;
  const char *usage;
  const char *cache; /* in memory.stat: what is taken from files, and is given back */
} GroupFiles;

static const GroupFiles versions[] = {
  { "/sys/fs/cgroup", "memory.max", "memory.current", "inactive_file" },
  { "/sys/fs/cgroup/memory", "memory.limit_in_bytes", "memory.usage_in_bytes",
    "total_inactive_file" },
};

static guint64
read_number (const char *root, const char *folder, const char *name, guint64 otherwise)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = read_file (root, path);

  return text && g_ascii_isdigit (*text) ? g_ascii_strtoull (text, NULL, 10) : otherwise;
}

/* What the limit of one group leaves. */
static guint64
get_groups (const char *root, const GroupFiles *files, const char *folder)
{
  const guint64 limit = read_number (root, folder, files->limit, G_MAXUINT64);
  const guint64 usage = read_number (root, folder, files->usage, 0);
  g_autofree char *path = g_build_filename (folder, "memory.stat", NULL);
  g_autofree char *stat = read_file (root, path);
  const guint64 cache = MIN (find_number (stat, files->cache, 0), usage);

  if (limit == G_MAXUINT64)
    return limit;
  return limit > usage - cache ? limit - (usage - cache) : 0;
}

/* Returns: (nullable): the process's group, from a line "0::/user.slice/…" of version 2, or
 *   "4:memory:/user.slice/…" of version 1 */
static char *
find_group (const char *text, gboolean second)
{
  g_auto (GStrv) lines = g_strsplit (text ? text : "", "\n", -1);

  for (gsize i = 0; lines[i] != NULL; i++) {
    g_auto (GStrv) parts = g_strsplit (lines[i], ":", 3);
    g_auto (GStrv) controllers = NULL;

    if (g_strv_length (parts) < 3)
      continue;
    controllers = g_strsplit (parts[1], ",", -1);
    if (second ? *parts[1] == '\0'
               : g_strv_contains ((const char *const *) controllers, "memory"))
      return g_strdup (parts[2]);
  }
  return NULL;
}

/* The least that the group and those around it leave. In a container the path may be one
 * that only the machine has; the container's own limit is then at the top. */
static guint64
get_all_groups (const char *root, const GroupFiles *files, const char *group)
{
  g_autofree char *folder = g_build_filename (files->folder, group, NULL);
  guint64 least = G_MAXUINT64;

  for (guint i = 0; i < MOST_GROUPS && strlen (folder) >= strlen (files->folder); i++) {
    char *parent = g_path_get_dirname (folder);

    least = MIN (least, get_groups (root, files, folder));
    g_free (folder);
    folder = parent;
  }
  return least;
}

static guint64
get_control_groups (const char *root)
{
  g_autofree char *text = read_file (root, "/proc/self/cgroup");
  guint64 least = G_MAXUINT64;

  for (gsize i = 0; i < G_N_ELEMENTS (versions); i++) {
    g_autofree char *group = find_group (text, i == 0);

    if (group)
      least = MIN (least, get_all_groups (root, &versions[i], group));
  }
  return least;
}

/* ---- the process ------------------------------------------------------------------- */

/* @column: of statm, in pages: what counts against the limit */
static guint64
get_processs (const char *root, __rlimit_resource_t resource, guint column)
{
  g_autofree char *text = read_file (root, "/proc/self/statm");
  g_auto (GStrv) columns = g_strsplit (text ? text : "", " ", -1);
  guint64 used = 0;
  struct rlimit limit;

  if (getrlimit (resource, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
    return G_MAXUINT64;
  if (g_strv_length (columns) > column)
    used =
        g_ascii_strtoull (columns[column], NULL, 10) * (guint64) sysconf (_SC_PAGESIZE);
  return limit.rlim_cur > used ? limit.rlim_cur - used : 0;
}

/**
 * nn_memory_get_available_under:
 * @root: where /proc and /sys are: "/" but in tests
 *
 * Returns: bytes; G_MAXUINT64 if nothing is known
 */
guint64
nn_memory_get_available_under (const char *root)
{
  const guint64 shared = MIN (get_machines (root), get_control_groups (root));
  const guint64 own =
      MIN (get_processs (root, RLIMIT_AS, 0), get_processs (root, RLIMIT_DATA, 5));

  return MIN (shared, own);
}

/**
 * nn_memory_get_available:
 *
 * Returns: bytes that this process can still take, swap space included
 */
guint64
nn_memory_get_available (void)
{
  return nn_memory_get_available_under ("/");
}
