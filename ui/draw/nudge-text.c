/* nudge-text.c - text in a picture: four kinds of it, in figures of one width
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/nudge-text.h"

#include <pango/pangocairo.h>

/* The desktop's own family first, then what other systems have. */
#define FAMILIES "Cantarell, Noto Sans, sans-serif"

struct _NudgeText {
  cairo_t *cr;                              /* (unowned) outlives us */
  PangoContext *context;                    /* (owned) */
  PangoLayout *layouts[NUDGE_N_TEXT_KINDS]; /* (owned) (nullable) made when needed */
};

static const struct {
  double size; /* pixels */
  PangoWeight weight;
} kinds[NUDGE_N_TEXT_KINDS] = {
  [NUDGE_TEXT_NAME] = { 15, PANGO_WEIGHT_BOLD },
  [NUDGE_TEXT_BODY] = { 13, PANGO_WEIGHT_NORMAL },
  [NUDGE_TEXT_LABEL] = { 12.5, PANGO_WEIGHT_NORMAL },
  [NUDGE_TEXT_NOTE] = { 12, PANGO_WEIGHT_BOLD },
};

/* Unhinted and grey, so that a text is as wide in the window as in a file. */
NudgeText *
nudge_text_new (cairo_t *cr)
{
  NudgeText *self = g_new0 (NudgeText, 1);
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  self->cr = cr;
  self->context = pango_cairo_create_context (cr);
  pango_context_set_round_glyph_positions (self->context, FALSE);
  pango_cairo_context_set_font_options (self->context, options);
  cairo_font_options_destroy (options);
  return self;
}

void
nudge_text_free (NudgeText *self)
{
  for (gsize i = 0; i < NUDGE_N_TEXT_KINDS; i++)
    g_clear_object (&self->layouts[i]);
  g_object_unref (self->context);
  g_free (self);
}

static PangoLayout *
get_layout (NudgeText *self, NudgeTextKind kind)
{
  if (self->layouts[kind] == NULL) {
    PangoLayout *layout = pango_layout_new (self->context);
    PangoFontDescription *font = pango_font_description_from_string (FAMILIES);
    PangoAttrList *attributes = pango_attr_list_new ();

    pango_font_description_set_absolute_size (font, kinds[kind].size * PANGO_SCALE);
    pango_font_description_set_weight (font, kinds[kind].weight);
    pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
    pango_layout_set_font_description (layout, font);
    pango_layout_set_attributes (layout, attributes);
    pango_layout_set_single_paragraph_mode (layout, TRUE);
    pango_font_description_free (font);
    pango_attr_list_unref (attributes);
    self->layouts[kind] = layout;
  }
  return self->layouts[kind];
}

/* Returns: the advance width in pixels */
double
nudge_text_measure (NudgeText *self, NudgeTextKind kind, const char *text)
{
  PangoLayout *layout = get_layout (self, kind);
  int width;

  pango_layout_set_width (layout, -1);
  pango_layout_set_text (layout, text, -1);
  pango_layout_get_size (layout, &width, NULL);
  return (double) width / PANGO_SCALE;
}

/**
 * nudge_text_draw:
 * @align: which part of the text is at @x: 0 its start, 0.5 its middle, 1 its end
 */
void
nudge_text_draw (NudgeText *self,
                 NudgeTextKind kind,
                 const NudgeColour *colour,
                 double x,
                 double baseline,
                 double align,
                 const char *text)
{
  nudge_text_draw_within (self, kind, colour, x, baseline, align, G_MAXINT16, text);
}

/**
 * nudge_text_draw_within:
 * @width: what is longer ends in an ellipsis, or, if it is a name, has one in its middle
 */
void
nudge_text_draw_within (NudgeText *self,
                        NudgeTextKind kind,
                        const NudgeColour *colour,
                        double x,
                        double baseline,
                        double align,
                        double width,
                        const char *text)
{
  double natural = nudge_text_measure (self, kind, text);
  PangoLayout *layout = get_layout (self, kind);

  if (width < 1)
    return;
  if (natural > width) {
    /* Names that are alike differ at their ends. */
    pango_layout_set_ellipsize (layout, kind == NUDGE_TEXT_NAME ? PANGO_ELLIPSIZE_MIDDLE
                                                                : PANGO_ELLIPSIZE_END);
    pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
    natural = width;
  }
  cairo_set_source_rgb (self->cr, colour->red, colour->green, colour->blue);
  cairo_move_to (self->cr, x - align * natural,
                 baseline - (double) pango_layout_get_baseline (layout) / PANGO_SCALE);
  pango_cairo_show_layout (self->cr, layout);
}
