/* nudge-job-panel.c - which job the window is attached to, in place of the edit panels
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/panels/nudge-job-panel.h"

#include <glib/gi18n.h>

#include "ui/text/nudge-number.h"

struct _NudgeJobPanel {
  NudgePanel parent_instance;

  GtkWidget *column; /* the only child: disposal finds it by this */
  GtkGrid *grid;
  int n_rows;
};

G_DEFINE_FINAL_TYPE (NudgeJobPanel, nudge_job_panel, NUDGE_TYPE_PANEL)

static GtkWidget *
new_label (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  return label;
}

static void
add (NudgeJobPanel *self, const char *name, const char *value)
{
  GtkWidget *left = new_label (name);
  GtkWidget *right = new_label (value);

  gtk_widget_add_css_class (left, "dim-label");
  gtk_widget_set_valign (left, GTK_ALIGN_START);
  gtk_label_set_selectable (GTK_LABEL (right), TRUE);
  gtk_widget_set_hexpand (right, TRUE);
  gtk_grid_attach (self->grid, left, 0, self->n_rows, 1, 1);
  gtk_grid_attach (self->grid, right, 1, self->n_rows++, 1, 1);
}

static void
add_number (NudgeJobPanel *self, const char *name, guint64 number)
{
  g_autofree char *text = nudge_number_format_count (number);

  add (self, name, text);
}

static void
show_job (NudgeJobPanel *self, const NudgeJob *job)
{
  g_autofree char *since = nudge_job_dup_since (job);
  g_autofree char *pid = g_strdup_printf ("%" G_GINT64_FORMAT, job->pid);

  add (self, _ ("Script"), job->script);
  add (self, _ ("Process"), pid);
  add_number (self, _ ("Ranks"), (guint64) job->n_ranks);
  if (since != NULL)
    add (self, _ ("Since"), since);
  add (self, _ ("PyTorch"), job->torch);
  add (self, _ ("Optimizer"), job->optimizers);
  add_number (self, _ ("Parameters"), job->n_parameters);
}

static void
nudge_job_panel_document_changed (NudgePanel *panel, NudgeDocument *document)
{
  NudgeJobPanel *self = NUDGE_JOB_PANEL (panel);
  const NudgeJob *job = document != NULL ? nudge_document_get_job (document) : NULL;

  for (; self->n_rows > 0; self->n_rows--)
    gtk_grid_remove_row (self->grid, 0);
  gtk_widget_set_visible (GTK_WIDGET (self), job != NULL);
  if (job != NULL)
    show_job (self, job);
}

static void
nudge_job_panel_dispose (GObject *object)
{
  g_clear_pointer (&NUDGE_JOB_PANEL (object)->column, gtk_widget_unparent);
  G_OBJECT_CLASS (nudge_job_panel_parent_class)->dispose (object);
}

static void
nudge_job_panel_class_init (NudgeJobPanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = nudge_job_panel_dispose;
  NUDGE_PANEL_CLASS (klass)->document_changed = nudge_job_panel_document_changed;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass),
                                            GTK_TYPE_BIN_LAYOUT);
}

static void
nudge_job_panel_init (NudgeJobPanel *self)
{
  GtkWidget *heading = new_label (_ ("Job"));
  GtkWidget *grid = gtk_grid_new ();
  GtkWidget *why = new_label (_ ("The script sets data, network and training. Here you "
                                 "can change them only with Nudge’s own engine."));

  self->grid = GTK_GRID (grid);
  gtk_grid_set_column_spacing (self->grid, 12);
  gtk_grid_set_row_spacing (self->grid, 6);
  gtk_widget_add_css_class (heading, "heading");
  gtk_widget_add_css_class (why, "dim-label");
  self->column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_box_append (GTK_BOX (self->column), heading);
  gtk_box_append (GTK_BOX (self->column), grid);
  gtk_box_append (GTK_BOX (self->column), why);
  gtk_widget_set_parent (self->column, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
