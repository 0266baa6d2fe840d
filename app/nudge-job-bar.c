/* nudge-job-bar.c - says that a job has ended, or was detached from, and what can be done
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/nudge-job-bar.h"

#include <glib/gi18n.h>

#include "app/nudge-attach.h"
#include "app/panels/nudge-job-list.h"

struct _NudgeJobBar {
  NudgePanel parent_instance;

  GtkInfoBar *bar; /* the only child: disposal finds it by this */
  GtkLabel *label;
  GtkWidget *again;
  NudgeJobList *jobs; /* (owned) (nullable) while there is none to speak with … */
  char *path;         /* (owned) (nullable) … until one is the same script */
};

G_DEFINE_FINAL_TYPE (NudgeJobBar, nudge_job_bar, NUDGE_TYPE_PANEL)

static void
stop_looking (NudgeJobBar *self)
{
  if (self->jobs != NULL)
    nudge_job_list_stop (self->jobs);
  g_clear_object (&self->jobs);
  g_clear_pointer (&self->path, g_free);
  gtk_widget_set_visible (self->again, FALSE);
}

/* The job itself, if it was only detached from. */
static gboolean
is_it (const NudgeJob *job, const NudgeJob *other)
{
  return job->pid == other->pid || nudge_job_is_again (job, other);
}

static void
looked_cb (NudgeJobBar *self)
{
  NudgeDocument *document = nudge_panel_get_document (NUDGE_PANEL (self));
  const GPtrArray *jobs = nudge_job_list_get (self->jobs);
  const NudgeJob *job = nudge_document_get_job (document);

  g_clear_pointer (&self->path, g_free);
  for (guint i = 0; i < jobs->len && self->path == NULL; i++) {
    const NudgeJob *other = jobs->pdata[i];

    if (is_it (job, other)) {
      g_autofree char *words = nudge_job_dup_words (other, TRUE);

      self->path = g_strdup (other->path);
      gtk_widget_set_tooltip_text (self->again, words);
    }
  }
  gtk_widget_set_visible (self->again, self->path != NULL);
}

static void
look (NudgeJobBar *self)
{
  if (self->jobs != NULL)
    return;
  self->jobs = nudge_job_list_new ();
  g_signal_connect_object (self->jobs, "changed", G_CALLBACK (looked_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
again_cb (NudgeJobBar *self)
{
  if (self->path != NULL)
    nudge_attach_in (NUDGE_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->path);
}

static void
nudge_job_bar_show_words (NudgePanel *panel, NnFrame *frame)
{
  NudgeJobBar *self = NUDGE_JOB_BAR (panel);
  const NudgeJob *job = nudge_document_get_job (nudge_panel_get_document (panel));
  g_autofree char *text = NULL;

  gtk_info_bar_set_revealed (self->bar, job != NULL && frame->ended);
  if (job == NULL || !frame->ended)
    return;
  if (frame->failure != NULL)
    /* Translators: a script, why it does not answer */
    text = g_strdup_printf (_ ("%s no longer answers: %s. You see its last known state."),
                            job->script, frame->failure);
  else
    text = g_strdup_printf (_ ("Detached from %s, which goes on by itself. You see its "
                               "state as you left it."),
                            job->script);
  gtk_label_set_text (self->label, text);
  look (self);
}

static void
nudge_job_bar_document_changed (NudgePanel *panel, NudgeDocument *document)
{
  NudgeJobBar *self = NUDGE_JOB_BAR (panel);

  stop_looking (self);
  gtk_info_bar_set_revealed (self->bar, FALSE);
}

static void
nudge_job_bar_dispose (GObject *object)
{
  NudgeJobBar *self = NUDGE_JOB_BAR (object);

  if (self->jobs != NULL)
    stop_looking (self);
  gtk_widget_dispose_template (GTK_WIDGET (object), NUDGE_TYPE_JOB_BAR);
  G_OBJECT_CLASS (nudge_job_bar_parent_class)->dispose (object);
}

static void
nudge_job_bar_class_init (NudgeJobBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nudge_job_bar_dispose;
  NUDGE_PANEL_CLASS (klass)->document_changed = nudge_job_bar_document_changed;
  NUDGE_PANEL_CLASS (klass)->show_words = nudge_job_bar_show_words;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/nudgelab/Nudge/ui/nudge-job-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, NudgeJobBar, bar);
  gtk_widget_class_bind_template_child (widget_class, NudgeJobBar, label);
  gtk_widget_class_bind_template_child (widget_class, NudgeJobBar, again);
  gtk_widget_class_bind_template_callback (widget_class, again_cb);
}

static void
nudge_job_bar_init (NudgeJobBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
