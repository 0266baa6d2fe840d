/* nudge-loss-cursor.c - the loss under the pointer, in words
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/loss/nudge-loss-cursor.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "ui/draw/base/nudge-paint.h"
#include "ui/draw/loss/nudge-loss-accuracy.h"
#include "ui/draw/loss/nudge-loss-canvas.h"
#include "ui/draw/loss/nudge-loss-diamond.h"
#include "ui/draw/loss/nudge-loss-reading.h"
#include "ui/text/nudge-landing-words.h"
#include "ui/text/nudge-nudge-words.h"
#include "ui/text/nudge-number.h"
#include "ui/text/nudge-words.h"

/* How far beside a diamond the pointer may be. */
#define REACH 7.0

typedef struct {
  NudgeTextKind kind;
  const NudgeColour *colour;
  char *text; /* (owned) */
} Line;

#define MAX_LINES   11
#define LINE_HEIGHT 18.0
#define PADDING     10.0

/* What the pointer reads. */
typedef struct {
  Line lines[MAX_LINES];
  gsize n_lines;
} Card;

static void
add_line (Card *card, NudgeTextKind kind, const NudgeColour *colour, char *text)
{
  if (text != NULL && card->n_lines < MAX_LINES)
    card->lines[card->n_lines++] = (Line){ kind, colour, text };
  else
    g_free (text);
}

static void
clear_card (Card *card)
{
  for (gsize i = 0; i < card->n_lines; i++)
    g_free (card->lines[i].text);
}

/* Whether it was computed near enough to @step to be read there. */
static gboolean
is_read (const NudgeLossCanvas *self, NnScoreKind kind, double step)
{
  const NnScore *score = nudge_loss_find_score (self->frame, kind, step);

  return score && !nudge_loss_layout_is_gap (self->plot, step, (double) score->step);
}

/* What was computed nearest to there. */
static void
add_scores (Card *card, const NudgeLossCanvas *self, gsize stretch)
{
  const NudgePalette *palette = self->palette;
  const NudgeLossSeries *run = &self->plot->run;
  const double step = nudge_loss_series_get_middle (run, stretch);
  const NnScore *whole = nudge_loss_find_score (self->frame, NN_SCORE_WHOLE, step);

  if (is_read (self, NN_SCORE_HELD_OUT, step))
    add_line (card, NUDGE_TEXT_LABEL, &palette->validation,
              nudge_loss_dup_validation (self->frame, step));
  if (is_read (self, NN_SCORE_HELD_OUT, step) || is_read (self, NN_SCORE_TRAINING, step))
    add_line (card, NUDGE_TEXT_LABEL, &palette->secondary,
              nudge_loss_dup_accuracies (self->frame, step));
  if (whole && (double) whole->step >= (double) run->stretches[stretch].from - 1 &&
      whole->step < run->stretches[stretch].from + run->stretches[stretch].n_steps)
    add_line (card, NUDGE_TEXT_LABEL, &palette->text, nudge_words_for_whole (whole));
}

/* What, where, how far, and to what end. */
static void
add_landing (Card *card, const NudgePalette *palette, const NnLanding *landing)
{
  add_line (card, NUDGE_TEXT_NOTE, &palette->nudge,
            nudge_words_for_nudge (landing->nudge));
  add_line (card, NUDGE_TEXT_LABEL, &palette->text, nudge_words_for_place (landing));
  if (landing->refusal != NULL) {
    add_line (card, NUDGE_TEXT_LABEL, &palette->failure, g_strdup (landing->refusal));
  } else {
    add_line (card, NUDGE_TEXT_LABEL, &palette->text, nudge_words_for_jump (landing));
    add_line (card, NUDGE_TEXT_LABEL, &palette->secondary,
              nudge_words_for_change (landing));
  }
  add_line (card, NUDGE_TEXT_LABEL, &palette->text, nudge_words_for_counts (landing));
}

/* How many share a diamond, where they landed, and the newest of them by name. */
static void
add_mark (Card *card, const NudgeLossCanvas *self, const NudgeLossMark *mark)
{
  const NnLanding *landings = self->frame->landings;
  g_autofree char *first = nudge_number_format_count (landings[mark->first].first);
  g_autofree char *last = nudge_number_format_count (landings[mark->last].first);
  gsize n_left = mark->n;

  /* Translators: "12 nudges, after steps 100–140" */
  add_line (card, NUDGE_TEXT_NOTE, &self->palette->nudge,
            g_strdup_printf (ngettext ("%lu nudge, after steps %s–%s",
                                       "%lu nudges, after steps %s–%s", (gulong) mark->n),
                             (gulong) mark->n, first, last));
  for (gsize i = mark->last + 1; i-- > mark->first && card->n_lines < MAX_LINES - 2;)
    if (!nudge_landing_is_band (&landings[i])) {
      add_line (card, NUDGE_TEXT_LABEL, &self->palette->text,
                nudge_loss_dup_landing_label (&landings[i]));
      n_left--;
    }
  if (n_left > 0)
    add_line (card, NUDGE_TEXT_LABEL, &self->palette->text,
              g_strdup_printf (ngettext ("and %lu more", "and %lu more", (gulong) n_left),
                               (gulong) n_left));
  if (landings[mark->first].first < landings[mark->last].first)
    add_line (card, NUDGE_TEXT_LABEL, &self->palette->secondary,
              g_strdup (_ ("click the diamond to tell them apart")));
}

/* A box beside @x, on the side where it fits. */
static void
draw_card (const NudgeLossCanvas *self, double x, double height, const Card *card)
{
  const NudgeLossLayout *plot = self->plot;
  const NudgePalette *palette = self->palette;
  double most = plot->right - plot->left - 2 * PADDING;
  double box_height = (double) card->n_lines * LINE_HEIGHT + 8;
  double width = 0;
  double left;
  double top = MAX (MIN (plot->top + 6, height - box_height - 2), 1);

  for (gsize i = 0; i < card->n_lines; i++)
    width = MAX (
        width, nudge_text_measure (self->text, card->lines[i].kind, card->lines[i].text));
  width = MIN (width, most) + 2 * PADDING;
  left = x + 10 + width <= plot->right ? x + 10 : MAX (x - 10 - width, plot->left);
  nudge_paint_rounded (self->cr, nudge_paint_snap (left), nudge_paint_snap (top),
                       floor (width), floor (box_height), 8);
  nudge_paint_set_colour (self->cr, &palette->background, 1);
  cairo_fill_preserve (self->cr);
  nudge_paint_set_colour (self->cr, &palette->hairline, 1);
  cairo_set_line_width (self->cr, 1);
  cairo_stroke (self->cr);
  for (gsize i = 0; i < card->n_lines; i++)
    nudge_text_draw_within (self->text, card->lines[i].kind, card->lines[i].colour,
                            left + PADDING, top + ((double) i + 1) * LINE_HEIGHT, 0,
                            width - 2 * PADDING + 1, card->lines[i].text);
}

/* Of several as near, the newest; the marked one before all others. */
static const NnLanding *
find_near (const NudgeAxis *axis, const NnFrame *frame, const NnNudge *marked, double x)
{
  const NnLanding *nearest = NULL;
  double distance = REACH;

  for (gsize i = 0; i < frame->n_landings; i++) {
    const NnLanding *landing = &frame->landings[i];
    double away = fabs (nudge_axis_get_position (axis, (double) landing->first) - x);

    if ((double) landing->first < axis->low || (double) landing->first > axis->high)
      continue;
    if (away < REACH && landing->nudge == marked)
      return landing;
    if (away <= distance) {
      nearest = landing;
      distance = away;
    }
  }
  return nearest;
}

/* The diamond under @x, or the bar under one that stands for several. */
static const NudgeLossMark *
find_mark (const GArray *marks, double x)
{
  for (guint i = marks->len; i-- > 0;) {
    const NudgeLossMark *mark = &g_array_index (marks, NudgeLossMark, i);

    if (x >= mark->x - REACH && x <= mark->end + REACH)
      return mark;
  }
  return NULL;
}

/**
 * nudge_loss_landing_at:
 *
 * Returns: (nullable): the nudge whose diamond is nearest to @x, if it is under it
 */
const NnLanding *
nudge_loss_landing_at (const NnFrame *frame,
                       const NudgeTimeSpan *span,
                       double width,
                       double x)
{
  const NudgeAxis axis = nudge_loss_get_time_axis (frame, span, width);

  return find_near (&axis, frame, NULL, x);
}

/**
 * nudge_loss_mark_at:
 * @mark: (out): the diamond at @x, with all that it stands for
 */
gboolean
nudge_loss_mark_at (const NnFrame *frame,
                    const NudgeTimeSpan *span,
                    double width,
                    double x,
                    NudgeLossMark *mark)
{
  const NudgeAxis axis = nudge_loss_get_time_axis (frame, span, width);
  g_autoptr (GArray) marks = nudge_loss_marks_new (frame, &axis);
  const NudgeLossMark *found = find_mark (marks, x);

  if (found)
    *mark = *found;
  return found != NULL;
}

/* The line down the plot, and the run's loss on it. */
static void
draw_place (const NudgeLossCanvas *self, double x, gssize stretch)
{
  const NudgeLossSeries *run = &self->plot->run;

  nudge_paint_set_colour (self->cr, &self->palette->secondary, 1);
  cairo_set_line_width (self->cr, 1);
  nudge_paint_line (self->cr, nudge_paint_snap (x), self->plot->top, nudge_paint_snap (x),
                    self->plot->foot);
  if (stretch >= 0)
    nudge_loss_canvas_draw_dot (self, nudge_loss_series_get_middle (run, (gsize) stretch),
                                (double) run->stretches[stretch].last);
}

/**
 * nudge_draw_loss_cursor:
 * @x: the pointer; beside the plot, or where nothing is, nothing is drawn
 *
 * What is there in words: the loss of the step and, at a diamond, its nudge. Drawn
 * over nudge_draw_loss () of the same frame and size.
 */
void
nudge_draw_loss_cursor (cairo_t *cr,
                        const NnFrame *frame,
                        const NudgeLossStyle *style,
                        double width,
                        double height,
                        double x)
{
  g_return_if_fail (frame != NULL && style != NULL);

  g_autoptr (NudgeLossLayout) plot = nudge_loss_layout_new (frame, style, width, height);
  gssize stretch = nudge_loss_layout_find_stretch (plot, x);
  const NnLanding *landing = find_near (&plot->x, frame, style->marked, x);
  const NudgeLossMark *mark = find_mark (plot->marks, x);
  Card card = { .n_lines = 0 };

  if ((stretch < 0 && !landing && !mark) || plot->bottom - plot->top < 1)
    return;

  g_autoptr (NudgeText) text = nudge_text_new (cr);
  NudgeLossCanvas self = { cr, frame, style, style->palette, plot, text };

  if (stretch >= 0) {
    x = nudge_loss_layout_get_x (
        plot, nudge_loss_series_get_middle (&plot->run, (gsize) stretch));
    x = CLAMP (x, plot->left, plot->right);
    add_line (&card, NUDGE_TEXT_LABEL, &style->palette->text,
              nudge_loss_dup_reading (plot, (gsize) stretch));
    add_line (&card, NUDGE_TEXT_LABEL, &style->palette->secondary,
              nudge_loss_dup_why_together (plot, (gsize) stretch));
    add_line (&card, NUDGE_TEXT_LABEL, &style->palette->secondary,
              nudge_loss_dup_smooth_reading (plot, (gsize) stretch));
    add_scores (&card, &self, (gsize) stretch);
  }
  if (mark && mark->n > 1 && (!landing || landing->nudge != style->marked))
    add_mark (&card, &self, mark);
  else if (landing)
    add_landing (&card, style->palette, landing);
  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_clip (cr);
  draw_place (&self, x, stretch);
  draw_card (&self, x, height, &card);
  cairo_restore (cr);
  clear_card (&card);
}
