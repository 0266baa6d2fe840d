/* nudge-loss-landings.c - the nudges in the loss's picture
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/nudge-loss-landings.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "ui/draw/nudge-line.h"
#include "ui/draw/nudge-paint.h"
#include "ui/draw/nudge-shapes.h"
#include "ui/text/nudge-words.h"

#define MARK_RADIUS 10.0
#define JUMP        3.5 /* how wide the line of a jump is */

/* Of a dotted line. */
#define DOTTED_WIDTH 1.25
#define DOT          1.5
#define DOT_GAP      3.0
#define SHARED_LINE  6.0 /* landings so near to each other share one … */
#define MOST_LINES   64  /* … or nearer than as many side by side */

#define DIAMOND_LINE 1.5 /* around it */
#define SAME_DIAMOND                                                                     \
  2.0 /* one that is nearer to the one before looks like a part of it */

#define COMING 0.65 /* of the colour, for what has not landed */

/* What it did, and what came of it: "fc2.weight: 0.98·w  ΔL −0.0024", or that it was
 * refused. */
static char *
dup_label (const NnLanding *landing)
{
  g_autofree char *nudge = nudge_words_for_nudge_briefly (landing->nudge);
  g_autofree char *difference = nudge_words_for_difference (landing);

  if (landing->refusal != NULL)
    return g_strdup_printf (_ ("%s  refused"), nudge);
  if (difference == NULL)
    return g_steal_pointer (&nudge);
  return g_strdup_printf ("%s  %s", nudge, difference);
}

/* Full: it landed. Hollow: it was refused. */
static void
append_diamond (const NudgeLossCanvas *self,
                GArray *shapes,
                double x,
                double y,
                double radius,
                gboolean hollow)
{
  NudgeShape outside = nudge_shape_of_diamond (x, y, radius + DIAMOND_LINE * G_SQRT2 / 2);
  NudgeShape inside = nudge_shape_of_diamond (x, y, radius - DIAMOND_LINE * G_SQRT2 / 2);

  outside.colour = self->palette->nudge;
  outside.opacity = 1;
  g_array_append_val (shapes, outside);
  if (!hollow)
    return;
  inside.colour = self->palette->background;
  inside.opacity = 1;
  g_array_append_val (shapes, inside);
}

/* A rim around the one that is set off. */
static void
append_mark (const NudgeLossCanvas *self,
             GArray *shapes,
             const NnLanding *landing,
             double x,
             double y)
{
  NudgeShape rim = nudge_shape_of_diamond (x, y, MARK_RADIUS);

  if (landing->nudge != self->style->marked)
    return;
  rim.colour = self->palette->accent;
  rim.opacity = 1;
  rim.line = 2;
  g_array_append_val (shapes, rim);
}

static void
draw_shapes (const NudgeLossCanvas *self, const GArray *shapes)
{
  nudge_draw_shapes (self->cr, (const NudgeShape *) (gconstpointer) shapes->data,
                     shapes->len);
}

/* The heights that the loss jumped between. */
static gboolean
get_jump (const NudgeLossCanvas *self,
          const NnLanding *landing,
          double *top,
          double *bottom)
{
  const double before = nudge_loss_layout_get_y (self->plot, landing->loss_before);
  const double after = nudge_loss_layout_get_y (self->plot, landing->loss_after);

  *top = MIN (before, after) - JUMP / 2;
  *bottom = MAX (before, after) + JUMP / 2;
  return landing->refusal == NULL && isfinite (landing->loss_before) &&
         isfinite (landing->loss_after);
}

/* The jump of the loss at that step, in the place where it happened: a line with round
 * ends. */
static void
append_jump (const NudgeLossCanvas *self,
             GArray *shapes,
             const NnLanding *landing,
             double x)
{
  double top, bottom;
  NudgeShape jump;

  if (!get_jump (self, landing, &top, &bottom))
    return;
  jump = nudge_shape_of_rectangle (x - JUMP / 2, top, JUMP, bottom - top, JUMP / 2);
  jump.colour = self->palette->nudge;
  jump.opacity = 1;
  g_array_append_val (shapes, jump);
}

/* Those within a few pixels of the one before share its line. */
static void
draw_dotted_lines (const NudgeLossCanvas *self)
{
  g_autoptr (GArray) shapes = g_array_new (FALSE, FALSE, sizeof (NudgeShape));
  const double top = self->plot->header_y + 8;
  const double shared =
      self->frame->n_landings <= MOST_LINES
          ? SHARED_LINE
          : MAX (SHARED_LINE, (self->plot->right - self->plot->left) / MOST_LINES);
  double last = -INFINITY;

  for (gsize i = 0; i < self->frame->n_landings; i++) {
    const NnLanding *landing = &self->frame->landings[i];
    const double x = nudge_loss_layout_get_x (self->plot, (double) landing->first);
    NudgeShape line =
        nudge_shape_of_rectangle (nudge_paint_snap (x) - DOTTED_WIDTH / 2, top,
                                  DOTTED_WIDTH, self->plot->bottom - top, 0);

    if (nudge_landing_is_band (landing) || fabs (x - last) < shared)
      continue;
    last = x;
    line.drawn = DOT;
    line.skipped = DOT_GAP;
    line.colour = self->palette->nudge;
    line.opacity = 1;
    g_array_append_val (shapes, line);
  }
  draw_shapes (self, shapes);
}

/* The place of the newest nudge's words in the header row. */
typedef struct {
  const NnLanding *landing; /* (nullable) NULL: there are none */
  char *text;               /* (owned) (nullable) */
  double x;
  double width;
} Label;

/* Beside its diamond: to the right if it fits there, else where more room is. */
static Label
place_label (const NudgeLossCanvas *self, const NnLanding *newest)
{
  const NudgeLossLayout *plot = self->plot;
  Label label = { newest };
  double x;
  double to_right;
  double to_left;

  if (newest == NULL)
    return label;
  x = nudge_loss_layout_get_x (self->plot, (double) newest->first);
  to_right = plot->right - x - 12;
  to_left = x - plot->left - 12;
  label.text = dup_label (newest);
  label.width = nudge_text_measure (self->text, NUDGE_TEXT_NOTE, label.text);
  if (to_right >= label.width || to_right >= to_left) {
    label.width = MIN (label.width, to_right);
    label.x = x + 12;
  } else {
    label.width = MIN (label.width, to_left);
    label.x = x - 12 - label.width;
  }
  return label;
}

static const NnLanding *
find_newest_single (const NnFrame *frame)
{
  for (gsize i = frame->n_landings; i-- > 0;)
    if (!nudge_landing_is_band (&frame->landings[i]))
      return &frame->landings[i];
  return NULL;
}

/* Where they crowd, what they reach in each column of pixels. */
static void
draw_crowded_jumps (const NudgeLossCanvas *self)
{
  const NudgeLineStyle style = { .colour = &self->palette->nudge, .opacity = 1 };
  double left = self->plot->left - JUMP / 2;
  const double pitch = nudge_band_get_pitch (self->cr, &left);
  const gsize n = (gsize) ceil ((self->plot->right + JUMP / 2 - left) / pitch) + 1;
  g_autofree NudgeExtent *extents = g_new (NudgeExtent, n);

  for (gsize i = 0; i < n; i++)
    extents[i] = (NudgeExtent){ INFINITY, -INFINITY };
  for (gsize i = 0; i < self->frame->n_landings; i++) {
    const NnLanding *landing = &self->frame->landings[i];
    const double x = nudge_loss_layout_get_x (self->plot, (double) landing->first);
    double top, bottom;

    if (nudge_landing_is_band (landing) || !get_jump (self, landing, &top, &bottom))
      continue;
    for (double k = floor ((x - JUMP / 2 - left) / pitch + 0.5);
         k < MIN ((x + JUMP / 2 - left) / pitch, (double) n); k++) {
      NudgeExtent *extent = &extents[(gsize) MAX (k, 0)];

      extent->top = MIN (extent->top, top);
      extent->bottom = MAX (extent->bottom, bottom);
    }
  }
  nudge_draw_band (self->cr, left, pitch, extents, n, &style);
}

static void
draw_jumps (const NudgeLossCanvas *self)
{
  g_autoptr (GArray) shapes = g_array_new (FALSE, FALSE, sizeof (NudgeShape));

  if (self->frame->n_landings > MOST_LINES) {
    draw_crowded_jumps (self);
    return;
  }
  for (gsize i = 0; i < self->frame->n_landings; i++) {
    const NnLanding *landing = &self->frame->landings[i];

    if (!nudge_landing_is_band (landing))
      append_jump (self, shapes, landing,
                   nudge_loss_layout_get_x (self->plot, (double) landing->first));
  }
  draw_shapes (self, shapes);
}

/* Each at the top of its line; those that the newest one's words would cover stand
 * small below them. */
static void
draw_single_diamonds (const NudgeLossCanvas *self)
{
  Label label = place_label (self, find_newest_single (self->frame));
  g_autoptr (GArray) shapes = g_array_new (FALSE, FALSE, sizeof (NudgeShape));
  double y = self->plot->header_y;
  double last = -INFINITY;

  for (gsize i = 0; i < self->frame->n_landings; i++) {
    const NnLanding *landing = &self->frame->landings[i];
    double x = nudge_loss_layout_get_x (self->plot, (double) landing->first);
    gboolean covered =
        landing != label.landing && x > label.x - 8 && x < label.x + label.width + 8;

    if (nudge_landing_is_band (landing) ||
        (fabs (x - last) < SAME_DIAMOND && landing != label.landing &&
         landing->nudge != self->style->marked && landing->refusal == NULL))
      continue;
    last = x;
    append_diamond (self, shapes, x, covered ? y + 10 : y, covered ? 3 : 6,
                    landing->refusal != NULL);
    append_mark (self, shapes, landing, x, y);
  }
  draw_shapes (self, shapes);
  if (label.text != NULL)
    nudge_text_draw_within (self->text, NUDGE_TEXT_NOTE, &self->palette->nudge, label.x,
                            y + 4, 0, label.width + 1, label.text);
  g_free (label.text);
}

/* A small diamond at each step that it names, or at each one of a rhythm where they do not
 * crowd; at which an epoch ended is not known any more. */
static void
append_times (const NudgeLossCanvas *self,
              GArray *shapes,
              const NnLanding *landing,
              double from_x,
              double y)
{
  const NnTime *time = &landing->nudge->time;
  const NnPlace none = { .left = 1, .each = 1 };
  double pitch = nudge_loss_layout_get_x (self->plot, (double) time->interval) -
                 nudge_loss_layout_get_x (self->plot, 0);

  if (time->when != NN_WHEN_AT_STEP && (time->when != NN_WHEN_EVERY_STEPS || pitch < 12))
    return;
  for (guint64 step = nn_time_find_next (time, landing->first, &none);
       step > 0 && step <= landing->last; step = nn_time_find_next (time, step, &none))
    if (nudge_loss_layout_get_x (self->plot, (double) step) > from_x)
      append_diamond (self, shapes, nudge_loss_layout_get_x (self->plot, (double) step),
                      y, 3, FALSE);
}

/* The steps over which a standing nudge was applied, as long as it lasted. */
static void
draw_band (const NudgeLossCanvas *self, gsize i)
{
  const NnLanding *landing = &self->frame->landings[i];
  const NudgeLossLayout *plot = self->plot;
  double from = nudge_loss_layout_get_x (self->plot, (double) landing->first);
  double to =
      MAX (nudge_loss_layout_get_x (self->plot, (double) landing->last), from + 1);
  double y = nudge_loss_layout_get_lane_y (plot, plot->lane_of[i]);
  double room = MIN (nudge_loss_layout_get_x (self->plot, (double) plot->free_until[i]),
                     plot->right) -
                from - 14;
  g_autofree char *label = dup_label (landing);
  double width =
      room > 24 ? MIN (nudge_text_measure (self->text, NUDGE_TEXT_NOTE, label), room) : 0;
  NudgeShape band = nudge_shape_of_rectangle (from, y - 7, to - from, 14, 3);
  g_autoptr (GArray) shapes = g_array_new (FALSE, FALSE, sizeof (NudgeShape));

  band.colour = nudge_paint_mix (&self->palette->background, &self->palette->nudge, 0.16);
  band.opacity = 1;
  g_array_append_val (shapes, band);
  append_times (self, shapes, landing, width > 0 ? from + width + 18 : from, y);
  append_diamond (self, shapes, from, y, 6, landing->refusal != NULL);
  append_mark (self, shapes, landing, from, y);
  draw_shapes (self, shapes);
  if (width > 0)
    nudge_text_draw_within (self->text, NUDGE_TEXT_NOTE, &self->palette->nudge, from + 11,
                            y + 4, 0, width + 1, label);
}

/* Small, hollow and pale, in the row where they will land. */
static void
draw_coming (const NudgeLossCanvas *self)
{
  const NudgeLossLayout *plot = self->plot;
  const NudgeColour pale =
      nudge_paint_mix (&self->palette->background, &self->palette->nudge, COMING);
  g_autoptr (GArray) shapes = g_array_new (FALSE, FALSE, sizeof (NudgeShape));
  double last = -INFINITY;

  for (gsize i = 0; i < self->frame->n_coming; i++) {
    double x = nudge_loss_layout_get_x (plot, (double) self->frame->coming[i].step);

    if (x > plot->right || x - last < 3)
      continue;
    last = x;

    NudgeShape diamond = nudge_shape_of_diamond (x, plot->header_y, 5);

    diamond.colour = pale;
    diamond.opacity = 1;
    diamond.line = 1.5;
    g_array_append_val (shapes, diamond);
  }
  draw_shapes (self, shapes);
}

/* From the bottom up: lines through the plot, bands over them, diamonds on top. */
void
nudge_loss_draw_landings (const NudgeLossCanvas *self)
{
  draw_coming (self);
  draw_dotted_lines (self);
  draw_jumps (self);
  for (gsize i = 0; i < self->frame->n_landings; i++)
    if (nudge_landing_is_band (&self->frame->landings[i]))
      draw_band (self, i);
  draw_single_diamonds (self);
}
