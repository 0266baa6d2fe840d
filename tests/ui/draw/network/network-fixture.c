/* network-fixture.c - the network's picture, drawn to be looked at by tests
 *
 * SPDX-License-Identifier: MIT
 */

#include "network-fixture.h"

#include <string.h>

#include "ui/draw/network/nudge-network-picture.h"

const FixtureLook fixture_plain = { FALSE, 2, -1, 0 };

cairo_surface_t *
fixture_draw_network_at (const NnFrame *frame,
                         const FixtureLook *look,
                         int width,
                         int height)
{
  cairo_surface_t *surface = fixture_surface_new (width, height);
  cairo_t *cr = cairo_create (surface);
  NudgeNetworkStyle style = { nudge_palette_get (look->dark, FALSE), look->limit,
                              look->pulse_layer, look->pulse };

  nudge_draw_network (cr, frame, &style, width, height);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  return surface;
}

cairo_surface_t *
fixture_draw_network (const NnFrame *frame)
{
  return fixture_draw_network_at (frame, &fixture_plain, FIXTURE_WIDTH, FIXTURE_HEIGHT);
}

gsize
fixture_count_network_ink (const NnFrame *frame, const FixtureLook *look, FixtureInk ink)
{
  cairo_surface_t *surface =
      fixture_draw_network_at (frame, look, FIXTURE_WIDTH, FIXTURE_HEIGHT);
  gsize n = fixture_count_ink (surface, ink);

  cairo_surface_destroy (surface);
  return n;
}

gsize
fixture_count_differences (cairo_surface_t *a, cairo_surface_t *b, int from_y)
{
  const int stride = cairo_image_surface_get_stride (a);
  gsize n = 0;

  cairo_surface_flush (a);
  cairo_surface_flush (b);
  for (int y = from_y; y < FIXTURE_HEIGHT; y++)
    for (int x = 0; x < FIXTURE_WIDTH; x++)
      n += memcmp (cairo_image_surface_get_data (a) + y * stride + 4 * x,
                   cairo_image_surface_get_data (b) + y * stride + 4 * x, 4) != 0;
  return n;
}

gboolean
fixture_rows_equal (cairo_surface_t *a, cairo_surface_t *b, int first, int end)
{
  const int stride = cairo_image_surface_get_stride (a);

  cairo_surface_flush (a);
  cairo_surface_flush (b);
  return memcmp (cairo_image_surface_get_data (a) + first * stride,
                 cairo_image_surface_get_data (b) + first * stride,
                 (gsize) ((end - first) * stride)) == 0;
}
