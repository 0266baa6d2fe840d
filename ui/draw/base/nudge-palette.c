/* nudge-palette.c - the colours of the pictures: one colour, one meaning
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/base/nudge-palette.h"

/* 0x1a5fb4 as three numbers in [0, 1], at compile time. */
#define RGB(hex)                                                                         \
  {                                                                                      \
    ((hex) >> 16 & 0xff) / 255.0, ((hex) >> 8 & 0xff) / 255.0, ((hex) &0xff) / 255.0     \
  }

/* All but the two signs. */
#define LIGHT                                                                            \
  .nudge = RGB (0x813d9c), .validation = RGB (0x1b7f79), .ghost = RGB (0x77767b),        \
  .failure = RGB (0xb5121e), .accent = RGB (0x3584e4), .background = RGB (0xffffff),     \
  .text = RGB (0x1c1c1e), .secondary = RGB (0x5e5c64), .hairline = RGB (0xd9d7d5)

#define DARK                                                                             \
  .nudge = RGB (0xc98be0), .validation = RGB (0x57c7bf), .ghost = RGB (0x9a9996),        \
  .failure = RGB (0xff7b63), .accent = RGB (0x78aeed), .background = RGB (0x1e1e1e),     \
  .text = RGB (0xf6f5f4), .secondary = RGB (0xb5b3b8), .hairline = RGB (0x474747)

/* High contrast: every meaning at least 7:1, and hairlines that count as lines (3:1). The
 * backgrounds are those of the widgets around the pictures, which would else be patches. */
#define HIGH_CONTRAST_LIGHT                                                              \
  .nudge = RGB (0x611f7d), .validation = RGB (0x0a5f5a), .ghost = RGB (0x50505a),        \
  .failure = RGB (0x8a0f19), .accent = RGB (0x13509f), .background = RGB (0xffffff),     \
  .text = RGB (0x000000), .secondary = RGB (0x3d3846), .hairline = RGB (0x77767b)

#define HIGH_CONTRAST_DARK                                                               \
  .nudge = RGB (0xe3b5f5), .validation = RGB (0x8fe0d9), .ghost = RGB (0xc0bfbc),        \
  .failure = RGB (0xffa99b), .accent = RGB (0xa4caee), .background = RGB (0x1e1e1e),     \
  .text = RGB (0xffffff), .secondary = RGB (0xdeddda), .hairline = RGB (0x8a8890)

/* [pair][high contrast][dark] */
static const NudgePalette palettes[NUDGE_N_PAIRS][2][2] = {
  [NUDGE_PAIR_BLUE_ORANGE] = {
    {
      { .positive = RGB (0x1a5fb4), .negative = RGB (0xc64600), LIGHT },
      { .positive = RGB (0x62a0ea), .negative = RGB (0xff9a3c), DARK },
    },
    {
      { .positive = RGB (0x0b478f), .negative = RGB (0x8f2d00), HIGH_CONTRAST_LIGHT },
      { .positive = RGB (0x8fc1ff), .negative = RGB (0xffb766), HIGH_CONTRAST_DARK },
    },
  },
  [NUDGE_PAIR_RED_BLUE] = {
    {
      { .positive = RGB (0xa51d2d), .negative = RGB (0x1a5fb4), LIGHT },
      { .positive = RGB (0xff7b72), .negative = RGB (0x62a0ea), DARK },
    },
    {
      { .positive = RGB (0x7d0f1c), .negative = RGB (0x0b478f), HIGH_CONTRAST_LIGHT },
      { .positive = RGB (0xffab91), .negative = RGB (0x8fc1ff), HIGH_CONTRAST_DARK },
    },
  },
};

/**
 * nudge_palette_get_with:
 *
 * Returns: a constant table
 */
const NudgePalette *
nudge_palette_get_with (NudgePair pair, gboolean is_dark, gboolean high_contrast)
{
  return &palettes[pair][high_contrast != FALSE][is_dark != FALSE];
}

/**
 * nudge_palette_get:
 *
 * Returns: a constant table, with the usual colours of the signs
 */
const NudgePalette *
nudge_palette_get (gboolean is_dark, gboolean high_contrast)
{
  return nudge_palette_get_with (NUDGE_PAIR_BLUE_ORANGE, is_dark, high_contrast);
}
