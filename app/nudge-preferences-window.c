/* nudge-preferences-window.c - the preferences window
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/nudge-preferences-window.h"

#include <glib/gi18n.h>

#include "app/base/nudge-preferences.h"
#include "app/command/nudge-language.h"

struct _NudgePreferencesWindow {
  AdwPreferencesWindow parent_instance;

  GtkSpinButton *text_size;
  GtkSwitch *still;
  AdwComboRow *pair;
  GtkSwitch *autosave;
  AdwComboRow *start_speed;
  AdwComboRow *language;
};

G_DEFINE_FINAL_TYPE (NudgePreferencesWindow,
                     nudge_preferences_window,
                     ADW_TYPE_PREFERENCES_WINDOW)

/* Of the rows of the start speed, in their order in the template. */
static const double speeds[] = { -1, 10, 100, 300, 1000, 0 };

/* A speed that was set elsewhere may be none of the rows. */
static gboolean
speed_to_row (GBinding *binding, const GValue *speed, GValue *row, gpointer data)
{
  guint i = 0;

  while (i < G_N_ELEMENTS (speeds) && speeds[i] != g_value_get_double (speed))
    i++;
  g_value_set_uint (row, i < G_N_ELEMENTS (speeds) ? i : GTK_INVALID_LIST_POSITION);
  return TRUE;
}

static gboolean
row_to_speed (GBinding *binding, const GValue *row, GValue *speed, gpointer data)
{
  const guint i = g_value_get_uint (row);

  if (i >= G_N_ELEMENTS (speeds))
    return FALSE;
  g_value_set_double (speed, speeds[i]);
  return TRUE;
}

static gboolean
pair_to_row (GBinding *binding, const GValue *pair, GValue *row, gpointer data)
{
  g_value_set_uint (row, (guint) g_value_get_int (pair));
  return TRUE;
}

static gboolean
row_to_pair (GBinding *binding, const GValue *row, GValue *pair, gpointer data)
{
  if (g_value_get_uint (row) == GTK_INVALID_LIST_POSITION)
    return FALSE;
  g_value_set_int (pair, (int) g_value_get_uint (row));
  return TRUE;
}

static gboolean
language_to_row (GBinding *binding, const GValue *code, GValue *row, gpointer data)
{
  gsize n;
  const NudgeLanguage *languages = nudge_language_get_all (&n);
  guint i = 0;

  while (i < n && g_strcmp0 (languages[i].code, g_value_get_string (code)) != 0)
    i++;
  g_value_set_uint (row, i < n ? i : GTK_INVALID_LIST_POSITION);
  return TRUE;
}

static gboolean
row_to_language (GBinding *binding, const GValue *row, GValue *code, gpointer data)
{
  gsize n;
  const NudgeLanguage *languages = nudge_language_get_all (&n);

  if (g_value_get_uint (row) >= n)
    return FALSE;
  g_value_set_static_string (code, languages[g_value_get_uint (row)].code);
  return TRUE;
}

/* Each language in its own name, so that its speakers find it. */
static void
fill_languages (NudgePreferencesWindow *self)
{
  gsize n;
  const NudgeLanguage *languages = nudge_language_get_all (&n);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (gsize i = 0; i < n; i++)
    gtk_string_list_append (names, *languages[i].code == '\0' ? _ ("The system’s")
                                                              : languages[i].name);
  adw_combo_row_set_model (self->language, G_LIST_MODEL (names));
}

static void
set_up_choice_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gtk_list_item_set_child (item, gtk_label_new (NULL));
}

static void
bind_choice_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)),
                      gtk_string_object_get_string (gtk_list_item_get_item (item)));
}

/* What is chosen is not cut off: in large text the words beside it take more lines. */
static void
show_choice_whole (AdwComboRow *row)
{
  g_autoptr (GtkListItemFactory) whole = gtk_signal_list_item_factory_new ();

  g_signal_connect (whole, "setup", G_CALLBACK (set_up_choice_cb), NULL);
  g_signal_connect (whole, "bind", G_CALLBACK (bind_choice_cb), NULL);
  adw_combo_row_set_list_factory (row, adw_combo_row_get_factory (row));
  adw_combo_row_set_factory (row, whole);
}

static void
nudge_preferences_window_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), NUDGE_TYPE_PREFERENCES_WINDOW);
  G_OBJECT_CLASS (nudge_preferences_window_parent_class)->dispose (object);
}

static void
nudge_preferences_window_class_init (NudgePreferencesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nudge_preferences_window_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/nudgelab/Nudge/ui/nudge-preferences-window.ui");
  gtk_widget_class_bind_template_child (widget_class, NudgePreferencesWindow, text_size);
  gtk_widget_class_bind_template_child (widget_class, NudgePreferencesWindow, still);
  gtk_widget_class_bind_template_child (widget_class, NudgePreferencesWindow, pair);
  gtk_widget_class_bind_template_child (widget_class, NudgePreferencesWindow, autosave);
  gtk_widget_class_bind_template_child (widget_class, NudgePreferencesWindow,
                                        start_speed);
  gtk_widget_class_bind_template_child (widget_class, NudgePreferencesWindow, language);
}

static void
nudge_preferences_window_init (NudgePreferencesWindow *self)
{
  const GBindingFlags both = G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE;
  NudgePreferences *preferences = nudge_preferences_get ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_object_bind_property (preferences, "text-size", self->text_size, "value", both);
  g_object_bind_property (preferences, "still", self->still, "active", both);
  g_object_bind_property (preferences, "autosave", self->autosave, "active", both);
  g_object_bind_property_full (preferences, "pair", self->pair, "selected", both,
                               pair_to_row, row_to_pair, NULL, NULL);
  g_object_bind_property_full (preferences, "start-speed", self->start_speed, "selected",
                               both, speed_to_row, row_to_speed, NULL, NULL);
  show_choice_whole (self->language);
  show_choice_whole (self->pair);
  show_choice_whole (self->start_speed);
  fill_languages (self);
  g_object_bind_property_full (preferences, "language", self->language, "selected", both,
                               language_to_row, row_to_language, NULL, NULL);
}

/* @parent: (nullable) */
GtkWidget *
nudge_preferences_window_new (GtkWindow *parent)
{
  return g_object_new (NUDGE_TYPE_PREFERENCES_WINDOW, "transient-for", parent, NULL);
}
