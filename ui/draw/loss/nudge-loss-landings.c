/* nudge-loss-landings.c - the nudges in the loss's picture
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/loss/nudge-loss-landings.h"

#include <math.h>

#include "ui/draw/base/nudge-line.h"
#include "ui/draw/base/nudge-paint.h"
#include "ui/draw/base/nudge-shapes.h"
#include "ui/draw/loss/nudge-loss-bands.h"
#include "ui/draw/loss/nudge-loss-diamond.h"
#include "ui/text/nudge-landing-words.h"
#include "ui/text/nudge-nudge-words.h"

#define JUMP 3.5 /* how wide the line of a jump is */

/* Of a dotted line. */
#define DOTTED_WIDTH 1.25
#define DOT          1.5
#define DOT_GAP      3.0
#define SHARED_LINE  6.0 /* landings so near to each other share one … */
#define MOST_LINES   40  /* … or nearer than as many side by side */

#define RADIUS       6.0
#define SMALL_RADIUS 3.5
#define COUNT_GAP    9.0  /* from a diamond's middle to its number */
#define LABEL_GAP    12.0 /* to its words */
#define CHANGE_GAP   6.0  /* from shortened words to the change of the loss */
#define LEAST_WORDS  24.0 /* less than this would be an ellipsis */

/* Those that landed once, and can be seen. */
static gboolean
is_shown (const NudgeLossCanvas *self, const NnLanding *landing)
{
  return !nudge_landing_is_band (landing) &&
         nudge_loss_layout_shows (self->plot, (double) landing->first);
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

/* The jump of the loss at that step, in the place where it happened: a line with
 * round ends. */
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

    if (!is_shown (self, landing) || fabs (x - last) < shared)
      continue;
    last = x;
    line.drawn = DOT;
    line.skipped = DOT_GAP;
    line.colour = self->palette->nudge;
    line.opacity = 1;
    g_array_append_val (shapes, line);
  }
  nudge_loss_draw_shapes (self, shapes);
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

    if (!is_shown (self, landing) || !get_jump (self, landing, &top, &bottom))
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

    if (is_shown (self, landing))
      append_jump (self, shapes, landing,
                   nudge_loss_layout_get_x (self->plot, (double) landing->first));
  }
  nudge_loss_draw_shapes (self, shapes);
}

static gboolean
is_part_of (const NudgeLossCanvas *self, const NudgeLossMark *mark, const NnNudge *nudge)
{
  for (gsize i = mark->first; nudge && i <= mark->last; i++)
    if (self->frame->landings[i].nudge == nudge)
      return !nudge_landing_is_band (&self->frame->landings[i]);
  return FALSE;
}

static gboolean
is_refused (const NudgeLossCanvas *self, const NudgeLossMark *mark)
{
  for (gsize i = mark->first; i <= mark->last; i++)
    if (!self->frame->landings[i].refusal &&
        !nudge_landing_is_band (&self->frame->landings[i]))
      return FALSE;
  return TRUE;
}

/* Returns: the number beside a diamond that stands for several, NULL for one */
static char *
dup_count (const NudgeLossMark *mark)
{
  return mark->n > 1 ? g_strdup_printf ("%" G_GSIZE_FORMAT, mark->n) : NULL;
}

/* The newest nudge's words in the header row. */
typedef struct {
  char *text;
  char *change; /* (nullable) of the loss, apart from the text: it is not to be cut off */
  double x;
  double width;
} Label;

static void
clear_label (Label *label)
{
  g_free (label->text);
  g_free (label->change);
}

/* What it did is in the log, too: what that made of the loss is rather to be seen here. */
static void
fit_label (const NudgeLossCanvas *self, const NnLanding *landing, Label *label)
{
  g_autofree char *change = nudge_words_for_difference (landing);

  if (change == NULL || landing->refusal != NULL ||
      nudge_text_measure (self->text, NUDGE_TEXT_NOTE, change) > label->width)
    return;
  g_free (label->text);
  label->text = nudge_words_for_nudge_briefly (landing->nudge);
  label->change = g_steal_pointer (&change);
}

static void
draw_label (const NudgeLossCanvas *self, const Label *label, double baseline)
{
  const NudgeColour *colour = &self->palette->nudge;
  double width = label->width + 1;

  if (label->change != NULL) {
    nudge_text_draw (self->text, NUDGE_TEXT_NOTE, colour, label->x + label->width,
                     baseline, 1, label->change);
    width = label->width - CHANGE_GAP -
            nudge_text_measure (self->text, NUDGE_TEXT_NOTE, label->change);
    if (width < LEAST_WORDS)
      return;
  }
  nudge_text_draw_within (self->text, NUDGE_TEXT_NOTE, colour, label->x, baseline, 0,
                          width, label->text);
}

/* Beside its diamond: to the right if it fits there, else where more space is. */
static Label
place_label (const NudgeLossCanvas *self, const NudgeLossMark *newest)
{
  const NudgeLossLayout *plot = self->plot;
  const NnLanding *landing = &self->frame->landings[newest->last];
  g_autofree char *count = dup_count (newest);
  double begin = newest->x + LABEL_GAP;
  Label label = { nudge_loss_dup_landing_label (landing) };
  double to_right, to_left, natural;

  if (count)
    begin = newest->x + COUNT_GAP + LABEL_GAP - RADIUS +
            nudge_text_measure (self->text, NUDGE_TEXT_NOTE, count);
  to_right = plot->right - begin;
  to_left = newest->x - plot->left - LABEL_GAP;
  natural = nudge_text_measure (self->text, NUDGE_TEXT_NOTE, label.text);
  if (to_right >= natural || to_right >= to_left) {
    label.width = MIN (natural, to_right);
    label.x = begin;
  } else {
    label.width = MIN (natural, to_left);
    label.x = newest->x - LABEL_GAP - label.width;
  }
  if (label.width < natural)
    fit_label (self, landing, &label);
  return label;
}

/* A diamond that stands for several has a bar below it as far as they go, and their
 * number beside it. */
static void
draw_count (const NudgeLossCanvas *self, const NudgeLossMark *mark, double y)
{
  g_autofree char *count = dup_count (mark);
  NudgeShape bar;

  if (!count)
    return;
  bar = nudge_shape_of_rectangle (mark->x, y + RADIUS + 2, MAX (mark->end - mark->x, 1),
                                  2, 0);
  bar.colour = self->palette->nudge;
  bar.opacity = 1;
  nudge_draw_shape (self->cr, bar);
  nudge_text_draw (self->text, NUDGE_TEXT_NOTE, &self->palette->nudge,
                   mark->x + COUNT_GAP, y + 4, 0, count);
}

/* Each at the top of its line; those that the newest one's words would cover stand
 * small below them. */
static void
draw_diamonds (const NudgeLossCanvas *self)
{
  const GArray *marks = self->plot->marks;
  const double y = self->plot->header_y;
  g_autoptr (GArray) shapes = g_array_new (FALSE, FALSE, sizeof (NudgeShape));
  Label label;

  if (marks->len == 0)
    return;
  label = place_label (self, &g_array_index (marks, NudgeLossMark, marks->len - 1));
  for (guint i = 0; i < marks->len; i++) {
    const NudgeLossMark *mark = &g_array_index (marks, NudgeLossMark, i);
    const gboolean covered = i + 1 < marks->len && mark->x > label.x - 8 &&
                             mark->x < label.x + label.width + 8;

    nudge_loss_append_diamond (self, shapes, mark->x, covered ? y + 10 : y,
                               covered || mark->small ? SMALL_RADIUS : RADIUS,
                               is_refused (self, mark));
    if (!covered)
      draw_count (self, mark, y);
    if (is_part_of (self, mark, self->style->marked))
      nudge_loss_append_rim (self, shapes, mark->x, y);
  }
  nudge_loss_draw_shapes (self, shapes);
  draw_label (self, &label, y + 4);
  clear_label (&label);
}

/* Small, hollow and pale, in the row where they will land. */
static void
draw_coming (const NudgeLossCanvas *self)
{
  const NudgeLossLayout *plot = self->plot;
  const NudgeColour pale = nudge_paint_mix (&self->palette->background,
                                            &self->palette->nudge, NUDGE_COMING_SHARE);
  g_autoptr (GArray) shapes = g_array_new (FALSE, FALSE, sizeof (NudgeShape));
  double last = -INFINITY;

  for (gsize i = 0; i < self->frame->n_coming; i++) {
    double x = nudge_loss_layout_get_x (plot, (double) self->frame->coming[i].step);

    if (self->frame->coming[i].nudge == NULL || self->frame->coming[i].step == 0 ||
        x < plot->left || x > plot->right || x - last < 3)
      continue;
    last = x;

    NudgeShape diamond = nudge_shape_of_diamond (x, plot->header_y, 5);

    diamond.colour = pale;
    diamond.opacity = 1;
    diamond.line = 1.5;
    g_array_append_val (shapes, diamond);
  }
  nudge_loss_draw_shapes (self, shapes);
}

/* From the bottom up: lines through the plot, bands over them, diamonds on top. */
void
nudge_loss_draw_landings (const NudgeLossCanvas *self)
{
  draw_coming (self);
  draw_dotted_lines (self);
  draw_jumps (self);
  nudge_loss_draw_bands (self);
  draw_diamonds (self);
}
