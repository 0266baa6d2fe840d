/* nudge-tensor-watch.c - follows a list of tensors, and each tensor in it
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/tensors/nudge-tensor-watch.h"

#include "ui/tensors/nudge-tensor.h"

struct _NudgeTensorWatch {
  GListModel *tensors;  /* (owned) (nullable) */
  GHashTable *followed; /* (owned) (element-type NudgeTensor) */
  GFunc list_changed;   /* there are others, or other ones … */
  GFunc values_changed; /* … and one has other values */
  gpointer data;
};

static void
tensor_changed_cb (gpointer tensor, NudgeTensorWatch *self)
{
  self->values_changed (tensor, self->data);
}

/* Those from @first up to @end. */
static void
follow (NudgeTensorWatch *self, guint first, guint end)
{
  for (guint i = first; i < end; i++) {
    g_autoptr (GObject) tensor = g_list_model_get_item (self->tensors, i);

    if (g_hash_table_contains (self->followed, tensor))
      continue;
    g_hash_table_add (self->followed, g_object_ref (tensor));
    g_signal_connect (tensor, "changed", G_CALLBACK (tensor_changed_cb), self);
  }
}

static void
forget_all (NudgeTensorWatch *self)
{
  GHashTableIter iter;
  gpointer tensor;

  g_hash_table_iter_init (&iter, self->followed);
  while (g_hash_table_iter_next (&iter, &tensor, NULL))
    g_signal_handlers_disconnect_by_func (tensor, tensor_changed_cb, self);
  g_hash_table_remove_all (self->followed);
}

static void
follow_all (NudgeTensorWatch *self)
{
  follow (self, 0, g_list_model_get_n_items (self->tensors));
}

/* Which ones were removed is not said. */
static void
items_changed_cb (NudgeTensorWatch *self, guint position, guint removed, guint added)
{
  if (removed > 0) {
    forget_all (self);
    follow_all (self);
  } else {
    follow (self, position, position + added);
  }
  self->list_changed (self->tensors, self->data);
}

/**
 * nudge_tensor_watch_set:
 * @tensors: (nullable): gets a reference
 *
 * Calls neither function.
 */
void
nudge_tensor_watch_set (NudgeTensorWatch *self, GListModel *tensors)
{
  if (self->tensors != NULL)
    g_signal_handlers_disconnect_by_func (self->tensors, items_changed_cb, self);
  forget_all (self);
  g_set_object (&self->tensors, tensors);
  if (tensors == NULL)
    return;
  g_signal_connect_swapped (tensors, "items-changed", G_CALLBACK (items_changed_cb),
                            self);
  follow_all (self);
}

/* Returns: (transfer none) (nullable) */
GListModel *
nudge_tensor_watch_get (NudgeTensorWatch *self)
{
  return self->tensors;
}

/**
 * nudge_tensor_watch_new:
 * @list_changed: called with the list, and @data
 * @values_changed: called with the tensor, and @data
 */
NudgeTensorWatch *
nudge_tensor_watch_new (GFunc list_changed, GFunc values_changed, gpointer data)
{
  NudgeTensorWatch *self = g_new0 (NudgeTensorWatch, 1);

  self->followed = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  self->list_changed = list_changed;
  self->values_changed = values_changed;
  self->data = data;
  return self;
}

void
nudge_tensor_watch_free (NudgeTensorWatch *self)
{
  nudge_tensor_watch_set (self, NULL);
  g_hash_table_unref (self->followed);
  g_free (self);
}
