/* nudge-panes.c - how a split's two panes share its height, until the user moves the handle
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/base/nudge-panes.h"

#include <math.h>

enum {
  PROP_SHARE = 1,
  PROP_POSITION,
  N_PROPS,
};

struct _NudgePanes {
  AdwBin parent_instance;

  double share;  /* of the height, the upper pane's, as long as the user has set none */
  int position;  /* as the user has set it; -1: not yet */
  int of_height; /* the height that it was set at; 0: not known yet */
  gboolean placing; /* its signals are ignored */
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (NudgePanes, nudge_panes, ADW_TYPE_BIN)

/**
 * nudge_panes_get_paned:
 *
 * Returns: (transfer none)
 */
GtkPaned *
nudge_panes_get_paned (NudgePanes *self)
{
  g_return_val_if_fail (NUDGE_IS_PANES (self), NULL);

  return GTK_PANED (adw_bin_get_child (ADW_BIN (self)));
}

static void
keep_position (NudgePanes *self, int position)
{
  self->of_height = gtk_widget_get_height (GTK_WIDGET (self));
  if (self->position == position)
    return;
  self->position = position;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_POSITION]);
}

/* By pointer or by keys. */
static void
moved_cb (NudgePanes *self, GParamSpec *pspec, GtkPaned *paned)
{
  if (!self->placing)
    keep_position (self, gtk_paned_get_position (paned));
}

static void
child_cb (NudgePanes *self)
{
  GtkWidget *child = adw_bin_get_child (ADW_BIN (self));

  if (child == NULL)
    return;
  /* So it takes the position that it is given, within what its panes need. */
  g_object_set (child, "resize-start-child", FALSE, "resize-end-child", TRUE,
                "shrink-start-child", FALSE, "shrink-end-child", FALSE, NULL);
  g_signal_connect_object (child, "notify::position", G_CALLBACK (moved_cb), self,
                           G_CONNECT_SWAPPED);
}

/* --- The layout --------------------------------------------------------------------- */

static GtkSizeRequestMode
get_request_mode (GtkWidget *widget)
{
  GtkWidget *child = adw_bin_get_child (ADW_BIN (widget));

  return child ? gtk_widget_get_request_mode (child) : GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
measure (GtkWidget *widget,
         GtkOrientation orientation,
         int for_size,
         int *minimum,
         int *natural,
         int *minimum_baseline,
         int *natural_baseline)
{
  GtkWidget *child = adw_bin_get_child (ADW_BIN (widget));

  if (child)
    gtk_widget_measure (child, orientation, for_size, minimum, natural, NULL, NULL);
}

/* What the user has set grows and shrinks with the whole. */
static int
choose_position (NudgePanes *self, int height)
{
  if (self->position < 0)
    return (int) round (self->share * height);
  if (self->of_height <= 0)
    self->of_height = height;
  return (int) round ((double) self->position * height / self->of_height);
}

static void
allocate (GtkWidget *widget, int width, int height, int baseline)
{
  NudgePanes *self = NUDGE_PANES (widget);
  GtkWidget *child = adw_bin_get_child (ADW_BIN (self));

  if (child == NULL)
    return;
  self->placing = TRUE;
  gtk_paned_set_position (GTK_PANED (child), choose_position (self, height));
  gtk_widget_size_allocate (child, &(GtkAllocation){ 0, 0, width, height }, baseline);
  self->placing = FALSE;
}

/* --- Life --------------------------------------------------------------------------- */

static void
nudge_panes_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  NudgePanes *self = NUDGE_PANES (object);

  if (id == PROP_SHARE)
    g_value_set_double (value, self->share);
  else if (id == PROP_POSITION)
    g_value_set_int (value, self->position);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
nudge_panes_set_property (GObject *object,
                          guint id,
                          const GValue *value,
                          GParamSpec *pspec)
{
  NudgePanes *self = NUDGE_PANES (object);

  if (id == PROP_SHARE)
    self->share = g_value_get_double (value);
  else if (id == PROP_POSITION)
    keep_position (self, g_value_get_int (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
nudge_panes_class_init (NudgePanesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = nudge_panes_get_property;
  object_class->set_property = nudge_panes_set_property;
  props[PROP_SHARE] = g_param_spec_double ("share", NULL, NULL, 0, 1, 0.5,
                                           G_PARAM_READWRITE | G_PARAM_CONSTRUCT |
                                               G_PARAM_STATIC_STRINGS);
  props[PROP_POSITION] = g_param_spec_int ("position", NULL, NULL, -1, G_MAXINT, -1,
                                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                               G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
nudge_panes_init (NudgePanes *self)
{
  self->position = -1;
  gtk_widget_set_layout_manager (
      GTK_WIDGET (self), gtk_custom_layout_new (get_request_mode, measure, allocate));
  g_signal_connect (self, "notify::child", G_CALLBACK (child_cb), NULL);
}
