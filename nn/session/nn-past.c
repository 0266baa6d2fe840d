/* nn-past.c - the values of parameters at earlier frames
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/session/nn-past.h"

#include <string.h>

/* Of a network with more values only the watched one is kept. This many take 8 MiB. */
#define MOST_VALUES 8192

struct _NnPast {
  gconstpointer of; /* the network's architecture: only its address is compared */
  gsize width;      /* values of a row: the network's, or 1 */
  gssize watched;   /* the index of the watched value; -1: none */
  float *rows;      /* (owned) (nullable) (NN_PAST_FRAMES, width) */
  guint64 steps[NN_PAST_FRAMES];
  gsize n_rows;
  guint64 spacing; /* steps from one row to the next, at least */
};

NnPast *
nn_past_new (void)
{
  NnPast *self = g_new0 (NnPast, 1);

  self->watched = -1;
  self->spacing = 1;
  return self;
}

void
nn_past_free (NnPast *self)
{
  g_free (self->rows);
  g_free (self);
}

static void
begin (NnPast *self, gconstpointer of, gsize width)
{
  self->of = of;
  self->width = width;
  self->n_rows = 0;
  self->spacing = 1;
  g_free (self->rows);
  self->rows = width > 0 ? g_new (float, NN_PAST_FRAMES *width) : NULL;
}

/**
 * nn_past_watch:
 * @index: of the value to watch; -1 for none
 */
void
nn_past_watch (NnPast *self, gssize index)
{
  if (self->watched != index && self->width <= 1)
    begin (self, NULL, 0);
  self->watched = index;
}

/* Drops every other row, but neither the first nor the newest. */
static void
thin (NnPast *self)
{
  gsize n = 0;

  for (gsize i = 0; i < self->n_rows; i += 2, n++) {
    self->steps[n] = self->steps[i];
    memmove (self->rows + n * self->width, self->rows + i * self->width,
             self->width * sizeof (float));
  }
  self->n_rows = n;
  self->spacing *= 2;
}

/* Returns: the row for @step. Rows after it are dropped, as the run went back; the newest
 * row is overwritten if it is too near to the one before it. */
static gsize
choose_row (NnPast *self, guint64 step)
{
  while (self->n_rows > 0 && self->steps[self->n_rows - 1] >= step)
    self->n_rows--;
  if (self->n_rows > 1 &&
      self->steps[self->n_rows - 1] - self->steps[self->n_rows - 2] < self->spacing)
    self->n_rows--;
  if (self->n_rows == NN_PAST_FRAMES)
    thin (self);
  return self->n_rows++;
}

/**
 * nn_past_see:
 * @of: the network's architecture; with another one the past starts again
 * @values: (n) the parameters after @step
 */
void
nn_past_see (NnPast *self, gconstpointer of, guint64 step, const float *values, gsize n)
{
  const gsize width = n <= MOST_VALUES ? n : self->watched >= 0;
  gsize row;

  if (self->of != of || self->width != width)
    begin (self, of, width);
  if (width == 0)
    return;
  row = choose_row (self, step);
  self->steps[row] = step;
  if (width == n)
    memcpy (self->rows + row * width, values, n * sizeof (float));
  else
    self->rows[row] = (gsize) self->watched < n ? values[self->watched] : 0;
}

/* Returns: the index of the watched value; -1: none */
gssize
nn_past_get_watched (const NnPast *self)
{
  return self->watched;
}

/**
 * nn_past_dup_points:
 * @n_points: (out): at most NN_PAST_FRAMES
 *
 * Returns: (transfer full) (nullable) (array length=n_points): the past of the watched
 *   value, in the order of steps; %NULL if none is watched
 */
NnPastPoint *
nn_past_dup_points (const NnPast *self, gsize *n_points)
{
  const gsize column = self->width > 1 ? (gsize) self->watched : 0;
  NnPastPoint *points;

  *n_points = 0;
  if (self->watched < 0 || self->n_rows == 0 || column >= self->width)
    return NULL;
  *n_points = self->n_rows;
  points = g_new (NnPastPoint, self->n_rows);
  for (gsize i = 0; i < self->n_rows; i++)
    points[i] = (NnPastPoint){ self->steps[i], self->rows[i * self->width + column] };
  return points;
}
