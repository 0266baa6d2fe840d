/* nudge-tensor-histogram-view.c - a histogram of a tensor's values, now and after a nudge
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/tensors/nudge-tensor-histogram-view.h"

#include <glib/gi18n.h>

#include "ui/draw/tensors/nudge-tensor-histogram.h"

struct _NudgeTensorHistogramView {
  NudgePicture parent_instance;

  NnTensorSummary *now;     /* (owned) (nullable) */
  NnTensorSummary *preview; /* (owned) (nullable) */
  gboolean logarithmic;
};

enum {
  PROP_LOGARITHMIC = 1,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (NudgeTensorHistogramView,
                     nudge_tensor_histogram_view,
                     NUDGE_TYPE_PICTURE)

static void
nudge_tensor_histogram_view_draw (NudgePicture *picture,
                                  cairo_t *cr,
                                  const NudgePalette *palette,
                                  double width,
                                  double height)
{
  NudgeTensorHistogramView *self = NUDGE_TENSOR_HISTOGRAM_VIEW (picture);
  const NudgeTensorHistogramStyle style = { palette, self->logarithmic };

  nudge_draw_tensor_histogram (cr, self->now, self->preview, &style, width, height);
}

static char *
nudge_tensor_histogram_view_describe (NudgePicture *picture)
{
  NudgeTensorHistogramView *self = NUDGE_TENSOR_HISTOGRAM_VIEW (picture);

  return nudge_tensor_histogram_dup_words (self->now, self->preview);
}

/* Returns: whether it was another one */
static gboolean
replace (NnTensorSummary **field, NnTensorSummary *summary)
{
  if (*field == summary)
    return FALSE;
  g_clear_pointer (field, nn_tensor_summary_unref);
  if (summary)
    *field = nn_tensor_summary_ref (summary);
  return TRUE;
}

/**
 * nudge_tensor_histogram_view_show:
 * @now: (nullable): gets a reference
 * @preview: (nullable): gets a reference
 */
void
nudge_tensor_histogram_view_show (NudgeTensorHistogramView *self,
                                  NnTensorSummary *now,
                                  NnTensorSummary *preview)
{
  gboolean other;

  g_return_if_fail (NUDGE_IS_TENSOR_HISTOGRAM_VIEW (self));

  other = replace (&self->now, now);
  if (replace (&self->preview, preview) || other)
    nudge_picture_describe_again (NUDGE_PICTURE (self));
}

static void
nudge_tensor_histogram_view_get_property (GObject *object,
                                          guint id,
                                          GValue *value,
                                          GParamSpec *pspec)
{
  if (id == PROP_LOGARITHMIC)
    g_value_set_boolean (value, NUDGE_TENSOR_HISTOGRAM_VIEW (object)->logarithmic);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
nudge_tensor_histogram_view_set_property (GObject *object,
                                          guint id,
                                          const GValue *value,
                                          GParamSpec *pspec)
{
  NudgeTensorHistogramView *self = NUDGE_TENSOR_HISTOGRAM_VIEW (object);

  if (id != PROP_LOGARITHMIC) {
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    return;
  }
  if (self->logarithmic == g_value_get_boolean (value))
    return;
  self->logarithmic = g_value_get_boolean (value);
  nudge_picture_refresh (NUDGE_PICTURE (self));
  g_object_notify_by_pspec (object, pspec);
}

static void
nudge_tensor_histogram_view_dispose (GObject *object)
{
  NudgeTensorHistogramView *self = NUDGE_TENSOR_HISTOGRAM_VIEW (object);

  g_clear_pointer (&self->now, nn_tensor_summary_unref);
  g_clear_pointer (&self->preview, nn_tensor_summary_unref);
  G_OBJECT_CLASS (nudge_tensor_histogram_view_parent_class)->dispose (object);
}

static void
nudge_tensor_histogram_view_class_init (NudgeTensorHistogramViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  NudgePictureClass *picture_class = NUDGE_PICTURE_CLASS (klass);

  object_class->dispose = nudge_tensor_histogram_view_dispose;
  object_class->get_property = nudge_tensor_histogram_view_get_property;
  object_class->set_property = nudge_tensor_histogram_view_set_property;
  picture_class->draw = nudge_tensor_histogram_view_draw;
  picture_class->describe = nudge_tensor_histogram_view_describe;
  picture_class->frameless = TRUE;
  props[PROP_LOGARITHMIC] = g_param_spec_boolean (
      "logarithmic", NULL, NULL, FALSE,
      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "tensor-histogram");
}

static void
nudge_tensor_histogram_view_init (NudgeTensorHistogramView *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Histogram"), -1);
}
