/* nn-bound-nudge.c - resolves the target of a nudge in an architecture
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/nudge/nn-bound-nudge.h"

#include "nn/expression/nn-derived.h"
#include "nn/expression/nn-expression-private.h"

static gboolean
check_target (const NnNudge *nudge,
              const NnArchitecture *architecture,
              NnAreaIter *iter,
              GError **error)
{
  return nn_area_iter_init (iter, &nudge->target, architecture, error) &&
         nn_area_check_overlap (&nudge->target, architecture, error);
}

/**
 * nn_nudge_check_target:
 *
 * Returns: FALSE as nn_area_iter_init (), or if two targets of a list
 *   overlap (NN_ERROR_SHAPE)
 */
gboolean
nn_nudge_check_target (const NnNudge *nudge,
                       const NnArchitecture *architecture,
                       GError **error)
{
  NnAreaIter iter;

  return check_target (nudge, architecture, &iter, error);
}

static gboolean
is_bias (const NnArea *area)
{
  return area->parameter->rank == 1;
}

/**
 * nn_bound_nudge_get_shape:
 *
 * Returns: operands with only the sizes and indices of @area set
 */
NnOperands
nn_bound_nudge_get_shape (const NnArea *area)
{
  return (NnOperands){
    .n = area->n,
    .first_row = area->first_row,
    .first_column = area->first_column,
    .n_columns = area->n_columns,
    .row_step = area->row_step,
    .column_step = area->column_step,
    .edges = area->edges,
    .is_bias = is_bias (area),
  };
}

static char *
dup_lack (const NnNudge *nudge, const NnArea *area)
{
  const NnOperands shape = nn_bound_nudge_get_shape (area);
  g_autoptr (GError) error = NULL;

  if (nn_expression_check (nudge->expression, &shape, &error))
    return NULL;
  return g_strdup_printf ("%s: %s", area->parameter->name, error->message);
}

/* Returns: how many floats of scratch the arrays of @area take: those gathered or zeroed
 *   here, and the update function's own */
static gsize
count_work (NnNeeds needs, const NnExpression *expression, const NnArea *area)
{
  const gsize gradless = (needs & NN_NEED_GRAD) != 0;
  const gsize gathered = ((needs & NN_NEED_INITIAL) != 0) + gradless +
                         ((needs & NN_NEED_BEFORE) != 0) + ((needs & NN_NEED_SLOW) != 0);

  return (nn_expression_get_n_arrays (expression) + (area->whole ? gradless : gathered)) *
         area->n;
}

static void
add_part (NnBoundNudge *self, GArray *parts, const NnArea *area)
{
  const NnBoundPart part = { .area = *area,
                             .offset = self->n,
                             .lack = dup_lack (self->nudge, area) };

  self->n += area->n;
  self->n_work =
      MAX (self->n_work, count_work (self->needs, self->nudge->expression, area));
  g_array_append_val (parts, part);
}

/* Finds out whether all weights can be loaded and stored as one vector. */
static void
find_window (NnBoundNudge *self)
{
  const gsize first = self->parts[0].area.parameter->offset;
  gsize end = first;

  for (gsize i = 0; i < self->n_parts; i++) {
    const NnArea *area = &self->parts[i].area;

    if (area->parameter->offset != end)
      return;
    end += area->n;
  }
  if (end - first > NN_SMALL || self->architecture->n_values < NN_SMALL)
    return;
  self->window = MIN (first, self->architecture->n_values - NN_SMALL);
  self->n_before = first - self->window;
  self->in_one = TRUE;
}

/* Finds out whether the nudge can use the fast path of nn-small.h. */
static void
find_small (NnBoundNudge *self)
{
  NnProgram program;

  if (self->n_parts > NN_BOUND_SMALL || self->nudge->memory != NN_MEMORY_KEEP ||
      (self->needs & ~NN_NEED_AMOUNT) != 0 ||
      !nn_expression_get_program (self->nudge->expression, &program))
    return;
  for (gsize i = 0; i < self->n_parts; i++) {
    const NnArea *area = &self->parts[i].area;

    if (!area->whole || area->edges != NULL || area->n > NN_SMALL)
      return;
  }
  nn_small_init (&self->small, program, self->nudge->amount);
  find_window (self);
}

/**
 * nn_bound_nudge_new:
 * @nudge: a reference is taken
 * @architecture: a reference is taken
 *
 * Returns: (transfer full) (nullable): NULL if nn_nudge_check_target () fails
 */
NnBoundNudge *
nn_bound_nudge_new (NnNudge *nudge, NnArchitecture *architecture, GError **error)
{
  GArray *parts;
  NnBoundNudge *self;
  NnAreaIter iter;
  NnArea area;
  gsize n_parts;

  if (!check_target (nudge, architecture, &iter, error))
    return NULL;
  self = g_new0 (NnBoundNudge, 1);
  parts = g_array_new (FALSE, FALSE, sizeof (NnBoundPart));
  self->nudge = nn_nudge_ref (nudge);
  self->architecture = nn_architecture_ref (architecture);
  self->needs = nn_expression_get_needs (nudge->expression);
  while (nn_area_iter_next (&iter, &area))
    add_part (self, parts, &area);
  if (self->needs & NN_NEED_GLOBAL_RANK)
    self->n_work = MAX (self->n_work, (1 + NN_RANK_WORK) * self->n);
  self->parts = g_array_steal (parts, &n_parts);
  self->n_parts = n_parts;
  find_small (self);
  g_array_unref (parts);
  return self;
}

void
nn_bound_nudge_free (NnBoundNudge *self)
{
  for (gsize i = 0; i < self->n_parts; i++)
    g_free (self->parts[i].lack);
  g_free (self->parts);
  g_free (self->skipped);
  nn_architecture_unref (self->architecture);
  nn_nudge_unref (self->nudge);
  g_free (self);
}

/**
 * nn_bound_nudge_fits:
 *
 * Returns: whether it was bound to the architecture of @network, which an edit
 *   may replace
 */
gboolean
nn_bound_nudge_fits (const NnBoundNudge *self, const NnNetwork *network)
{
  return self->architecture == nn_network_get_architecture (network);
}

const NnNudge *
nn_bound_nudge_get_nudge (const NnBoundNudge *self)
{
  return self->nudge;
}

/**
 * nn_bound_nudge_get_skipped:
 *
 * Returns: (transfer none) (nullable): which parameters the last application skipped
 *   (else=skip), and why; until the next one
 */
const char *
nn_bound_nudge_get_skipped (const NnBoundNudge *self)
{
  return self->skipped;
}
