/* window-side.c - what is done in the side panel, for tests
 *
 * SPDX-License-Identifier: MIT
 */

#include "window-side.h"

#include "nn/io/nn-experiment-file.h"

void
set_up_text (Fixture *f, gconstpointer data)
{
  g_autofree char *text = g_strdelimit (g_strdup (data), "'", '"');
  g_autoptr (GError) error = NULL;
  NnExperiment *experiment =
      nn_experiment_file_parse (text, strlen (text), "test", &error);

  g_assert_no_error (error);
  scratch_set_up (&f->scratch, NULL);
  open_experiment (f, experiment);
}

const NnExperiment *
experiment_of (Fixture *f)
{
  return frame_of (f)->experiment;
}

gboolean
is_settled (gpointer data)
{
  Fixture *f = data;

  return nudge_session_is_settled (
      nudge_document_get_session (nudge_window_get_document (f->window)));
}

/* Scrolls it into sight first. */
void
reach (GtkWidget *widget)
{
  gtk_widget_grab_focus (widget);
  drive_settle (widget);
}

void
click (Fixture *f, const char *name)
{
  GtkWidget *window = GTK_WIDGET (f->window);
  GtkWidget *button = find_button (window, name);

  if (!button)
    button = drive_find (window, name, GTK_ACCESSIBLE_ROLE_BUTTON);
  g_assert_nonnull (button);
  reach (button);
  drive_click (button, 0.5, 0.5);
  g_assert_true (drive_until (is_settled, f));
}

GtkWidget *
type (Fixture *f, const char *name, const char *text)
{
  GtkWidget *entry = find (f, name, GTK_ACCESSIBLE_ROLE_TEXT_BOX);

  reach (entry);
  drive_key (entry, "ctrl+a");
  drive_type (entry, text);
  drive_key (entry, "Return");
  g_assert_true (drive_until (is_settled, f));
  return entry;
}

GtkDropDown *
find_choice (Fixture *f, const char *name)
{
  return GTK_DROP_DOWN (find (f, name, GTK_ACCESSIBLE_ROLE_COMBO_BOX));
}

const char *
get_choice (Fixture *f, const char *name)
{
  return gtk_string_object_get_string (
      gtk_drop_down_get_selected_item (find_choice (f, name)));
}

void
choose (Fixture *f, const char *name, const char *item)
{
  GtkDropDown *drop_down = find_choice (f, name);
  GListModel *items = gtk_drop_down_get_model (drop_down);

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    if (g_str_equal (gtk_string_list_get_string (GTK_STRING_LIST (items), i), item)) {
      gtk_drop_down_set_selected (drop_down, i);
      g_assert_true (drive_until (is_settled, f));
      return;
    }
  g_error ("%s has no %s", name, item);
}

void
undo (Fixture *f)
{
  click (f, "Undo");
}

const char *
get_text (Fixture *f, const char *name)
{
  return gtk_editable_get_text (
      GTK_EDITABLE (find (f, name, GTK_ACCESSIBLE_ROLE_TEXT_BOX)));
}

const NnDataset *
dataset_of (Fixture *f)
{
  return frame_of (f)->dataset;
}
