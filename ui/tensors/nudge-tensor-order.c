/* nudge-tensor-order.c - the order of a table's rows: a drop-down, and the columns' titles
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/tensors/nudge-tensor-order.h"

#include <glib/gi18n.h>

#include "ui/base/nudge-drop-down.h"
#include "ui/tensors/nudge-tensor-columns.h"

/* Values change in bursts: rows are sorted again once, so much after the first of them. */
#define SORT_DELAY_MS 300

struct _NudgeTensorOrder {
  GtkColumnView *view;
  GtkDropDown *drop_down;
  gboolean following; /* the drop-down is being set to what a title says */
  guint follow_id;    /* an idle source */
  guint sort_id;      /* a timer */
};

static gboolean
can_sort (const NudgeTensorColumn *kind)
{
  return kind->get_number || kind->dup_key || kind->dup_text;
}

/* Returns: (nullable): the @i-th column of those that rows can be sorted by */
static const NudgeTensorColumn *
get_column (guint i)
{
  for (gsize k = 0; k < nudge_tensor_columns_count (); k++) {
    const NudgeTensorColumn *kind = nudge_tensor_columns_get (k, NULL);

    if (can_sort (kind) && i-- == 0)
      return kind;
  }
  return NULL;
}

static char *
dup_words (gpointer data, const char *text)
{
  return g_markup_escape_text (text, -1);
}

static void
chosen_cb (NudgeTensorOrder *self)
{
  const guint chosen = gtk_drop_down_get_selected (self->drop_down);
  const NudgeTensorColumn *kind = chosen > 0 ? get_column (chosen - 1) : NULL;

  if (self->following)
    return;
  if (kind && nudge_tensor_column_find (self->view, kind) == NULL)
    kind = NULL;
  nudge_tensor_column_sort (self->view, kind);
}

static gboolean
follow_cb (gpointer data)
{
  NudgeTensorOrder *self = data;
  const NudgeTensorColumn *kind = nudge_tensor_column_find_sorted (self->view);
  guint position = 0;

  self->follow_id = 0;
  for (guint i = 0; kind && get_column (i) != NULL; i++)
    if (get_column (i) == kind)
      position = i + 1;
  self->following = TRUE;
  gtk_drop_down_set_selected (self->drop_down, position);
  self->following = FALSE;
  return G_SOURCE_REMOVE;
}

/* The sorter says so before the title has its arrow, so the drop-down follows when idle. */
static void
sorter_changed_cb (NudgeTensorOrder *self)
{
  if (self->follow_id == 0)
    self->follow_id = g_idle_add (follow_cb, self);
}

static gboolean
sort_cb (gpointer data)
{
  NudgeTensorOrder *self = data;

  self->sort_id = 0;
  nudge_tensor_columns_changed (self->view);
  return G_SOURCE_REMOVE;
}

/**
 * nudge_tensor_order_values_changed:
 *
 * A row may belong elsewhere now, if rows are sorted: they are sorted again soon.
 */
void
nudge_tensor_order_values_changed (NudgeTensorOrder *self)
{
  GtkSorter *sorter = gtk_column_view_get_sorter (self->view);

  if (self->sort_id == 0 && gtk_sorter_get_order (sorter) != GTK_SORTER_ORDER_NONE)
    self->sort_id = g_timeout_add (SORT_DELAY_MS, sort_cb, self);
}

/**
 * nudge_tensor_order_new:
 * @view: has all columns of nudge-tensor-columns.h
 * @drop_down: gets its items
 *
 * Both are borrowed, and have to live until it is freed.
 */
NudgeTensorOrder *
nudge_tensor_order_new (GtkColumnView *view, GtkDropDown *drop_down)
{
  static const NudgeDropDownWords words = { dup_words, dup_words, NULL, NULL };
  NudgeTensorOrder *self = g_new0 (NudgeTensorOrder, 1);

  self->view = view;
  self->drop_down = drop_down;
  nudge_drop_down_set_words (drop_down, &words);
  nudge_drop_down_append (drop_down, _ ("File order"));
  for (guint i = 0; get_column (i) != NULL; i++)
    nudge_drop_down_append (drop_down, _ (get_column (i)->title));
  nudge_drop_down_set_name (drop_down, _ ("Sort by"));
  g_signal_connect_swapped (drop_down, "notify::selected", G_CALLBACK (chosen_cb), self);
  g_signal_connect_swapped (gtk_column_view_get_sorter (view), "changed",
                            G_CALLBACK (sorter_changed_cb), self);
  return self;
}

void
nudge_tensor_order_free (NudgeTensorOrder *self)
{
  g_signal_handlers_disconnect_by_data (self->drop_down, self);
  g_signal_handlers_disconnect_by_data (gtk_column_view_get_sorter (self->view), self);
  g_clear_handle_id (&self->follow_id, g_source_remove);
  g_clear_handle_id (&self->sort_id, g_source_remove);
  g_free (self);
}
