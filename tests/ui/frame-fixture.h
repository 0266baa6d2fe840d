/* frame-fixture.h - frames for the tests of pictures, made by hand
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <cairo.h>

#include "nn/session/nn-frame.h"
#include "ui/draw/base/nudge-palette.h"

G_BEGIN_DECLS

#define FIXTURE_PROBES 41

NnFrame *fixture_frame_new (const gsize *units, gsize n) G_GNUC_WARN_UNUSED_RESULT;
NnFrame *fixture_frame_new_seed (void) G_GNUC_WARN_UNUSED_RESULT;
NnFrame *fixture_frame_new_without_bias (void) G_GNUC_WARN_UNUSED_RESULT;
void fixture_frame_set_weight (NnFrame *frame,
                               gsize column,
                               gsize unit,
                               gsize input,
                               float weight);
void fixture_frame_append (NnFrame *frame, float loss);
void fixture_frame_measure (NnFrame *frame, gsize n_points);
void fixture_frame_land (NnFrame *frame,
                         const char *text,
                         gboolean standing,
                         guint64 first,
                         guint64 last,
                         const char *refusal);

/* Counts pixels that lean to a colour more than to any other of the palette's. */
typedef enum {
  FIXTURE_POSITIVE,
  FIXTURE_NEGATIVE,
  FIXTURE_NUDGE,
} FixtureInk;

cairo_surface_t *fixture_surface_new (int width, int height) G_GNUC_WARN_UNUSED_RESULT;
gboolean fixture_is_ink (cairo_surface_t *surface, int x, int y, FixtureInk ink);
gsize fixture_count_ink (cairo_surface_t *surface, FixtureInk ink);
gboolean fixture_surfaces_equal (cairo_surface_t *a, cairo_surface_t *b);

G_END_DECLS
