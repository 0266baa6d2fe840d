/* nudge-why-popover.c - why the loss jumped: the question, its progress and the answer
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/panels/nudge-why-popover.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/document/nudge-accounting.h"
#include "ui/log/nudge-account-view.h"
#include "ui/text/nudge-account-shares.h"

#define WAIT_MS     300 /* a longer wait is shown */
#define PROGRESS_MS 50

struct _NudgeWhyPopover {
  GtkPopover parent_instance;

  NudgeAccountView *view;
  NudgeLossPlot *plot;       /* (unowned) the parent, until it is closed */
  GCancellable *cancellable; /* (owned) (nullable) of what is waited for */
  guint timer;
};

G_DEFINE_FINAL_TYPE (NudgeWhyPopover, nudge_why_popover, GTK_TYPE_POPOVER)

/* ---- the run behind the curve ------------------------------------------------------ */

static void
shown_cb (NudgeWhyPopover *self, int row)
{
  const NnAccount *account = nudge_account_view_get_account (self->view);
  NnScore points[NN_ACCOUNT_REACH + 1];
  const float *curve = NULL;
  gsize n = 0;

  if (self->plot == NULL)
    return;
  if (account && row == NUDGE_ACCOUNT_COURSE)
    curve = account->course_curve;
  else if (account && row >= 0)
    curve = account->parts[row].curve;
  for (gsize i = 0; curve && i <= NN_ACCOUNT_REACH; i++)
    if (account->step + i > 0 && isfinite (curve[i]))
      points[n++] = (NnScore){ account->step + i, curve[i], NAN };
  nudge_loss_plot_set_other (self->plot, points, n);
}

/* ---- waiting ----------------------------------------------------------------------- */

static gboolean
progress_cb (gpointer data)
{
  NudgeWhyPopover *self = data;

  nudge_account_view_set_progress (self->view,
                                   nudge_accounting_get_progress (self->cancellable));
  return G_SOURCE_CONTINUE;
}

static gboolean
wait_cb (gpointer data)
{
  NudgeWhyPopover *self = data;

  progress_cb (self);
  self->timer = g_timeout_add (PROGRESS_MS, progress_cb, self);
  return G_SOURCE_REMOVE;
}

static void
stop_waiting (NudgeWhyPopover *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

/* The file's name in commands, which are run in its folder. */
static char *
dup_file (NudgeDocument *document)
{
  g_autoptr (GFile) file = NULL;

  g_object_get (document, "file", &file, NULL);
  if (file)
    return g_file_get_basename (file);
  return g_strdup (_ ("FILE.nudge"));
}

/* @data: (transfer full): the popover, which may be closed by now */
static void
ready_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (NudgeWhyPopover) self = data;
  g_autoptr (GError) error = NULL;
  NnAccount *account = nudge_accounting_finish (result, &error);
  g_autofree char *file = NULL;

  if (self->cancellable == NULL ||
      g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result)))) {
    g_clear_pointer (&account, nn_account_free);
    return;
  }
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->cancellable);
  if (account == NULL) {
    nudge_account_view_set_failure (self->view, error->message);
    return;
  }
  file = dup_file (NUDGE_DOCUMENT (source));
  nudge_account_view_take_account (self->view, account, file);
}

static void
ask (NudgeWhyPopover *self, NudgeDocument *document, guint64 step)
{
  nudge_account_view_begin (self->view, step);
  self->cancellable = g_cancellable_new ();
  self->timer = g_timeout_add (WAIT_MS, wait_cb, self);
  nudge_accounting_async (document, step, self->cancellable, ready_cb,
                          g_object_ref (self));
}

/* ---- itself ------------------------------------------------------------------------ */

static gboolean
remove_cb (gpointer data)
{
  GtkWidget *popover = data;

  if (gtk_widget_get_parent (popover))
    gtk_widget_unparent (popover);
  return G_SOURCE_REMOVE;
}

static void
leave_plot (NudgeWhyPopover *self)
{
  stop_waiting (self);
  if (self->plot)
    nudge_loss_plot_set_other (self->plot, NULL, 0);
  self->plot = NULL;
}

/* Removed when idle: a widget in it that has the focus has to lose that first. */
static void
nudge_why_popover_closed (GtkPopover *popover)
{
  leave_plot (NUDGE_WHY_POPOVER (popover));
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, remove_cb, g_object_ref (popover),
                   g_object_unref);
}

static void
nudge_why_popover_dispose (GObject *object)
{
  stop_waiting (NUDGE_WHY_POPOVER (object));
  G_OBJECT_CLASS (nudge_why_popover_parent_class)->dispose (object);
}

static void
nudge_why_popover_class_init (NudgeWhyPopoverClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = nudge_why_popover_dispose;
  GTK_POPOVER_CLASS (klass)->closed = nudge_why_popover_closed;
}

static void
nudge_why_popover_init (NudgeWhyPopover *self)
{
  self->view = NUDGE_ACCOUNT_VIEW (nudge_account_view_new ());
  gtk_popover_set_child (GTK_POPOVER (self), GTK_WIDGET (self->view));
  gtk_popover_set_position (GTK_POPOVER (self), GTK_POS_TOP);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Why?"), -1);
  g_signal_connect_swapped (self->view, "shown", G_CALLBACK (shown_cb), self);
  g_signal_connect_swapped (self->view, "cancelled", G_CALLBACK (gtk_popover_popdown),
                            self);
}

/* The plot goes before what it has opened. */
static void
plot_gone_cb (GtkWidget *popover)
{
  leave_plot (NUDGE_WHY_POPOVER (popover));
  if (gtk_widget_get_parent (popover))
    gtk_widget_unparent (popover);
}

/* No higher than the part of the window above @y of the plot, which it points to. */
static void
keep_inside (NudgeWhyPopover *self, int y)
{
  GtkWidget *plot = GTK_WIDGET (self->plot);
  double top;

  if (gtk_widget_translate_coordinates (plot, GTK_WIDGET (gtk_widget_get_root (plot)), 0,
                                        y, NULL, &top))
    nudge_account_view_set_most_height (self->view, (int) top);
}

/* The curve shows one answer. */
static void
close_others (GtkWidget *plot)
{
  GtkWidget *child = gtk_widget_get_first_child (plot);

  while (child) {
    GtkWidget *next = gtk_widget_get_next_sibling (child);

    if (NUDGE_IS_WHY_POPOVER (child))
      gtk_popover_popdown (GTK_POPOVER (child));
    child = next;
  }
}

/**
 * nudge_why_popover_open:
 * @plot: at whose curve the answer is shown; one that is there is closed
 * @step: that is asked about
 */
void
nudge_why_popover_open (NudgeLossPlot *plot, NudgeDocument *document, guint64 step)
{
  NudgeWhyPopover *self = g_object_new (NUDGE_TYPE_WHY_POPOVER, NULL);
  GdkRectangle at;

  g_return_if_fail (NUDGE_IS_LOSS_PLOT (plot));
  g_return_if_fail (NUDGE_IS_DOCUMENT (document));

  close_others (GTK_WIDGET (plot));
  self->plot = plot;
  gtk_widget_set_parent (GTK_WIDGET (self), GTK_WIDGET (plot));
  /* Before the window's surface is destroyed: the popover's grab would outlive it. */
  g_signal_connect_object (plot, "unmap", G_CALLBACK (gtk_popover_popdown), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (plot, "destroy", G_CALLBACK (plot_gone_cb), self,
                           G_CONNECT_SWAPPED);
  nudge_loss_plot_get_anchor (plot, step, &at);
  gtk_popover_set_pointing_to (GTK_POPOVER (self), &at);
  keep_inside (self, at.y);
  ask (self, document, step);
  gtk_popover_popup (GTK_POPOVER (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}
