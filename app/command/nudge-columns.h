/* nudge-columns.h - a table of text, its columns as wide as what is in them
 *
 * SPDX-License-Identifier: MIT
 *
 * Filled row after row and then printed to standard output. A cell's text may hold
 * anything: what a terminal would obey becomes a question mark.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _NudgeColumns NudgeColumns;

NudgeColumns *nudge_columns_new (guint n_columns, guint n_left) G_GNUC_WARN_UNUSED_RESULT;
void nudge_columns_free (NudgeColumns *self);

void nudge_columns_take (NudgeColumns *self, char *cell);
void nudge_columns_add (NudgeColumns *self, const char *cell);
void nudge_columns_add_number (NudgeColumns *self, double number);
void nudge_columns_add_hash (NudgeColumns *self, const char *hash);
void nudge_columns_hide (NudgeColumns *self, guint column);
void nudge_columns_print (const NudgeColumns *self);

char *nudge_columns_dup_clean (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NudgeColumns, nudge_columns_free)

G_END_DECLS
