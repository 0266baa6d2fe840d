/* nudge-file-history.c - the nudges of a file's tensors: done, undone and pending
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/tensors/nudge-file-history.h"

struct _NudgeFileHistory {
  GListStore *edits;   /* (owned) of NudgeFileEdit */
  guint n_done;        /* of them */
  NnFileVersion *file; /* (owned) as it is on disk */
};

/* @file: before the first nudge */
NudgeFileHistory *
nudge_file_history_new (NnFileVersion *file)
{
  NudgeFileHistory *self = g_new0 (NudgeFileHistory, 1);

  self->edits = g_list_store_new (NUDGE_TYPE_FILE_EDIT);
  self->file = nn_file_version_ref (file);
  return self;
}

void
nudge_file_history_free (NudgeFileHistory *self)
{
  g_object_unref (self->edits);
  nn_file_version_unref (self->file);
  g_free (self);
}

/* Returns: (transfer none): of NudgeFileEdit, oldest first; it changes only at its end */
GListModel *
nudge_file_history_get_list (NudgeFileHistory *self)
{
  return G_LIST_MODEL (self->edits);
}

static NudgeFileEdit *
get (NudgeFileHistory *self, guint i)
{
  NudgeFileEdit *edit = g_list_model_get_item (G_LIST_MODEL (self->edits), i);

  if (edit != NULL)
    g_object_unref (edit); /* the list has one */
  return edit;
}

/* Whether the nudges after those that are done are in that state. */
static gboolean
is_next (NudgeFileHistory *self, NudgeFileEditState state)
{
  NudgeFileEdit *edit = get (self, self->n_done);

  return edit != NULL && nudge_file_edit_get_state (edit) == state;
}

/* Returns: (transfer none): with the nudges that are done */
NnFileVersion *
nudge_file_history_get_version (NudgeFileHistory *self)
{
  return self->n_done > 0 ? nudge_file_edit_get_version (get (self, self->n_done - 1))
                          : self->file;
}

/* Returns: (transfer none) (nullable): the one to apply next */
NnNudge *
nudge_file_history_get_pending (NudgeFileHistory *self)
{
  return is_next (self, NUDGE_FILE_EDIT_PENDING)
             ? nudge_file_edit_get_nudge (get (self, self->n_done))
             : NULL;
}

gboolean
nudge_file_history_can_undo (NudgeFileHistory *self)
{
  return self->n_done > 0;
}

gboolean
nudge_file_history_can_redo (NudgeFileHistory *self)
{
  return is_next (self, NUDGE_FILE_EDIT_UNDONE);
}

/**
 * nudge_file_history_dup_options:
 * @path: of the file, quoted for a shell
 *
 * Returns: (transfer full): those that `nudge edit` needs for what is done
 */
char *
nudge_file_history_dup_options (NudgeFileHistory *self, const char *path)
{
  GString *text = g_string_new (NULL);
  gboolean initial = FALSE;

  for (guint i = 0; i < self->n_done; i++) {
    const NnNudge *nudge = nudge_file_edit_get_nudge (get (self, i));
    g_autofree char *written = nn_nudge_dup_text (nudge);
    g_autofree char *quoted = g_shell_quote (written);

    initial |= (nn_expression_get_needs (nudge->expression) & NN_NEED_INITIAL) != 0;
    g_string_append_printf (text, " --nudge %s", quoted);
  }
  if (initial)
    g_string_append_printf (text, " --initial %s", path);
  return g_string_free (text, FALSE);
}

static void
cut (NudgeFileHistory *self)
{
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->edits));

  if (self->n_done < n)
    g_list_store_splice (self->edits, self->n_done, n - self->n_done, NULL, 0);
}

/* It waits, after those that already do; what was undone cannot be redone any more. */
void
nudge_file_history_append (NudgeFileHistory *self, NnNudge *nudge)
{
  g_autoptr (NudgeFileEdit) edit = nudge_file_edit_new (nudge);

  if (nudge_file_history_can_redo (self))
    cut (self);
  g_list_store_append (self->edits, edit);
}

/**
 * nudge_file_history_take:
 * @version: the result of the one that was next
 *
 * Returns: (transfer none): it is done
 */
NudgeFileEdit *
nudge_file_history_take (NudgeFileHistory *self, NnFileVersion *version)
{
  NudgeFileEdit *edit = get (self, self->n_done);

  g_return_val_if_fail (edit != NULL, NULL);

  self->n_done++;
  nudge_file_edit_set_version (edit, version);
  return edit;
}

/* The first one failed, so none of those that wait is applied: they were meant to
 * follow it. */
void
nudge_file_history_give_up (NudgeFileHistory *self)
{
  if (nudge_file_history_get_pending (self) != NULL)
    cut (self);
}

void
nudge_file_history_undo (NudgeFileHistory *self)
{
  g_return_if_fail (self->n_done > 0);

  self->n_done--;
  nudge_file_edit_set_state (get (self, self->n_done), NUDGE_FILE_EDIT_UNDONE);
}

void
nudge_file_history_redo (NudgeFileHistory *self)
{
  g_return_if_fail (nudge_file_history_can_redo (self));

  nudge_file_edit_set_state (get (self, self->n_done), NUDGE_FILE_EDIT_DONE);
  self->n_done++;
}
