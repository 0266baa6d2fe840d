/* nudge-window.c - the laboratory: the network, its loss, and a card per layer
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/nudge-window.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/nudge-cards.h"
#include "app/nudge-export.h"
#include "ui/draw/nudge-words.h"
#include "nn/train/nn-session.h"
#include "ui/nudge-loss-plot.h"
#include "ui/nudge-network-view.h"
#include "ui/nudge-phase-strip.h"

/* Labels that change faster than this cannot be read. */
#define LABEL_INTERVAL_US (G_USEC_PER_SEC / 10)
/* No click takes longer. */
#define CLICK_US (3 * G_USEC_PER_SEC / 10)
/* A speed is measured over at least this long. */
#define RATE_INTERVAL_US (G_USEC_PER_SEC / 2)
/* A wait shorter than this is not worth a word. */
#define PENDING_US (G_USEC_PER_SEC / 5)
/* What a hand has done stays readable this long before standing nudges speak again. */
#define TELL_US (6 * G_USEC_PER_SEC)

struct _NudgeWindow {
  AdwApplicationWindow parent_instance;

  NnSession *session; /* (owned) (nullable) before nudge_window_open () */
  NnFrame *frame;     /* (owned) (nullable) the newest, which the widgets show */
  char *name;         /* (owned) the experiment's */
  char *title;        /* (owned) the experiment's */
  NudgeCards *cards;  /* (owned) */

  guint tick;                 /* 0 while no frame is expected, so that the CPU can rest */
  GSignalGroup *clock;        /* (owned) the frame clock's, while realized */
  gint64 cycle_began_us;      /* of the frame clock's present cycle */
  gboolean took_frame;        /* in the present cycle */
  gint64 rest_until_us;       /* no frame is taken before */
  gint64 labels_shown_us;     /* when the labels were last set */
  gboolean labels_are_stale;  /* the frame is newer than the labels */
  gboolean labels_are_urgent; /* and says what a hand has just done */
  gint64 pressed_us;          /* when a mouse button went down; 0 once it is up again */
  gint64 told_us;             /* when the last nudge by hand landed */
  guint64 pending_until;      /* commands done when the last nudge will have landed */
  gint64 pending_since_us;    /* when it was made */
  gint64 rate_since_us;       /* the measured stretch began here, … */
  guint64 rate_since_step;    /* … at this step; 0 in time means not running */

  GtkWidget *run_button;
  GtkWidget *run_icon;
  GtkWidget *run_label;
  GtkAdjustment *speed;
  GtkWidget *speed_scale;
  GtkWidget *speed_label;
  GtkWidget *title_label;
  GtkWidget *step_label;
  GtkWidget *loss_label;
  GtkWidget *rate_box;
  GtkWidget *rate_label;
  GtkWidget *phase_strip;
  GtkWidget *failure_bar;
  GtkWidget *failure_label;
  GtkWidget *toasts;
  GtkWidget *network_view;
  GtkWidget *loss_plot;
  GtkWidget *cards_column;
  GtkWidget *all_layers;
};

G_DEFINE_FINAL_TYPE (NudgeWindow, nudge_window, ADW_TYPE_APPLICATION_WINDOW)

/* --- What is shown of a frame ------------------------------------------------------ */

/* Only ever wider, so that what is beside it stays in place while numbers change. */
static void
set_steady_text (GtkWidget *label, const char *text)
{
  int width, steady_width;

  gtk_widget_get_size_request (label, &steady_width, NULL);
  gtk_label_set_text (GTK_LABEL (label), text);
  gtk_widget_measure (label, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  if (width > steady_width)
    gtk_widget_set_size_request (label, width, -1);
}

static void
forget_widths (NudgeWindow *self)
{
  gtk_widget_set_size_request (self->step_label, -1, -1);
  gtk_widget_set_size_request (self->loss_label, -1, -1);
  gtk_widget_set_size_request (self->rate_label, -1, -1);
}

static void
show_rate (NudgeWindow *self, gint64 now)
{
  guint64 step = self->frame->step;
  gboolean is_measuring = self->rate_since_us > 0 && step >= self->rate_since_step;

  if (self->frame->running && is_measuring) {
    gint64 elapsed_us = now - self->rate_since_us;
    guint64 n_steps = step - self->rate_since_step;
    g_autofree char *text = NULL;

    if (elapsed_us < RATE_INTERVAL_US || n_steps == 0)
      return;
    text = nudge_words_for_rate ((double) n_steps * G_USEC_PER_SEC / (double) elapsed_us);
    set_steady_text (self->rate_label, text);
    gtk_widget_set_visible (self->rate_box, TRUE);
  } else if (!self->frame->running) {
    gtk_widget_set_visible (self->rate_box, FALSE);
  }
  self->rate_since_us = self->frame->running ? now : 0;
  self->rate_since_step = step;
}

/* The newest nudge made by hand has the word, standing ones when it has been read. */
static void
show_sentence (NudgeWindow *self, gint64 now)
{
  const NnFrame *frame = self->frame;
  const NnLanding *by_hand = NULL;
  g_autofree char *sentence = NULL;

  for (gsize i = frame->n_landings; i > 0 && !by_hand; i--)
    if (!frame->landings[i - 1].standing)
      by_hand = &frame->landings[i - 1];
  if (!by_hand || now - self->told_us > TELL_US)
    sentence = nudge_words_for_standing (frame);
  if (!sentence && by_hand)
    sentence = nudge_words_for_landing (by_hand);
  nudge_phase_strip_set_sentence (NUDGE_PHASE_STRIP (self->phase_strip),
                                  sentence ? sentence : "");
}

static void
show_pending (NudgeWindow *self, gint64 now)
{
  gboolean waits = self->frame && self->frame->n_commands < self->pending_until;

  nudge_phase_strip_set_pending (NUDGE_PHASE_STRIP (self->phase_strip),
                                 waits && now - self->pending_since_us > PENDING_US);
}

static void
show_labels (NudgeWindow *self, gint64 now)
{
  g_autofree char *step = nudge_words_for_step (self->frame->step);
  g_autofree char *loss = nudge_words_for_loss (self->frame->loss);

  if (self->frame->step == 0)
    forget_widths (self);
  set_steady_text (self->step_label, step);
  set_steady_text (self->loss_label, loss);
  show_rate (self, now);
  show_sentence (self, now);
  self->labels_are_stale = FALSE;
  self->labels_are_urgent = FALSE;
  self->labels_shown_us = now;
}

static void
show_failure (NudgeWindow *self, const char *failure)
{
  if (failure) {
    g_autofree char *text = g_strdup_printf (
        _ ("Training stopped: %s. Reset goes back to the initial network."), failure);

    gtk_label_set_text (GTK_LABEL (self->failure_label), text);
  }
  gtk_info_bar_set_revealed (GTK_INFO_BAR (self->failure_bar), failure != NULL);
}

static void
show_running (NudgeWindow *self, gboolean running)
{
  GAction *run = g_action_map_lookup_action (G_ACTION_MAP (self), "run");
  const char *label = running ? _ ("Pause") : _ ("Run");

  g_simple_action_set_state (G_SIMPLE_ACTION (run), g_variant_new_boolean (running));
  gtk_label_set_text (GTK_LABEL (self->run_label), label);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->run_icon),
                                running ? "media-playback-pause-symbolic"
                                        : "media-playback-start-symbolic");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->run_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (running)
    gtk_widget_remove_css_class (self->run_button, "suggested-action");
  else
    gtk_widget_add_css_class (self->run_button, "suggested-action");
}

/* --- From frame to frame ----------------------------------------------------------- */

static const NnLanding *
find_landing (const NnFrame *frame, const NnNudge *nudge)
{
  for (gsize i = frame ? frame->n_landings : 0; i > 0; i--)
    if (frame->landings[i - 1].nudge == nudge)
      return &frame->landings[i - 1];
  return NULL;
}

static void
toast (NudgeWindow *self, const char *text)
{
  /* A title is markup, and an update function may hold any sign. */
  g_autofree char *title = g_markup_escape_text (text, -1);

  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toasts), adw_toast_new (title));
}

static void
pulse (NudgeWindow *self, const NnNudge *nudge)
{
  gssize layer =
      nn_architecture_find_layer (self->frame->architecture, nudge->target.layer);

  if (layer >= 0) {
    nudge_network_view_pulse (NUDGE_NETWORK_VIEW (self->network_view), (gsize) layer);
    return;
  }
  for (gsize i = 0; i < self->frame->architecture->n_layers; i++)
    nudge_network_view_pulse (NUDGE_NETWORK_VIEW (self->network_view), i);
}

/* Returns whether a nudge made by hand has landed since @previous. Every application
 * has a nudge of its own, so the nudge is its landing's identity. */
static gboolean
announce_landings (NudgeWindow *self, const NnFrame *previous)
{
  const NnFrame *frame = self->frame;
  gboolean has_landed = FALSE;

  for (gsize i = 0; i < frame->n_landings; i++) {
    const NnLanding *landing = &frame->landings[i];
    const NnLanding *before = find_landing (previous, landing->nudge);

    if (landing->refusal && !(before && before->refusal)) {
      g_autofree char *text = g_strdup_printf (_ ("Refused: %s"), landing->refusal);

      toast (self, text);
    }
    if (landing->standing || before)
      continue;
    has_landed = TRUE;
    if (!landing->refusal)
      pulse (self, landing->nudge);
  }
  return has_landed;
}

static void
show_frame (NudgeWindow *self, NnFrame *frame)
{
  g_autoptr (NnFrame) previous = g_steal_pointer (&self->frame);
  gint64 now = g_get_monotonic_time ();
  gboolean is_up_to_date = frame->n_commands >= nn_session_get_n_commands (self->session);
  gboolean has_landed;

  self->frame = nn_frame_ref (frame);
  nudge_network_view_set_frame (NUDGE_NETWORK_VIEW (self->network_view), frame);
  nudge_loss_plot_set_frame (NUDGE_LOSS_PLOT (self->loss_plot), frame);
  nudge_cards_set_frame (self->cards, frame);
  has_landed = announce_landings (self, previous);
  if (has_landed)
    self->told_us = now;

  /* Until then the buttons show what was asked for. */
  if (is_up_to_date)
    show_running (self, frame->running);
  if (!previous || g_strcmp0 (previous->failure, frame->failure) != 0)
    show_failure (self, frame->failure);

  self->labels_are_stale = TRUE;
  self->labels_are_urgent |= has_landed || !frame->running;
}

/* A label with a new text makes GTK lay out the window, and ask where the pointer is
 * now. If a button that has just gone down is up again by then, GTK takes the click for
 * broken off, and its release, which is still under way, for nothing. */
static gboolean
labels_are_due (NudgeWindow *self, gint64 now)
{
  if (!self->labels_are_stale || now - self->pressed_us < CLICK_US)
    return FALSE;
  return self->labels_are_urgent || now - self->labels_shown_us >= LABEL_INTERVAL_US;
}

static gboolean
expects_frames (NudgeWindow *self)
{
  return !self->frame || self->frame->running || self->frame->unfinished ||
         self->labels_are_stale ||
         self->frame->n_commands < nn_session_get_n_commands (self->session);
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  NudgeWindow *self = NUDGE_WINDOW (widget);
  gint64 now = g_get_monotonic_time ();

  if (now >= self->rest_until_us) {
    g_autoptr (NnFrame) frame = nn_session_take_frame (self->session);

    if (frame) {
      self->took_frame = TRUE;
      show_frame (self, frame);
    }
  }
  show_pending (self, now);
  if (labels_are_due (self, now))
    show_labels (self, now);
  if (expects_frames (self))
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  return G_SOURCE_REMOVE;
}

/* To be called after each command. A tick callback keeps the CPU awake, so there is
 * one only while a frame is due. */
static void
expect_frames (NudgeWindow *self)
{
  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
}

static gboolean
event_cb (NudgeWindow *self, GdkEvent *event)
{
  if (gdk_event_get_event_type (event) == GDK_BUTTON_PRESS)
    self->pressed_us = g_get_monotonic_time ();
  else if (gdk_event_get_event_type (event) == GDK_BUTTON_RELEASE)
    self->pressed_us = 0;
  return GDK_EVENT_PROPAGATE;
}

static void
before_paint_cb (NudgeWindow *self)
{
  self->cycle_began_us = g_get_monotonic_time ();
  self->took_frame = FALSE;
}

/* Frames that are dearer than the frame interval would keep the frame clock always due,
 * and idle sources, the accessibility bus among them, would never run. So we rest as
 * long as the last drawn frame took. */
static void
after_paint_cb (NudgeWindow *self)
{
  gint64 now = g_get_monotonic_time ();

  if (self->took_frame)
    self->rest_until_us = now + (now - self->cycle_began_us);
}

/* --- Commands ---------------------------------------------------------------------- */

static void
run_change_state_cb (GSimpleAction *action, GVariant *state, gpointer data)
{
  NudgeWindow *self = data;

  if (g_variant_get_boolean (state))
    nn_session_run (self->session);
  else
    nn_session_pause (self->session);
  show_running (self, g_variant_get_boolean (state));
  expect_frames (self);
}

static void
step_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  NudgeWindow *self = data;

  nn_session_step (self->session);
  expect_frames (self);
}

static void
reset_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  NudgeWindow *self = data;

  nn_session_reset (self->session);
  expect_frames (self);
}

/* Steps per second, to two digits, as a person would choose them; 0 at the right end,
 * for as fast as possible. */
static double
chosen_speed (NudgeWindow *self)
{
  double value = gtk_adjustment_get_value (self->speed);
  double speed = pow (10, value);
  double unit = pow (10, floor (value) - 1);

  if (value >= gtk_adjustment_get_upper (self->speed))
    return 0;
  return speed < 10 ? round (speed) : round (speed / unit) * unit;
}

static void
speed_changed_cb (NudgeWindow *self)
{
  double speed = chosen_speed (self);
  g_autofree char *text =
      speed > 0 ? nudge_words_for_rate (speed) : g_strdup (_ ("as fast as possible"));

  gtk_label_set_text (GTK_LABEL (self->speed_label), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->speed_scale),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, -1);
  if (self->session) {
    nn_session_set_speed (self->session, speed);
    expect_frames (self);
  }
}

static void
nudged_cb (NudgeWindow *self)
{
  self->pending_until = nn_session_get_n_commands (self->session);
  self->pending_since_us = g_get_monotonic_time ();
}

/* --- Export ------------------------------------------------------------------------ */

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  NudgeWindow *self = NUDGE_WINDOW (source);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = nudge_export_finish (result, &error);

  if (!self->toasts || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* the window has been closed meanwhile, or nothing was to be done */
  if (path) {
    g_autofree char *name = g_filename_display_basename (path);
    g_autofree char *text = g_strdup_printf (_ ("Saved %s"), name);

    toast (self, text);
  } else {
    GtkWidget *dialog =
        adw_message_dialog_new (GTK_WINDOW (self), _ ("Could not save"), error->message);

    adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
    adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "close");
    gtk_window_present (GTK_WINDOW (dialog));
  }
}

static void
export_frame (NudgeWindow *self, NudgeExportKind kind)
{
  NudgeExport what = { .kind = kind, .frame = self->frame, .name = self->name };

  if (!self->frame)
    return; /* opened a moment ago: there is nothing to see yet either */
  what.title = self->title;
  g_object_get (self->loss_plot, "logarithmic", &what.logarithmic, NULL);
  nudge_export_async (GTK_WINDOW (self), &what, exported_cb, NULL);
}

static void
export_parameters_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  export_frame (data, NUDGE_EXPORT_PARAMETERS);
}

static void
export_figure_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  export_frame (data, NUDGE_EXPORT_FIGURE);
}

static const GActionEntry actions[] = {
  { "run", NULL, NULL, "false", run_change_state_cb },
  { "step", step_cb },
  { "reset", reset_cb },
  { "export-parameters", export_parameters_cb },
  { "export-figure", export_figure_cb },
};

/* --- Life -------------------------------------------------------------------------- */

static void
nudge_window_realize (GtkWidget *widget)
{
  NudgeWindow *self = NUDGE_WINDOW (widget);

  GTK_WIDGET_CLASS (nudge_window_parent_class)->realize (widget);
  g_signal_group_set_target (self->clock, gtk_widget_get_frame_clock (widget));
}

static void
nudge_window_unrealize (GtkWidget *widget)
{
  NudgeWindow *self = NUDGE_WINDOW (widget);

  g_signal_group_set_target (self->clock, NULL);
  GTK_WIDGET_CLASS (nudge_window_parent_class)->unrealize (widget);
}

static void
nudge_window_dispose (GObject *object)
{
  NudgeWindow *self = NUDGE_WINDOW (object);

  if (self->tick)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
  g_clear_object (&self->clock);
  g_clear_object (&self->cards);
  g_clear_pointer (&self->session, nn_session_free);
  g_clear_pointer (&self->frame, nn_frame_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), NUDGE_TYPE_WINDOW);
  G_OBJECT_CLASS (nudge_window_parent_class)->dispose (object);
}

static void
nudge_window_finalize (GObject *object)
{
  NudgeWindow *self = NUDGE_WINDOW (object);

  g_free (self->name);
  g_free (self->title);
  G_OBJECT_CLASS (nudge_window_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_child (klass, NudgeWindow, run_button);
  gtk_widget_class_bind_template_child (klass, NudgeWindow, run_icon);
  gtk_widget_class_bind_template_child (klass, NudgeWindow, run_label);
  gtk_widget_class_bind_template_child (klass, NudgeWindow, speed);
  gtk_widget_class_bind_template_child (klass, NudgeWindow, speed_scale);
  gtk_widget_class_bind_template_child (klass, NudgeWindow, speed_label);
  gtk_widget_class_bind_template_child (klass, NudgeWindow, title_label);
  gtk_widget_class_bind_template_child (klass, NudgeWindow, step_label);
  gtk_widget_class_bind_template_child (klass, NudgeWindow, loss_label);
  gtk_widget_class_bind_template_child (klass, NudgeWindow, rate_box);
  gtk_widget_class_bind_template_child (klass, NudgeWindow, rate_label);
  gtk_widget_class_bind_template_child (klass, NudgeWindow, phase_strip);
  gtk_widget_class_bind_template_child (klass, NudgeWindow, failure_bar);
  gtk_widget_class_bind_template_child (klass, NudgeWindow, failure_label);
  gtk_widget_class_bind_template_child (klass, NudgeWindow, toasts);
  gtk_widget_class_bind_template_child (klass, NudgeWindow, network_view);
  gtk_widget_class_bind_template_child (klass, NudgeWindow, loss_plot);
  gtk_widget_class_bind_template_child (klass, NudgeWindow, cards_column);
  gtk_widget_class_bind_template_child (klass, NudgeWindow, all_layers);
}

static void
nudge_window_class_init (NudgeWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = nudge_window_dispose;
  object_class->finalize = nudge_window_finalize;
  widget_class->realize = nudge_window_realize;
  widget_class->unrealize = nudge_window_unrealize;

  g_type_ensure (NUDGE_TYPE_LOSS_PLOT);
  g_type_ensure (NUDGE_TYPE_NETWORK_VIEW);
  g_type_ensure (NUDGE_TYPE_PHASE_STRIP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/nudgelab/Nudge/ui/nudge-window.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, speed_changed_cb);
}

static void
nudge_window_init (NudgeWindow *self)
{
  GtkEventController *onlooker = gtk_event_controller_legacy_new ();
  g_autoptr (GPropertyAction) log_scale = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->cards = nudge_cards_new (GTK_BOX (self->cards_column),
                                 GTK_TOGGLE_BUTTON (self->all_layers));
  g_signal_connect_object (self->cards, "commanded", G_CALLBACK (expect_frames), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->cards, "nudged", G_CALLBACK (nudged_cb), self,
                           G_CONNECT_SWAPPED);

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions),
                                   self);
  log_scale = g_property_action_new ("log-scale", self->loss_plot, "logarithmic");
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (log_scale));

  self->clock = g_signal_group_new (GDK_TYPE_FRAME_CLOCK);
  g_signal_group_connect_swapped (self->clock, "before-paint",
                                  G_CALLBACK (before_paint_cb), self);
  g_signal_group_connect_swapped (self->clock, "after-paint", G_CALLBACK (after_paint_cb),
                                  self);

  gtk_event_controller_set_propagation_phase (onlooker, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (onlooker, "event", G_CALLBACK (event_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), onlooker);

  gtk_widget_set_visible (self->rate_box, FALSE);
  speed_changed_cb (self);
  gtk_widget_grab_focus (self->run_button);
}

/**
 * nudge_window_new:
 *
 * A window without an experiment: nudge_window_open () gives it one.
 */
NudgeWindow *
nudge_window_new (GtkApplication *application)
{
  return g_object_new (NUDGE_TYPE_WINDOW, "application", application, NULL);
}

/**
 * nudge_window_open:
 * @experiment: copied
 *
 * Starts @experiment, paused before its first step, in place of what was open. On
 * failure the window keeps what it had.
 */
gboolean
nudge_window_open (NudgeWindow *self, const NnExperiment *experiment, GError **error)
{
  NnSession *session;

  g_return_val_if_fail (NUDGE_IS_WINDOW (self), FALSE);

  session = nn_session_new (experiment, error);
  if (!session)
    return FALSE;
  nudge_cards_close (self->cards);
  g_clear_pointer (&self->session, nn_session_free);
  g_clear_pointer (&self->frame, nn_frame_unref);
  self->session = session;
  self->pending_until = 0;
  g_free (self->name);
  g_free (self->title);
  self->name = g_strdup (experiment->name);
  self->title = g_strdup (experiment->title);
  gtk_label_set_text (GTK_LABEL (self->title_label), experiment->title);
  gtk_widget_set_tooltip_text (self->title_label, experiment->title);

  nudge_cards_open (self->cards, session, experiment);
  show_running (self, FALSE);
  speed_changed_cb (self);
  return TRUE;
}

/**
 * nudge_window_get_frame:
 *
 * Returns: (transfer none) (nullable): the frame that the widgets show; %NULL until
 *   the first one has come
 */
NnFrame *
nudge_window_get_frame (NudgeWindow *self)
{
  g_return_val_if_fail (NUDGE_IS_WINDOW (self), NULL);

  return self->frame;
}
