/* nudge-palette.h - the colours of the pictures: one colour, one meaning
 *
 * SPDX-License-Identifier: MIT
 *
 * Constant tables for light, dark and high contrast. Each colour that carries a
 * meaning keeps at least 3:1 against its background, for all colour vision.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Of the ghost's colour on the background: a branch that was left, which is there to be
 * compared and not to be read. */
#define NUDGE_BRANCH_OPACITY 0.8

/* Of the weakest edge, where edges have space, and of a mark of the weakest bias. */
#define NUDGE_WEAK_OPACITY 0.72

/* Of the nudges' colour: what has not landed, and the ground of what repeats. */
#define NUDGE_COMING_SHARE 0.65
#define NUDGE_BAND_TINT    0.16

/* Of the text's colour: a curve that is not of the present step. */
#define NUDGE_OLD_OPACITY 0.5

/* Of a bar of a histogram. */
#define NUDGE_BAR_OPACITY 0.75

typedef struct {
  double red;
  double green;
  double blue;
} NudgeColour;

typedef struct {
  NudgeColour positive;   /* weights and activations above zero */
  NudgeColour negative;   /* below zero; edges are dashed as well */
  NudgeColour nudge;      /* whatever a person did to the weights */
  NudgeColour validation; /* the loss of what is held out */
  NudgeColour ghost;      /* the run as it would be without that; always dashed */
  NudgeColour failure;    /* what was refused, and why */
  NudgeColour accent;     /* what has the focus or the cursor; always a rim */
  NudgeColour background;
  NudgeColour text;
  NudgeColour secondary; /* axes, units, explanations */
  NudgeColour hairline;  /* grid lines, frames */
} NudgePalette;

/* The colours of the two signs, which can be chosen. */
typedef enum {
  NUDGE_PAIR_BLUE_ORANGE, /* positive is blue */
  NUDGE_PAIR_RED_BLUE,    /* positive is red */
} NudgePair;

#define NUDGE_N_PAIRS 2

const NudgePalette *
nudge_palette_get_with (NudgePair pair, gboolean dark, gboolean high_contrast);
const NudgePalette *nudge_palette_get (gboolean dark, gboolean high_contrast);

G_END_DECLS
