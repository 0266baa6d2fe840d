/* nudge-attach-dialog.c - choosing the job to attach to, and how to start one
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/nudge-attach-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/command/nudge-paths.h"
#include "app/nudge-attach.h"
#include "app/panels/nudge-job-list.h"

struct _NudgeAttachDialog {
  AdwWindow parent_instance;

  AdwPreferencesGroup *jobs;
  AdwActionRow *none;
  AdwActionRow *start;
  AdwActionRow *ranks;
  NudgeWindow *window; /* (unowned) which is to show the job, and outlives us */
  NudgeJobList *list;  /* (owned) */
  GPtrArray *rows;     /* (owned) (element-type AdwActionRow) a job each */
  char *start_line;    /* (owned) */
  char *ranks_line;    /* (owned) */
};

G_DEFINE_FINAL_TYPE (NudgeAttachDialog, nudge_attach_dialog, ADW_TYPE_WINDOW)

/* ---- the list ----------------------------------------------------------------------- */

static const char *
get_path (gpointer row)
{
  return g_object_get_data (row, "nudge-path");
}

static gboolean
close_cb (gpointer self)
{
  gtk_window_close (self);
  return G_SOURCE_REMOVE;
}

/* The row that is being clicked must not go away within the click, but before the next frame:
 * until then no window can be used. */
static void
activated_cb (AdwActionRow *row, NudgeAttachDialog *self)
{
  nudge_attach_in (self->window, get_path (row));
  g_idle_add_full (G_PRIORITY_DEFAULT, close_cb, g_object_ref (self), g_object_unref);
}

static void
show_job (AdwActionRow *row, const NudgeJob *job)
{
  g_autofree char *words = nudge_job_dup_words (job, TRUE);

  adw_action_row_set_subtitle (row, words);
}

static AdwActionRow *
add_row (NudgeAttachDialog *self, const NudgeJob *job)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = g_markup_escape_text (job->script, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "nudge-path", g_strdup (job->path), g_free);
  g_signal_connect_object (row, "activated", G_CALLBACK (activated_cb), self, 0);
  adw_preferences_group_add (self->jobs, row);
  g_ptr_array_add (self->rows, row);
  return ADW_ACTION_ROW (row);
}

static AdwActionRow *
find_row (NudgeAttachDialog *self, const char *path)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (g_str_equal (get_path (self->rows->pdata[i]), path))
      return self->rows->pdata[i];
  return NULL;
}

static gboolean
is_there (const GPtrArray *jobs, const char *path)
{
  for (guint i = 0; i < jobs->len; i++)
    if (g_str_equal (((const NudgeJob *) jobs->pdata[i])->path, path))
      return TRUE;
  return FALSE;
}

/* Rows are kept where possible, as one may have the focus. */
static void
changed_cb (NudgeAttachDialog *self)
{
  const GPtrArray *jobs = nudge_job_list_get (self->list);

  for (guint i = self->rows->len; i-- > 0;)
    if (!is_there (jobs, get_path (self->rows->pdata[i]))) {
      adw_preferences_group_remove (self->jobs, self->rows->pdata[i]);
      g_ptr_array_remove_index (self->rows, i);
    }
  for (guint i = 0; i < jobs->len; i++) {
    const NudgeJob *job = jobs->pdata[i];
    AdwActionRow *row = find_row (self, job->path);

    show_job (row != NULL ? row : add_row (self, job), job);
  }
  gtk_widget_set_visible (GTK_WIDGET (self->none), jobs->len == 0);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->none),
                                 _ ("No job is running that can be attached to"));
  adw_action_row_set_subtitle (
      self->none, _ ("A job that is started as shown below appears here by itself"));
}

/* ---- how to start one --------------------------------------------------------------- */

static void
copy_start_cb (NudgeAttachDialog *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->start_line);
}

static void
copy_ranks_cb (NudgeAttachDialog *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->ranks_line);
}

static void
show_line (AdwActionRow *row, const char *line)
{
  g_autofree char *title = g_markup_escape_text (line, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
}

/* As the client is installed with the program, nothing has to be copied. */
static void
show_lines (NudgeAttachDialog *self)
{
  g_autofree char *client = nudge_paths_dup_data ("nudge_attach.py");
  g_autofree char *folder = g_path_get_dirname (client);
  const gboolean plain = strpbrk (folder, " '\"\\$`!*?;&|<>()[]{}~#") == NULL;
  g_autofree char *quoted = plain ? g_strdup (folder) : g_shell_quote (folder);

  self->start_line =
      g_strdup_printf ("PYTHONPATH=%s python3 -m nudge_attach train.py", quoted);
  self->ranks_line = g_strdup_printf (
      "PYTHONPATH=%s torchrun --nproc_per_node 2 -m nudge_attach train.py", quoted);
  show_line (self->start, self->start_line);
  show_line (self->ranks, self->ranks_line);
}

/* ---- life --------------------------------------------------------------------------- */

static void
nudge_attach_dialog_dispose (GObject *object)
{
  NudgeAttachDialog *self = NUDGE_ATTACH_DIALOG (object);

  if (self->list != NULL)
    nudge_job_list_stop (self->list);
  g_clear_object (&self->list);
  gtk_widget_dispose_template (GTK_WIDGET (object), NUDGE_TYPE_ATTACH_DIALOG);
  G_OBJECT_CLASS (nudge_attach_dialog_parent_class)->dispose (object);
}

static void
nudge_attach_dialog_finalize (GObject *object)
{
  NudgeAttachDialog *self = NUDGE_ATTACH_DIALOG (object);

  g_ptr_array_unref (self->rows);
  g_free (self->start_line);
  g_free (self->ranks_line);
  G_OBJECT_CLASS (nudge_attach_dialog_parent_class)->finalize (object);
}

static void
nudge_attach_dialog_class_init (NudgeAttachDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = nudge_attach_dialog_dispose;
  object_class->finalize = nudge_attach_dialog_finalize;
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/nudgelab/Nudge/ui/nudge-attach-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, NudgeAttachDialog, jobs);
  gtk_widget_class_bind_template_child (widget_class, NudgeAttachDialog, none);
  gtk_widget_class_bind_template_child (widget_class, NudgeAttachDialog, start);
  gtk_widget_class_bind_template_child (widget_class, NudgeAttachDialog, ranks);
  gtk_widget_class_bind_template_callback (widget_class, copy_start_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_ranks_cb);
}

static void
nudge_attach_dialog_init (NudgeAttachDialog *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  show_lines (self);
  self->list = nudge_job_list_new ();
  g_signal_connect_object (self->list, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * nudge_attach_dialog_new:
 * @window: shows the job that is chosen
 */
GtkWidget *
nudge_attach_dialog_new (NudgeWindow *window)
{
  NudgeAttachDialog *self =
      g_object_new (NUDGE_TYPE_ATTACH_DIALOG, "transient-for", window, NULL);

  self->window = window;
  return GTK_WIDGET (self);
}
