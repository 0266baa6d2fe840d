/* nudge-tensor-column.c - a kind of column, whose cells follow their items
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/tensors/nudge-tensor-column.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

static GQuark
get_kind_quark (void)
{
  return g_quark_from_static_string ("nudge-tensor-column");
}

/* ---- cells ------------------------------------------------------------------------- */

static GQuark
get_dup_quark (void)
{
  return g_quark_from_static_string ("nudge-tensor-column-text");
}

static void
show_text (GtkWidget *child, gpointer item, GtkTreeListRow *row)
{
  const NudgeTensorColumn *kind = g_object_get_qdata (G_OBJECT (child), get_dup_quark ());
  g_autofree char *text = kind->dup_text
                              ? kind->dup_text (item)
                              : kind->dup_number (item, kind->get_number (item));

  gtk_inscription_set_text (GTK_INSCRIPTION (child), text);
}

/* Much cheaper than a label, and as wide as any other in its column, whatever it says. */
static GtkWidget *
make_text (const NudgeTensorColumn *kind)
{
  GtkWidget *text = gtk_inscription_new (NULL);

  gtk_inscription_set_xalign (GTK_INSCRIPTION (text), kind->expands ? 0 : 1);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (text), kind->width);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (text), kind->width);
  gtk_inscription_set_text_overflow (
      GTK_INSCRIPTION (text), kind->expands ? GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_MIDDLE
                                            : GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  g_object_set_qdata (G_OBJECT (text), get_dup_quark (), (gpointer) (gintptr) kind);
  return text;
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem *item,
          const NudgeTensorColumn *kind)
{
  gtk_list_item_set_child (item, kind->make ? kind->make () : make_text (kind));
}

/* What a cell follows. No widget does it, as there are thousands of cells. */
typedef struct {
  const NudgeTensorColumn *kind;
  GtkWidget *child;    /* (unowned) of the list's item, which has this */
  GObject *item;       /* (owned) */
  GtkTreeListRow *row; /* (owned) (nullable) */
} Binding;

static GQuark
get_binding_quark (void)
{
  return g_quark_from_static_string ("nudge-tensor-column-binding");
}

static void
changed_cb (Binding *self)
{
  const NudgeTensorColumnShow show = self->kind->show ? self->kind->show : show_text;

  show (self->child, self->item, self->row);
}

static void
free_binding (gpointer data)
{
  Binding *self = data;

  g_signal_handlers_disconnect_by_func (self->item, changed_cb, self);
  g_clear_object (&self->item);
  g_clear_object (&self->row);
  g_free (self);
}

/* GTK has no name for the row of a table, but that of its class. */
static void
name_row (const NudgeTensorColumn *kind, GtkWidget *child, gpointer item)
{
  char *(*const dup) (gpointer) = kind->dup_key ? kind->dup_key : kind->dup_text;
  g_autofree char *name = dup (item);

  for (guint i = 0; i < 3 && child; i++, child = gtk_widget_get_parent (child))
    gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    name, -1);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem *item,
         const NudgeTensorColumn *kind)
{
  Binding *self = g_new0 (Binding, 1);
  gpointer found = gtk_list_item_get_item (item);

  self->kind = kind;
  self->child = gtk_list_item_get_child (item);
  if (GTK_IS_TREE_LIST_ROW (found)) {
    self->row = g_object_ref (found);
    self->item = gtk_tree_list_row_get_item (self->row);
  } else {
    self->item = g_object_ref (found);
  }
  g_signal_connect_swapped (self->item, "changed", G_CALLBACK (changed_cb), self);
  g_object_set_qdata_full (G_OBJECT (item), get_binding_quark (), self, free_binding);
  if (kind->expands)
    name_row (kind, self->child, self->item);
  changed_cb (self);
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  g_object_set_qdata (G_OBJECT (item), get_binding_quark (), NULL);
}

/* ---- sorting ----------------------------------------------------------------------- */

static int
compare_numbers (double a, double b)
{
  if (isnan (a) || isnan (b))
    return (isnan (b) != 0) - (isnan (a) != 0);
  return (a > b) - (a < b);
}

static int
compare_texts (const NudgeTensorColumn *kind, gpointer a, gpointer b)
{
  char *(*const dup) (gpointer) = kind->dup_key ? kind->dup_key : kind->dup_text;
  g_autofree char *one = dup (a);
  g_autofree char *other = dup (b);
  g_autofree char *key = g_utf8_collate_key_for_filename (one, -1);
  g_autofree char *other_key = g_utf8_collate_key_for_filename (other, -1);

  return strcmp (key, other_key);
}

static int
compare_cb (gconstpointer a, gconstpointer b, gpointer data)
{
  const NudgeTensorColumn *kind = data;
  gpointer one = (gpointer) (gintptr) a, other = (gpointer) (gintptr) b;

  return kind->get_number
             ? compare_numbers (kind->get_number (one), kind->get_number (other))
             : compare_texts (kind, one, other);
}

/* A number's title is above it, at the right: GTK has them all at the left. */
static void
align_title (GtkColumnView *view)
{
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (view));
  GtkWidget *title = header ? gtk_widget_get_last_child (header) : NULL;
  GtkWidget *box = title ? gtk_widget_get_first_child (title) : NULL;

  if (GTK_IS_BOX (box))
    gtk_widget_set_halign (box, GTK_ALIGN_END);
}

/* ---- columns ----------------------------------------------------------------------- */

/**
 * nudge_tensor_column_add:
 * @kind: stays as it is
 *
 * Returns: (transfer none): it, the last one
 */
GtkColumnViewColumn *
nudge_tensor_column_add (GtkColumnView *view, const NudgeTensorColumn *kind)
{
  const gpointer data = (gpointer) (gintptr) kind;
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new (
      _ (kind->heading ? kind->heading : kind->title), factory);
  g_autoptr (GtkSorter) sorter = NULL;

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), data);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), data);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  if (kind->get_number || kind->dup_key || kind->dup_text) {
    sorter = GTK_SORTER (gtk_custom_sorter_new (compare_cb, data, NULL));
    gtk_column_view_column_set_sorter (column, sorter);
  }
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_column_set_expand (column, kind->expands);
  g_object_set_qdata (G_OBJECT (column), get_kind_quark (), data);
  gtk_column_view_append_column (view, column);
  if (!kind->expands)
    align_title (view);
  return column;
}

/* Returns: (transfer none) (nullable) */
GtkColumnViewColumn *
nudge_tensor_column_find (GtkColumnView *view, const NudgeTensorColumn *kind)
{
  GListModel *columns = gtk_column_view_get_columns (view);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++) {
    g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

    if (g_object_get_qdata (G_OBJECT (column), get_kind_quark ()) == kind)
      return column;
  }
  return NULL;
}

/* @kind: (nullable): NULL: not sorted */
void
nudge_tensor_column_sort (GtkColumnView *view, const NudgeTensorColumn *kind)
{
  gtk_column_view_sort_by_column (
      view, kind ? nudge_tensor_column_find (view, kind) : NULL,
      kind && kind->get_number ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
}

/* Whether a column's title says that rows are sorted by it. */
static gboolean
is_sorted (GtkWidget *title)
{
  GtkWidget *box = gtk_widget_get_first_child (title);
  GtkWidget *sign = box ? gtk_widget_get_last_child (box) : NULL;

  return sign && (gtk_widget_has_css_class (sign, "ascending") ||
                  gtk_widget_has_css_class (sign, "descending"));
}

/**
 * nudge_tensor_column_find_sorted:
 *
 * GTK 4.8 tells that by nothing but its signs in the titles.
 *
 * Returns: (nullable): the one whose title was clicked last, or that was set; NULL: none
 */
const NudgeTensorColumn *
nudge_tensor_column_find_sorted (GtkColumnView *view)
{
  GListModel *columns = gtk_column_view_get_columns (view);
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (view));
  GtkWidget *title = header ? gtk_widget_get_first_child (header) : NULL;

  for (guint i = 0; title && i < g_list_model_get_n_items (columns); i++) {
    g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

    if (is_sorted (title))
      return g_object_get_qdata (G_OBJECT (column), get_kind_quark ());
    title = gtk_widget_get_next_sibling (title);
  }
  return NULL;
}

/* Items have other numbers now: if they are sorted by them, they are sorted again. */
void
nudge_tensor_columns_changed (GtkColumnView *view)
{
  GListModel *columns = gtk_column_view_get_columns (view);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++) {
    g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
    GtkSorter *sorter = gtk_column_view_column_get_sorter (column);

    if (sorter)
      gtk_sorter_changed (sorter, GTK_SORTER_CHANGE_DIFFERENT);
  }
}
