/* nn-draft.h - a file in the making, which takes another's place when it is finished
 *
 * SPDX-License-Identifier: MIT
 *
 * It is written in the folder of the wanted file, under a hidden name. Finished,
 * it replaces that file in one move; freed unfinished, it leaves nothing behind.
 * So whoever opens the wanted file finds the old one or the whole new one. One
 * owner, one thread.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _NnDraft NnDraft;

NnDraft *nn_draft_new (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean nn_draft_write (NnDraft *self, const void *bytes, gsize n_bytes, GError **error);
gboolean nn_draft_finish (NnDraft *self, GError **error);
void nn_draft_free (NnDraft *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnDraft, nn_draft_free)

G_END_DECLS
