/* nudge-attention.c - whether a user is at a widget, with the focus or the pointer
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/cards/nudge-attention.h"

#define UNATTENDED_SECONDS 4

struct _NudgeAttention {
  GObject parent_instance;

  GtkEventController *focus;   /* (owned) */
  GtkEventController *pointer; /* (owned) */
  gboolean active;             /* between begin and end */
  guint source;                /* that looks whether it is lost */
};

static guint lost;

G_DEFINE_FINAL_TYPE (NudgeAttention, nudge_attention, G_TYPE_OBJECT)

static gboolean
is_there (NudgeAttention *self)
{
  return gtk_event_controller_focus_contains_focus (
             GTK_EVENT_CONTROLLER_FOCUS (self->focus)) ||
         gtk_event_controller_motion_contains_pointer (
             GTK_EVENT_CONTROLLER_MOTION (self->pointer));
}

static gboolean
source_cb (gpointer data)
{
  NudgeAttention *self = data;

  self->source = 0;
  if (!is_there (self))
    g_signal_emit (self, lost, 0);
  return G_SOURCE_REMOVE;
}

/* When control returns to the main loop, both controllers know where focus and
 * pointer went. */
static void
left_cb (NudgeAttention *self)
{
  if (self->active && !self->source)
    self->source = g_idle_add_full (G_PRIORITY_DEFAULT, source_cb, self, NULL);
}

/**
 * nudge_attention_begin:
 *
 * May be called again, for something new that is shown.
 */
void
nudge_attention_begin (NudgeAttention *self)
{
  g_return_if_fail (NUDGE_IS_ATTENTION (self));

  nudge_attention_end (self);
  self->active = TRUE;
  if (!is_there (self))
    self->source = g_timeout_add_seconds (UNATTENDED_SECONDS, source_cb, self);
}

void
nudge_attention_end (NudgeAttention *self)
{
  g_return_if_fail (NUDGE_IS_ATTENTION (self));

  self->active = FALSE;
  g_clear_handle_id (&self->source, g_source_remove);
}

static void
nudge_attention_dispose (GObject *object)
{
  NudgeAttention *self = NUDGE_ATTENTION (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_object (&self->focus);
  g_clear_object (&self->pointer);
  G_OBJECT_CLASS (nudge_attention_parent_class)->dispose (object);
}

static void
nudge_attention_class_init (NudgeAttentionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = nudge_attention_dispose;
  lost = g_signal_new ("lost", NUDGE_TYPE_ATTENTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                       NULL, G_TYPE_NONE, 0);
}

static void
nudge_attention_init (NudgeAttention *self)
{
}

/**
 * nudge_attention_new:
 * @widget: watched for as long as the result lives
 */
NudgeAttention *
nudge_attention_new (GtkWidget *widget)
{
  NudgeAttention *self = g_object_new (NUDGE_TYPE_ATTENTION, NULL);

  self->focus = g_object_ref (gtk_event_controller_focus_new ());
  self->pointer = g_object_ref (gtk_event_controller_motion_new ());
  g_signal_connect_object (self->focus, "leave", G_CALLBACK (left_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->pointer, "leave", G_CALLBACK (left_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, self->focus);
  gtk_widget_add_controller (widget, self->pointer);
  return self;
}
