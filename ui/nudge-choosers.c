/* nudge-choosers.c - drop-downs of a layer card: which function, and how often
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/nudge-choosers.h"

#include <glib/gi18n.h>

#include "nn/nudge/nn-catalogue.h"

typedef char *(*DupText) (GtkStringObject *item);

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
 * Shows the whole text to the pointer while there is no room for it.
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

/* A row of the open list: a label, and a mark on the one that is chosen. */
static void
set_up_row_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *mark =
      g_object_new (GTK_TYPE_IMAGE, "icon-name", "object-select-symbolic",
                    "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), mark);
  gtk_list_item_set_child (item, row);
  g_object_bind_property (item, "selected", mark, "visible", G_BINDING_SYNC_CREATE);
}

/* Markup says which part is explanation; assistive tools are told the plain text. */
static void
bind_cb (GtkListItemFactory *factory, GtkListItem *item, gpointer data)
{
  DupText dup_markup = data;
  GtkWidget *child = gtk_list_item_get_child (item);
  GtkLabel *label =
      GTK_LABEL (GTK_IS_LABEL (child) ? child : gtk_widget_get_first_child (child));
  g_autofree char *markup = dup_markup (gtk_list_item_get_item (item));

  gtk_label_set_markup (label, markup);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (child)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_text (label), -1);
}

static GtkListItemFactory *
new_factory (GCallback set_up_cb, DupText dup_markup)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", set_up_cb, NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), dup_markup);
  return factory;
}

static void
set_up (GtkDropDown *self, DupText dup_button_markup, DupText dup_row_markup)
{
  g_autoptr (GtkListItemFactory) button =
      new_factory (G_CALLBACK (set_up_button_cb), dup_button_markup);
  g_autoptr (GtkListItemFactory) rows =
      new_factory (G_CALLBACK (set_up_row_cb), dup_row_markup);

  gtk_drop_down_set_factory (self, button);
  gtk_drop_down_set_list_factory (self, rows);
}

/* Selects the item whose string is @text, which is added first if there is none. */
static void
select_string (GtkDropDown *self, const char *text)
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

/* The function chooser's strings are expressions; those of the catalogue have names. */

static char *
dup_function_markup (GtkStringObject *item)
{
  const char *expression = gtk_string_object_get_string (item);
  const NnFunction *function = nn_catalogue_find_expression (expression);

  /* Translators: an update function that has no name of its own */
  return g_markup_printf_escaped ("%s  <span alpha=\"72%%\"><i>%s</i></span>",
                                  function ? _ (function->name) : _ ("own"),
                                  function ? function->symbol : expression);
}

void
nudge_function_chooser_set_up (GtkDropDown *self)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  gsize n_functions;
  const NnFunction *functions = nn_catalogue_get (&n_functions);

  for (gsize i = 0; i < n_functions; i++)
    gtk_string_list_append (list, functions[i].expression);
  set_up (self, dup_function_markup, dup_function_markup);
  gtk_drop_down_set_model (self, G_LIST_MODEL (list));
}

void
nudge_function_chooser_set (GtkDropDown *self, const char *expression)
{
  const NnFunction *function = nn_catalogue_find_expression (expression);

  select_string (self, function ? function->expression : expression);
}

const char *
nudge_function_chooser_get (GtkDropDown *self)
{
  return gtk_string_object_get_string (gtk_drop_down_get_selected_item (self));
}

/* The repeat chooser's strings are a NudgeRepeat's numbers: "WHEN INTERVAL BEFORE". */

static char *
dup_repeat_string (const NudgeRepeat *repeat)
{
  return g_strdup_printf ("%d %" G_GUINT64_FORMAT " %d", (int) repeat->when,
                          repeat->interval, repeat->before_backward);
}

static NudgeRepeat
read_repeat_string (const char *text)
{
  NudgeRepeat repeat;
  char *end;

  repeat.when = (NnWhen) g_ascii_strtoull (text, &end, 10);
  repeat.interval = g_ascii_strtoull (end, &end, 10);
  repeat.before_backward = g_ascii_strtoull (end, NULL, 10) != 0;
  return repeat;
}

static char *
dup_rhythm (const NudgeRepeat *repeat)
{
  g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, repeat->interval);

  switch (repeat->when) {
  case NN_WHEN_BY_HAND:
    return g_strdup (C_ ("repeat", "off"));
  case NN_WHEN_AT_STEP:
    return g_strdup_printf (repeat->before_backward
                                ? C_ ("repeat", "once, in step %s")
                                : C_ ("repeat", "once, after step %s"),
                            number);
  case NN_WHEN_EVERY_EXAMPLE:
    return g_strdup (C_ ("repeat", "every example"));
  case NN_WHEN_EVERY_EPOCH:
    return g_strdup (C_ ("repeat", "every epoch"));
  case NN_WHEN_EVERY_STEPS:
    return repeat->interval == 1
               ? g_strdup (C_ ("repeat", "every step"))
               : g_strdup_printf (C_ ("repeat", "every %s steps"), number);
  }
  g_return_val_if_reached (NULL);
}

static char *
dup_repeat_row (GtkStringObject *item)
{
  const NudgeRepeat repeat = read_repeat_string (gtk_string_object_get_string (item));
  g_autofree char *rhythm = dup_rhythm (&repeat);

  /* Translators: %s is "every step", … */
  return repeat.before_backward
             ? g_strdup_printf (C_ ("repeat", "%s, before backward"), rhythm)
             : g_steal_pointer (&rhythm);
}

static char *
dup_repeat_button (GtkStringObject *item)
{
  g_autofree char *row = dup_repeat_row (item);

  /* Translators: %s is "off", "every step", … */
  return g_strdup_printf (_ ("Repeat: %s"), row);
}

void
nudge_repeat_chooser_set_up (GtkDropDown *self)
{
  static const NudgeRepeat usual[] = { { NN_WHEN_BY_HAND, 1, FALSE },
                                       { NN_WHEN_EVERY_STEPS, 1, FALSE },
                                       { NN_WHEN_EVERY_STEPS, 10, FALSE },
                                       { NN_WHEN_EVERY_STEPS, 100, FALSE } };
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (usual); i++)
    gtk_string_list_take (list, dup_repeat_string (&usual[i]));
  set_up (self, dup_repeat_button, dup_repeat_row);
  gtk_drop_down_set_model (self, G_LIST_MODEL (list));
}

void
nudge_repeat_chooser_set (GtkDropDown *self, const NudgeRepeat *repeat)
{
  g_autofree char *text = dup_repeat_string (repeat);

  select_string (self, text);
}

NudgeRepeat
nudge_repeat_chooser_get (GtkDropDown *self)
{
  GtkStringObject *item = gtk_drop_down_get_selected_item (self);

  return read_repeat_string (gtk_string_object_get_string (item));
}
