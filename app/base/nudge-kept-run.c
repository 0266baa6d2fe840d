/* nudge-kept-run.c - the files that keep a run while it is open, for after a crash
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/base/nudge-kept-run.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "nn/io/nn-checkpoint-file.h"

#define GROUP   "run" /* of the note */
#define DAMAGED ".damaged"

struct _NudgeKeptRun {
  char *checkpoint; /* (owned) paths */
  char *note;       /* (owned) */
  char *locked;     /* (owned) */
  int lock;         /* descriptor */
};

static char *
dup_folder (void)
{
  return g_build_filename (g_get_user_state_dir (), "nudge", NULL);
}

/* What a run is kept in, by the kind of its document. */
static const char *const endings[] = { NN_CHECKPOINT_ENDING, NUDGE_EDITS_ENDING };

static gboolean
exists (const char *base, const char *ending)
{
  g_autofree char *path = g_strconcat (base, ending, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK);
}

/* Whether @path is still of the file that @lock is open on. */
static gboolean
is_of_path (int lock, const char *path)
{
  GStatBuf of_lock, of_path;

  return fstat (lock, &of_lock) == 0 && g_lstat (path, &of_path) == 0 &&
         of_lock.st_dev == of_path.st_dev && of_lock.st_ino == of_path.st_ino;
}

/* Another one may have removed the file after it was opened here, and a third one may have
 * made it anew: then that one has it. */
static gboolean
lock_file (int lock, const char *path)
{
  if (flock (lock, LOCK_EX | LOCK_NB) != 0)
    return FALSE;
  if (is_of_path (lock, path))
    return TRUE;
  errno = EWOULDBLOCK;
  return FALSE;
}

/* @base: of the files, without their endings
 * @ending: of the checkpoint
 * @flags: O_EXCL: only if there is no lock yet
 * Returns: (nullable): %NULL if another one has it, or for what errno says */
static NudgeKeptRun *
take (const char *base, const char *ending, int flags)
{
  g_autofree char *locked = g_strconcat (base, ".lock", NULL);
  const int lock = g_open (locked, O_CREAT | O_RDWR | O_CLOEXEC | flags, 0600);
  NudgeKeptRun *self;

  if (lock < 0)
    return NULL;
  if (!lock_file (lock, locked)) {
    const int reason = errno;

    close (lock);
    errno = reason;
    return NULL;
  }
  self = g_new0 (NudgeKeptRun, 1);
  self->checkpoint = g_strconcat (base, ending, NULL);
  self->note = g_strconcat (base, ".note", NULL);
  self->locked = g_steal_pointer (&locked);
  self->lock = lock;
  return self;
}

/* Whether there is something of a run, or what was set aside of one. */
static gboolean
is_used (const char *base)
{
  gboolean used = exists (base, ".note");

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++) {
    g_autofree char *damaged = g_strconcat (endings[i], DAMAGED, NULL);

    used = used || exists (base, endings[i]) || exists (base, damaged);
  }
  return used;
}

/* A program that has ended may have had the same process ID, as may one on another machine
 * or in another container: what it has left is not written over. */
static NudgeKeptRun *
take_new (const char *folder, const char *ending)
{
  static guint n;

  for (;;) {
    g_autofree char *name = g_strdup_printf ("run-%d-%u", (int) getpid (), ++n);
    g_autofree char *base = g_build_filename (folder, name, NULL);
    NudgeKeptRun *self = take (base, ending, O_EXCL);

    if (self == NULL && errno != EEXIST && errno != EWOULDBLOCK)
      return NULL;
    if (self != NULL && !is_used (base))
      return self;
    if (self != NULL) {
      g_unlink (self->locked);
      nudge_kept_run_free (self);
    }
  }
}

/**
 * nudge_kept_run_new:
 *
 * @ending: of the file that says what was done
 *
 * Returns: (transfer full) (nullable): one that has no files yet
 */
NudgeKeptRun *
nudge_kept_run_new (const char *ending, GError **error)
{
  g_autofree char *folder = dup_folder ();
  NudgeKeptRun *self =
      g_mkdir_with_parents (folder, 0700) == 0 ? take_new (folder, ending) : NULL;

  if (self == NULL)
    g_set_error (error, G_FILE_ERROR, (int) g_file_error_from_errno (errno), "%s: %s",
                 folder, g_strerror (errno));
  return self;
}

/* Returns: (nullable): the ending that @name has, of those of kept runs */
static const char *
find_ending (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (name, endings[i]))
      return endings[i];
  return NULL;
}

/**
 * nudge_kept_run_take_abandoned:
 *
 * Returns: (transfer full) (nullable): one of a program that is gone
 */
NudgeKeptRun *
nudge_kept_run_take_abandoned (void)
{
  g_autofree char *folder = dup_folder ();
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *base = g_build_filename (folder, name, NULL);
    const char *ending = find_ending (name);
    NudgeKeptRun *self;

    if (ending == NULL)
      continue;
    base[strlen (base) - strlen (ending)] = '\0';
    self = take (base, ending, 0);
    if (self != NULL && exists (base, ending))
      return self;
    if (self != NULL) /* another one has just taken and removed it */
      nudge_kept_run_remove (self);
  }
  return NULL;
}

/* The files stay, to be offered at the next start. */
void
nudge_kept_run_free (NudgeKeptRun *self)
{
  close (self->lock);
  g_free (self->checkpoint);
  g_free (self->note);
  g_free (self->locked);
  g_free (self);
}

/**
 * nudge_kept_run_is_held:
 *
 * Returns: FALSE if the lock was removed, with the folder say: then another program may
 *   have taken the run
 */
gboolean
nudge_kept_run_is_held (const NudgeKeptRun *self)
{
  return is_of_path (self->lock, self->locked);
}

/**
 * nudge_kept_run_remove:
 * @self: (transfer full)
 *
 * With its files, unless another program may have them. The lock is the last one, so that
 * nothing of a run is there without its lock.
 */
void
nudge_kept_run_remove (NudgeKeptRun *self)
{
  if (nudge_kept_run_is_held (self)) {
    g_unlink (self->checkpoint);
    g_unlink (self->note);
    g_unlink (self->locked);
  }
  nudge_kept_run_free (self);
}

/**
 * nudge_kept_run_set_aside:
 * @self: (transfer full)
 *
 * Returns: (transfer full): where its checkpoint is from now on
 */
char *
nudge_kept_run_set_aside (NudgeKeptRun *self)
{
  char *aside = g_strconcat (self->checkpoint, DAMAGED, NULL);

  g_rename (self->checkpoint, aside);
  nudge_kept_run_remove (self);
  return aside;
}

const char *
nudge_kept_run_get_checkpoint (const NudgeKeptRun *self)
{
  return self->checkpoint;
}

gboolean
nudge_kept_run_write_note (const NudgeKeptRun *self,
                           const NudgeKeptNote *note,
                           GError **error)
{
  g_autoptr (GKeyFile) keys = g_key_file_new ();
  g_autofree char *text = NULL;

  if (note->title != NULL)
    g_key_file_set_string (keys, GROUP, "title", note->title);
  if (note->uri != NULL)
    g_key_file_set_string (keys, GROUP, "file", note->uri);
  g_key_file_set_boolean (keys, GROUP, "unsaved", note->unsaved);
  text = g_key_file_to_data (keys, NULL, NULL);
  return g_file_set_contents_full (self->note, text, -1, G_FILE_SET_CONTENTS_CONSISTENT,
                                   0600, error);
}

/* @note: (out): to be cleared; what is not known is unsaved */
void
nudge_kept_run_read_note (const NudgeKeptRun *self, NudgeKeptNote *note)
{
  g_autoptr (GKeyFile) keys = g_key_file_new ();
  g_autoptr (GError) error = NULL;

  *note = (NudgeKeptNote){ .unsaved = TRUE };
  if (!g_key_file_load_from_file (keys, self->note, G_KEY_FILE_NONE, NULL))
    return;
  note->title = g_key_file_get_string (keys, GROUP, "title", NULL);
  note->uri = g_key_file_get_string (keys, GROUP, "file", NULL);
  note->unsaved =
      g_key_file_get_boolean (keys, GROUP, "unsaved", &error) || error != NULL;
}

/**
 * nudge_kept_run_dup_failure:
 * @reason: why nothing can be kept
 *
 * Returns: (transfer full): what the user is told, once, until it works again
 */
char *
nudge_kept_run_dup_failure (const char *reason)
{
  return g_strdup_printf (_ ("Cannot autosave: %s. If Nudge ended unexpectedly, what you "
                             "do now would be lost. Save the document to keep it."),
                          reason);
}

void
nudge_kept_note_clear (NudgeKeptNote *self)
{
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->uri, g_free);
}
