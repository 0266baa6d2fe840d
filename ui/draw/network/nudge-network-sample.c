/* nudge-network-sample.c - what each neuron makes of the sample that is shown
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/network/nudge-network-sample.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "ui/draw/base/nudge-paint.h"
#include "ui/text/nudge-number.h"

/* Lower, and a number would lie on its neighbour's. */
#define NUMBER_NEEDS_PITCH 15.0
#define WIDE_TILE          40.0
#define PLATE_HEIGHT       15.0
#define PLATE_OPACITY      0.86
#define LINE_HEIGHT        16.0
#define ASCENT             12.0
#define DESCENT            4.0

#define MOST_SAID 4 /* features and targets in words */

/* On a plate, as what is below has all colours. */
static void
draw_number (const NudgeNetworkCanvas *self,
             const NudgeColumn *column,
             double y,
             float value)
{
  g_autofree char *number =
      nudge_number_format ((double) value, column->tile < WIDE_TILE ? 2 : 3);
  const double width = nudge_text_measure (self->text, NUDGE_TEXT_NOTE, number) + 6;

  nudge_paint_rounded (self->cr, column->x - width / 2, y - PLATE_HEIGHT / 2, width,
                       PLATE_HEIGHT, 4);
  nudge_paint_set_colour (self->cr, &self->palette->background, PLATE_OPACITY);
  cairo_fill (self->cr);
  nudge_text_draw (self->text, NUDGE_TEXT_NOTE,
                   nudge_network_get_sign_colour (self->palette, value), column->x,
                   y + 4.3, 0.5, number);
}

/* Returns: (nullable): "1", "0.5, 2", a class's name; of an example with its own inputs */
static char *
dup_target (const NnFrame *frame)
{
  const NnDataset *dataset = frame->dataset;
  const NnSampleChoice *choice = &frame->sample->choice;
  g_autoptr (GString) words = g_string_new (NULL);
  const float *targets;

  if (dataset == NULL || dataset->n_targets == 0 || choice->n_free > 0)
    return NULL;
  targets = nn_dataset_get_targets (dataset, choice->example);
  if (dataset->n_classes > 0 && dataset->table->class_names &&
      (gsize) targets[0] < g_strv_length (dataset->table->class_names))
    return g_strdup (dataset->table->class_names[(gsize) targets[0]]);
  for (gsize i = 0; i < MIN (dataset->n_targets, MOST_SAID); i++) {
    g_autofree char *number = nudge_number_format ((double) targets[i], 4);

    g_string_append_printf (words, "%s%s", i > 0 ? ", " : "", number);
  }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* What is said under the outputs: two lines, either of which may have nothing to say. */
enum { TARGET, LOSS, N_LINES };

typedef struct {
  char *lines[N_LINES]; /* (owned) (nullable) */
  gsize n_lines;        /* that say something */
  double y;             /* the baseline of the first of them */
  double space;         /* for each of them */
  double width;         /* of the longest */
} End;

static const NudgeTextKind end_kinds[N_LINES] = { NUDGE_TEXT_LABEL, NUDGE_TEXT_NOTE };

static void
end_clear (End *end)
{
  for (gsize i = 0; i < N_LINES; i++)
    g_free (end->lines[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (End, end_clear)

static const NudgeColumn *
get_outputs (const NudgeNetworkCanvas *self)
{
  return &self->layout->columns[self->layout->n_columns - 1];
}

/* Below the outputs, unless that would be on what covers the lower corner. */
static double
choose_y (const NudgeNetworkCanvas *self, gsize n_lines)
{
  const NudgeNetworkLayout *layout = self->layout;
  const NudgeColumn *outputs = get_outputs (self);
  const double height = layout->body_bottom + layout->footer;
  const double lowest =
      MAX (height - self->style->reserved_height, layout->body_bottom + 2 * DESCENT) -
      DESCENT;

  return MIN (outputs->top + outputs->height + LINE_HEIGHT + 2,
              lowest - ((double) n_lines - 1) * LINE_HEIGHT);
}

static void
end_init (End *end, const NudgeNetworkCanvas *self)
{
  g_autofree char *target = dup_target (self->frame);
  const double loss = self->frame->sample->loss;

  *end = (End){ .space = 2 * MIN (get_outputs (self)->x, self->layout->spacing / 2) };
  if (target)
    end->lines[TARGET] = g_strdup_printf (_ ("target %s"), target);
  if (isfinite (loss)) {
    g_autofree char *number = nudge_number_format (loss, 4);

    end->lines[LOSS] = g_strdup_printf (_ ("loss %s"), number);
  }
  for (gsize i = 0; i < N_LINES; i++)
    if (end->lines[i]) {
      const double width = nudge_text_measure (self->text, end_kinds[i], end->lines[i]);

      end->width = MAX (end->width, MIN (width, end->space));
      end->n_lines++;
    }
  end->y = choose_y (self, end->n_lines);
}

/* Where it cannot be below the outputs, it can be read in spite of them. */
static void
draw_plate_below (const NudgeNetworkCanvas *self, const End *end)
{
  const NudgeColumn *outputs = get_outputs (self);
  const double top = end->y - ASCENT;
  const double width = end->width + 8;

  if (end->n_lines == 0 || top >= outputs->top + outputs->height)
    return;
  nudge_paint_rounded (self->cr, outputs->x - width / 2, top, width,
                       (double) end->n_lines * LINE_HEIGHT, 4);
  nudge_paint_set_colour (self->cr, &self->palette->background, PLATE_OPACITY);
  cairo_fill (self->cr);
}

static void
draw_end (const NudgeNetworkCanvas *self)
{
  g_auto (End) end;
  double y;

  end_init (&end, self);
  draw_plate_below (self, &end);
  y = end.y;
  for (gsize i = 0; i < N_LINES; i++)
    if (end.lines[i]) {
      nudge_text_draw_within (self->text, end_kinds[i],
                              i == LOSS ? &self->palette->text
                                        : &self->palette->secondary,
                              get_outputs (self)->x, y, 0.5, end.space, end.lines[i]);
      y += LINE_HEIGHT;
    }
}

/**
 * nudge_network_sample_get_left:
 * @right: of what else is below the neurons
 *
 * Returns: how far that can go without being under the sample's target and loss
 */
double
nudge_network_sample_get_left (const NudgeNetworkCanvas *self, double right)
{
  g_auto (End) end = { 0 };

  if (self->frame->sample == NULL)
    return right;
  end_init (&end, self);
  if (end.n_lines == 0 ||
      end.y + ((double) end.n_lines - 1) * LINE_HEIGHT < self->layout->body_bottom)
    return right;
  return MIN (right, get_outputs (self)->x - end.width / 2 - LINE_HEIGHT);
}

/**
 * nudge_draw_network_sample:
 *
 * Its number on every neuron that is told apart, and at the end its target and its loss.
 */
void
nudge_draw_network_sample (const NudgeNetworkCanvas *self)
{
  const float *unit = self->frame->sample->units;

  for (gsize k = 0; k < self->layout->n_columns; k++) {
    const NudgeColumn *column = &self->layout->columns[k];

    for (gsize i = 0; i < column->n_units; i++, unit++)
      if (!column->folded && column->pitch >= NUMBER_NEEDS_PITCH)
        draw_number (self, column, nudge_column_get_y (column, i), *unit);
  }
  draw_end (self);
}

/**
 * nudge_sample_find_next:
 * @frame: with data
 * @direction: 1 or -1
 *
 * Returns: the example after, or before, the one that is shown; after the last the first
 */
NnSampleChoice
nudge_sample_find_next (const NnFrame *frame, int direction)
{
  const gsize n = frame->dataset->n_examples;
  NnSampleChoice choice = { .any = TRUE };

  if (frame->sample && frame->sample->choice.n_free == 0)
    choice.example = (frame->sample->choice.example + (direction > 0 ? 1 : n - 1)) % n;
  else
    choice.example = direction > 0 ? 0 : n - 1;
  return choice;
}

/* ---- words ------------------------------------------------------------------------- */

/* Returns: (transfer full): what is chosen, in two words */
char *
nudge_sample_dup_title (const NnFrame *frame, const NnSampleChoice *choice)
{
  if (!choice->any)
    return g_strdup (_ ("No example"));
  if (choice->n_free > 0)
    return g_strdup (_ ("Own input"));
  if (frame && frame->dataset && choice->example >= frame->dataset->n_training)
    return g_strdup_printf (_ ("Example %zu, held out"), choice->example);
  return g_strdup_printf (_ ("Example %zu"), choice->example);
}

/**
 * nudge_sample_dup_words:
 * @frame: with a sample
 *
 * Returns: (transfer full): "0.5, −1.2 → 1: target 1, loss 0.002"
 */
char *
nudge_sample_dup_words (const NnFrame *frame)
{
  const NnArchitecture *architecture = frame->architecture;
  const NnSample *sample = frame->sample;
  const gsize n_outputs = architecture->layers[architecture->n_layers - 1].n_units;
  const float *outputs = sample->units + architecture->n_units - n_outputs;
  g_autofree char *target = dup_target (frame);
  g_autoptr (GString) words = g_string_new (NULL);

  for (gsize i = 0; i < MIN (architecture->n_features, MOST_SAID); i++) {
    g_autofree char *number = nudge_number_format ((double) sample->units[i], 3);

    g_string_append_printf (words, "%s%s", i > 0 ? ", " : "", number);
  }
  if (architecture->n_features > MOST_SAID)
    g_string_append (words, ", …");
  g_string_append (words, " → ");
  for (gsize i = 0; i < MIN (n_outputs, MOST_SAID); i++) {
    g_autofree char *number = nudge_number_format ((double) outputs[i], 4);

    g_string_append_printf (words, "%s%s", i > 0 ? ", " : "", number);
  }
  if (target)
    g_string_append_printf (words, _ ("\ntarget %s"), target);
  if (isfinite (sample->loss)) {
    g_autofree char *loss = nudge_number_format (sample->loss, 4);

    g_string_append_printf (words, _ ("\nloss %s"), loss);
  }
  return g_string_free (g_steal_pointer (&words), FALSE);
}
