/* nudge-hints.c - bubbles that point, in turn, at what a newcomer needs first
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/panels/nudge-hints.h"

#include <glib/gi18n.h>

#include "app/base/nudge-settings.h"
#include "app/panels/nudge-pointing.h"

#define KEY  "hints-seen"
#define DATA "nudge-hints" /* of a window: its hints, while there are any */

/* How far the user has come with a run. */
typedef struct {
  guint64 step;
  gsize n_landings;
  gboolean has_undone;
} Progress;

struct _NudgeHints {
  GtkPopover parent_instance;

  GtkLabel *text;
  GtkLabel *progress;
  GtkLabel *next_label;
  GtkWidget *next;

  GtkWindow *window;          /* (unowned) whose child it is */
  NudgeDocument *document;    /* (owned) */
  GdkFrameClock *clock;       /* (owned) (nullable) the window's */
  GtkEventController *keys;   /* (unowned) the window's */
  GtkEventController *clicks; /* (unowned) the window's, too */
  gboolean begun;             /* there is something to point at */
  Progress before;            /* when they began */
  guint seen;                 /* bits */
  guint at;
  graphene_rect_t pointed; /* in the window */
};

G_DEFINE_FINAL_TYPE (NudgeHints, nudge_hints, GTK_TYPE_POPOVER)

/* --- What there is to see ----------------------------------------------------------- */

static gboolean
has_trained (const Progress *now, const Progress *before)
{
  return now->step > before->step;
}

static gboolean
has_nudged (const Progress *now, const Progress *before)
{
  return now->n_landings > before->n_landings;
}

static gboolean
has_undone (const Progress *now, const Progress *before)
{
  return now->has_undone && !before->has_undone;
}

static const struct {
  const char *control; /* as nudge_pointing_find () has it; ends before a layer's name */
  const char *text;
  GtkPositionType side;
  gboolean (*is_done) (const Progress *now, const Progress *before);
} hints[] = {
  { "Run",
    N_ ("Press Run (F5), and the loss falls. Training goes on while you try the rest."),
    GTK_POS_BOTTOM, has_trained },
  { "Amount for ",
    N_ ("Each layer has a function and an amount. Drag the slider: the curve shows where "
        "the loss would go. Let go, and the weights change once, between two steps."),
    GTK_POS_LEFT, has_nudged },
  { "Loss plot",
    N_ ("Here the loss jumps. A ◆ says what a nudge did; Undo (Ctrl+Z) takes the run "
        "back "
        "to just before it, and a click on the curve goes to any step."),
    GTK_POS_TOP, has_undone },
};

#define N_HINTS  G_N_ELEMENTS (hints)
#define ALL_SEEN ((1u << N_HINTS) - 1)

/* Returns: (transfer none) (nullable): what the hint points at, if it can be seen */
static GtkWidget *
find_control (NudgeHints *self)
{
  const NnArchitecture *architecture =
      nudge_document_get_frame (self->document)->architecture;
  const char *control = hints[self->at].control;
  g_autofree char *of_layer = NULL;

  if (!g_str_has_suffix (control, " "))
    return nudge_pointing_find (GTK_WIDGET (self->window), control);
  if (architecture->n_layers == 0)
    return NULL;
  of_layer = g_strconcat (control, architecture->layers[0].name, NULL);
  return nudge_pointing_find (GTK_WIDGET (self->window), of_layer);
}

static Progress
get_progress (NudgeHints *self)
{
  const NnFrame *frame = nudge_document_get_frame (self->document);

  return (Progress){ frame->step, frame->n_landings, frame->can_redo };
}

/* --- One after the other ------------------------------------------------------------ */

static void
end (NudgeHints *self)
{
  g_object_set_data (G_OBJECT (self->window), DATA, NULL);
}

static void
point (NudgeHints *self)
{
  GtkWidget *control = find_control (self);
  graphene_rect_t bounds;

  if (control == NULL ||
      !gtk_widget_compute_bounds (control, GTK_WIDGET (self->window), &bounds) ||
      graphene_rect_equal (&bounds, &self->pointed))
    return;
  self->pointed = bounds;
  gtk_popover_set_pointing_to (
      GTK_POPOVER (self),
      &(GdkRectangle){ (int) bounds.origin.x, (int) bounds.origin.y,
                       (int) bounds.size.width, (int) bounds.size.height });
}

static void
show_hint (NudgeHints *self)
{
  const gboolean is_last = self->at + 1 == N_HINTS;
  /* Translators: the first of three hints */
  g_autofree char *progress =
      g_strdup_printf (_ ("%u of %u"), self->at + 1, (guint) N_HINTS);

  gtk_label_set_text (self->text, _ (hints[self->at].text));
  gtk_label_set_text (self->progress, progress);
  gtk_label_set_text_with_mnemonic (self->next_label,
                                    is_last ? _ ("_Done") : _ ("_Next"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->next),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_text (self->next_label), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (hints[self->at].text), -1);
  gtk_popover_popdown (GTK_POPOVER (self));
  gtk_popover_set_position (GTK_POPOVER (self), hints[self->at].side);
  self->pointed = GRAPHENE_RECT_INIT (0, 0, 0, 0);
  point (self);
  gtk_popover_popup (GTK_POPOVER (self));
}

/* The first hint that is left and has something to point at; else the hints end. */
static void
go_on (NudgeHints *self)
{
  for (self->at = 0; self->at < N_HINTS; self->at++)
    if ((self->seen & 1u << self->at) == 0 && find_control (self) != NULL) {
      show_hint (self);
      return;
    }
  end (self);
}

static void
see (NudgeHints *self, guint bits)
{
  self->seen |= bits;
  nudge_settings_set_int (KEY, (int) self->seen);
}

static void
next_cb (NudgeHints *self)
{
  see (self, 1u << self->at);
  go_on (self);
}

/* What the user has already done needs no hint. */
static void
frame_cb (NudgeHints *self)
{
  const Progress now = get_progress (self);
  guint done = 0;

  for (guint i = 0; i < N_HINTS && self->begun; i++)
    if (hints[i].is_done (&now, &self->before))
      done |= 1u << i;
  if ((done & ~self->seen) == 0)
    return;
  see (self, done);
  if (self->seen & 1u << self->at)
    go_on (self);
}

/* When the window is first shown with a run, and when its layout changes. */
static void
painted_cb (NudgeHints *self)
{
  if (self->begun) {
    point (self);
  } else if (nudge_document_get_frame (self->document) != NULL) {
    self->begun = TRUE;
    self->before = get_progress (self);
    go_on (self);
  }
}

/* --- Keys ---------------------------------------------------------------------------- */

/* Keys that the focus does not handle: a bubble never has the focus. */
static gboolean
key_cb (NudgeHints *self, guint key, guint code, GdkModifierType modifiers)
{
  if (key == GDK_KEY_Escape) {
    see (self, ALL_SEEN);
    end (self);
    return TRUE;
  }
  if (gdk_keyval_to_lower (key) == GDK_KEY_n && (modifiers & GDK_ALT_MASK) != 0) {
    next_cb (self);
    return TRUE;
  }
  return FALSE;
}

/* --- Clicks ------------------------------------------------------------------------- */

/* When the window under a bubble is laid out again, GTK takes the widget below the bubble
 * for the one under the pointer, and clicks on the bubble go there. */
static void
pressed_cb (NudgeHints *self, int n_press, double x, double y, GtkGesture *gesture)
{
  GdkEvent *event =
      gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (gesture));
  const gboolean on_bubble =
      event != NULL &&
      gdk_event_get_surface (event) == gtk_native_get_surface (GTK_NATIVE (self));

  gtk_gesture_set_state (gesture, on_bubble ? GTK_EVENT_SEQUENCE_CLAIMED
                                            : GTK_EVENT_SEQUENCE_DENIED);
}

/* --- Life ---------------------------------------------------------------------------- */

static void
nudge_hints_dispose (GObject *object)
{
  NudgeHints *self = NUDGE_HINTS (object);

  if (self->clock != NULL)
    g_signal_handlers_disconnect_by_data (self->clock, self);
  g_clear_object (&self->clock);
  g_clear_object (&self->document);
  gtk_widget_dispose_template (GTK_WIDGET (self), NUDGE_TYPE_HINTS);
  G_OBJECT_CLASS (nudge_hints_parent_class)->dispose (object);
}

static void
nudge_hints_class_init (NudgeHintsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nudge_hints_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/nudgelab/Nudge/ui/nudge-hints.ui");
  gtk_widget_class_bind_template_child (widget_class, NudgeHints, text);
  gtk_widget_class_bind_template_child (widget_class, NudgeHints, progress);
  gtk_widget_class_bind_template_child (widget_class, NudgeHints, next);
  gtk_widget_class_bind_template_child (widget_class, NudgeHints, next_label);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
}

static void
nudge_hints_init (NudgeHints *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
remove_controller (gpointer data)
{
  g_autoptr (GtkEventController) controller = data;
  GtkWidget *window = gtk_event_controller_get_widget (controller);

  if (window != NULL)
    gtk_widget_remove_controller (window, controller);
}

/* GTK may be going through the window's controllers. */
static void
remove_later (NudgeHints *self, GtkEventController *controller)
{
  g_signal_handlers_disconnect_by_data (controller, self);
  g_idle_add_once (remove_controller, g_object_ref (controller));
}

/* At the end of the hints, and of the window. */
static void
remove_hints (gpointer data)
{
  NudgeHints *self = data;

  g_signal_handlers_disconnect_by_data (self->window, self);
  remove_later (self, self->keys);
  remove_later (self, self->clicks);
  gtk_widget_unparent (GTK_WIDGET (self));
  g_object_unref (self);
}

static void
begin (GtkWindow *window, NudgeDocument *document, guint seen)
{
  NudgeHints *self = g_object_ref_sink (g_object_new (NUDGE_TYPE_HINTS, NULL));

  self->window = window;
  self->document = g_object_ref (document);
  self->seen = seen;
  self->keys = gtk_event_controller_key_new ();
  gtk_widget_add_controller (GTK_WIDGET (window), self->keys);
  g_signal_connect_swapped (self->keys, "key-pressed", G_CALLBACK (key_cb), self);
  self->clicks = GTK_EVENT_CONTROLLER (gtk_gesture_click_new ());
  gtk_event_controller_set_propagation_phase (self->clicks, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (window), self->clicks);
  g_signal_connect_swapped (self->clicks, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect_swapped (self->clicks, "released", G_CALLBACK (next_cb), self);
  gtk_widget_set_parent (GTK_WIDGET (self), GTK_WIDGET (window));
  g_object_set_data_full (G_OBJECT (window), DATA, self, remove_hints);
  /* They are about what is shown now. */
  g_signal_connect_swapped (window, "notify::document", G_CALLBACK (end), self);
  g_signal_connect_swapped (window, "unrealize", G_CALLBACK (end), self);
  g_signal_connect_object (document, "frame", G_CALLBACK (frame_cb), self,
                           G_CONNECT_SWAPPED);
  self->clock = g_object_ref (gtk_widget_get_frame_clock (GTK_WIDGET (window)));
  g_signal_connect_swapped (self->clock, "after-paint", G_CALLBACK (painted_cb), self);
  gtk_widget_queue_draw (GTK_WIDGET (window));
}

/**
 * nudge_hints_find:
 *
 * Returns: (transfer none) (nullable): the bubble that @window shows
 */
NudgeHints *
nudge_hints_find (GtkWindow *window)
{
  return g_object_get_data (G_OBJECT (window), DATA);
}

/**
 * nudge_hints_are_new:
 *
 * Returns: whether some were never seen, and it can be remembered that they were
 */
gboolean
nudge_hints_are_new (void)
{
  return nudge_settings_get_int (KEY, ALL_SEEN) != ALL_SEEN;
}

/**
 * nudge_hints_offer:
 * @window: which shows @document, on a screen
 *
 * Those that were not seen yet.
 */
void
nudge_hints_offer (GtkWindow *window, NudgeDocument *document)
{
  if (nudge_hints_are_new () && nudge_hints_find (window) == NULL)
    begin (window, document, (guint) nudge_settings_get_int (KEY, 0));
}

/**
 * nudge_hints_show:
 *
 * All of them, again.
 */
void
nudge_hints_show (GtkWindow *window, NudgeDocument *document)
{
  g_object_set_data (G_OBJECT (window), DATA, NULL);
  begin (window, document, 0);
}
