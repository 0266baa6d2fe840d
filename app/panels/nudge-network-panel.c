/* nudge-network-panel.c - the network of a document's run, and what is selected in it
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/panels/nudge-network-panel.h"

#include <glib/gi18n.h>

#include "ui/network/nudge-map-view.h"
#include "ui/network/nudge-matrix-view.h"
#include "ui/network/nudge-network-switch.h"
#include "ui/network/nudge-network-view.h"
#include "ui/network/nudge-phase-view.h"
#include "ui/network/nudge-plane-button.h"
#include "ui/network/nudge-sample-button.h"

/* The map is a square beside the network, which keeps the larger part. */
#define MAP_SHARE       0.36
#define MAP_LEAST_WIDTH 170
/* The map's height beyond its width, for its title and axis. */
#define MAP_WORDS 90

struct _NudgeNetworkPanel {
  NudgePanel parent_instance;

  GtkWidget *view;
  GtkWidget *matrix; /* in place of it, if a layer was opened */
  gboolean is_open;
  GtkWidget *phase;          /* over it */
  GtkWidget *back;           /* the controls' */
  GtkWidget *controls;       /* over both, at the lower right */
  NnPlaneChoice choice;      /* of more than two inputs */
  NudgePlaneButton *plane;   /* the controls' */
  NudgeSampleButton *sample; /* the controls' */
  NudgeNetworkSwitch *shown; /* the controls' */
  GtkWidget *map;            /* beside it, where there is one and space for it */
  gboolean has_map;          /* of the newest frame */
  GSignalGroup *selection;   /* (owned) of the document's */
  GSignalGroup *walk;        /* (owned) of the document's */
};

G_DEFINE_FINAL_TYPE (NudgeNetworkPanel, nudge_network_panel, NUDGE_TYPE_PANEL)

/* The layers that a nudge has just touched. */
static void
landed_cb (NudgeNetworkPanel *self, NnNudge *nudge)
{
  NudgeDocument *document = nudge_panel_get_document (NUDGE_PANEL (self));
  const NnArchitecture *architecture = nudge_document_get_frame (document)->architecture;
  gssize layer = nn_architecture_find_layer (architecture, nudge->target.layer);

  if (!architecture->is_chain)
    return;
  if (layer >= 0) {
    nudge_network_view_pulse (NUDGE_NETWORK_VIEW (self->view), (gsize) layer);
    return;
  }
  for (gsize i = 0; i < architecture->n_layers; i++)
    nudge_network_view_pulse (NUDGE_NETWORK_VIEW (self->view), i);
}

static void
selected_cb (NudgeNetworkPanel *self, const char *target)
{
  NudgeDocument *document = nudge_panel_get_document (NUDGE_PANEL (self));
  g_autoptr (GError) error = NULL;

  if (document &&
      !nudge_selection_select (nudge_document_get_selection (document), target, &error))
    nudge_document_say (document, error->message);
}

/* A value that was typed: a nudge like any other. */
static void
typed_cb (NudgeNetworkPanel *self, const char *text)
{
  NudgeDocument *document = nudge_panel_get_document (NUDGE_PANEL (self));
  g_autoptr (GError) error = NULL;
  g_autoptr (NnNudge) nudge = nn_nudge_parse (text, &error);

  if (document == NULL)
    return;
  if (nudge == NULL)
    nudge_document_say (document, error->message);
  else
    nudge_session_do (nudge_document_get_session (document),
                      &(NnEvent){ .kind = NN_EVENT_NUDGE, .nudge = nudge });
}

static void
show_selected (NudgeNetworkPanel *self, GParamSpec *pspec, NudgeSelection *selection)
{
  nudge_network_view_set_selected (NUDGE_NETWORK_VIEW (self->view),
                                   selection ? nudge_selection_get_targets (selection)
                                             : NULL);
}

/* Frames carry only the quantity that the picture shows. */
static void
carry_shown (NudgeNetworkPanel *self)
{
  NudgeDocument *document = nudge_panel_get_document (NUDGE_PANEL (self));
  guint quantity;

  if (document == NULL)
    return;
  g_object_get (self->view, "quantity", &quantity, NULL);
  nudge_session_carry (nudge_document_get_session (document), NUDGE_SESSION_PICTURES,
                       quantity == NN_QUANTITY_VALUE ? 0 : NN_QUANTITY_BIT (quantity));
}

static void
show_plane_cb (NudgeNetworkPanel *self, const NnPlaneChoice *choice)
{
  NudgeDocument *document = nudge_panel_get_document (NUDGE_PANEL (self));

  self->choice = *choice;
  if (document)
    nudge_session_set_plane (nudge_document_get_session (document), choice);
}

/* Its contributions are of interest as long as it is shown. */
static void
show_sample_cb (NudgeNetworkPanel *self, const NnSampleChoice *choice)
{
  NudgeDocument *document = nudge_panel_get_document (NUDGE_PANEL (self));
  guint quantity;

  nudge_sample_button_set_choice (self->sample, choice);
  if (document)
    nudge_session_show_sample (nudge_document_get_session (document), choice);
  if (self->choice.any && choice->any && choice->example != self->choice.example) {
    self->choice.example = choice->example;
    show_plane_cb (self, &self->choice);
  }
  g_object_get (self->view, "quantity", &quantity, NULL);
  if (choice->any && quantity == NN_QUANTITY_VALUE)
    g_object_set (self->view, "quantity", NN_QUANTITY_CONTRIBUTION, NULL);
  else if (!choice->any && quantity == NN_QUANTITY_CONTRIBUTION)
    g_object_set (self->view, "quantity", NN_QUANTITY_VALUE, NULL);
}

/* The value that is read, in the network's picture or in that of an open layer. */
static void
watch_read (NudgeNetworkPanel *self)
{
  NudgeDocument *document = nudge_panel_get_document (NUDGE_PANEL (self));
  gint64 watched;

  g_object_get (self->is_open ? self->matrix : self->view, "watched", &watched, NULL);
  if (document)
    nudge_session_watch (nudge_document_get_session (document), (gssize) watched);
}

static void
set_open (NudgeNetworkPanel *self, gboolean is_open)
{
  if (self->is_open == is_open)
    return;
  self->is_open = is_open;
  gtk_widget_set_child_visible (self->view, !is_open);
  gtk_widget_set_child_visible (self->matrix, is_open);
  gtk_widget_set_child_visible (self->phase, !is_open);
  gtk_widget_set_visible (self->back, is_open);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_grab_focus (is_open ? self->matrix : self->view);
  watch_read (self);
}

/* The choices for the network are also those of an open layer. */
static void
show_lens (NudgeNetworkPanel *self)
{
  nudge_matrix_view_set_lens (
      NUDGE_MATRIX_VIEW (self->matrix),
      nudge_network_view_get_lens (NUDGE_NETWORK_VIEW (self->view)));
}

static void
opened_cb (NudgeNetworkPanel *self, guint layer)
{
  show_lens (self);
  nudge_matrix_view_open (NUDGE_MATRIX_VIEW (self->matrix), layer);
  set_open (self, TRUE);
}

static void
closed_cb (NudgeNetworkPanel *self)
{
  set_open (self, FALSE);
}

static void
show_in_views (NudgeNetworkPanel *self, NnFrame *frame)
{
  const gboolean has_map = nudge_map_view_set_frame (NUDGE_MAP_VIEW (self->map), frame);

  nudge_network_view_set_frame (NUDGE_NETWORK_VIEW (self->view), frame);
  if (!nudge_matrix_view_set_frame (NUDGE_MATRIX_VIEW (self->matrix), frame))
    set_open (self, FALSE);
  nudge_sample_button_set_frame (self->sample, frame);
  nudge_plane_button_set_frame (self->plane, frame);
  if (has_map == self->has_map)
    return;
  self->has_map = has_map;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* While a step is walked, the network as it was in the phase. */
static void
nudge_network_panel_show_frame (NudgePanel *panel, NnFrame *frame)
{
  NudgeNetworkPanel *self = NUDGE_NETWORK_PANEL (panel);
  NudgeWalk *walk = nudge_document_get_walk (nudge_panel_get_document (panel));
  NnFrame *picture = nudge_walk_get_picture (walk);

  /* A model that is not a chain of layers is shown as tensors instead. */
  gtk_widget_set_visible (GTK_WIDGET (self), frame->architecture->is_chain);
  if (!frame->architecture->is_chain)
    return;
  nudge_network_switch_set_known (self->shown, frame->known, frame->optimizer);
  show_in_views (self, picture ? picture : frame);
  nudge_phase_view_show (NUDGE_PHASE_VIEW (self->phase), frame,
                         nudge_walk_get_phase (walk), nudge_walk_get_duration_ms (walk));
}

static void
phase_cb (NudgeNetworkPanel *self)
{
  NudgePanel *panel = NUDGE_PANEL (self);

  nudge_network_panel_show_frame (
      panel, nudge_document_get_frame (nudge_panel_get_document (panel)));
}

/* ---- side by side ------------------------------------------------------------------ */

static void
measure (GtkWidget *widget,
         GtkOrientation orientation,
         int for_size,
         int *minimum,
         int *natural,
         int *minimum_baseline,
         int *natural_baseline)
{
  gtk_widget_measure (NUDGE_NETWORK_PANEL (widget)->view, orientation, for_size, minimum,
                      natural, NULL, NULL);
}

/* At the lower right of all, where no neuron is.
 * Returns: their size with the margins; nothing if they are not shown */
static GtkRequisition
allocate_controls (NudgeNetworkPanel *self, int width, int height, gboolean leftwards)
{
  GtkRequisition size = { 0 };

  if (!gtk_widget_should_layout (self->controls))
    return size;
  gtk_widget_get_preferred_size (self->controls, NULL, &size);
  size.width = MIN (size.width, width);
  gtk_widget_size_allocate (self->controls,
                            &(GtkAllocation){ leftwards ? 0 : width - size.width,
                                              height - size.height, size.width,
                                              size.height },
                            -1);
  return size;
}

/* Returns: 0 if the map is not shown */
static int
choose_map_width (NudgeNetworkPanel *self, int width, int height)
{
  const double scale = nudge_picture_get_scale (NUDGE_PICTURE (self->map));
  const int most = (int) (MAP_SHARE * width);
  const int wanted = height - (int) (MAP_WORDS * scale);
  const int map_width = MIN (most, wanted);

  return self->has_map && map_width >= MAP_LEAST_WIDTH * scale ? map_width : 0;
}

/* Text in the pictures keeps clear of the controls. */
static void
reserve (NudgeNetworkPanel *self, int width, int height)
{
  const int reserved_height = width > 0 ? height : 0;

  width = MAX (width, 0);
  nudge_picture_set_reserved (NUDGE_PICTURE (self->view), width, reserved_height);
  nudge_picture_set_reserved (NUDGE_PICTURE (self->phase), width, reserved_height);
}

static void
allocate (GtkWidget *widget, int width, int height, int baseline)
{
  NudgeNetworkPanel *self = NUDGE_NETWORK_PANEL (widget);
  const int map_width = choose_map_width (self, width, height);
  const gboolean leftwards = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  const GtkAllocation place = { leftwards ? map_width : 0, 0, width - map_width, height };
  GtkRequisition controls;

  gtk_widget_size_allocate (self->view, &place, -1);
  gtk_widget_size_allocate (self->matrix, &place, -1);
  if (gtk_widget_should_layout (self->phase))
    gtk_widget_size_allocate (self->phase, &place, -1);
  gtk_widget_set_child_visible (self->map, map_width > 0);
  if (map_width > 0)
    gtk_widget_size_allocate (
        self->map,
        &(GtkAllocation){ leftwards ? 0 : width - map_width, 0, map_width, height }, -1);
  controls = allocate_controls (self, width, height, leftwards);
  reserve (self, controls.width - map_width, controls.height);
}

static void
nudge_network_panel_document_changed (NudgePanel *panel, NudgeDocument *document)
{
  NudgeNetworkPanel *self = NUDGE_NETWORK_PANEL (panel);
  NudgeSelection *selection = document ? nudge_document_get_selection (document) : NULL;

  g_signal_group_set_target (self->selection, selection);
  g_signal_group_set_target (self->walk,
                             document ? nudge_document_get_walk (document) : NULL);
  show_selected (self, NULL, selection);
  show_in_views (self, NULL);
  nudge_phase_view_show (NUDGE_PHASE_VIEW (self->phase), NULL, NUDGE_PHASE_NONE, 0);
  carry_shown (self);
  watch_read (self);
  self->choice = (NnPlaneChoice){ 0 };
  show_sample_cb (self, &(NnSampleChoice){ 0 });
}

/**
 * nudge_network_panel_write_figure:
 * @style: gets what the network looks like here
 */
void
nudge_network_panel_write_figure (NudgeNetworkPanel *self, NudgeFigureStyle *style)
{
  const NudgeNetworkLens *lens;
  const NnFrame *frame;

  g_return_if_fail (NUDGE_IS_NETWORK_PANEL (self));

  lens = nudge_network_view_get_lens (NUDGE_NETWORK_VIEW (self->view));
  frame = nudge_picture_get_frame (NUDGE_PICTURE (self->view));
  if (frame == NULL)
    return;
  style->quantity = nudge_network_lens_get_shown (lens, frame);
  style->limit = nudge_network_lens_get_limit (lens, style->quantity);
  style->exceeded = nudge_network_lens_is_exceeded (lens, style->quantity);
  style->threshold = lens->threshold * style->limit;
}

static void
nudge_network_panel_dispose (GObject *object)
{
  g_clear_object (&NUDGE_NETWORK_PANEL (object)->selection);
  g_clear_object (&NUDGE_NETWORK_PANEL (object)->walk);
  g_clear_pointer (&NUDGE_NETWORK_PANEL (object)->controls, gtk_widget_unparent);
  g_clear_pointer (&NUDGE_NETWORK_PANEL (object)->matrix, gtk_widget_unparent);
  g_clear_pointer (&NUDGE_NETWORK_PANEL (object)->map, gtk_widget_unparent);
  g_clear_pointer (&NUDGE_NETWORK_PANEL (object)->phase, gtk_widget_unparent);
  g_clear_pointer (&NUDGE_NETWORK_PANEL (object)->view, gtk_widget_unparent);
  G_OBJECT_CLASS (nudge_network_panel_parent_class)->dispose (object);
}

static void
nudge_network_panel_class_init (NudgeNetworkPanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = nudge_network_panel_dispose;
  NUDGE_PANEL_CLASS (klass)->document_changed = nudge_network_panel_document_changed;
  NUDGE_PANEL_CLASS (klass)->show_frame = nudge_network_panel_show_frame;
}

static void
connect_matrix (NudgeNetworkPanel *self)
{
  g_signal_connect_object (self->view, "opened", G_CALLBACK (opened_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->matrix, "closed", G_CALLBACK (closed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->matrix, "typed", G_CALLBACK (typed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->matrix, "notify::watched", G_CALLBACK (watch_read), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "notify::quantity", G_CALLBACK (show_lens), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "notify::held", G_CALLBACK (show_lens), self,
                           G_CONNECT_SWAPPED);
}

/* After the pictures, which they lie on. */
static void
add_controls (NudgeNetworkPanel *self)
{
  GtkWidget *shown = nudge_network_switch_new (NUDGE_NETWORK_VIEW (self->view));

  self->shown = NUDGE_NETWORK_SWITCH (shown);
  self->controls = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_add_css_class (self->controls, "nudge-network-controls");
  self->back = gtk_button_new_with_label (_ ("Back to the network"));
  gtk_widget_add_css_class (self->back, "flat");
  gtk_widget_set_visible (self->back, FALSE);
  gtk_box_append (GTK_BOX (self->controls), self->back);
  g_signal_connect_object (self->back, "clicked", G_CALLBACK (closed_cb), self,
                           G_CONNECT_SWAPPED);
  self->plane = NUDGE_PLANE_BUTTON (nudge_plane_button_new ());
  gtk_box_append (GTK_BOX (self->controls), GTK_WIDGET (self->plane));
  self->sample = NUDGE_SAMPLE_BUTTON (nudge_sample_button_new ());
  gtk_box_append (GTK_BOX (self->controls), GTK_WIDGET (self->sample));
  gtk_box_append (GTK_BOX (self->controls), shown);
  gtk_widget_set_parent (self->controls, GTK_WIDGET (self));
  g_object_bind_property (self, "bare", self->controls, "visible",
                          G_BINDING_INVERT_BOOLEAN);
  g_signal_connect_object (self->plane, "chosen", G_CALLBACK (show_plane_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sample, "chosen", G_CALLBACK (show_sample_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->map, "chosen", G_CALLBACK (show_sample_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "chosen", G_CALLBACK (show_sample_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "notify::quantity", G_CALLBACK (carry_shown), self,
                           G_CONNECT_SWAPPED);
}

static void
nudge_network_panel_init (NudgeNetworkPanel *self)
{
  GSignalGroup *signals = nudge_panel_get_signals (NUDGE_PANEL (self));

  self->view = nudge_network_view_new ();
  gtk_widget_set_parent (self->view, GTK_WIDGET (self));
  self->phase = nudge_phase_view_new ();
  gtk_widget_set_parent (self->phase, GTK_WIDGET (self));
  self->matrix = nudge_matrix_view_new ();
  gtk_widget_set_parent (self->matrix, GTK_WIDGET (self));
  gtk_widget_set_child_visible (self->matrix, FALSE);
  self->map = nudge_map_view_new ();
  gtk_widget_set_parent (self->map, GTK_WIDGET (self));
  add_controls (self);
  gtk_widget_set_layout_manager (GTK_WIDGET (self),
                                 gtk_custom_layout_new (NULL, measure, allocate));
  g_signal_connect_object (self->view, "selected", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  connect_matrix (self);
  g_signal_connect_object (self->view, "typed", G_CALLBACK (typed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "notify::watched", G_CALLBACK (watch_read), self,
                           G_CONNECT_SWAPPED);
  g_signal_group_connect_swapped (signals, "landed", G_CALLBACK (landed_cb), self);
  self->selection = g_signal_group_new (NUDGE_TYPE_SELECTION);
  g_signal_group_connect_swapped (self->selection, "notify::targets",
                                  G_CALLBACK (show_selected), self);
  self->walk = g_signal_group_new (NUDGE_TYPE_WALK);
  g_signal_group_connect_swapped (self->walk, "notify::phase", G_CALLBACK (phase_cb),
                                  self);
}
