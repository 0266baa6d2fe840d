/* nn-job-folder.c - the folder of the sockets of this user's jobs
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/attach/nn-job-folder.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "nn/base/nn-error.h"

#define ENDING ".sock"

/**
 * nn_job_folder_dup_path:
 *
 * Returns: (transfer full): nudge/ in $XDG_RUNTIME_DIR, or without that /tmp/nudge-UID;
 *   it may not exist
 */
char *
nn_job_folder_dup_path (void)
{
  const char *runtime = g_getenv ("XDG_RUNTIME_DIR");

  if (runtime != NULL && g_path_is_absolute (runtime) &&
      g_file_test (runtime, G_FILE_TEST_IS_DIR))
    return g_build_filename (runtime, "nudge", NULL);
  return g_strdup_printf ("/tmp/nudge-%u", (guint) getuid ());
}

/**
 * nn_job_folder_dup_socket:
 * @job: a process id, or the path of a socket
 *
 * Returns: (transfer full): the path of its socket; it may not exist
 */
char *
nn_job_folder_dup_socket (const char *job)
{
  g_autofree char *folder = NULL;
  g_autofree char *name = NULL;

  if (job[strspn (job, "0123456789")] != '\0')
    return g_strdup (job);
  folder = nn_job_folder_dup_path ();
  name = g_strconcat (job, ENDING, NULL);
  return g_build_filename (folder, name, NULL);
}

/* Refuses a folder into which another user could have put sockets. */
static gboolean
check_folder (const char *path, GError **error)
{
  struct stat status;

  if (lstat (path, &status) == 0 && S_ISDIR (status.st_mode) &&
      status.st_uid == getuid () && (status.st_mode & 0077) == 0)
    return TRUE;
  g_set_error (error, NN_ERROR, NN_ERROR_FILE,
               _ ("%s is not a folder that only this user may enter: remove it, or set "
                  "its mode to 700"),
               path);
  return FALSE;
}

/* Whether the process that the socket is named after has ended. A killed job leaves its
 * socket, which is removed here. */
static gboolean
is_left_over (const char *path, const char *name)
{
  const gint64 pid = g_ascii_strtoll (name, NULL, 10);

  if (pid <= 0 || kill ((pid_t) pid, 0) == 0 || errno != ESRCH)
    return FALSE;
  unlink (path);
  return TRUE;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * nn_job_folder_list:
 *
 * Returns: (transfer full) (nullable) (element-type filename): the sockets' paths; an
 *   empty list if there are none
 */
GPtrArray *
nn_job_folder_list (GError **error)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *folder = nn_job_folder_dup_path ();
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (!g_file_test (folder, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&paths);
  if (!check_folder (folder, error))
    return NULL;
  dir = g_dir_open (folder, 0, error);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    if (g_str_has_suffix (name, ENDING) && !is_left_over (path, name))
      g_ptr_array_add (paths, g_steal_pointer (&path));
  }
  g_ptr_array_sort (paths, compare);
  return dir != NULL ? g_steal_pointer (&paths) : NULL;
}
