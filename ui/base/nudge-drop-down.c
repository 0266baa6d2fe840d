/* nudge-drop-down.c - a drop-down that shows words for its items
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/base/nudge-drop-down.h"

/* How much of a row is shown, so that the list stays about as wide as a card. */
#define ROW_CHARS 42

/* Key of the button's data: the factory for rows. */
#define ROWS "nudge-rows"

/* How a factory of a drop-down shows items. */
typedef struct {
  NudgeDupMarkup dup_markup;
  NudgeDupMarkup dup_note; /* (nullable) */
  gpointer data;           /* (unowned) */
} Factory;

/**
 * nudge_drop_down_set_name:
 * @name: what the drop-down is called to those who cannot see it
 *
 * The button inside is what takes the focus, so it gets the name as well.
 */
void
nudge_drop_down_set_name (GtkDropDown *self, const char *name)
{
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (self));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
}

static gboolean
query_tooltip_cb (GtkWidget *label, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  if (!pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (label))))
    return FALSE;
  gtk_tooltip_set_text (tooltip, gtk_label_get_text (GTK_LABEL (label)));
  return TRUE;
}

/**
 * nudge_label_set_tooltip_where_cut:
 *
 * Shows the whole text to the pointer while there is no space for it.
 */
void
nudge_label_set_tooltip_where_cut (GtkWidget *label)
{
  gtk_widget_set_has_tooltip (label, TRUE);
  g_signal_connect (label, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
}

static void
set_up_button_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  nudge_label_set_tooltip_where_cut (label);
  gtk_list_item_set_child (item, label);
}

static GtkWidget *
new_line (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  return label;
}

/* A row of the open list: a line or two, and a mark on the one that is chosen. */
static void
set_up_row_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *note = new_line ();
  GtkWidget *mark =
      g_object_new (GTK_TYPE_IMAGE, "icon-name", "object-select-symbolic",
                    "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_widget_add_css_class (note, "caption");
  gtk_widget_add_css_class (note, "dim-label");
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_box_append (GTK_BOX (lines), new_line ());
  gtk_box_append (GTK_BOX (lines), note);
  gtk_box_append (GTK_BOX (row), lines);
  gtk_box_append (GTK_BOX (row), mark);
  gtk_list_item_set_child (item, row);
  g_object_bind_property (item, "selected", mark, "visible", G_BINDING_SYNC_CREATE);
}

/* The list is as wide as its rows ask for; what ends in an ellipsis asks for nothing. */
static void
set_markup (GtkLabel *label, const char *markup)
{
  glong n_chars;

  gtk_label_set_markup (label, markup);
  n_chars = g_utf8_strlen (gtk_label_get_text (label), -1);
  gtk_label_set_width_chars (label, (int) MIN (n_chars, ROW_CHARS));
}

static void
bind_note (const Factory *self, GtkWidget *label, const char *text)
{
  g_autofree char *note = self->dup_note ? self->dup_note (self->data, text) : NULL;

  gtk_widget_set_visible (label, note != NULL);
  set_markup (GTK_LABEL (label), note ? note : "");
  gtk_widget_set_tooltip_markup (label, note);
}

/* Markup says which part is explanation; assistive tools are told the plain text. */
static void
bind_cb (GtkListItemFactory *factory, GtkListItem *item, gpointer data)
{
  const Factory *self = data;
  const char *text = gtk_string_object_get_string (gtk_list_item_get_item (item));
  GtkWidget *child = gtk_list_item_get_child (item);
  GtkWidget *label = child;
  g_autofree char *markup = self->dup_markup (self->data, text);

  if (GTK_IS_LABEL (child)) {
    gtk_label_set_markup (GTK_LABEL (label), markup);
  } else {
    label = gtk_widget_get_first_child (gtk_widget_get_first_child (child));
    set_markup (GTK_LABEL (label), markup);
    bind_note (self, gtk_widget_get_next_sibling (label), text);
  }
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (child)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_text (GTK_LABEL (label)), -1);
}

static GtkListItemFactory *
new_factory (GCallback set_up_cb,
             NudgeDupMarkup dup_markup,
             NudgeDupMarkup dup_note,
             gpointer data)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  Factory *self = g_new (Factory, 1);

  *self = (Factory){ dup_markup, dup_note, data };
  g_signal_connect (factory, "setup", set_up_cb, NULL);
  g_signal_connect_data (factory, "bind", G_CALLBACK (bind_cb), self,
                         (GClosureNotify) (GCallback) g_free, 0);
  return factory;
}

/* A list view makes its rows as soon as it has a factory for them. */
static void
make_rows_cb (GtkWidget *button, GtkStateFlags before, GtkDropDown *self)
{
  if (!(gtk_widget_get_state_flags (button) & GTK_STATE_FLAG_CHECKED))
    return; /* it is not about to open */
  gtk_drop_down_set_list_factory (self, g_object_get_data (G_OBJECT (button), ROWS));
  g_signal_handlers_disconnect_by_func (button, make_rows_cb, self);
}

/* Rows are made when the list is first opened, as there may be many. */
static void
set_rows_late (GtkDropDown *self, GtkListItemFactory *rows)
{
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (self));
  g_autoptr (GtkListItemFactory) none = gtk_signal_list_item_factory_new ();

  gtk_drop_down_set_list_factory (self, none);
  g_object_set_data_full (G_OBJECT (button), ROWS, g_object_ref (rows), g_object_unref);
  g_signal_handlers_disconnect_by_func (button, make_rows_cb, self);
  g_signal_connect (button, "state-flags-changed", G_CALLBACK (make_rows_cb), self);
}

/**
 * nudge_drop_down_set_words:
 *
 * Gives an empty drop-down its model, and the words for what will be in it.
 */
void
nudge_drop_down_set_words (GtkDropDown *self, const NudgeDropDownWords *words)
{
  g_autoptr (GtkListItemFactory) button =
      new_factory (G_CALLBACK (set_up_button_cb), words->button, NULL, words->data);
  g_autoptr (GtkListItemFactory) rows =
      new_factory (G_CALLBACK (set_up_row_cb), words->row, words->note, words->data);
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  gtk_drop_down_set_factory (self, button);
  set_rows_late (self, rows);
  gtk_drop_down_set_model (self, G_LIST_MODEL (list));
}

void
nudge_drop_down_append (GtkDropDown *self, const char *text)
{
  gtk_string_list_append (GTK_STRING_LIST (gtk_drop_down_get_model (self)), text);
}

/**
 * nudge_drop_down_select:
 *
 * Selects the item @text, and adds it first if it is missing.
 */
void
nudge_drop_down_select (GtkDropDown *self, const char *text)
{
  GtkStringList *list = GTK_STRING_LIST (gtk_drop_down_get_model (self));
  guint n = g_list_model_get_n_items (G_LIST_MODEL (list));
  guint i = 0;

  while (i < n && !g_str_equal (gtk_string_list_get_string (list, i), text))
    i++;
  if (i == n)
    gtk_string_list_append (list, text);
  gtk_drop_down_set_selected (self, i);
}

/* Returns: (transfer none): the selected item */
const char *
nudge_drop_down_get (GtkDropDown *self)
{
  return gtk_string_object_get_string (gtk_drop_down_get_selected_item (self));
}
