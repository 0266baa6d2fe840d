/* nudge-tensor-window.c - the window of a file's tensors
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/tensors/nudge-tensor-window.h"

#include <glib/gi18n.h>

#include "app/base/nudge-dialogs.h"
#include "app/base/nudge-toast.h"
#include "app/base/nudge-window-actions.h"
#include "app/panels/nudge-window-memory.h"
#include "app/tensors/nudge-busy-bar.h"
#include "app/tensors/nudge-file-edits.h"
#include "app/tensors/nudge-tensor-cards.h"
#include "nn/script/nn-script-file.h"
#include "ui/base/nudge-menus.h"
#include "ui/tensors/nudge-tensor-table.h"
#include "ui/tensors/nudge-tensor-view.h"
#include "ui/text/nudge-number.h"

#define RESPONSE_SKIP 1 /* as the template has it */

#define WIDE 1100 /* pixels: table and tensor are side by side from here on */

struct _NudgeTensorWindow {
  AdwApplicationWindow parent_instance;

  NudgeTensorDocument *document; /* (owned) */
  NudgeTensorReader *reader;     /* (unowned) the document's */
  guint arranging;               /* idle sources */
  guint selecting;

  GtkMenuButton *main_menu;
  GtkMenuButton *compare_menu;
  AdwWindowTitle *title;
  NudgeBusyBar *busy;
  GtkInfoBar *warning;
  GtkLabel *warning_label;
  GtkInfoBar *refusal;
  GtkLabel *refusal_label;
  GtkWidget *skip;
  GtkPaned *pictures;
  GtkPaned *sides;
  GtkWidget *toasts;
  NudgeTensorTable *table;
  NudgeTensorView *view;
  NudgeTensorCards *cards;
  NudgeFileEdits *edits;
};

G_DEFINE_FINAL_TYPE (NudgeTensorWindow, nudge_tensor_window, ADW_TYPE_APPLICATION_WINDOW)

/* To be said once. */
void
nudge_tensor_window_say (NudgeTensorWindow *self, const char *text)
{
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toasts),
                               nudge_toast_new (ADW_TOAST_OVERLAY (self->toasts), text));
}

/* --- What the views ask for -------------------------------------------------------- */

static void
wanted_cb (NudgeTensorWindow *self, NudgeTensor *tensor)
{
  nudge_tensor_reader_want (self->reader, tensor);
}

static void
unwanted_cb (NudgeTensorWindow *self, NudgeTensor *tensor)
{
  nudge_tensor_reader_unwant (self->reader, tensor);
}

static void
picture_wanted_cb (NudgeTensorWindow *self, NudgeTensor *tensor)
{
  nudge_tensor_reader_want_picture (self->reader, tensor);
}

static void
window_wanted_cb (NudgeTensorWindow *self,
                  NudgeTensor *tensor,
                  guint64 first_row,
                  guint64 first_column,
                  guint64 n_rows,
                  guint64 n_columns)
{
  nudge_tensor_reader_want_window (self->reader, tensor, first_row, first_column, n_rows,
                                   n_columns);
}

static void
picture_cb (NudgeTensorWindow *self, NudgeTensor *tensor, NnTensorPicture *picture)
{
  nudge_tensor_view_set_picture (self->view, tensor, picture);
}

static void
window_cb (NudgeTensorWindow *self, NudgeTensor *tensor, NnTensorWindow *window)
{
  nudge_tensor_view_set_window (self->view, tensor, window);
}

/* An explanation stays, so that nothing moves under the pointer. */
static void
end_refusal (NudgeTensorWindow *self)
{
  if (gtk_info_bar_get_message_type (self->refusal) == GTK_MESSAGE_WARNING)
    gtk_info_bar_set_revealed (self->refusal, FALSE);
}

static void
preview_made_cb (NudgeTensorWindow *self, NnTensorSummary *preview)
{
  if (preview)
    end_refusal (self);
  nudge_tensor_view_set_preview (self->view, preview);
}

static void
selected_cb (NudgeTensorWindow *self)
{
  NudgeTensor *tensor = nudge_tensor_table_get_selected (self->table);

  if (self->reader == NULL)
    return;
  nudge_tensor_reader_preview (self->reader, NULL, NULL);
  nudge_tensor_view_set_tensor (self->view, tensor);
  nudge_tensor_cards_set_tensor (self->cards, tensor);
}

/* --- What a user does -------------------------------------------------------------- */

static void
preview_cb (NudgeTensorWindow *self, NnNudge *nudge)
{
  nudge_tensor_reader_preview (self->reader,
                               nudge_tensor_table_get_selected (self->table), nudge);
}

/* The preview stays until the applied nudge is shown. */
static void
apply_cb (NudgeTensorWindow *self, NnNudge *nudge)
{
  nudge_tensor_document_apply (self->document, nudge);
}

static void
copy_script_cb (NudgeTensorWindow *self, NnNudge *nudge)
{
  g_autofree char *text = nn_script_dup_file_nudge (
      nudge,
      nn_file_version_get_store (nudge_tensor_document_get_version (self->document)),
      nudge_tensor_document_get_path (self->document));

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  nudge_tensor_window_say (self, _ ("Copied as PyTorch"));
}

static void
undo_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  nudge_tensor_document_undo (NUDGE_TENSOR_WINDOW (window)->document);
}

static void
redo_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  nudge_tensor_document_redo (NUDGE_TENSOR_WINDOW (window)->document);
}

static void
copy_command_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  NudgeTensorWindow *self = window;
  g_autofree char *text = nudge_tensor_document_dup_command (self->document);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (window), text);
  nudge_tensor_window_say (self, _ ("Copied as command"));
}

/* --- What there is ----------------------------------------------------------------- */

static void
end_preview (NudgeTensorWindow *self)
{
  nudge_tensor_cards_end_preview (self->cards);
  nudge_tensor_reader_preview (self->reader, NULL, NULL);
}

/* From the first one on there is something to say in the table, too. */
static void
applied_cb (NudgeTensorWindow *self)
{
  end_preview (self);
  end_refusal (self);
  nudge_tensor_table_set_columns (self->table, NUDGE_TENSOR_COLUMNS_CHANGE);
}

/**
 * nudge_tensor_window_warn:
 * @text: (nullable): %NULL: there is no reason any more
 *
 * Shows @text until it is closed, whatever is done meanwhile.
 */
void
nudge_tensor_window_warn (NudgeTensorWindow *self, const char *text)
{
  g_return_if_fail (NUDGE_IS_TENSOR_WINDOW (self));

  if (text != NULL)
    gtk_label_set_text (self->warning_label, text);
  gtk_info_bar_set_revealed (self->warning, text != NULL);
}

static void
warning_response_cb (NudgeTensorWindow *self)
{
  gtk_info_bar_set_revealed (self->warning, FALSE);
}

/* Stays until something else is done: it may be long, and says what to do. */
static void
show_bar (NudgeTensorWindow *self, GtkMessageType type, const char *text)
{
  gtk_info_bar_set_message_type (self->refusal, type);
  gtk_label_set_text (self->refusal_label, text);
  gtk_info_bar_set_revealed (self->refusal, TRUE);
}

static void
refused_cb (NudgeTensorWindow *self, const char *why, gboolean can_skip)
{
  end_preview (self);
  gtk_widget_set_visible (self->skip, can_skip);
  show_bar (self, GTK_MESSAGE_WARNING, why);
}

static void
no_preview_cb (NudgeTensorWindow *self, const char *why)
{
  gtk_widget_set_visible (self->skip, FALSE);
  show_bar (self, GTK_MESSAGE_WARNING, why);
}

/**
 * nudge_tensor_window_explain:
 *
 * Shows @text until it is closed, or something is refused.
 */
void
nudge_tensor_window_explain (NudgeTensorWindow *self, const char *text)
{
  g_return_if_fail (NUDGE_IS_TENSOR_WINDOW (self));

  gtk_widget_set_visible (self->skip, FALSE);
  show_bar (self, GTK_MESSAGE_INFO, text);
}

static void
refusal_response_cb (NudgeTensorWindow *self, int response)
{
  gtk_info_bar_set_revealed (self->refusal, FALSE);
  if (response == RESPONSE_SKIP)
    nudge_tensor_document_skip (self->document);
}

static char *
dup_subtitle (NudgeTensorWindow *self)
{
  GListModel *tensors = nudge_tensor_reader_get_tensors (self->reader);
  const guint n = g_list_model_get_n_items (tensors);
  guint64 n_values = 0;
  g_autofree char *count = nudge_number_format_count (n);
  g_autofree char *values = NULL;
  g_autofree char *size = g_format_size (
      nn_file_version_get_store (nudge_tensor_document_get_version (self->document))
          ->file->size);
  g_autofree char *format = NULL;

  for (guint i = 0; i < n; i++) {
    g_autoptr (NudgeTensor) tensor = g_list_model_get_item (tensors, i);

    n_values += nudge_tensor_get_n_values (tensor);
  }
  values = nudge_number_format_count (n_values);
  format = g_strdup_printf (ngettext ("%s tensor", "%s tensors", n), count);
  /* Translators: "12 tensors", a count of values, a size of a file */
  return g_strdup_printf (_ ("%s · %s values · %s"), format, values, size);
}

static void
show_title (NudgeTensorWindow *self)
{
  g_autofree char *name = nudge_tensor_document_dup_name (self->document);
  g_autofree char *marked = NULL;
  g_autofree char *title = NULL;
  gboolean unsaved;

  g_object_get (self->document, "unsaved", &unsaved, NULL);
  marked = g_strconcat (unsaved ? "• " : "", name, NULL);
  title = g_strdup_printf (_ ("%s – Nudge"), marked);
  adw_window_title_set_title (self->title, marked);
  gtk_window_set_title (GTK_WINDOW (self), title);
}

static void
bind_action (NudgeTensorWindow *self, const char *property, const char *name)
{
  g_object_bind_property (self->document, property,
                          g_action_map_lookup_action (G_ACTION_MAP (self), name),
                          "enabled", G_BINDING_SYNC_CREATE);
}

static void
connect (NudgeTensorWindow *self, gpointer source, const char *signal, GCallback callback)
{
  g_signal_connect_object (source, signal, callback, self, G_CONNECT_SWAPPED);
}

/* Once the table has rows. */
static gboolean
select_first_cb (gpointer data)
{
  NudgeTensorWindow *self = data;
  GListModel *tensors = nudge_tensor_reader_get_tensors (self->reader);
  g_autoptr (NudgeTensor) first = g_list_model_get_item (tensors, 0);

  self->selecting = 0;
  if (first != NULL && nudge_tensor_table_get_selected (self->table) == NULL)
    nudge_tensor_table_select (self->table, first);
  return G_SOURCE_REMOVE;
}

static void
set_document (NudgeTensorWindow *self, NudgeTensorDocument *document)
{
  g_autofree char *subtitle = NULL;

  self->document = g_object_ref (document);
  self->reader = nudge_tensor_document_get_reader (document);
  connect (self, self->reader, "picture", G_CALLBACK (picture_cb));
  connect (self, self->reader, "window", G_CALLBACK (window_cb));
  connect (self, self->reader, "preview", G_CALLBACK (preview_made_cb));
  connect (self, self->reader, "refused", G_CALLBACK (no_preview_cb));
  connect (self, document, "refused", G_CALLBACK (refused_cb));
  connect (self, document, "applied", G_CALLBACK (applied_cb));
  connect (self, document, "notify::file", G_CALLBACK (show_title));
  connect (self, document, "notify::unsaved", G_CALLBACK (show_title));
  bind_action (self, "can-undo", "undo");
  bind_action (self, "can-redo", "redo");
  nudge_busy_bar_set_document (self->busy, document);
  nudge_file_edits_set_model (self->edits, nudge_tensor_document_get_edits (document));
  nudge_tensor_cards_set_file (self->cards, nudge_tensor_document_get_version (document));
  nudge_tensor_table_set_tensors (self->table,
                                  nudge_tensor_reader_get_tensors (self->reader));
  subtitle = dup_subtitle (self);
  adw_window_title_set_subtitle (self->title, subtitle);
  show_title (self);
  self->selecting = g_idle_add (select_first_cb, self);
}

/* Returns: (transfer none) */
NudgeTensorDocument *
nudge_tensor_window_get_document (NudgeTensorWindow *self)
{
  g_return_val_if_fail (NUDGE_IS_TENSOR_WINDOW (self), NULL);

  return self->document;
}

/* --- Layout ------------------------------------------------------------------------ */

/* Side by side where there is space for both, else the table over the tensor. */
static gboolean
arrange_cb (gpointer data)
{
  NudgeTensorWindow *self = data;
  const gboolean wide = gtk_widget_get_width (GTK_WIDGET (self)) >= WIDE;

  self->arranging = 0;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->pictures),
                                  wide ? GTK_ORIENTATION_HORIZONTAL
                                       : GTK_ORIENTATION_VERTICAL);
  return G_SOURCE_REMOVE;
}

/* Not within the allocation, as it would queue another one. */
static void
nudge_tensor_window_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  NudgeTensorWindow *self = NUDGE_TENSOR_WINDOW (widget);
  const GtkOrientation orientation =
      width >= WIDE ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL;

  GTK_WIDGET_CLASS (nudge_tensor_window_parent_class)
      ->size_allocate (widget, width, height, baseline);
  if (self->pictures && self->arranging == 0 &&
      gtk_orientable_get_orientation (GTK_ORIENTABLE (self->pictures)) != orientation)
    self->arranging = g_idle_add_full (G_PRIORITY_HIGH_IDLE, arrange_cb, self, NULL);
}

/* --- Life -------------------------------------------------------------------------- */

static const GActionEntry actions[] = {
  { "undo", undo_cb },
  { "redo", redo_cb },
  { "copy-command", copy_command_cb },
};

static void
nudge_tensor_window_dispose (GObject *object)
{
  NudgeTensorWindow *self = NUDGE_TENSOR_WINDOW (object);

  if (self->document)
    nudge_tensor_document_close (self->document);
  self->reader = NULL;
  g_clear_handle_id (&self->arranging, g_source_remove);
  g_clear_handle_id (&self->selecting, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), NUDGE_TYPE_TENSOR_WINDOW);
  g_clear_object (&self->document);
  G_OBJECT_CLASS (nudge_tensor_window_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/nudgelab/Nudge/ui/nudge-tensor-window.ui");
  gtk_widget_class_bind_template_child (widget_class, NudgeTensorWindow, main_menu);
  gtk_widget_class_bind_template_child (widget_class, NudgeTensorWindow, compare_menu);
  gtk_widget_class_bind_template_child (widget_class, NudgeTensorWindow, title);
  gtk_widget_class_bind_template_child (widget_class, NudgeTensorWindow, busy);
  gtk_widget_class_bind_template_child (widget_class, NudgeTensorWindow, refusal);
  gtk_widget_class_bind_template_child (widget_class, NudgeTensorWindow, warning);
  gtk_widget_class_bind_template_child (widget_class, NudgeTensorWindow, warning_label);
  gtk_widget_class_bind_template_child (widget_class, NudgeTensorWindow, refusal_label);
  gtk_widget_class_bind_template_child (widget_class, NudgeTensorWindow, skip);
  gtk_widget_class_bind_template_child (widget_class, NudgeTensorWindow, pictures);
  gtk_widget_class_bind_template_child (widget_class, NudgeTensorWindow, sides);
  gtk_widget_class_bind_template_child (widget_class, NudgeTensorWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, NudgeTensorWindow, table);
  gtk_widget_class_bind_template_child (widget_class, NudgeTensorWindow, view);
  gtk_widget_class_bind_template_child (widget_class, NudgeTensorWindow, cards);
  gtk_widget_class_bind_template_child (widget_class, NudgeTensorWindow, edits);
  gtk_widget_class_bind_template_callback (widget_class, wanted_cb);
  gtk_widget_class_bind_template_callback (widget_class, unwanted_cb);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, picture_wanted_cb);
  gtk_widget_class_bind_template_callback (widget_class, window_wanted_cb);
  gtk_widget_class_bind_template_callback (widget_class, preview_cb);
  gtk_widget_class_bind_template_callback (widget_class, apply_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_script_cb);
  gtk_widget_class_bind_template_callback (widget_class, refusal_response_cb);
  gtk_widget_class_bind_template_callback (widget_class, warning_response_cb);
}

static void
nudge_tensor_window_class_init (NudgeTensorWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = nudge_tensor_window_dispose;
  GTK_WIDGET_CLASS (klass)->size_allocate = nudge_tensor_window_size_allocate;
  g_type_ensure (NUDGE_TYPE_BUSY_BAR);
  g_type_ensure (NUDGE_TYPE_FILE_EDITS);
  g_type_ensure (NUDGE_TYPE_TENSOR_CARDS);
  g_type_ensure (NUDGE_TYPE_TENSOR_TABLE);
  g_type_ensure (NUDGE_TYPE_TENSOR_VIEW);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
nudge_tensor_window_init (NudgeTensorWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  nudge_dialogs_name_close_button (self->warning);
  nudge_dialogs_name_close_button (self->refusal);
  gtk_menu_button_set_menu_model (self->main_menu, nudge_menus_get ("main"));
  gtk_menu_button_set_menu_model (self->compare_menu, nudge_menus_get ("compare"));
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions),
                                   self);
  nudge_window_actions_add (GTK_APPLICATION_WINDOW (self));
  nudge_window_memory_add_window (GTK_WINDOW (self));
}

/* @document: shown from now on; gets a reference */
NudgeTensorWindow *
nudge_tensor_window_new (GtkApplication *application, NudgeTensorDocument *document)
{
  NudgeTensorWindow *self =
      g_object_new (NUDGE_TYPE_TENSOR_WINDOW, "application", application, NULL);

  set_document (self, document);
  return self;
}
