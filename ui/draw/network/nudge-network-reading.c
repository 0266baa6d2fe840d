/* nudge-network-reading.c - all numbers of one weight, bias or neuron
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/network/nudge-network-reading.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "ui/draw/base/nudge-paint.h"
#include "ui/draw/base/nudge-quantity.h"
#include "ui/draw/network/nudge-network-cells.h"
#include "ui/draw/network/nudge-network-sample.h"
#include "ui/text/nudge-number.h"

#define LINE_HEIGHT  17.0
#define COLUMN_WIDTH 150.0 /* of a label with its number, at least */
#define COLUMN_GAP   16.0

#define MOST_COLUMN_WIDTH 200.0

#define DESCENT 4.0
#define DIGITS  4

/* Lower, and numbers take the place of the sentence. */
#define FIVE_LINES 100.0

/* The way of the value, at the right end. */
#define WAY_WIDTH       96.0
#define WAY_NEEDS_WIDTH 330.0

/**
 * nudge_network_get_index:
 *
 * Returns: where in the flat vector of parameters the edge's weight is, or the neuron's
 *   bias; -1 if there is none
 */
gssize
nudge_network_get_index (const NnArchitecture *architecture,
                         const NudgeNetworkThing *thing)
{
  const NnLayerShape *layer;

  if (thing->kind == NUDGE_NETWORK_NOTHING || thing->column == 0 ||
      thing->column > architecture->n_layers)
    return -1;
  layer = &architecture->layers[thing->column - 1];
  if (thing->unit >= layer->n_units)
    return -1;
  if (thing->kind == NUDGE_NETWORK_EDGE)
    return thing->input < layer->n_inputs
               ? (gssize) (architecture->parameters[layer->weight].offset +
                           thing->unit * layer->n_inputs + thing->input)
               : -1;
  return layer->has_bias
             ? (gssize) (architecture->parameters[layer->bias].offset + thing->unit)
             : -1;
}

/* ---- rows -------------------------------------------------------------------------- */

/* A change has its parts only where nudges have one; there may be no slow copy. */
static gboolean
is_said (const NnWatched *watched, NnQuantity quantity, const NnFrame *frame)
{
  const float nudges = watched->numbers[NN_QUANTITY_NUDGE_CHANGE];

  switch (quantity) {
  case NN_QUANTITY_VALUE:
  case NN_QUANTITY_OPTIMIZER_CHANGE:
    return FALSE;
  case NN_QUANTITY_NUDGE_CHANGE:
    return !isnan (nudges) && nudges != 0;
  case NN_QUANTITY_SLOW:
  case NN_QUANTITY_CONTRIBUTION:
    return !isnan (watched->numbers[quantity]);
  default:
    return frame->without_trials ? !isnan (watched->numbers[quantity])
                                 : (frame->known & NN_QUANTITY_BIT (quantity)) != 0;
  }
}

static void
append (NudgeReading *self, const char *label, float number)
{
  NudgeReadingRow *row = &self->rows[self->n_rows++];

  row->label = g_strdup (label);
  row->number =
      isnan (number) ? g_strdup ("–") : nudge_number_format ((double) number, DIGITS);
}

/**
 * nudge_reading_init:
 *
 * What @frame knows of @thing beside its value, if it is watched.
 */
void
nudge_reading_init (NudgeReading *self,
                    const NnFrame *frame,
                    const NudgeNetworkThing *thing)
{
  const gssize index = nudge_network_get_index (frame->architecture, thing);
  const NnWatched *watched = frame->watched;

  self->n_rows = 0;
  if (index < 0 || watched == NULL || watched->index != (gsize) index)
    return;
  for (guint i = 0; i < NN_N_QUANTITIES; i++) {
    g_autofree char *name = NULL;

    if (!is_said (watched, (NnQuantity) i, frame))
      continue;
    name = nudge_quantity_dup_name ((NnQuantity) i, frame->optimizer);
    append (self, name, watched->numbers[i]);
  }
}

void
nudge_reading_clear (NudgeReading *self)
{
  for (gsize i = 0; i < self->n_rows; i++) {
    g_free (self->rows[i].label);
    g_free (self->rows[i].number);
  }
  self->n_rows = 0;
}

/* Returns: (transfer full): "gradient 0.0019, last change −0.0148" */
char *
nudge_reading_dup_words (const NudgeReading *self)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (gsize i = 0; i < self->n_rows; i++)
    g_string_append_printf (words, "%s%s %s", i > 0 ? ", " : "", self->rows[i].label,
                            self->rows[i].number);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* ---- the picture ------------------------------------------------------------------- */

/* The text is in lines; those beside the controls are shorter. */
typedef struct {
  double x;
  double y; /* the first baseline */
  gsize n_lines;
  gsize n_whole; /* the first of them, above the controls */
  double width;
  double short_width; /* of the others */
} Box;

static Box
get_box (const NudgeNetworkCanvas *self, double x, double width, double height)
{
  const NudgeNetworkStyle *style = self->style;
  const double y = self->layout->reading_y;
  const double to_bottom = height - NUDGE_MARGIN / 2 - y;
  const double to_controls = height - style->reserved_height - DESCENT - y;
  const double right = width - NUDGE_MARGIN;
  Box box = { .x = x, .y = y };

  box.n_lines = to_bottom < 0 ? 0 : (gsize) (to_bottom / LINE_HEIGHT) + 1;
  box.n_whole = to_controls < 0 ? 0 : (gsize) (to_controls / LINE_HEIGHT) + 1;
  if (style->reserved_width <= 0)
    box.n_whole = box.n_lines;
  box.n_whole = MIN (box.n_whole, box.n_lines);
  box.width = nudge_network_sample_get_left (self, right) - x;
  box.short_width = MIN (right - style->reserved_width - x, box.width);
  return box;
}

/* Beside the legend, if what is below the value has space there as well. */
static Box
choose_box (const NudgeNetworkCanvas *self, double width, double height)
{
  const Box beside = get_box (self, self->layout->reading_x, width, height);

  return beside.n_whole > 1 || beside.short_width >= COLUMN_WIDTH
             ? beside
             : get_box (self, NUDGE_MARGIN, width, height);
}

/**
 * nudge_network_reading_takes_legend:
 * @width: of the picture
 *
 * Returns: whether what is described is where the legend would be
 */
gboolean
nudge_network_reading_takes_legend (const NudgeNetworkCanvas *self,
                                    double width,
                                    double height)
{
  return self->layout->reading_takes_legend ||
         choose_box (self, width, height).x < self->layout->legend_right;
}

/* The value over the steps, between its least and its largest. */
static void
draw_way (const NudgeNetworkCanvas *self, const Box *box, const NnWatched *watched)
{
  const double n_lines = self->layout->footer >= FIVE_LINES ? 2 : 1;
  const double height = n_lines * LINE_HEIGHT - 4;
  const double left = box->x + box->width - WAY_WIDTH;
  const double top = box->y - 11;
  const NnPastPoint *points = watched->points;
  const gsize n = watched->n_points;
  float low = points[0].value, high = points[0].value;
  double steps, range;

  for (gsize i = 1; i < n; i++) {
    low = MIN (low, points[i].value);
    high = MAX (high, points[i].value);
  }
  steps = (double) (points[n - 1].step - points[0].step);
  range = (double) high - (double) low;
  if (!(steps > 0) || !isfinite (range))
    return;
  nudge_paint_set_colour (self->cr, &self->palette->hairline, 1);
  cairo_set_line_width (self->cr, 1);
  nudge_paint_line (self->cr, left, nudge_paint_snap (top + height), left + WAY_WIDTH,
                    nudge_paint_snap (top + height));
  cairo_new_path (self->cr);
  for (gsize i = 0; i < n; i++) {
    const double x =
        left + WAY_WIDTH * (double) (points[i].step - points[0].step) / steps;
    const double share =
        range > 0 ? ((double) points[i].value - (double) low) / range : 0.5;

    cairo_line_to (self->cr, x, top + 1 + (height - 2) * (1 - share));
  }
  nudge_paint_set_colour (self->cr, &self->palette->text, 1);
  cairo_set_line_width (self->cr, 1.25);
  cairo_stroke (self->cr);
}

/* Returns: how many columns line @line has */
static gsize
count_columns (const Box *box, gsize line, double column)
{
  const double width = line < box->n_whole ? box->width : box->short_width;

  return (gsize) MAX ((width + COLUMN_GAP + 0.5) / (column + COLUMN_GAP), 0);
}

/* Returns: how wide a column is: the fewer there are, the wider, as long as all of @n have
 * space in the lines from @first on */
static double
choose_column (const Box *box, gsize first, gsize n)
{
  const gsize most =
      MAX ((gsize) ((box->width + COLUMN_GAP + 0.5) / (COLUMN_WIDTH + COLUMN_GAP)), 1);
  double column = 0;

  for (gsize n_columns = 1; n_columns <= most; n_columns++) {
    gsize n_cells = 0;

    column = MIN ((box->width + COLUMN_GAP) / (double) n_columns - COLUMN_GAP,
                  MOST_COLUMN_WIDTH);
    for (gsize line = first; line < box->n_lines; line++)
      n_cells += MIN (count_columns (box, line, column), n_columns);
    if (n_cells >= n)
      break;
  }
  return column;
}

static void
draw_row (const NudgeNetworkCanvas *self,
          const NudgeReadingRow *row,
          double x,
          double y,
          double width)
{
  const double number = nudge_text_measure (self->text, NUDGE_TEXT_LABEL, row->number);

  nudge_text_draw_within (self->text, NUDGE_TEXT_LABEL, &self->palette->secondary, x, y,
                          0, width - number - 6, row->label);
  nudge_text_draw (self->text, NUDGE_TEXT_LABEL, &self->palette->text, x + width, y, 1,
                   row->number);
}

/* Label and number, one below the other, in as many columns as there is space for. */
static void
draw_rows (const NudgeNetworkCanvas *self,
           const Box *box,
           gsize first,
           const NudgeReading *reading)
{
  const double column = choose_column (box, first, reading->n_rows);
  gsize i = 0;

  for (gsize k = 0; k < reading->n_rows; k++)
    for (gsize line = first; line < box->n_lines && i < reading->n_rows; line++)
      if (k < count_columns (box, line, column))
        draw_row (self, &reading->rows[i++], box->x + (double) k * (column + COLUMN_GAP),
                  box->y + (double) line * LINE_HEIGHT, column);
}

static gboolean
has_way (const NnFrame *frame, const NudgeNetworkThing *thing)
{
  const gssize index = nudge_network_get_index (frame->architecture, thing);

  return index >= 0 && frame->watched && frame->watched->index == (gsize) index &&
         frame->watched->n_points > 1;
}

/* Returns: (transfer full): what it is of; of a cell that stands for several, which */
static char *
dup_origin (const NudgeNetworkCanvas *self, const char *words)
{
  const NudgeNetworkThing *thing = self->style->read;
  gsize first[2], end[2];

  if (thing->kind != NUDGE_NETWORK_EDGE || !self->layout->gaps[thing->column].folded ||
      !nudge_gap_find_cell (&self->layout->gaps[thing->column],
                            &self->frame->architecture->layers[thing->column - 1],
                            thing->unit, thing->input, first, end))
    return g_strdup (words ? words : "");
  return g_strdup_printf (_ ("strongest of its cell’s: [%zu…%zu, %zu…%zu]"), first[0],
                          end[0] - 1, first[1], end[1] - 1);
}

/* Beside the legend, or in its place. */
void
nudge_draw_network_reading (const NudgeNetworkCanvas *self, double width, double height)
{
  const NudgePalette *palette = self->palette;
  const NudgeNetworkThing *thing = self->style->read;
  const Box box = choose_box (self, width, height);
  const gboolean way = has_way (self->frame, thing) && box.width >= WAY_NEEDS_WIDTH;
  const double title = box.width - (way ? WAY_WIDTH + 12 : 0);
  g_autofree char *words = nudge_network_describe (self->frame, thing);
  g_auto (GStrv) lines = g_strsplit (words ? words : "", "\n", 2);
  g_autofree char *origin = NULL;
  g_auto (NudgeReading) reading = { 0 };
  gsize line = 1;

  if (lines[0] == NULL)
    return;
  if (self->layout->legend_y < 0) {
    nudge_paint_set_colour (self->cr, &palette->background, 1);
    cairo_rectangle (self->cr, 0, box.y - LINE_HEIGHT, width, height);
    cairo_fill (self->cr);
  }
  nudge_reading_init (&reading, self->frame, thing);
  nudge_text_draw_within (self->text, NUDGE_TEXT_BODY, &palette->text, box.x, box.y, 0,
                          title, lines[0]);
  if (reading.n_rows == 0 || self->layout->footer >= FIVE_LINES) {
    origin = dup_origin (self, lines[1]);
    nudge_text_draw_within (self->text, NUDGE_TEXT_LABEL, &palette->secondary, box.x,
                            box.y + LINE_HEIGHT, 0,
                            box.n_whole > 1 ? title : box.short_width, origin);
    line++;
  }
  draw_rows (self, &box, line, &reading);
  if (way)
    draw_way (self, &box, self->frame->watched);
}
