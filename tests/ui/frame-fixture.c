/* frame-fixture.c - frames for the tests of pictures, made by hand
 *
 * SPDX-License-Identifier: MIT
 */

#include "frame-fixture.h"

#include <math.h>
#include <string.h>

#define MAX_LAYERS 64

static NnFrame *
new_frame (const gsize *units, gsize n, gboolean without_bias)
{
  const NnProbesShape probes = { .kind =
                                     units[0] == 1 ? NN_PROBES_LINE : NN_PROBES_EXAMPLES,
                                 .n = FIXTURE_PROBES };
  char names[MAX_LAYERS][8];
  NnLayerSpec layers[MAX_LAYERS];
  NnFrame *frame;

  g_assert_cmpuint (n, <=, MAX_LAYERS + 1);
  for (gsize i = 1; i < n; i++) {
    g_snprintf (names[i - 1], sizeof names[i - 1], "fc%" G_GSIZE_FORMAT, i);
    layers[i - 1] =
        (NnLayerSpec){ names[i - 1], units[i],
                       i + 1 < n ? NN_ACTIVATION_RELU : NN_ACTIVATION_IDENTITY,
                       without_bias };
  }

  g_autoptr (NnArchitecture) architecture = nn_architecture_new (units[0], layers, n - 1);

  frame = nn_frame_new (architecture, &probes);
  for (gsize i = 0; i < architecture->n_values; i++)
    frame->values[i] = (i % 3 == 1 ? -1.0f : 1.0f) * (float) (i % 7 + 2) / 8;
  for (gsize i = 0; i < architecture->n_units; i++)
    for (gsize p = 0; p < FIXTURE_PROBES; p++) {
      float x = (float) p / (FIXTURE_PROBES - 1);
      float y = i % 2 == 0 ? x : 0.5f - x;

      frame->activations[i * FIXTURE_PROBES + p] =
          i < units[0]                               ? x
          : i + units[n - 1] < architecture->n_units ? MAX (y, 0)
                                                     : y;
    }
  frame->loss = 24.1;
  frame->history = nn_history_new (NN_HISTORY_WHOLE);
  return frame;
}

/**
 * fixture_frame_new:
 * @units: (n) features, then the units of each layer
 *
 * Weights alternate in sign and grow; activations are straight lines over the
 * probes, clipped at zero where a layer is a ReLU.
 */
NnFrame *
fixture_frame_new (const gsize *units, gsize n)
{
  return new_frame (units, n, FALSE);
}

/* The seed's sizes. */
NnFrame *
fixture_frame_new_without_bias (void)
{
  static const gsize units[] = { 1, 2, 3, 1 };

  return new_frame (units, G_N_ELEMENTS (units), TRUE);
}

NnFrame *
fixture_frame_new_seed (void)
{
  static const gsize units[] = { 1, 2, 3, 1 };

  return fixture_frame_new (units, G_N_ELEMENTS (units));
}

void
fixture_frame_set_weight (NnFrame *frame,
                          gsize column,
                          gsize unit,
                          gsize input,
                          float weight)
{
  const NnArchitecture *architecture = frame->architecture;
  const NnLayerShape *layer = &architecture->layers[column - 1];

  frame->values[architecture->parameters[layer->weight].offset + unit * layer->n_inputs +
                input] = weight;
}

void
fixture_frame_append (NnFrame *frame, float loss)
{
  nn_history_append (frame->history, loss);
  frame->step = nn_history_get_n_steps (frame->history);
  frame->loss = (double) loss;
  frame->step_loss = (double) loss;
}

/* Its layers, at the steps from 0: layer k's measure is k + 1, but dead units are all of the
 * first layer's and none of the others'. */
void
fixture_frame_measure (NnFrame *frame, gsize n_points)
{
  NnLayerSeries *series = g_new0 (NnLayerSeries, 1);

  series->n_layers = frame->architecture->n_layers;
  series->n_points = n_points;
  series->steps = g_new (guint64, n_points);
  series->values = g_new (float, n_points * series->n_layers * NN_N_MEASURES);
  series->histograms = g_new0 (NnHistogram, series->n_layers);
  for (gsize i = 0; i < n_points; i++) {
    series->steps[i] = i;
    for (gsize k = 0; k < series->n_layers; k++)
      for (gsize m = 0; m < NN_N_MEASURES; m++)
        series->values[(i * series->n_layers + k) * NN_N_MEASURES + m] =
            m == NN_MEASURE_DEAD ? k == 0 : (float) k + 1;
  }
  frame->layers = series;
}

void
fixture_frame_land (NnFrame *frame,
                    const char *text,
                    gboolean standing,
                    guint64 first,
                    guint64 last,
                    const char *refusal)
{
  g_autoptr (GError) error = NULL;
  NnNudge *nudge = nn_nudge_parse (text, &error);

  g_assert_no_error (error);
  frame->landings = g_renew (NnLanding, frame->landings, frame->n_landings + 1);
  frame->landings[frame->n_landings++] = (NnLanding){
    .nudge = nudge,
    .standing = standing,
    .first = first,
    .last = last,
    .n_times = refusal == NULL ? 1 : 0,
    .change = NAN,
    .loss_before = NAN,
    .loss_after = NAN,
    .refusal = g_strdup (refusal),
  };
}

cairo_surface_t *
fixture_surface_new (int width, int height)
{
  return cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
}

gboolean
fixture_is_ink (cairo_surface_t *surface, int x, int y, FixtureInk ink)
{
  const unsigned char *row;
  guint32 pixel;
  int red;
  int green;
  int blue;

  cairo_surface_flush (surface);
  row = cairo_image_surface_get_data (surface) +
        y * cairo_image_surface_get_stride (surface);
  memcpy (&pixel, row + (gsize) x * sizeof pixel, sizeof pixel);
  red = pixel >> 16 & 0xff;
  green = pixel >> 8 & 0xff;
  blue = pixel & 0xff;
  switch (ink) {
  case FIXTURE_POSITIVE:
    return blue - red > 60 && green > red;
  case FIXTURE_NEGATIVE:
    return red - blue > 60 && green > blue;
  default:
    return red - green > 30 && blue - green > 30;
  }
}

gsize
fixture_count_ink (cairo_surface_t *surface, FixtureInk ink)
{
  gsize n = 0;

  for (int y = 0; y < cairo_image_surface_get_height (surface); y++)
    for (int x = 0; x < cairo_image_surface_get_width (surface); x++)
      n += fixture_is_ink (surface, x, y, ink) ? 1 : 0;
  return n;
}

gboolean
fixture_surfaces_equal (cairo_surface_t *a, cairo_surface_t *b)
{
  cairo_surface_flush (a);
  cairo_surface_flush (b);
  return cairo_image_surface_get_stride (a) == cairo_image_surface_get_stride (b) &&
         cairo_image_surface_get_height (a) == cairo_image_surface_get_height (b) &&
         memcmp (cairo_image_surface_get_data (a), cairo_image_surface_get_data (b),
                 (gsize) cairo_image_surface_get_stride (a) *
                     (gsize) cairo_image_surface_get_height (a)) == 0;
}
