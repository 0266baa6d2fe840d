/* test-nudge-palette.c - colours that can be told from their background and each other
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/base/nudge-palette.h"

#include <math.h>

#include "ui/draw/base/nudge-class-colour.h"
#include "ui/draw/base/nudge-paint.h"

typedef struct {
  NudgePair pair;
  gboolean dark;
  gboolean high_contrast;
} Case;

static const Case cases[] = {
  { NUDGE_PAIR_BLUE_ORANGE, FALSE, FALSE }, { NUDGE_PAIR_BLUE_ORANGE, TRUE, FALSE },
  { NUDGE_PAIR_BLUE_ORANGE, FALSE, TRUE },  { NUDGE_PAIR_BLUE_ORANGE, TRUE, TRUE },
  { NUDGE_PAIR_RED_BLUE, FALSE, FALSE },    { NUDGE_PAIR_RED_BLUE, TRUE, FALSE },
  { NUDGE_PAIR_RED_BLUE, FALSE, TRUE },     { NUDGE_PAIR_RED_BLUE, TRUE, TRUE },
};

/* sRGB to linear light, as WCAG 2.1 defines it. */
static double
to_linear (double channel)
{
  return channel <= 0.04045 ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4);
}

static double
get_luminance (const NudgeColour *colour)
{
  return 0.2126 * to_linear (colour->red) + 0.7152 * to_linear (colour->green) +
         0.0722 * to_linear (colour->blue);
}

static double
get_contrast (const NudgeColour *a, const NudgeColour *b)
{
  double x = get_luminance (a);
  double y = get_luminance (b);

  return (MAX (x, y) + 0.05) / (MIN (x, y) + 0.05);
}

static void
test_contrast (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    const NudgePalette *palette =
        nudge_palette_get_with (cases[i].pair, cases[i].dark, cases[i].high_contrast);
    const NudgeColour *meanings[] = { &palette->positive,   &palette->negative,
                                      &palette->nudge,      &palette->secondary,
                                      &palette->validation, &palette->ghost,
                                      &palette->failure,    &palette->accent };
    const NudgeColour branch =
        nudge_paint_mix (&palette->background, &palette->ghost, NUDGE_BRANCH_OPACITY);
    double least = cases[i].high_contrast ? 7 : 3;

    for (gsize k = 0; k < G_N_ELEMENTS (meanings); k++)
      g_assert_cmpfloat (get_contrast (meanings[k], &palette->background), >=, least);
    g_assert_cmpfloat (get_contrast (&branch, &palette->background), >=, 3);
    g_assert_cmpfloat (get_contrast (&palette->text, &palette->background), >=, 7);
    g_assert_cmpfloat (get_contrast (&palette->secondary, &palette->background), >=, 4.5);
  }
}

typedef struct {
  NudgeColour colour;
  NudgeColour ground;
} Pair;

/* What is drawn with less than its colour, or not on the background, keeps 3:1, too. */
static void
test_contrast_of_shades (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    const NudgePalette *palette =
        nudge_palette_get_with (cases[i].pair, cases[i].dark, cases[i].high_contrast);
    const NudgeColour *ground = &palette->background;
    const Pair pairs[] = {
      { nudge_paint_mix (ground, &palette->positive, NUDGE_WEAK_OPACITY), *ground },
      { nudge_paint_mix (ground, &palette->negative, NUDGE_WEAK_OPACITY), *ground },
      { nudge_paint_mix (ground, &palette->positive, NUDGE_BAR_OPACITY), *ground },
      { nudge_paint_mix (ground, &palette->nudge, NUDGE_COMING_SHARE), *ground },
      { nudge_paint_mix (ground, &palette->text, NUDGE_OLD_OPACITY), *ground },
      { palette->nudge, nudge_paint_mix (ground, &palette->nudge, NUDGE_BAND_TINT) },
    };

    for (gsize k = 0; k < G_N_ELEMENTS (pairs); k++)
      g_assert_cmpfloat (get_contrast (&pairs[k].colour, &pairs[k].ground), >=, 3);
    for (gsize k = 0; k < NUDGE_N_CLASS_COLOURS; k++)
      g_assert_cmpfloat (
          get_contrast (nudge_class_colour_get (palette, k, NUDGE_N_CLASS_COLOURS),
                        ground),
          >=, 3);
    if (cases[i].high_contrast)
      g_assert_cmpfloat (get_contrast (&palette->hairline, ground), >=, 3);
  }
}

/* A dichromat's view in linear light (Viénot, Brettel, Mollon, "Digital video
 * colourmaps for checking the legibility of displays by dichromats", 1999): red and
 * green become one channel. */
static void
simulate (const NudgeColour *colour, gboolean protan, double seen[2])
{
  double red = to_linear (colour->red);
  double green = to_linear (colour->green);

  seen[0] = protan ? 0.11238 * red + 0.88762 * green : 0.29275 * red + 0.70725 * green;
  seen[1] = to_linear (colour->blue);
}

/* Of the two signs, one is blue and the other yellow, which is what is left. */
static void
test_signs_differ_for_dichromats (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (int protan = 0; protan < 2; protan++) {
      const NudgePalette *palette =
          nudge_palette_get_with (cases[i].pair, cases[i].dark, cases[i].high_contrast);
      double blue[2];
      double yellow[2];

      gboolean blue_first = cases[i].pair == NUDGE_PAIR_BLUE_ORANGE;

      simulate (blue_first ? &palette->positive : &palette->negative, protan, blue);
      simulate (blue_first ? &palette->negative : &palette->positive, protan, yellow);
      g_assert_cmpfloat (blue[1], >, 1.5 * blue[0]);
      g_assert_cmpfloat (yellow[1], <, yellow[0] / 1.5);
    }
}

/* Pictures have the background of the widgets around them: @view_bg_color of libadwaita,
 * whatever the contrast. */
static void
test_background_is_the_widgets (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    const NudgeColour *ground =
        &nudge_palette_get_with (cases[i].pair, cases[i].dark, cases[i].high_contrast)
             ->background;
    const double level = cases[i].dark ? 0x1e / 255.0 : 1;

    g_assert_cmpfloat (ground->red, ==, level);
    g_assert_cmpfloat (ground->green, ==, level);
    g_assert_cmpfloat (ground->blue, ==, level);
  }
}

static void
test_dark_is_dark (void)
{
  g_assert_cmpfloat (get_luminance (&nudge_palette_get (TRUE, FALSE)->background), <,
                     0.1);
  g_assert_cmpfloat (get_luminance (&nudge_palette_get (FALSE, FALSE)->background), >,
                     0.9);
  g_assert_true (nudge_palette_get (TRUE, TRUE) != nudge_palette_get (TRUE, FALSE));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/palette/contrast", test_contrast);
  g_test_add_func ("/ui/palette/contrast-of-shades", test_contrast_of_shades);
  g_test_add_func ("/ui/palette/signs-differ-for-dichromats",
                   test_signs_differ_for_dichromats);
  g_test_add_func ("/ui/palette/background-is-the-widgets",
                   test_background_is_the_widgets);
  g_test_add_func ("/ui/palette/dark-is-dark", test_dark_is_dark);
  return g_test_run ();
}
