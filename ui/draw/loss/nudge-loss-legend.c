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
typedef struct {
  double sample;
  double gap;
  double space;
} Spacing;

/* Names are cut only where they would not fit with the narrow one either. */
static const Spacing usual_spacing = { .sample = 22, .gap = 7, .space = 18 };
static const Spacing narrow_spacing = { .sample = 14, .gap = 5, .space = 11 };

#define MAX_ENTRIES 5

typedef struct {
  const NudgeColour *colour;
  gboolean dashed;
  const char *name;
  const char *brief; /* (nullable) the same in fewer words */
} Entry;

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

static double
measure (NudgeText *text, const Entry *entries, gsize n, const Spacing *spacing)
{
  double needed = -spacing->space;

  for (gsize i = 0; i < n; i++)
    needed += spacing->sample + spacing->gap + spacing->space +
              nudge_text_measure (text, NUDGE_TEXT_LABEL, entries[i].name);
  return needed;
}

/* What would be cut off with the narrow one, too, is said in fewer words. */
static const Spacing *
choose_spacing (NudgeText *text, Entry *entries, gsize n, double width)
{
  if (measure (text, entries, n, &usual_spacing) <= width)
    return &usual_spacing;
  for (gsize i = 0; i < n; i++)
    if (entries[i].brief && measure (text, entries, n, &narrow_spacing) > width)
      entries[i].name = entries[i].brief;
  return &narrow_spacing;
}

static void
draw_entries (cairo_t *cr,
              const NudgePalette *palette,
              Entry *entries,
              gsize n,
              double y,
              double width)
{
  static const double dashes[] = { DASH, DASH_GAP };
  g_autoptr (NudgeText) text = nudge_text_new (cr);
  const Spacing *spacing = choose_spacing (text, entries, n, width);
  double x = 0;

  for (gsize i = 0; i < n; i++) {
    const double name_x = x + spacing->sample + spacing->gap;

    if (width - name_x < spacing->sample)
      return;
    nudge_paint_set_colour (cr, entries[i].colour, 1);
    cairo_set_line_width (cr, 2);
    if (entries[i].dashed)
      cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
    nudge_paint_line (cr, x, y, x + spacing->sample, y);
    cairo_set_dash (cr, NULL, 0, 0);
    nudge_text_draw_within (text, NUDGE_TEXT_LABEL, &palette->secondary, name_x, y + 4.5,
                            0, width - name_x, entries[i].name);
    x = name_x + spacing->space +
        nudge_text_measure (text, NUDGE_TEXT_LABEL, entries[i].name);
  }
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

  Entry entries[MAX_ENTRIES];
  gsize n = 0;
  g_autofree char *ghost = frame->ghost ? nudge_words_for_ghost (frame) : NULL;
  g_autofree char *brief = frame->ghost ? nudge_words_for_ghost_loss (frame) : NULL;
  NudgeColour raw =
      nudge_paint_mix (&palette->background, &palette->text, NUDGE_RAW_OPACITY);
  NudgeColour faint =
      nudge_paint_mix (&palette->background, &palette->ghost, NUDGE_BRANCH_OPACITY);

  entries[n++] = (Entry){ &palette->text, FALSE, get_name (frame, smoothed), NULL };
  if (frame->n_scores[NN_SCORE_HELD_OUT] > 0)
    entries[n++] = (Entry){ &palette->validation, FALSE, _ ("validation"), NULL };
  if (ghost)
    entries[n++] = (Entry){ &palette->ghost, TRUE, ghost, brief };
  if (frame->n_branches > 0)
    entries[n++] = (Entry){ &faint, FALSE, _ ("other ways"), NULL };
  if (smoothed)
    entries[n++] = (Entry){ &raw, FALSE, _ ("unsmoothed"), NULL };
  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_clip (cr);
  draw_entries (cr, palette, entries, n, nudge_paint_snap (height / 2), width);
  cairo_restore (cr);
}
