/* nudge-loss-legend.c - which curve of the loss's picture is which
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/loss/nudge-loss-legend.h"

#include <glib/gi18n-lib.h>

#include "ui/draw/base/nudge-paint.h"
#include "ui/draw/base/nudge-text.h"
#include "ui/draw/loss/nudge-loss-layout.h"
#include "ui/text/nudge-words.h"

/* A piece of the curve before its name, and the space after that. */
#define SAMPLE 22.0
#define GAP    7.0
#define SPACE  18.0

/* As the curve's, where that is dashed. */
#define DASH     5.0
#define DASH_GAP 3.5

/**
 * nudge_loss_has_legend:
 *
 * Returns: whether there is more than one curve to tell apart
 */
gboolean
nudge_loss_has_legend (const NnFrame *frame, gboolean smoothed)
{
  return smoothed || frame->ghost != NULL || frame->n_branches > 0 ||
         frame->n_scores[NN_SCORE_HELD_OUT] > 0;
}

static const char *
get_name (const NnFrame *frame, gboolean smoothed)
{
  if (frame->n_scores[NN_SCORE_HELD_OUT] > 0)
    return _ ("training");
  return smoothed ? _ ("smoothed") : _ ("this run");
}

/* Returns: where the next one may begin */
static double
draw_entry (cairo_t *cr,
            NudgeText *text,
            const NudgePalette *palette,
            const NudgeColour *colour,
            gboolean dashed,
            double x,
            double y,
            double right,
            const char *name)
{
  static const double dashes[] = { DASH, DASH_GAP };
  double space = right - x - SAMPLE - GAP;

  if (space < SAMPLE)
    return right;
  nudge_paint_set_colour (cr, colour, 1);
  cairo_set_line_width (cr, 2);
  if (dashed)
    cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  nudge_paint_line (cr, x, y, x + SAMPLE, y);
  cairo_set_dash (cr, NULL, 0, 0);
  nudge_text_draw_within (text, NUDGE_TEXT_LABEL, &palette->secondary, x + SAMPLE + GAP,
                          y + 4.5, 0, space, name);
  return x + SAMPLE + GAP + nudge_text_measure (text, NUDGE_TEXT_LABEL, name) + SPACE;
}

/**
 * nudge_draw_loss_legend:
 *
 * In one row, the run first; what has no space is left out.
 */
void
nudge_draw_loss_legend (cairo_t *cr,
                        const NnFrame *frame,
                        const NudgePalette *palette,
                        gboolean smoothed,
                        double width,
                        double height)
{
  g_return_if_fail (frame != NULL && palette != NULL);

  if (width < 1 || height < 1 || !nudge_loss_has_legend (frame, smoothed))
    return;

  g_autoptr (NudgeText) text = nudge_text_new (cr);
  NudgeColour raw =
      nudge_paint_mix (&palette->background, &palette->text, NUDGE_RAW_OPACITY);
  NudgeColour faint =
      nudge_paint_mix (&palette->background, &palette->ghost, NUDGE_BRANCH_OPACITY);
  double y = nudge_paint_snap (height / 2);
  double x = 0;

  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_clip (cr);
  x = draw_entry (cr, text, palette, &palette->text, FALSE, x, y, width,
                  get_name (frame, smoothed));
  if (frame->n_scores[NN_SCORE_HELD_OUT] > 0)
    x = draw_entry (cr, text, palette, &palette->validation, FALSE, x, y, width,
                    _ ("validation"));
  if (frame->ghost) {
    g_autofree char *ghost = nudge_words_for_ghost (frame);

    x = draw_entry (cr, text, palette, &palette->ghost, TRUE, x, y, width, ghost);
  }
  if (frame->n_branches > 0)
    x = draw_entry (cr, text, palette, &faint, FALSE, x, y, width, _ ("other ways"));
  if (smoothed)
    draw_entry (cr, text, palette, &raw, FALSE, x, y, width, _ ("unsmoothed"));
  cairo_restore (cr);
}
