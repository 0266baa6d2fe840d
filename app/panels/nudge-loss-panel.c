/* nudge-loss-panel.c - the loss of a document's run, and going back and forward along it
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/panels/nudge-loss-panel.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/panels/nudge-limits.h"
#include "app/panels/nudge-why-popover.h"
#include "ui/base/nudge-drop-down.h"
#include "ui/base/nudge-word.h"
#include "ui/loss/nudge-layer-plot.h"
#include "ui/loss/nudge-loss-legend.h"
#include "ui/loss/nudge-loss-plot.h"
#include "ui/loss/nudge-timeline.h"

struct _NudgeLossPanel {
  NudgePanel parent_instance;

  GtkWidget *column; /* the only child: disposal finds it by this */
  NudgeLossLegend *legend;
  NudgeLossPlot *plot;
  NudgeLayerPlot *layers; /* in the plot's place */
  GtkDropDown *view;      /* which of both, and what of the layers */
  NudgeTimeline *timeline;
  GtkWidget *ghost; /* of the loss alone */
  GtkWidget *score;
  GtkWidget *all;
  GtkToggleButton *follow;
  GtkMenuButton *more;
  GtkRange *smoothing;
  gboolean showing;      /* a widget is being set, so its signals are ignored */
  GSignalGroup *lists;   /* (owned) of the document's */
  GSignalGroup *learner; /* (owned) likewise */
};

enum {
  PROP_LOGARITHMIC = 1,
  PROP_SMOOTHING,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (NudgeLossPanel, nudge_loss_panel, NUDGE_TYPE_PANEL)

/* Returns: (nullable): %NULL as long as there is nothing to go along */
static NudgeSession *
get_session (NudgeLossPanel *self)
{
  NudgeDocument *document = nudge_panel_get_document (NUDGE_PANEL (self));

  return document && nudge_document_get_frame (document)
             ? nudge_document_get_session (document)
             : NULL;
}

static void
plot_marked_cb (NudgeLossPanel *self, NnNudge *nudge)
{
  NudgeDocument *document = nudge_panel_get_document (NUDGE_PANEL (self));

  if (document)
    nudge_lists_set_marked (nudge_document_get_lists (document), nudge);
}

static void
show_marked (NudgeLossPanel *self, GParamSpec *pspec, NudgeLists *lists)
{
  nudge_loss_plot_set_marked (self->plot, nudge_lists_get_marked (lists));
}

/* --- A prediction ------------------------------------------------------------------- */

/* The step at which a lesson asks for the loss, from the question on. */
static void
show_guess (NudgeLossPanel *self)
{
  NudgeDocument *document = nudge_panel_get_document (NUDGE_PANEL (self));
  NudgeLearner *learner = document ? nudge_document_get_learner (document) : NULL;
  NudgeLossGuess guess = { .loss = NAN };
  const NnLessonStep *question = NULL;

  if (learner && nudge_learner_get_state (learner) != NUDGE_LEARNER_LEFT)
    question = nudge_learner_get_question (learner, &guess.loss);
  if (question && question->question == NN_LESSON_MARK) {
    guess.asked = nudge_learner_get_step (learner) == question;
    guess.step = guess.asked || !isnan (guess.loss) ? question->step : 0;
  }
  nudge_loss_plot_set_guess (self->plot, &guess);
}

static void
guessed_cb (NudgeLossPanel *self, double loss)
{
  nudge_learner_answer (
      nudge_document_get_learner (nudge_panel_get_document (NUDGE_PANEL (self))), loss);
}

/* --- Along the run ------------------------------------------------------------------ */

/* The slider that the user holds is at the newest step: the run pauses, or it would
 * run away. */
static void
grabbed_cb (NudgeLossPanel *self)
{
  NudgeSession *session = get_session (self);

  if (!session || !nudge_session_can (session, NN_CAN_TRAVEL))
    return;
  if (nudge_session_get_frame (session)->running)
    g_object_set (session, "running", FALSE, NULL);
  nudge_timeline_set_frame (self->timeline, nudge_session_get_frame (session));
}

static void
go_to_cb (NudgeLossPanel *self, guint64 step)
{
  NudgeSession *session = get_session (self);

  if (session)
    nudge_session_go_to (session, step);
}

/* A click on the plot holds nothing, so the run has to pause first. */
static void
plot_go_to_cb (NudgeLossPanel *self, guint64 step)
{
  grabbed_cb (self);
  go_to_cb (self, step);
}

/* --- What is plotted --------------------------------------------------------------- */

/* Shows the loss, or a measure of the layers, which frames have only meanwhile. */
static void
show_view (NudgeLossPanel *self)
{
  const guint view = gtk_drop_down_get_selected (self->view);
  NudgeDocument *document = nudge_panel_get_document (NUDGE_PANEL (self));

  gtk_widget_set_visible (GTK_WIDGET (self->plot), view == 0);
  gtk_widget_set_visible (self->ghost, view == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->layers), view > 0);
  nudge_loss_legend_set_frame (
      self->legend,
      view == 0 ? nudge_picture_get_frame (NUDGE_PICTURE (self->plot)) : NULL);
  if (view > 0)
    nudge_layer_plot_set_view (self->layers, view - 1);
  if (document)
    nudge_session_set_layers (nudge_document_get_session (document), view > 0);
}

/* --- Which steps are shown --------------------------------------------------------- */

/**
 * nudge_loss_panel_get_time:
 *
 * Returns: (transfer none): the steps that all of it shows
 */
NudgeTime *
nudge_loss_panel_get_time (NudgeLossPanel *self)
{
  g_return_val_if_fail (NUDGE_IS_LOSS_PANEL (self), NULL);

  return nudge_plot_get_time (NUDGE_PLOT (self->plot));
}

static void
show_time (NudgeLossPanel *self)
{
  const NudgeTimeSpan *span = nudge_time_get_span (nudge_loss_panel_get_time (self));

  gtk_widget_set_visible (self->all, span->kind != NUDGE_TIME_ALL);
  gtk_toggle_button_set_active (self->follow, span->kind == NUDGE_TIME_FOLLOW);
}

static void
all_clicked_cb (NudgeLossPanel *self)
{
  nudge_time_show_all (nudge_loss_panel_get_time (self));
}

/* Also when show_time () has set it, and there is nothing to do. */
static void
follow_toggled_cb (NudgeLossPanel *self)
{
  NudgeTime *time = nudge_loss_panel_get_time (self);
  const NnFrame *frame = nudge_picture_get_frame (NUDGE_PICTURE (self->plot));
  const gboolean follows = nudge_time_get_span (time)->kind == NUDGE_TIME_FOLLOW;
  NudgeTimeSpan span = { NUDGE_TIME_STRETCH };

  if (!frame || gtk_toggle_button_get_active (self->follow) == follows)
    return;
  if (!follows) {
    nudge_time_follow (time, frame);
    return;
  }
  nudge_time_span_get_edges (nudge_time_get_span (time), frame, &span.first,
                             &span.n_steps);
  span.n_steps -= span.first;
  nudge_time_set_span (time, &span);
}

/**
 * nudge_loss_panel_write_figure:
 * @style: gets what the loss looks like here
 */
void
nudge_loss_panel_write_figure (NudgeLossPanel *self, NudgeFigureStyle *style)
{
  g_return_if_fail (NUDGE_IS_LOSS_PANEL (self));

  style->logarithmic = nudge_loss_plot_get_logarithmic (self->plot);
  style->smoothing = nudge_loss_plot_get_smoothing (self->plot);
  style->span = *nudge_time_get_span (nudge_loss_panel_get_time (self));
}

/* --- Smoothing --------------------------------------------------------------------- */

static void
show_smoothing (NudgeLossPanel *self)
{
  const double smoothing = nudge_loss_plot_get_smoothing (self->plot);

  self->showing = TRUE;
  gtk_range_set_value (self->smoothing, smoothing);
  self->showing = FALSE;
  nudge_loss_legend_set_smoothed (self->legend, smoothing > 0);
}

static void
smoothing_changed_cb (NudgeLossPanel *self)
{
  if (!self->showing)
    g_object_set (self->plot, "smoothing", gtk_range_get_value (self->smoothing), NULL);
}

/* --- All examples ------------------------------------------------------------------ */

/* Of the weights as they are now; shown in the status line, and by a ring in the plot. */
static void
score_cb (NudgeLossPanel *self)
{
  NudgeSession *session = get_session (self);

  gtk_menu_button_popdown (self->more);
  if (session)
    nudge_session_score (session);
}

/* --- Why --------------------------------------------------------------------------- */

static void
plot_why_cb (NudgeLossPanel *self, guint64 step)
{
  NudgeDocument *document = nudge_panel_get_document (NUDGE_PANEL (self));

  if (document)
    nudge_document_ask_why (document, step);
}

/* From wherever it was asked, the answer is shown at the curve. */
static void
why_cb (NudgeLossPanel *self, guint64 step, NudgeDocument *document)
{
  nudge_why_popover_open (self->plot, document, step);
}

static void
nudge_loss_panel_show_frame (NudgePanel *panel, NnFrame *frame)
{
  NudgeLossPanel *self = NUDGE_LOSS_PANEL (panel);

  if (gtk_drop_down_get_selected (self->view) == 0)
    nudge_loss_legend_set_frame (self->legend, frame);
  nudge_loss_plot_set_frame (self->plot, frame);
  nudge_layer_plot_set_frame (self->layers, frame);
  nudge_timeline_follow (self->timeline, frame);
  show_smoothing (self);
}

static void
nudge_loss_panel_show_words (NudgePanel *panel, NnFrame *frame)
{
  NudgeLossPanel *self = NUDGE_LOSS_PANEL (panel);

  nudge_timeline_set_frame (self->timeline, frame);
  if (nudge_session_is_settled (get_session (self)))
    nudge_timeline_settle (self->timeline);
}

static void
nudge_loss_panel_document_changed (NudgePanel *panel, NudgeDocument *document)
{
  NudgeLossPanel *self = NUDGE_LOSS_PANEL (panel);
  NudgeLists *lists = document ? nudge_document_get_lists (document) : NULL;

  g_signal_group_set_target (self->lists, lists);
  nudge_limits_set (self->timeline, document, NN_CAN_TRAVEL);
  nudge_limits_set (self->ghost, document, NN_CAN_GHOST);
  nudge_limits_set (self->score, document, NN_CAN_COMPUTE);
  nudge_limits_set (self->view, document, NN_CAN_COMPUTE);
  nudge_loss_legend_set_frame (self->legend, NULL);
  nudge_loss_plot_set_frame (self->plot, NULL);
  nudge_layer_plot_set_frame (self->layers, NULL);
  show_view (self);
  nudge_time_show_all (nudge_loss_panel_get_time (self));
  nudge_loss_plot_set_marked (self->plot, lists ? nudge_lists_get_marked (lists) : NULL);
  g_signal_group_set_target (self->learner,
                             document ? nudge_document_get_learner (document) : NULL);
  show_guess (self);
}

static void
nudge_loss_panel_get_property (GObject *object,
                               guint id,
                               GValue *value,
                               GParamSpec *pspec)
{
  if (id == PROP_LOGARITHMIC || id == PROP_SMOOTHING)
    g_object_get_property (G_OBJECT (NUDGE_LOSS_PANEL (object)->plot), pspec->name,
                           value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
nudge_loss_panel_set_property (GObject *object,
                               guint id,
                               const GValue *value,
                               GParamSpec *pspec)
{
  if (id == PROP_LOGARITHMIC || id == PROP_SMOOTHING)
    g_object_set_property (G_OBJECT (NUDGE_LOSS_PANEL (object)->plot), pspec->name,
                           value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

/* Its properties are the plot's. */
static void
plot_notify_cb (NudgeLossPanel *self, GParamSpec *pspec)
{
  if (pspec->name == g_intern_string ("logarithmic")) {
    nudge_layer_plot_set_logarithmic (self->layers,
                                      nudge_loss_plot_get_logarithmic (self->plot));
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOGARITHMIC]);
  } else if (pspec->name == g_intern_string ("smoothing"))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SMOOTHING]);
  show_smoothing (self);
}

static void
nudge_loss_panel_dispose (GObject *object)
{
  g_clear_object (&NUDGE_LOSS_PANEL (object)->lists);
  g_clear_object (&NUDGE_LOSS_PANEL (object)->learner);
  gtk_widget_dispose_template (GTK_WIDGET (object), NUDGE_TYPE_LOSS_PANEL);
  G_OBJECT_CLASS (nudge_loss_panel_parent_class)->dispose (object);
}

static void
nudge_loss_panel_class_init (NudgeLossPanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  NudgePanelClass *panel_class = NUDGE_PANEL_CLASS (klass);

  object_class->get_property = nudge_loss_panel_get_property;
  object_class->set_property = nudge_loss_panel_set_property;
  object_class->dispose = nudge_loss_panel_dispose;
  panel_class->document_changed = nudge_loss_panel_document_changed;
  panel_class->show_frame = nudge_loss_panel_show_frame;
  panel_class->show_words = nudge_loss_panel_show_words;
  gtk_widget_class_set_css_name (widget_class, "loss-panel");
  props[PROP_LOGARITHMIC] = g_param_spec_boolean (
      "logarithmic", NULL, NULL, FALSE,
      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  props[PROP_SMOOTHING] = g_param_spec_double (
      "smoothing", NULL, NULL, -1, 1, -1,
      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  g_type_ensure (NUDGE_TYPE_LAYER_PLOT);
  g_type_ensure (NUDGE_TYPE_LOSS_LEGEND);
  g_type_ensure (NUDGE_TYPE_LOSS_PLOT);
  g_type_ensure (NUDGE_TYPE_TIMELINE);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/nudgelab/Nudge/ui/nudge-loss-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, NudgeLossPanel, column);
  gtk_widget_class_bind_template_child (widget_class, NudgeLossPanel, legend);
  gtk_widget_class_bind_template_child (widget_class, NudgeLossPanel, plot);
  gtk_widget_class_bind_template_child (widget_class, NudgeLossPanel, layers);
  gtk_widget_class_bind_template_child (widget_class, NudgeLossPanel, view);
  gtk_widget_class_bind_template_child (widget_class, NudgeLossPanel, timeline);
  gtk_widget_class_bind_template_child (widget_class, NudgeLossPanel, ghost);
  gtk_widget_class_bind_template_child (widget_class, NudgeLossPanel, score);
  gtk_widget_class_bind_template_child (widget_class, NudgeLossPanel, all);
  gtk_widget_class_bind_template_child (widget_class, NudgeLossPanel, follow);
  gtk_widget_class_bind_template_child (widget_class, NudgeLossPanel, smoothing);
  gtk_widget_class_bind_template_child (widget_class, NudgeLossPanel, more);
  gtk_widget_class_bind_template_callback (widget_class, show_view);
  gtk_widget_class_bind_template_callback (widget_class, all_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, plot_notify_cb);
  gtk_widget_class_bind_template_callback (widget_class, smoothing_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, follow_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, plot_go_to_cb);
  gtk_widget_class_bind_template_callback (widget_class, plot_marked_cb);
  gtk_widget_class_bind_template_callback (widget_class, plot_why_cb);
  gtk_widget_class_bind_template_callback (widget_class, guessed_cb);
  gtk_widget_class_bind_template_callback (widget_class, score_cb);
  gtk_widget_class_bind_template_callback (widget_class, grabbed_cb);
  gtk_widget_class_bind_template_callback (widget_class, go_to_cb);
}

static void
nudge_loss_panel_init (NudgeLossPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  nudge_word_set_address (GTK_WIDGET (self), "words#loss");
  nudge_word_set_address (self->ghost, "words#without");
  nudge_timeline_set_time (self->timeline, nudge_loss_panel_get_time (self));
  nudge_plot_set_time (NUDGE_PLOT (self->layers), nudge_loss_panel_get_time (self));
  nudge_drop_down_set_name (self->view, _ ("What is plotted"));
  g_signal_connect_object (nudge_loss_panel_get_time (self), "changed",
                           G_CALLBACK (show_time), self, G_CONNECT_SWAPPED);
  self->lists = g_signal_group_new (NUDGE_TYPE_LISTS);
  g_signal_group_connect_swapped (self->lists, "notify::marked", G_CALLBACK (show_marked),
                                  self);
  self->learner = g_signal_group_new (NUDGE_TYPE_LEARNER);
  g_signal_group_connect_swapped (self->learner, "changed", G_CALLBACK (show_guess),
                                  self);
  g_signal_group_connect_swapped (nudge_panel_get_signals (NUDGE_PANEL (self)), "why",
                                  G_CALLBACK (why_cb), self);
}
