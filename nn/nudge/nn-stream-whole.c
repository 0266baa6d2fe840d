/* nn-stream-whole.c - executes steps of a plan that need all values in memory
 *
 * SPDX-License-Identifier: MIT
 */

#include <glib/gi18n.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/base/nn-memory.h"
#include "nn/expression/nn-derived.h"
#include "nn/expression/nn-orthogonal.h"
#include "nn/expression/nn-statistics.h"
#include "nn/nudge/nn-stream-private.h"

/* Returns: scratch values that the step needs besides the result */
static gsize
count_work (const NnStreamRun *self, const NnPlanStep *step)
{
  if (step->make == NN_MAKE_STATISTIC)
    return 0;
  return step->op == NN_OP_RANK && !self->stream->is_double ? NN_RANK_WORK : 2;
}

static gboolean
fail_memory (const NnStreamRun *self, const NnPlanStep *step, GError **error)
{
  const double n_bytes = (double) self->stream->n * (double) self->size *
                         (double) (1 + count_work (self, step));

  g_set_error (
      error, NN_ERROR, NN_ERROR_MEMORY,
      _ ("the function orders or mixes all of its values, which takes %.0f MiB of "
         "memory, more than is free: aim it at a part, or use what is elementwise"),
      ceil (n_bytes / NN_MEBI));
  return FALSE;
}

/**
 * nn_stream_whole_reserve:
 *
 * Allocates memory for all values of the step's source, which the result replaces.
 *
 * Returns: FALSE if it would not fit (NN_ERROR_MEMORY)
 */
gboolean
nn_stream_whole_reserve (NnStreamRun *self, NnStreamStep *step, GError **error)
{
  const guint64 n = self->stream->n;
  const guint64 n_arrays = 1 + count_work (self, step->step);

  if (n > G_MAXUINT32 || n * n_arrays * self->size > nn_memory_get_available () ||
      (step->whole = g_try_malloc (n * self->size)) == NULL)
    return fail_memory (self, step->step, error);
  return TRUE;
}

/* ---- float64 ----------------------------------------------------------------------- */

typedef struct {
  double size;
  guint32 index;
} Ranked;

/* By magnitude, then by index; NaN last. */
static int
compare_ranked (gconstpointer a, gconstpointer b)
{
  const Ranked *x = a, *y = b;

  if (x->size != y->size && !(isnan (x->size) && isnan (y->size)))
    return isnan (x->size) ? 1 : isnan (y->size) ? -1 : x->size < y->size ? -1 : 1;
  return x->index < y->index ? -1 : x->index > y->index;
}

static void
rank_doubles (double *values, gsize n, gpointer work)
{
  Ranked *order = work;

  for (gsize i = 0; i < n; i++)
    order[i] = (Ranked){ fabs (values[i]), (guint32) i };
  qsort (order, n, sizeof *order, compare_ranked);
  for (gsize i = 0; i < n; i++)
    values[order[i].index] = (double) i / (double) n;
}

static gboolean
is_matrix (const NnStreamRun *self)
{
  return !self->stream->shape.is_bias && self->stream->shape.edges == NULL;
}

static double
compute_lane (const NnPlanStep *step, double q, const double *values, gsize n)
{
  NnAccumulator accumulator;
  double result;

  nn_accumulator_init (&accumulator, step->op, step->biased, q, TRUE, n);
  do
    nn_accumulator_add (&accumulator, values, n);
  while (!nn_accumulator_end_pass (&accumulator, &result));
  nn_accumulator_clear (&accumulator);
  return result;
}

static void
compute_double_lanes (NnStreamRun *self, const NnPlanStep *step, double q, double *values)
{
  const gsize n = (gsize) self->stream->n;
  const gsize n_columns = is_matrix (self) ? self->stream->shape.n_columns : n;
  const gboolean along_rows = !is_matrix (self) || step->dim == 1 || step->dim == -1;
  const gsize length = along_rows ? n_columns : n / n_columns;
  const gsize stride = along_rows ? 1 : n_columns;
  const gsize lane_step = along_rows ? n_columns : 1;
  g_autofree double *lane = g_new (double, length);

  for (gsize i = 0; i < n / length; i++) {
    double *first = values + i * lane_step;
    double result;

    for (gsize k = 0; k < length; k++)
      lane[k] = first[k * stride];
    result = compute_lane (step, q, lane, length);
    for (gsize k = 0; k < length; k++)
      first[k * stride] = result;
  }
}

/* ---- both -------------------------------------------------------------------------- */

static void
shuffle (NnStreamRun *self, NnStreamStep *step, gpointer work)
{
  const gsize n = (gsize) self->stream->n;
  g_autoptr (NnRandom) random = nn_random_copy (step->random);
  gsize *order = work;
  guint8 *values = step->whole;
  g_autofree guint8 *from = g_memdup2 (values, n * self->size);

  nn_random_fill_permutation (random, order, n);
  for (gsize i = 0; i < n; i++)
    memcpy (values + i * self->size, from + order[i] * self->size, self->size);
}

static void
make_orthogonal (NnStreamRun *self, NnStreamStep *step, gpointer work)
{
  const gsize n_columns = MAX (self->stream->shape.n_columns, 1);
  const gsize n_rows = (gsize) self->stream->n / n_columns;

  if (!is_matrix (self))
    return;
  if (self->stream->is_double)
    nn_orthogonal_make_doubles (step->whole, n_rows, n_columns, work);
  else
    nn_orthogonal_make (step->whole, n_rows, n_columns, work, step->whole);
}

static void
rank (NnStreamRun *self, NnStreamStep *step, gpointer work)
{
  const gsize n = (gsize) self->stream->n;
  float *result;

  if (self->stream->is_double) {
    rank_doubles (step->whole, n, work);
    return;
  }
  result = g_new (float, n);
  nn_rank (step->whole, n, work, result);
  g_free (step->whole);
  step->whole = result;
}

static void
make_lanes (NnStreamRun *self, NnStreamStep *step)
{
  const NnPlanStep *plan = step->step;
  const double q = plan->op == NN_OP_QUANTILE ? nn_stream_get_fraction (self, plan) : 0;
  const NnStatistic statistic = { plan->op, plan->biased, (float) q };
  NnOperands shape = self->stream->shape;

  shape.n = (gsize) self->stream->n;
  if (self->stream->is_double)
    compute_double_lanes (self, plan, q, step->whole);
  else
    nn_statistic_compute_lanes (&statistic, &shape, plan->dim, step->whole, step->whole);
}

/**
 * nn_stream_whole_make:
 *
 * Replaces the collected values of the step's source by the step's result.
 *
 * Returns: FALSE if there is not enough memory for scratch (NN_ERROR_MEMORY)
 */
gboolean
nn_stream_whole_make (NnStreamRun *self, NnStreamStep *step, GError **error)
{
  const gsize n_work = count_work (self, step->step);
  g_autofree gpointer work =
      n_work > 0 ? g_try_malloc (n_work * sizeof (double) * (gsize) self->stream->n)
                 : NULL;

  if (n_work > 0 && work == NULL)
    return fail_memory (self, step->step, error);
  if (step->step->make == NN_MAKE_STATISTIC)
    make_lanes (self, step);
  else if (step->step->op == NN_OP_RANK)
    rank (self, step, work);
  else if (step->step->op == NN_OP_ORTHOGONAL)
    make_orthogonal (self, step, work);
  else
    shuffle (self, step, work);
  return TRUE;
}
