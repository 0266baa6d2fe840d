/* nn-memory.c - how much memory this process may still allocate
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/base/nn-memory.h"

#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/* Control groups are nested, and the limit of each applies. */
#define MAX_GROUPS 64

static char *
read_file (const char *root, const char *path)
{
  g_autofree char *full = g_build_filename (root, path, NULL);
  char *text = NULL;

  return g_file_get_contents (full, &text, NULL, NULL) ? text : NULL;
}

/* @text: (nullable)
 *
 * Returns: the number after @key and blanks at the start of a line; @fallback if none */
static guint64
find_number (const char *text, const char *key, guint64 fallback)
{
  const gsize length = strlen (key);

  for (const char *line = text; line; line = strchr (line, '\n')) {
    line += *line == '\n';
    if (strncmp (line, key, length) == 0 && strchr (" :\t", line[length]))
      return g_ascii_strtoull (line + length + strspn (line + length, " :\t"), NULL, 10);
  }
  return fallback;
}

/* ---- the machine ------------------------------------------------------------------- */

static guint64
get_system_available (const char *root)
{
  g_autofree char *text = read_file (root, "/proc/meminfo");
  const guint64 available = find_number (text, "MemAvailable", G_MAXUINT64);

  if (available == G_MAXUINT64)
    return available;
  return 1024 * (available + find_number (text, "SwapFree", 0));
}

/* ---- control groups ---------------------------------------------------------------- */

/* File names in one version of control groups. */
typedef struct {
  const char *folder;
  const char *limit;
  const char *usage;
  const char *cache; /* key in memory.stat: page cache that the kernel can reclaim */
} GroupFiles;

static const GroupFiles versions[] = {
  { "/sys/fs/cgroup", "memory.max", "memory.current", "inactive_file" },
  { "/sys/fs/cgroup/memory", "memory.limit_in_bytes", "memory.usage_in_bytes",
    "total_inactive_file" },
};

static guint64
read_number (const char *root, const char *folder, const char *name, guint64 fallback)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = read_file (root, path);

  return text && g_ascii_isdigit (*text) ? g_ascii_strtoull (text, NULL, 10) : fallback;
}

static guint64
get_group_available (const char *root, const GroupFiles *files, const char *folder)
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

/* Returns: (nullable): the process's group, from a line "0::/user.slice/…" of version 2,
 *   or "4:memory:/user.slice/…" of version 1 */
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

/* The minimum over @group and its ancestors. In a container the path may exist only on
 * the host; the container's own limit is then in the top folder. */
static guint64
get_hierarchy_available (const char *root, const GroupFiles *files, const char *group)
{
  g_autofree char *folder = g_build_filename (files->folder, group, NULL);
  guint64 least = G_MAXUINT64;

  for (guint i = 0; i < MAX_GROUPS && strlen (folder) >= strlen (files->folder); i++) {
    char *parent = g_path_get_dirname (folder);

    least = MIN (least, get_group_available (root, files, folder));
    g_free (folder);
    folder = parent;
  }
  return least;
}

static guint64
get_control_groups_available (const char *root)
{
  g_autofree char *text = read_file (root, "/proc/self/cgroup");
  guint64 least = G_MAXUINT64;

  for (gsize i = 0; i < G_N_ELEMENTS (versions); i++) {
    g_autofree char *group = find_group (text, i == 0);

    if (group)
      least = MIN (least, get_hierarchy_available (root, &versions[i], group));
  }
  return least;
}

/* ---- the process ------------------------------------------------------------------- */

/* @column: the column of /proc/self/statm, in pages, that counts against @resource */
static guint64
get_limit_available (const char *root, __rlimit_resource_t resource, guint column)
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
 * @root: the folder that has proc/ and sys/: "/", except in tests
 *
 * Returns: bytes; G_MAXUINT64 if no limit is known
 */
guint64
nn_memory_get_available_under (const char *root)
{
  const guint64 shared =
      MIN (get_system_available (root), get_control_groups_available (root));
  const guint64 own = MIN (get_limit_available (root, RLIMIT_AS, 0),
                           get_limit_available (root, RLIMIT_DATA, 5));

  return MIN (shared, own);
}

/**
 * nn_memory_get_available:
 *
 * Returns: bytes that this process may still allocate, swap space included; G_MAXUINT64
 *   if no limit is known
 */
guint64
nn_memory_get_available (void)
{
  return nn_memory_get_available_under ("/");
}

/**
 * nn_memory_dup_size:
 *
 * Returns: (transfer full): "1.5 GB", for messages
 */
char *
nn_memory_dup_size (guint64 n_bytes)
{
  static const char *const units[] = { "MB", "GB", "TB" };
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  double size = (double) n_bytes / 1e6;
  gsize i = 0;

  for (; size >= 1000 && i + 1 < G_N_ELEMENTS (units); i++)
    size /= 1000;
  g_ascii_formatd (number, sizeof number, "%.1f", size);
  return g_strdup_printf ("%s %s", number, units[i]);
}
