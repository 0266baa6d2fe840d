/* nudge-help-window.c - the window of the help
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/help/nudge-help-window.h"

#include "app/help/nudge-help-pages.h"
#include "ui/base/nudge-help-view.h"

struct _NudgeHelpWindow {
  AdwWindow parent_instance;

  NudgeHelpPages *pages;
  GQueue *visited; /* (element-type utf8) addresses, the newest first: where back leads */
  char *address;   /* (owned) (nullable) what is shown */
  gboolean is_choosing;

  GtkWidget *back;
  GtkSearchEntry *search;
  GtkListBox *list;
  NudgeHelpView *view;
};

G_DEFINE_FINAL_TYPE (NudgeHelpWindow, nudge_help_window, ADW_TYPE_WINDOW)

/* ---- what is shown ----------------------------------------------------------------- */

static GtkListBoxRow *
find_row (NudgeHelpWindow *self, guint index)
{
  return gtk_list_box_get_row_at_index (self->list, (int) index);
}

static void
show (NudgeHelpWindow *self, const char *address)
{
  g_auto (GStrv) parts = g_strsplit (address, "#", 2);
  const gssize index = nudge_help_pages_find (self->pages, parts[0]);

  if (index < 0)
    return;
  g_free (self->address);
  self->address = g_strdup (address);
  nudge_help_view_show (self->view, nudge_help_pages_get (self->pages, (guint) index),
                        nudge_help_pages_get_folder (self->pages), parts[1]);
  self->is_choosing = TRUE;
  gtk_list_box_select_row (self->list, find_row (self, (guint) index));
  self->is_choosing = FALSE;
  gtk_widget_set_sensitive (self->back, !g_queue_is_empty (self->visited));
}

/**
 * nudge_help_window_open:
 * @address: "PAGE" or "PAGE#SECTION"
 */
void
nudge_help_window_open (NudgeHelpWindow *self, const char *address)
{
  if (g_strcmp0 (self->address, address) == 0)
    return;
  if (self->address)
    g_queue_push_head (self->visited, g_strdup (self->address));
  show (self, address);
}

static void
back_cb (NudgeHelpWindow *self)
{
  g_autofree char *address = g_queue_pop_head (self->visited);

  if (address)
    show (self, address);
}

/* ---- the list ---------------------------------------------------------------------- */

static void
selected_cb (NudgeHelpWindow *self, GtkListBoxRow *row)
{
  if (row != NULL && !self->is_choosing)
    nudge_help_window_open (
        self,
        nudge_help_pages_get_id (self->pages, (guint) gtk_list_box_row_get_index (row)));
}

static gboolean
is_found (GtkListBoxRow *row, gpointer data)
{
  NudgeHelpWindow *self = data;
  const char *words = gtk_editable_get_text (GTK_EDITABLE (self->search));

  return nudge_help_page_has (
      nudge_help_pages_get (self->pages, (guint) gtk_list_box_row_get_index (row)),
      words);
}

static void
searched_cb (NudgeHelpWindow *self)
{
  gtk_list_box_invalidate_filter (self->list);
}

/* Return in the search opens the first page that has the words. */
static void
activate_cb (NudgeHelpWindow *self)
{
  GtkListBoxRow *row;

  for (guint i = 0; (row = find_row (self, i)) != NULL; i++)
    if (is_found (row, self)) {
      selected_cb (self, row);
      return;
    }
}

static void
fill_list (NudgeHelpWindow *self)
{
  for (guint i = 0; i < nudge_help_pages_get_n (self->pages); i++) {
    GtkWidget *label = gtk_label_new (NULL);

    gtk_label_set_markup (GTK_LABEL (label),
                          nudge_help_pages_get (self->pages, i)->root->title);
    gtk_label_set_xalign (GTK_LABEL (label), 0);
    gtk_label_set_wrap (GTK_LABEL (label), TRUE);
    gtk_list_box_append (self->list, label);
  }
  gtk_list_box_set_filter_func (self->list, is_found, self, NULL);
}

/* ---- the widget -------------------------------------------------------------------- */

static void
nudge_help_window_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), NUDGE_TYPE_HELP_WINDOW);
  G_OBJECT_CLASS (nudge_help_window_parent_class)->dispose (object);
}

static void
nudge_help_window_finalize (GObject *object)
{
  NudgeHelpWindow *self = NUDGE_HELP_WINDOW (object);

  nudge_help_pages_free (self->pages);
  g_queue_free_full (self->visited, g_free);
  g_free (self->address);
  G_OBJECT_CLASS (nudge_help_window_parent_class)->finalize (object);
}

static gboolean
close_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  gtk_window_close (GTK_WINDOW (widget));
  return TRUE;
}

static gboolean
search_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  gtk_widget_grab_focus (GTK_WIDGET (NUDGE_HELP_WINDOW (widget)->search));
  return TRUE;
}

static gboolean
go_back_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  back_cb (NUDGE_HELP_WINDOW (widget));
  return TRUE;
}

static void
nudge_help_window_class_init (NudgeHelpWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nudge_help_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = nudge_help_window_finalize;
  g_type_ensure (NUDGE_TYPE_HELP_VIEW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/nudgelab/Nudge/ui/nudge-help-window.ui");
  gtk_widget_class_bind_template_child (widget_class, NudgeHelpWindow, back);
  gtk_widget_class_bind_template_child (widget_class, NudgeHelpWindow, search);
  gtk_widget_class_bind_template_child (widget_class, NudgeHelpWindow, list);
  gtk_widget_class_bind_template_child (widget_class, NudgeHelpWindow, view);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, searched_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, close_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, search_cb,
                                NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Left, GDK_ALT_MASK, go_back_cb,
                                NULL);
}

static void
nudge_help_window_init (NudgeHelpWindow *self)
{
  self->pages = nudge_help_pages_new ();
  self->visited = g_queue_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->view, "open", G_CALLBACK (nudge_help_window_open),
                            self);
  fill_list (self);
  nudge_help_window_open (self, nudge_help_pages_get_id (self->pages, 0));
}

/**
 * nudge_help_window_new:
 * @parent: (nullable): which it is closed with
 */
GtkWidget *
nudge_help_window_new (GtkWindow *parent)
{
  /* For its keys: those that close a window, and that quit. */
  GtkApplication *application = parent ? gtk_window_get_application (parent) : NULL;

  return g_object_new (NUDGE_TYPE_HELP_WINDOW, "application", application,
                       "transient-for", parent, "destroy-with-parent", TRUE, NULL);
}
