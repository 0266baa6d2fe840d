/* network-fixture.h - the network's picture, drawn to be looked at by tests
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "tests/ui/frame-fixture.h"

G_BEGIN_DECLS

/* A picture's size in pixels, where a test does not choose another. */
#define FIXTURE_WIDTH  640
#define FIXTURE_HEIGHT 400

/* Of NudgeNetworkStyle. */
typedef struct {
  gboolean dark;
  double limit;
  gssize pulse_layer;
  double pulse;
} FixtureLook;

extern const FixtureLook fixture_plain;

cairo_surface_t *fixture_draw_network_at (const NnFrame *frame,
                                          const FixtureLook *look,
                                          int width,
                                          int height) G_GNUC_WARN_UNUSED_RESULT;
cairo_surface_t *fixture_draw_network (const NnFrame *frame) G_GNUC_WARN_UNUSED_RESULT;
gsize
fixture_count_network_ink (const NnFrame *frame, const FixtureLook *look, FixtureInk ink);

/* Of two surfaces of one size: pixels that differ from a row on, and whether rows do not. */
gsize fixture_count_differences (cairo_surface_t *a, cairo_surface_t *b, int from_y);
gboolean fixture_rows_equal (cairo_surface_t *a, cairo_surface_t *b, int first, int end);

G_END_DECLS
