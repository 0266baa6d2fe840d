/* nudge-window-lists.c - the standing nudges, the log, and what is selected
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/nudge-window-private.h"

#include <glib/gi18n.h>

#include "ui/draw/nudge-frame.h"
#include "ui/nudge-log.h"
#include "ui/nudge-loss-plot.h"
#include "ui/nudge-standing-list.h"
#include "ui/nudge-timeline.h"

/* What is to be done with a standing nudge. */
typedef struct {
  NnEventKind kind;
  NnNudge *nudge; /* (owned) */
  int by;         /* MOVE: so many places down */
} Edit;

static void
edit_free (Edit *self)
{
  nn_nudge_unref (self->nudge);
  g_free (self);
}

/**
 * nudge_window_send_edits:
 *
 * An event addresses the list by place, so each waits until the frame shows what came
 * of those before it. What is gone meanwhile needs no edit.
 */
void
nudge_window_send_edits (NudgeWindow *self)
{
  while (nudge_window_is_up_to_date (self) && !g_queue_is_empty (&self->edits)) {
    Edit *edit = g_queue_pop_head (&self->edits);
    gssize index = nudge_frame_find_repeating (self->frame, edit->nudge);
    gssize to = CLAMP (index + edit->by, 0, (gssize) self->frame->n_standing - 1);
    NnEvent event = { .kind = edit->kind, .index = (gsize) index, .to = (gsize) to };

    if (index >= 0 && (edit->kind != NN_EVENT_MOVE || to != index))
      nudge_cards_do (self->cards, &event);
    edit_free (edit);
  }
}

void
nudge_window_forget_edits (NudgeWindow *self)
{
  g_queue_clear_full (&self->edits, (GDestroyNotify) edit_free);
}

static void
edited_cb (NudgeWindow *self, int kind, NnNudge *nudge, int by)
{
  Edit *edit = g_new0 (Edit, 1);

  if (!self->session || !self->frame) {
    g_free (edit);
    return;
  }
  *edit = (Edit){ (NnEventKind) kind, nn_nudge_ref (nudge), by };
  g_queue_push_tail (&self->edits, edit);
  nudge_window_send_edits (self);
}

/* How many there are stands on the tab, for the log may cover them. */
static void
show_tab (NudgeWindow *self)
{
  GtkStack *lists = GTK_STACK (self->lists);
  GtkStackPage *page = gtk_stack_get_page (lists, self->standing);
  gsize n = self->frame->n_standing;
  g_autofree char *title =
      n > 0 ? g_strdup_printf (_ ("Standing %" G_GSIZE_FORMAT), n) : NULL;

  if (g_strcmp0 (gtk_stack_page_get_title (page), title ? title : _ ("Standing")) != 0)
    gtk_stack_page_set_title (page, title ? title : _ ("Standing"));
}

/**
 * nudge_window_show_lists:
 *
 * As often as the labels: these are words, too.
 */
void
nudge_window_show_lists (NudgeWindow *self)
{
  nudge_timeline_set_frame (NUDGE_TIMELINE (self->timeline), self->frame);
  if (!self->has_place && nudge_window_is_up_to_date (self))
    nudge_timeline_settle (NUDGE_TIMELINE (self->timeline));
  nudge_list_follow_landings (self->landings, self->frame);
  nudge_list_follow_repeating (self->repeating, self->frame);
  show_tab (self);
}

static void
log_marked_cb (NudgeWindow *self, NnNudge *nudge)
{
  nudge_loss_plot_set_marked (NUDGE_LOSS_PLOT (self->loss_plot), nudge);
}

/* What is selected in the network is what its layer's card aims at. */
static void
selected_cb (NudgeWindow *self, const char *target)
{
  g_autoptr (GError) error = NULL;

  if (target && self->session && !nudge_cards_aim (self->cards, target, &error))
    nudge_window_toast (self, error->message);
}

static void
plot_marked_cb (NudgeWindow *self, NnNudge *nudge)
{
  nudge_log_set_marked (NUDGE_LOG (self->log), nudge);
}

static void
log_go_to_cb (NudgeWindow *self, guint64 step)
{
  nudge_window_go_to (self, step);
}

void
nudge_window_add_lists (NudgeWindow *self)
{
  self->landings = nudge_list_new ();
  self->repeating = nudge_list_new ();
  nudge_log_set_model (NUDGE_LOG (self->log), G_LIST_MODEL (self->landings));
  nudge_standing_list_set_model (NUDGE_STANDING_LIST (self->standing),
                                 G_LIST_MODEL (self->repeating));
  g_signal_connect_object (self->standing, "edited", G_CALLBACK (edited_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->log, "marked", G_CALLBACK (log_marked_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->log, "go-to", G_CALLBACK (log_go_to_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->network_view, "selected", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->loss_plot, "marked", G_CALLBACK (plot_marked_cb), self,
                           G_CONNECT_SWAPPED);
}
