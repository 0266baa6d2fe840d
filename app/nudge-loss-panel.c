/* nudge-loss-panel.c - the loss of a document's run, and the way along it
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/nudge-loss-panel.h"

#include "app/nudge-why-popover.h"
#include "ui/nudge-loss-legend.h"
#include "ui/nudge-loss-plot.h"
#include "ui/nudge-timeline.h"

struct _NudgeLossPanel {
  NudgePanel parent_instance;

  GtkWidget *column; /* the only child: disposal finds it by this */
  NudgeLossLegend *legend;
  NudgeLossPlot *plot;
  NudgeTimeline *timeline;
  GSignalGroup *lists; /* (owned) of the document's */
};

enum {
  PROP_LOGARITHMIC = 1,
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

/* The run had better not run away from what is taken hold of, which shows the newest. */
static void
grabbed_cb (NudgeLossPanel *self)
{
  NudgeSession *session = get_session (self);

  if (!session)
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

  nudge_loss_legend_set_frame (self->legend, frame);
  nudge_loss_plot_set_frame (self->plot, frame);
  nudge_timeline_follow (self->timeline, frame);
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
  nudge_loss_legend_set_frame (self->legend, NULL);
  nudge_loss_plot_set_frame (self->plot, NULL);
  nudge_loss_plot_set_marked (self->plot, lists ? nudge_lists_get_marked (lists) : NULL);
}

static void
nudge_loss_panel_get_property (GObject *object,
                               guint id,
                               GValue *value,
                               GParamSpec *pspec)
{
  if (id == PROP_LOGARITHMIC)
    g_value_set_boolean (
        value, nudge_loss_plot_get_logarithmic (NUDGE_LOSS_PANEL (object)->plot));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
nudge_loss_panel_set_property (GObject *object,
                               guint id,
                               const GValue *value,
                               GParamSpec *pspec)
{
  NudgeLossPlot *plot = NUDGE_LOSS_PANEL (object)->plot;
  gboolean logarithmic;

  if (id != PROP_LOGARITHMIC) {
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    return;
  }
  logarithmic = g_value_get_boolean (value);
  if (nudge_loss_plot_get_logarithmic (plot) == logarithmic)
    return;
  nudge_loss_plot_set_logarithmic (plot, logarithmic);
  g_object_notify_by_pspec (object, pspec);
}

static void
nudge_loss_panel_dispose (GObject *object)
{
  g_clear_object (&NUDGE_LOSS_PANEL (object)->lists);
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
  props[PROP_LOGARITHMIC] = g_param_spec_boolean (
      "logarithmic", NULL, NULL, FALSE,
      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  g_type_ensure (NUDGE_TYPE_LOSS_LEGEND);
  g_type_ensure (NUDGE_TYPE_LOSS_PLOT);
  g_type_ensure (NUDGE_TYPE_TIMELINE);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/nudgelab/Nudge/ui/nudge-loss-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, NudgeLossPanel, column);
  gtk_widget_class_bind_template_child (widget_class, NudgeLossPanel, legend);
  gtk_widget_class_bind_template_child (widget_class, NudgeLossPanel, plot);
  gtk_widget_class_bind_template_child (widget_class, NudgeLossPanel, timeline);
  gtk_widget_class_bind_template_callback (widget_class, plot_marked_cb);
  gtk_widget_class_bind_template_callback (widget_class, plot_why_cb);
  gtk_widget_class_bind_template_callback (widget_class, grabbed_cb);
  gtk_widget_class_bind_template_callback (widget_class, go_to_cb);
}

static void
nudge_loss_panel_init (NudgeLossPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->lists = g_signal_group_new (NUDGE_TYPE_LISTS);
  g_signal_group_connect_swapped (self->lists, "notify::marked", G_CALLBACK (show_marked),
                                  self);
  g_signal_group_connect_swapped (nudge_panel_get_signals (NUDGE_PANEL (self)), "why",
                                  G_CALLBACK (why_cb), self);
}
