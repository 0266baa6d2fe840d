/* nudge-figure.c - the network and its loss as a file
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/nudge-figure.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/files/nn-file.h"
#include "nn/files/nn-path.h"
#include "ui/draw/base/nudge-frame.h"
#include "ui/draw/base/nudge-paint.h"
#include "ui/draw/base/nudge-text.h"
#include "ui/draw/loss/nudge-loss-legend.h"
#include "ui/draw/loss/nudge-loss-picture.h"
#include "ui/draw/network/nudge-map-picture.h"
#include "ui/draw/network/nudge-network-picture.h"
#include "ui/draw/network/nudge-network-scale.h"
#include "ui/text/nudge-number.h"

#define WIDTH          960.0
#define TITLE_HEIGHT   52.0
#define NETWORK_HEIGHT 388.0
#define LEGEND_HEIGHT  24.0
#define LOSS_HEIGHT    280.0
#define LOSS_ALONE     360.0 /* of a figure of nothing else */

/* The map of the output is as wide as this part of the whole, and beside the network. */
#define MAP_SHARE 0.32

/* Pixels per unit in a PNG, for paper and for sharp screens. */
#define PNG_SCALE 2

/* A file says what was drawn, not when: the same run gives the same bytes. */
#define PDF_DATE "2000-01-01T00:00:00Z"

typedef enum {
  FORMAT_PNG,
  FORMAT_SVG,
  FORMAT_PDF,
  N_FORMATS,
} Format;

static const char *const endings[N_FORMATS] = { ".png", ".svg", ".pdf" };

/* Returns: N_FORMATS if the ending says none of them */
static Format
get_format (const char *path)
{
  gsize length = strlen (path);
  Format format = FORMAT_PNG;

  while (format < N_FORMATS &&
         (length < 4 || g_ascii_strcasecmp (path + length - 4, endings[format]) != 0))
    format++;
  return format;
}

/**
 * nudge_figure_check_path:
 *
 * Finds out before a long run whether a figure could be of that kind; not whether
 * the file could be written.
 */
gboolean
nudge_figure_check_path (const char *path, GError **error)
{
  g_autofree char *name = NULL;

  if (get_format (path) != N_FORMATS)
    return TRUE;
  name = nn_path_dup_display_name (path);
  g_set_error (error, NN_ERROR, NN_ERROR_FILE,
               _ ("%s does not say its format: a figure ends in .png, .svg or .pdf"),
               name);
  return FALSE;
}

static void
draw_title (cairo_t *cr,
            const NnFrame *frame,
            const char *title,
            const NudgePalette *palette)
{
  g_autoptr (NudgeText) text = nudge_text_new (cr);
  g_autofree char *step = nudge_number_format_count (frame->step);
  g_autofree char *loss = nudge_number_format (nudge_frame_get_loss (frame), 4);
  g_autofree char *state = g_strdup_printf (_ ("step %s · loss %s"), step, loss);
  double space =
      WIDTH - 3 * NUDGE_MARGIN - nudge_text_measure (text, NUDGE_TEXT_BODY, state);

  nudge_text_draw_within (text, NUDGE_TEXT_NAME, &palette->text, NUDGE_MARGIN, 32, 0,
                          space, title);
  nudge_text_draw (text, NUDGE_TEXT_BODY, &palette->secondary, WIDTH - NUDGE_MARGIN, 32,
                   1, state);
  nudge_paint_set_colour (cr, &palette->hairline, 1);
  cairo_set_line_width (cr, 1);
  nudge_paint_line (cr, 0, TITLE_HEIGHT - 0.5, WIDTH, TITLE_HEIGHT - 0.5);
}

static double
get_network_height (const NudgeFigureStyle *style)
{
  return style->parts == NUDGE_FIGURE_LOSS ? 0 : NETWORK_HEIGHT;
}

static double
get_loss_height (const NudgeFigureStyle *style)
{
  return style->parts == NUDGE_FIGURE_NETWORK ? 0
         : style->parts == NUDGE_FIGURE_LOSS  ? LOSS_ALONE
                                              : LOSS_HEIGHT;
}

static double
get_height (const NudgeFigureStyle *style)
{
  return TITLE_HEIGHT + get_network_height (style) + get_loss_height (style);
}

/* Under its legend, where one is needed. */
static void
draw_loss (cairo_t *cr, const NnFrame *frame, const NudgeFigureStyle *style)
{
  const gboolean smoothed = style->smoothing > 0;
  const double legend = nudge_loss_has_legend (frame, smoothed) ? LEGEND_HEIGHT : 0;
  const NudgeLossStyle loss = { .palette = style->palette,
                                .logarithmic = style->logarithmic,
                                .smoothing = style->smoothing,
                                .span = style->span };

  cairo_save (cr);
  cairo_translate (cr, NUDGE_MARGIN, 0);
  nudge_draw_loss_legend (cr, frame, style->palette, smoothed, WIDTH - 2 * NUDGE_MARGIN,
                          legend);
  cairo_restore (cr);
  cairo_save (cr);
  cairo_translate (cr, 0, legend);
  nudge_draw_loss (cr, frame, &loss, WIDTH, get_loss_height (style) - legend);
  cairo_restore (cr);
}

/* And beside it the map of its output, where it has one. */
static void
draw_network (cairo_t *cr, const NnFrame *frame, const NudgeFigureStyle *style)
{
  g_autoptr (NudgeMapData) data = nudge_map_data_new (frame);
  const double map = data ? MAP_SHARE * WIDTH : 0;
  const NudgeNetworkStyle network = {
    .palette = style->palette,
    .limit = style->limit > 0 ? style->limit : nudge_network_choose_limit (frame, 0),
    .pulse_layer = -1,
    .quantity = style->quantity,
    .exceeded = style->exceeded,
    .threshold = style->threshold,
  };

  nudge_draw_network (cr, frame, &network, WIDTH - map, NETWORK_HEIGHT);
  if (data == NULL)
    return;
  cairo_save (cr);
  cairo_rectangle (cr, WIDTH - map, 0, map, NETWORK_HEIGHT);
  cairo_clip (cr);
  cairo_translate (cr, WIDTH - map, 0);
  nudge_draw_map (cr, frame, data, style->palette, map, NETWORK_HEIGHT);
  cairo_restore (cr);
}

static void
draw_figure (cairo_t *cr,
             const NnFrame *frame,
             const char *title,
             const NudgeFigureStyle *style)
{
  const double height = get_height (style);
  const double border = TITLE_HEIGHT + get_network_height (style) - 0.5;

  nudge_paint_set_colour (cr, &style->palette->background, 1);
  cairo_rectangle (cr, 0, 0, WIDTH, height);
  cairo_fill (cr);
  draw_title (cr, frame, title, style->palette);
  cairo_save (cr);
  cairo_translate (cr, 0, TITLE_HEIGHT);
  if (get_network_height (style) > 0)
    draw_network (cr, frame, style);
  cairo_translate (cr, 0, get_network_height (style));
  if (get_loss_height (style) > 0)
    draw_loss (cr, frame, style);
  cairo_restore (cr);
  if (style->parts != NUDGE_FIGURE_BOTH)
    return;
  nudge_paint_set_colour (cr, &style->palette->hairline, 1);
  cairo_set_line_width (cr, 1);
  nudge_paint_line (cr, 0, border, WIDTH, border);
}

static cairo_status_t
append_bytes (void *bytes, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (bytes, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* Cairo names an SVG's surfaces by a number that grows for as long as the program
 * runs. Counted from 0 instead, the same figure has the same bytes. */
static void
renumber_surfaces (GByteArray *svg)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autoptr (GPtrArray) seen = g_ptr_array_new_with_free_func (g_free);
  const char *end;
  const char *p;

  g_byte_array_append (svg, (const guint8 *) "", 1);
  end = (const char *) svg->data;
  while ((p = strstr (end, "surface")) != NULL) {
    const char *digits = p + strlen ("surface");
    gsize n_digits = strspn (digits, "0123456789");
    g_autofree char *number = g_strndup (digits, n_digits);
    char text[16] = "";
    guint index;

    if (n_digits > 0 && strchr ("\"#", p[-1]) != NULL) {
      if (!g_ptr_array_find_with_equal_func (seen, number, g_str_equal, &index)) {
        index = seen->len;
        g_ptr_array_add (seen, g_strdup (number));
      }
      g_snprintf (text, sizeof text, "%u", index);
    } else {
      n_digits = 0;
    }
    g_byte_array_append (out, (const guint8 *) end, (guint) (digits - end));
    g_byte_array_append (out, (const guint8 *) text, (guint) strlen (text));
    end = digits + n_digits;
  }
  g_byte_array_append (out, (const guint8 *) end, (guint) strlen (end));
  g_byte_array_set_size (svg, 0);
  g_byte_array_append (svg, out->data, out->len);
}

/* Over all else, as the last things that it has. */
static void
insert_texts (GByteArray *svg, const GString *texts)
{
  static const char end[] = "</svg>";
  const gsize at = (gsize) (g_strrstr_len ((const char *) svg->data, svg->len, end) -
                            (const char *) svg->data);
  g_autofree char *tail = g_strndup ((const char *) svg->data + at, svg->len - at);

  g_byte_array_set_size (svg, (guint) at);
  g_byte_array_append (svg, (const guint8 *) texts->str, (guint) texts->len);
  g_byte_array_append (svg, (const guint8 *) tail, (guint) strlen (tail));
}

static cairo_surface_t *
create_surface (Format format, const char *title, double height, GByteArray *bytes)
{
  cairo_surface_t *surface;

  switch (format) {
  case FORMAT_SVG:
    return cairo_svg_surface_create_for_stream (append_bytes, bytes, WIDTH, height);
  case FORMAT_PDF:
    surface = cairo_pdf_surface_create_for_stream (append_bytes, bytes, WIDTH, height);
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, title);
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, PDF_DATE);
    return surface;
  default:
    surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH * PNG_SCALE,
                                          (int) (height * PNG_SCALE));
    cairo_surface_set_device_scale (surface, PNG_SCALE, PNG_SCALE);
    return surface;
  }
}

/**
 * nudge_figure_save:
 * @path: its ending says the format; what is there is replaced, or kept on failure
 *
 * Draws the frame as @style says.
 */
gboolean
nudge_figure_save (const NnFrame *frame,
                   const char *title,
                   const NudgeFigureStyle *style,
                   const char *path,
                   GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GString) texts = g_string_new (NULL);
  Format format = get_format (path);
  cairo_surface_t *surface;
  cairo_status_t status;
  cairo_t *cr;

  if (!nudge_figure_check_path (path, error))
    return FALSE;
  surface = create_surface (format, title, get_height (style), bytes);
  if (format == FORMAT_SVG)
    nudge_text_record (surface, texts);
  cr = cairo_create (surface);
  draw_figure (cr, frame, title, style);
  status = cairo_status (cr);
  cairo_destroy (cr);
  if (status == CAIRO_STATUS_SUCCESS && format == FORMAT_PNG)
    status = cairo_surface_write_to_png_stream (surface, append_bytes, bytes);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status != CAIRO_STATUS_SUCCESS) {
    g_autofree char *name = nn_path_dup_display_name (path);

    g_set_error (error, NN_ERROR, NN_ERROR_FILE, _ ("figure “%s” could not be drawn: %s"),
                 name, cairo_status_to_string (status));
    return FALSE;
  }
  if (format == FORMAT_SVG) {
    renumber_surfaces (bytes);
    insert_texts (bytes, texts);
  }
  return nn_file_replace (path, bytes->data, bytes->len, error);
}
