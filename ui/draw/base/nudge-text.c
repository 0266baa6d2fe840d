/* nudge-text.c - text in a picture: four kinds of it, in figures of one width
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/base/nudge-text.h"

#include <pango/pangocairo.h>

#include "nn/base/nn-text.h"

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

/* Of a surface whose texts are recorded: where. */
static const cairo_user_data_key_t record_key;

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

/**
 * nudge_text_record:
 * @surface: of an SVG, in whose own units it is drawn
 * @svg: gets an element <text> for each text that is drawn on @surface and fits, in place of
 *   its shapes; must be there as long as it is drawn on
 *
 * Cairo writes glyphs only, from which programs cannot read, search or edit text.
 */
void
nudge_text_record (cairo_surface_t *surface, GString *svg)
{
  cairo_surface_set_user_data (surface, &record_key, svg, NULL);
}

static void
append_number (GString *svg, const char *name, double number)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (svg, " %s=\"%s\"", name,
                          g_ascii_formatd (digits, sizeof digits, "%.2f", number));
}

static void
record (const NudgeText *self,
        GString *svg,
        NudgeTextKind kind,
        const NudgeColour *colour,
        double x,
        double baseline,
        double align,
        const char *text)
{
  g_autofree char *printable = g_strdup (text);
  g_autofree char *escaped = NULL;

  /* XML 1.0 has no control characters, not even as &#x1b;. */
  nn_text_replace_controls (printable, ' ');
  escaped = g_markup_escape_text (printable, -1);
  cairo_user_to_device (self->cr, &x, &baseline);
  g_string_append (svg, "<text");
  append_number (svg, "x", x);
  append_number (svg, "y", baseline);
  append_number (svg, "font-size", kinds[kind].size);
  g_string_append_printf (
      svg,
      " font-family=\"" FAMILIES "\" font-weight=\"%d\" text-anchor=\"%s\""
      " style=\"font-variant-numeric:tabular-nums\" xml:space=\"preserve\""
      " fill=\"#%02x%02x%02x\">%s</text>\n",
      kinds[kind].weight,
      align < 0.25   ? "start"
      : align > 0.75 ? "end"
                     : "middle",
      (guint) (255 * colour->red + 0.5), (guint) (255 * colour->green + 0.5),
      (guint) (255 * colour->blue + 0.5), escaped);
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
  GString *svg = cairo_surface_get_user_data (cairo_get_target (self->cr), &record_key);

  if (width < 1)
    return;
  if (svg && natural <= width) {
    record (self, svg, kind, colour, x, baseline, align, text);
    return;
  }
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
