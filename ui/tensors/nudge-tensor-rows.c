/* nudge-tensor-rows.c - the model of a table of tensors: tree or list, filtered, sorted
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/tensors/nudge-tensor-rows.h"

#include <string.h>

#include "ui/tensors/nudge-tensor-module.h"

/* Not more tensors than these are all seen at once. */
#define FEW 40

struct _NudgeTensorRows {
  GObject parent_instance;

  GtkColumnView *view;           /* (unowned) that has this */
  GtkSingleSelection *selection; /* (owned) of GtkTreeListRow */
  guint n_tensors;
  guint64 n_values;

  gboolean all_open; /* as they are few, or filtered */
  GHashTable *open;  /* (owned) paths of the modules that were opened, when not all are */
};

static guint selected;

G_DEFINE_FINAL_TYPE (NudgeTensorRows, nudge_tensor_rows, G_TYPE_OBJECT)

/* ---- which there are --------------------------------------------------------------- */

static gboolean
fits (const char *name, const char *filter)
{
  g_autofree char *folded = NULL;
  g_autofree char *wanted = NULL;

  if (strpbrk (filter, "*?") != NULL)
    return g_pattern_match_simple (filter, name);
  folded = g_utf8_casefold (name, -1);
  wanted = g_utf8_casefold (filter, -1);
  return strstr (folded, wanted) != NULL;
}

/* Returns: (transfer full): of NudgeTensor */
static GListModel *
choose (NudgeTensorRows *self, GListModel *tensors, const char *filter)
{
  GListStore *chosen = g_list_store_new (NUDGE_TYPE_TENSOR);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  const guint n = tensors ? g_list_model_get_n_items (tensors) : 0;

  self->n_values = 0;
  for (guint i = 0; i < n; i++) {
    g_autoptr (NudgeTensor) tensor = g_list_model_get_item (tensors, i);

    if (*filter != '\0' && !fits (nudge_tensor_get_name (tensor), filter))
      continue;
    self->n_values += nudge_tensor_get_n_values (tensor);
    g_ptr_array_add (items, g_steal_pointer (&tensor));
  }
  self->n_tensors = items->len;
  g_list_store_splice (chosen, 0, 0, items->pdata, items->len);
  return G_LIST_MODEL (chosen);
}

static GListModel *
create_children_cb (gpointer item, gpointer data)
{
  if (!NUDGE_IS_TENSOR_MODULE (item))
    return NULL;
  return g_object_ref (nudge_tensor_module_get_children (item));
}

static void
selection_changed_cb (NudgeTensorRows *self)
{
  g_signal_emit (self, selected, 0);
}

static GtkTreeListRow *
dup_row (NudgeTensorRows *self, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (self->selection), position);
}

/* What is open now, if there is a choice. */
static void
remember_open (NudgeTensorRows *self)
{
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  if (n == 0 || self->all_open)
    return;
  g_hash_table_remove_all (self->open);
  for (guint i = 0; i < n; i++) {
    g_autoptr (GtkTreeListRow) row = dup_row (self, i);
    g_autoptr (GObject) item = gtk_tree_list_row_get_item (row);

    if (gtk_tree_list_row_get_expanded (row))
      g_hash_table_add (self->open, g_strdup (nudge_tensor_module_get_path (
                                        NUDGE_TENSOR_MODULE (item))));
  }
}

/* What was open; and one module of all, which says nothing, but what is in it does. */
static void
open_again (NudgeTensorRows *self, GListModel *tree)
{
  const gboolean only_one = g_list_model_get_n_items (tree) == 1;

  for (guint i = 0; i < g_list_model_get_n_items (tree); i++) {
    g_autoptr (GtkTreeListRow) row = g_list_model_get_item (tree, i);
    g_autoptr (GObject) item = gtk_tree_list_row_get_item (row);

    if (NUDGE_IS_TENSOR_MODULE (item) &&
        (only_one || g_hash_table_contains (self->open, nudge_tensor_module_get_path (
                                                            NUDGE_TENSOR_MODULE (item)))))
      gtk_tree_list_row_set_expanded (row, TRUE);
  }
}

/**
 * nudge_tensor_rows_fill:
 * @tensors: (nullable)
 * @filter: a part of a name, or a pattern; "": all
 * @flat: in the order of @tensors, else as a tree
 */
void
nudge_tensor_rows_fill (NudgeTensorRows *self,
                        GListModel *tensors,
                        const char *filter,
                        gboolean flat)
{
  g_autoptr (GListModel) chosen = choose (self, tensors, filter);
  GListModel *roots = flat ? g_object_ref (chosen) : nudge_tensor_module_build (chosen);
  GtkSorter *sorter = gtk_column_view_get_sorter (self->view);
  GtkTreeListRowSorter *by_level = gtk_tree_list_row_sorter_new (g_object_ref (sorter));
  GtkTreeListModel *tree;
  GtkSortListModel *sorted;

  remember_open (self);
  self->all_open = flat || *filter != '\0' || self->n_tensors <= FEW;
  tree = gtk_tree_list_model_new (roots, FALSE, self->all_open, create_children_cb, NULL,
                                  NULL);
  if (!self->all_open)
    open_again (self, G_LIST_MODEL (tree));
  sorted = gtk_sort_list_model_new (G_LIST_MODEL (tree), GTK_SORTER (by_level));
  /* Changed, and not another one: its rows are used again. */
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (sorted));
  g_object_unref (sorted);
}

/* Returns: how many tensors there are, in modules that are not open, too */
guint
nudge_tensor_rows_get_n_tensors (NudgeTensorRows *self)
{
  g_return_val_if_fail (NUDGE_IS_TENSOR_ROWS (self), 0);

  return self->n_tensors;
}

/* Returns: how many values these have */
guint64
nudge_tensor_rows_get_n_values (NudgeTensorRows *self)
{
  g_return_val_if_fail (NUDGE_IS_TENSOR_ROWS (self), 0);

  return self->n_values;
}

/* ---- one of them ------------------------------------------------------------------- */

/* Returns: (transfer full) (nullable): NULL: there is a module */
NudgeTensor *
nudge_tensor_rows_dup_tensor (NudgeTensorRows *self, guint position)
{
  g_autoptr (GtkTreeListRow) row = NULL;
  g_autoptr (GObject) item = NULL;

  g_return_val_if_fail (NUDGE_IS_TENSOR_ROWS (self), NULL);

  row = dup_row (self, position);
  item = row ? gtk_tree_list_row_get_item (row) : NULL;
  return item && NUDGE_IS_TENSOR (item) ? NUDGE_TENSOR (g_steal_pointer (&item)) : NULL;
}

static GtkTreeListRow *
get_selected_row (NudgeTensorRows *self)
{
  return gtk_single_selection_get_selected_item (self->selection);
}

/* Returns: (transfer none) (nullable): NULL: none, or a module */
NudgeTensor *
nudge_tensor_rows_get_selected (NudgeTensorRows *self)
{
  GtkTreeListRow *row;
  g_autoptr (GObject) item = NULL;

  g_return_val_if_fail (NUDGE_IS_TENSOR_ROWS (self), NULL);

  row = get_selected_row (self);
  item = row ? gtk_tree_list_row_get_item (row) : NULL;
  return item && NUDGE_IS_TENSOR (item) ? NUDGE_TENSOR (item) : NULL;
}

static guint
find (NudgeTensorRows *self, gconstpointer item)
{
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  for (guint i = 0; i < n; i++) {
    g_autoptr (GtkTreeListRow) row = dup_row (self, i);
    g_autoptr (GObject) its = gtk_tree_list_row_get_item (row);

    if ((gconstpointer) its == item)
      return i;
  }
  return GTK_INVALID_LIST_POSITION;
}

/* Of the list that is in a GtkColumnView, as it has no such functions of its own. */
static void
activate_in_list (NudgeTensorRows *self, const char *action, GVariant *parameter)
{
  GtkWidget *list = gtk_widget_get_last_child (GTK_WIDGET (self->view));

  g_variant_ref_sink (parameter);
  if (list)
    gtk_widget_activate_action_variant (list, action, parameter);
  g_variant_unref (parameter);
}

static void
scroll_to (NudgeTensorRows *self, guint position)
{
  activate_in_list (self, "list.scroll-to-item", g_variant_new_uint32 (position));
}

/* @tensor: (nullable): if no row shows it, none is selected */
void
nudge_tensor_rows_select (NudgeTensorRows *self, NudgeTensor *tensor)
{
  guint position;

  g_return_if_fail (NUDGE_IS_TENSOR_ROWS (self));

  position = tensor ? find (self, tensor) : GTK_INVALID_LIST_POSITION;
  gtk_single_selection_set_selected (self->selection, position);
  if (position != GTK_INVALID_LIST_POSITION)
    scroll_to (self, position);
}

/* Whether @tensor is in a module, or in one of its modules. */
static gboolean
has (NudgeTensorModule *module, const NudgeTensor *tensor)
{
  GListModel *children = nudge_tensor_module_get_children (module);

  for (guint i = 0; i < g_list_model_get_n_items (children); i++) {
    g_autoptr (GObject) child = g_list_model_get_item (children, i);

    if ((gconstpointer) child == tensor ||
        (NUDGE_IS_TENSOR_MODULE (child) && has (NUDGE_TENSOR_MODULE (child), tensor)))
      return TRUE;
  }
  return FALSE;
}

/* Opens the modules that a tensor is in. */
void
nudge_tensor_rows_reveal (NudgeTensorRows *self, NudgeTensor *tensor)
{
  g_return_if_fail (NUDGE_IS_TENSOR_ROWS (self));

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->selection)); i++) {
    g_autoptr (GtkTreeListRow) row = dup_row (self, i);
    g_autoptr (GObject) item = gtk_tree_list_row_get_item (row);

    if (NUDGE_IS_TENSOR_MODULE (item) && has (NUDGE_TENSOR_MODULE (item), tensor))
      gtk_tree_list_row_set_expanded (row, TRUE);
  }
}

/* From what is closed, or a tensor, to what it is in. */
static gboolean
go_to_parent (NudgeTensorRows *self, GtkTreeListRow *row)
{
  g_autoptr (GtkTreeListRow) parent = gtk_tree_list_row_get_parent (row);
  g_autoptr (GObject) item = parent ? gtk_tree_list_row_get_item (parent) : NULL;
  const guint position = item ? find (self, item) : GTK_INVALID_LIST_POSITION;

  if (position == GTK_INVALID_LIST_POSITION)
    return FALSE;
  activate_in_list (self, "list.select-item",
                    g_variant_new ("(ubb)", position, FALSE, FALSE));
  scroll_to (self, position);
  return TRUE;
}

/* Opens or closes the selected module. Returns: whether there was something to be done */
gboolean
nudge_tensor_rows_expand (NudgeTensorRows *self, gboolean expanded)
{
  GtkTreeListRow *row;

  g_return_val_if_fail (NUDGE_IS_TENSOR_ROWS (self), FALSE);

  row = get_selected_row (self);
  if (row == NULL)
    return FALSE;
  if (!expanded && !gtk_tree_list_row_get_expanded (row))
    return go_to_parent (self, row);
  if (!gtk_tree_list_row_is_expandable (row))
    return FALSE;
  gtk_tree_list_row_set_expanded (row, expanded);
  return TRUE;
}

/* Opens the module there, if it is closed, or closes it. */
void
nudge_tensor_rows_toggle (NudgeTensorRows *self, guint position)
{
  g_autoptr (GtkTreeListRow) row = NULL;

  g_return_if_fail (NUDGE_IS_TENSOR_ROWS (self));

  row = dup_row (self, position);
  if (row)
    gtk_tree_list_row_set_expanded (row, !gtk_tree_list_row_get_expanded (row));
}

/* ---- life -------------------------------------------------------------------------- */

static void
nudge_tensor_rows_dispose (GObject *object)
{
  g_clear_object (&NUDGE_TENSOR_ROWS (object)->selection);
  G_OBJECT_CLASS (nudge_tensor_rows_parent_class)->dispose (object);
}

static void
nudge_tensor_rows_finalize (GObject *object)
{
  g_hash_table_unref (NUDGE_TENSOR_ROWS (object)->open);
  G_OBJECT_CLASS (nudge_tensor_rows_parent_class)->finalize (object);
}

static void
nudge_tensor_rows_class_init (NudgeTensorRowsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = nudge_tensor_rows_dispose;
  G_OBJECT_CLASS (klass)->finalize = nudge_tensor_rows_finalize;
  selected = g_signal_new ("selected", NUDGE_TYPE_TENSOR_ROWS, G_SIGNAL_RUN_LAST, 0, NULL,
                           NULL, NULL, G_TYPE_NONE, 0);
}

static void
nudge_tensor_rows_init (NudgeTensorRows *self)
{
  self->open = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* @view: has what this makes as its model, and outlives it */
NudgeTensorRows *
nudge_tensor_rows_new (GtkColumnView *view)
{
  NudgeTensorRows *self = g_object_new (NUDGE_TYPE_TENSOR_ROWS, NULL);

  self->view = view;
  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect_object (self->selection, "notify::selected-item",
                           G_CALLBACK (selection_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_column_view_set_model (view, GTK_SELECTION_MODEL (self->selection));
  return self;
}
