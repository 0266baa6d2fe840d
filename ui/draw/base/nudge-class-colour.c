/* nudge-class-colour.c - the colours of classes
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/base/nudge-class-colour.h"

#define RGB(hex)                                                                         \
  {                                                                                      \
    ((hex) >> 16 & 0xff) / 255.0, ((hex) >> 8 & 0xff) / 255.0, ((hex) &0xff) / 255.0     \
  }

/* At least 3:1 against a white ground, and in an order in which neighbours differ in
 * lightness too. Violet is not among them: it means a nudge. */
static const NudgeColour on_light[NUDGE_N_CLASS_COLOURS] = {
  RGB (0xc64600), RGB (0x1a5fb4), RGB (0x1b7f4b), RGB (0xa51d6b), RGB (0x6f5d00),
  RGB (0x0a7f9c), RGB (0x8f3f2a), RGB (0x5e5c64), RGB (0x3d6b1f), RGB (0x2f3b8f),
};

static const NudgeColour on_dark[NUDGE_N_CLASS_COLOURS] = {
  RGB (0xff9a3c), RGB (0x62a0ea), RGB (0x5fd38d), RGB (0xff8fc4), RGB (0xe3cf57),
  RGB (0x6fd3ea), RGB (0xe0a08a), RGB (0xb5b3b8), RGB (0xa6d96a), RGB (0x9aa5ff),
};

/**
 * nudge_class_colour_get:
 * @number: of the class, from 0
 */
const NudgeColour *
nudge_class_colour_get (const NudgePalette *palette, gsize number, gsize n_classes)
{
  const gboolean dark = palette->background.green < 0.5;

  if (n_classes <= 2)
    return number == 0 ? &palette->negative : &palette->positive;
  return &(dark ? on_dark : on_light)[number % NUDGE_N_CLASS_COLOURS];
}
