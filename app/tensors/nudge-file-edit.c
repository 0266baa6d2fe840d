/* nudge-file-edit.c - a nudge of a file's tensors, with its state and result
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/tensors/nudge-file-edit.h"

struct _NudgeFileEdit {
  GObject parent_instance;

  NnNudge *nudge;         /* (owned) */
  NnFileVersion *version; /* (owned) (nullable) what it made */
  NudgeFileEditState state;
};

static guint changed;

G_DEFINE_FINAL_TYPE (NudgeFileEdit, nudge_file_edit, G_TYPE_OBJECT)

NnNudge *
nudge_file_edit_get_nudge (NudgeFileEdit *self)
{
  g_return_val_if_fail (NUDGE_IS_FILE_EDIT (self), NULL);

  return self->nudge;
}

NudgeFileEditState
nudge_file_edit_get_state (NudgeFileEdit *self)
{
  g_return_val_if_fail (NUDGE_IS_FILE_EDIT (self), NUDGE_FILE_EDIT_PENDING);

  return self->state;
}

void
nudge_file_edit_set_state (NudgeFileEdit *self, NudgeFileEditState state)
{
  g_return_if_fail (NUDGE_IS_FILE_EDIT (self));

  if (self->state == state)
    return;
  self->state = state;
  g_signal_emit (self, changed, 0);
}

/* Returns: (transfer none) (nullable): what it made, with its receipt; %NULL while it
 *   is pending */
NnFileVersion *
nudge_file_edit_get_version (NudgeFileEdit *self)
{
  g_return_val_if_fail (NUDGE_IS_FILE_EDIT (self), NULL);

  return self->version;
}

/* It is done. */
void
nudge_file_edit_set_version (NudgeFileEdit *self, NnFileVersion *version)
{
  g_return_if_fail (NUDGE_IS_FILE_EDIT (self));

  g_clear_pointer (&self->version, nn_file_version_unref);
  self->version = nn_file_version_ref (version);
  nudge_file_edit_set_state (self, NUDGE_FILE_EDIT_DONE);
}

static void
nudge_file_edit_finalize (GObject *object)
{
  NudgeFileEdit *self = NUDGE_FILE_EDIT (object);

  nn_nudge_unref (self->nudge);
  g_clear_pointer (&self->version, nn_file_version_unref);
  G_OBJECT_CLASS (nudge_file_edit_parent_class)->finalize (object);
}

static void
nudge_file_edit_class_init (NudgeFileEditClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = nudge_file_edit_finalize;
  changed = g_signal_new ("changed", NUDGE_TYPE_FILE_EDIT, G_SIGNAL_RUN_LAST, 0, NULL,
                          NULL, NULL, G_TYPE_NONE, 0);
}

static void
nudge_file_edit_init (NudgeFileEdit *self)
{
}

/* @nudge: gets a reference */
NudgeFileEdit *
nudge_file_edit_new (NnNudge *nudge)
{
  NudgeFileEdit *self = g_object_new (NUDGE_TYPE_FILE_EDIT, NULL);

  self->nudge = nn_nudge_ref (nudge);
  return self;
}
