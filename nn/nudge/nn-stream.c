/* nn-stream.c - applies an update function to an array that is not in memory as a whole
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/nudge/nn-stream.h"

#include <glib/gi18n.h>
#include <math.h>

#include "nn/base/nn-error.h"
#include "nn/expression/nn-expression-private.h"
#include "nn/nudge/nn-stream-private.h"

/* ---- operands that only a run has -------------------------------------------------- */

static const struct {
  NnNeeds need;
  const char *why;
} missing[] = {
  { NN_NEED_GRAD, N_ ("g, the gradient, is not in a file") },
  { NN_NEED_BEFORE,
    N_ ("before, the values from before the optimizer, are not in a file") },
  { NN_NEED_SLOW, N_ ("m, the slow copy, is not in a file") },
  { NN_NEED_STEP, N_ ("n, the step, is not in a file: write the number") },
  { NN_NEED_RATE, N_ ("lr, the learning rate, is not in a file: write the number") },
  { NN_NEED_INIT,
    N_ ("fresh draws by an experiment's initialisation, and a file has none: "
        "use normal(mean, std) or uniform(low, high)") },
};

/**
 * nn_stream_check:
 * @has_initial: whether w0 can be read
 *
 * Returns: FALSE if the function reads an operand that only a run has (NN_ERROR_UNKNOWN)
 */
gboolean
nn_stream_check (const NnNudge *nudge, gboolean has_initial, GError **error)
{
  const NnNeeds needs = nn_expression_get_needs (nudge->expression);
  const char *why = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (missing) && why == NULL; i++)
    if (needs & missing[i].need)
      why = missing[i].why;
  if (why == NULL && (needs & NN_NEED_INITIAL) && !has_initial)
    why = N_ ("w0, the initial values, are in another file: name it with --initial");
  if (why == NULL && !nn_expression_sets_weights (nudge->expression))
    why = N_ ("it gives w no new value");
  if (why == NULL)
    return TRUE;
  g_set_error_literal (error, NN_ERROR, NN_ERROR_UNKNOWN, _ (why));
  return FALSE;
}

/**
 * nn_stream_draws:
 *
 * Returns: whether the function draws random numbers
 */
gboolean
nn_stream_draws (const NnNudge *nudge)
{
  const NnPlan *plan = nn_expression_get_plan (nudge->expression);

  for (gsize i = 0; i < plan->n_steps; i++) {
    const NnOp op = plan->steps[i].op;

    if (plan->steps[i].make == NN_MAKE_ARRAY &&
        (op == NN_OP_NOISE || op == NN_OP_RAND || op == NN_OP_SHUFFLED))
      return TRUE;
  }
  return FALSE;
}

/**
 * nn_stream_skip:
 * @n: elements of an array
 * @random: (inout): advanced as if @nudge had been applied to the array
 */
void
nn_stream_skip (const NnNudge *nudge, guint64 n, gboolean is_double, NnRandom *random)
{
  const NnPlan *plan = nn_expression_get_plan (nudge->expression);

  for (gsize i = 0; i < plan->n_steps; i++) {
    const NnOp op = plan->steps[i].op;

    if (plan->steps[i].make != NN_MAKE_ARRAY)
      continue;
    if (op == NN_OP_NOISE || op == NN_OP_RAND)
      nn_draw_free (nn_draw_new (random, op == NN_OP_NOISE, is_double, n));
    else if (op == NN_OP_SHUFFLED)
      nn_random_skip (random, n - 1);
  }
}

/* ---- a run ------------------------------------------------------------------------- */

static void
init_draws (NnStreamRun *self, NnRandom *random)
{
  for (gsize i = 0; i < self->plan->n_steps; i++) {
    NnStreamStep *step = &self->steps[i];
    const NnOp op = self->plan->steps[i].op;

    step->step = &self->plan->steps[i];
    if (step->step->make != NN_MAKE_ARRAY)
      continue;
    if (op == NN_OP_NOISE || op == NN_OP_RAND)
      step->draw = nn_draw_new (random, op == NN_OP_NOISE, self->stream->is_double,
                                self->stream->n);
    if (op != NN_OP_SHUFFLED)
      continue;
    step->random = nn_random_copy (random);
    nn_random_skip (random, self->stream->n - 1);
  }
}

static void
init (NnStreamRun *self, const NnStream *stream, const NnNudge *nudge, NnRandom *random)
{
  const NnNeeds needs = nn_expression_get_needs (nudge->expression);
  const gsize n = (gsize) MIN (stream->n, NN_STREAM_BLOCK);

  self->stream = stream;
  self->nudge = nudge;
  self->plan = nn_expression_get_plan (nudge->expression);
  self->size = stream->is_double ? sizeof (double) : sizeof (float);
  self->steps = g_new0 (NnStreamStep, self->plan->n_steps);
  self->w = g_malloc (n * self->size);
  self->initial = needs & NN_NEED_INITIAL ? g_malloc (n * self->size) : NULL;
  self->global = needs & NN_NEED_GLOBAL_RANK ? g_malloc (n * self->size) : NULL;
  self->arrays = g_malloc (MAX (self->plan->n_arrays, 1) * n * self->size);
  self->result = g_malloc (n * self->size);
  self->widened = stream->is_double ? NULL : g_new (double, n);
  self->operands = stream->shape;
  self->operands.amount = nudge->amount;
  if (!stream->is_double) {
    self->operands.w = self->w;
    self->operands.initial = self->initial;
    self->operands.global_rank = self->global;
    self->derived.arrays = self->arrays;
  }
  init_draws (self, random);
}

static void
clear (NnStreamRun *self)
{
  for (gsize i = 0; i < self->plan->n_steps; i++) {
    g_clear_pointer (&self->steps[i].draw, nn_draw_free);
    g_clear_pointer (&self->steps[i].random, nn_random_free);
    g_free (self->steps[i].whole);
    nn_accumulator_clear (&self->steps[i].accumulator);
  }
  g_free (self->steps);
  g_free (self->w);
  g_free (self->initial);
  g_free (self->global);
  g_free (self->arrays);
  g_free (self->widened);
  g_free (self->result);
}

/* ---- passes ------------------------------------------------------------------------ */

typedef struct {
  gboolean singles[NN_PROGRAM_SINGLES];
  GHashTable *arrays; /* (owned) indices of the arrays that are known at this step */
} Known;

static gboolean
is_known (const Known *known, const NnInstruction *instruction)
{
  if (instruction->op == NN_OP_SINGLE)
    return known->singles[instruction->index];
  if (instruction->op == NN_OP_ARRAY)
    return g_hash_table_contains (known->arrays, GUINT_TO_POINTER (instruction->index));
  return TRUE;
}

static gboolean
has_all (const NnStreamRun *self, const NnPlanStep *step, const Known *known)
{
  for (gsize i = 0; i < step->n_instructions; i++)
    if (!is_known (known, &self->plan->instructions[step->first + i]))
      return FALSE;
  return step->make == NN_MAKE_VALUES || is_known (known, &step->source);
}

static void
set_known (Known *known, const NnPlanStep *step, gboolean is)
{
  if (nn_stream_is_single (step))
    known->singles[step->index] = is;
  else if (is)
    g_hash_table_add (known->arrays, GUINT_TO_POINTER (step->index));
  else
    g_hash_table_remove (known->arrays, GUINT_TO_POINTER (step->index));
}

static gboolean
begin (NnStreamRun *self, NnStreamStep *step, GError **error)
{
  const NnPlanStep *plan = step->step;
  const double q = plan->op == NN_OP_QUANTILE && nn_stream_is_single (plan)
                       ? nn_stream_get_fraction (self, plan)
                       : 0;

  step->began = TRUE;
  if (nn_stream_is_whole (plan))
    return nn_stream_whole_reserve (self, step, error);
  nn_accumulator_init (&step->accumulator, plan->op, plan->biased, q,
                       self->stream->is_double, self->stream->n);
  return TRUE;
}

/* Marks the steps whose values the next pass can collect: those whose source is known. A
 * statistic of a statistic needs another pass.
 *
 * Returns: FALSE if there is not enough memory */
static gboolean
find_wanted (NnStreamRun *self, gboolean *any, GError **error)
{
  Known known = { .arrays = g_hash_table_new (NULL, NULL) };
  gboolean good = TRUE;

  *any = FALSE;
  for (gsize i = 0; i < self->plan->n_steps && good; i++) {
    NnStreamStep *step = &self->steps[i];
    const gboolean ready = has_all (self, step->step, &known);

    step->wanted = FALSE;
    if (!step->known && ready && !nn_stream_is_single (step->step) &&
        !nn_stream_is_whole (step->step))
      step->known = TRUE;
    else if (!step->known && ready) {
      step->wanted = *any = TRUE;
      good = step->began || begin (self, step, error);
    }
    set_known (&known, step->step, step->known);
  }
  g_hash_table_unref (known.arrays);
  return good;
}

static gboolean
end_pass (NnStreamRun *self, NnStreamStep *step, GError **error)
{
  double result;

  step->wanted = FALSE;
  if (nn_stream_is_whole (step->step)) {
    step->known = TRUE;
    return nn_stream_whole_make (self, step, error);
  }
  step->known = nn_accumulator_end_pass (&step->accumulator, &result);
  if (step->known) {
    self->singles[step->step->index] = result;
    self->derived.singles[step->step->index] = (float) result;
  }
  return TRUE;
}

static gboolean
pass_over (NnStreamRun *self, GError **error)
{
  const guint64 n = self->stream->n;

  nn_stream_block_rewind (self);
  for (guint64 first = 0; first < n; first += NN_STREAM_BLOCK) {
    const gsize n_block = (gsize) MIN (n - first, NN_STREAM_BLOCK);

    if (!nn_stream_block_read (self, first, n_block, error))
      return FALSE;
    nn_stream_block_make (self, first, n_block);
  }
  for (gsize i = 0; i < self->plan->n_steps; i++)
    if (self->steps[i].wanted && !end_pass (self, &self->steps[i], error))
      return FALSE;
  return TRUE;
}

/* ---- the new values ---------------------------------------------------------------- */

static double
get_result (const NnStreamRun *self, gsize i)
{
  return self->stream->is_double ? ((const double *) self->result)[i]
                                 : (double) ((const float *) self->result)[i];
}

static double
get_old (const NnStreamRun *self, gsize i)
{
  return self->stream->is_double ? ((const double *) self->w)[i]
                                 : (double) ((const float *) self->w)[i];
}

static gboolean
check_finite (const NnStreamRun *self, guint64 first, gsize n, GError **error)
{
  for (gsize i = 0; i < n; i++) {
    const double value = get_result (self, i);
    g_autofree char *name = NULL;

    if (isfinite (value))
      continue;
    name = self->stream->name (self->stream->data, first + i);
    g_set_error (error, NN_ERROR, NN_ERROR_NOT_FINITE, _ ("%s: %.9g would become %s"),
                 name, get_old (self, i),
                 isnan (value) ? _ ("not a number") : "infinite");
    return FALSE;
  }
  return TRUE;
}

static gboolean
write_all (NnStreamRun *self, GError **error)
{
  const NnStream *stream = self->stream;

  nn_stream_block_rewind (self);
  for (guint64 first = 0; first < stream->n; first += NN_STREAM_BLOCK) {
    const gsize n = (gsize) MIN (stream->n - first, NN_STREAM_BLOCK);

    if (!nn_stream_block_read (self, first, n, error))
      return FALSE;
    nn_stream_block_make (self, first, n);
    nn_stream_block_finish (self, n);
    if (!check_finite (self, first, n, error) ||
        (stream->write != NULL &&
         !stream->write (stream->data, first, n, self->result, error)))
      return FALSE;
  }
  return TRUE;
}

/**
 * nn_stream_apply:
 * @nudge: accepted by nn_stream_check ()
 * @random: (inout): advanced by the random numbers that are drawn
 *
 * Returns: FALSE if a new value is not finite (NN_ERROR_NOT_FINITE; blocks before it are
 *   already written), the function does not fit the target's shape (NN_ERROR_SHAPE),
 *   there is not enough memory (NN_ERROR_MEMORY), or reading or writing failed
 */
gboolean
nn_stream_apply (const NnStream *self,
                 const NnNudge *nudge,
                 NnRandom *random,
                 GError **error)
{
  NnOperands shape = self->shape;
  NnStreamRun run = { 0 };
  gboolean more = TRUE;
  gboolean good;

  g_return_val_if_fail (self->n > 0, FALSE);

  shape.n = (gsize) self->n;
  if (!nn_expression_check (nudge->expression, &shape, error))
    return FALSE;
  init (&run, self, nudge, random);
  good = find_wanted (&run, &more, error);
  while (good && more)
    good = pass_over (&run, error) && find_wanted (&run, &more, error);
  good = good && write_all (&run, error);
  clear (&run);
  return good;
}
