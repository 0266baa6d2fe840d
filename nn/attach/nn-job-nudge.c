/* nn-job-nudge.c - a nudge as a request to a job
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/attach/nn-job-nudge.h"

#include <glib/gi18n.h>

#include "nn/attach/nn-job-target.h"
#include "nn/base/nn-error.h"
#include "nn/base/nn-number.h"
#include "nn/expression/nn-operations.h"

/* ---- when -------------------------------------------------------------------------- */

static gboolean
fail_time (const char *why, GError **error)
{
  g_set_error_literal (error, NN_ERROR, NN_ERROR_UNKNOWN, why);
  return FALSE;
}

static gboolean
check_time (const NnTime *time, GError **error)
{
  if (time->before_backward)
    return fail_time (
        _ ("before backward: a job applies nudges only after a step of its optimizer, "
           "where its gradients belong to its weights: leave 'before backward' out"),
        error);
  if (time->when == NN_WHEN_EVERY_EXAMPLE)
    return fail_time (
        _ ("every example: a job does not train one example at a time: name steps"),
        error);
  if (time->when == NN_WHEN_EVERY_EPOCH || time->when == NN_WHEN_AT_EPOCH)
    return fail_time (_ ("a job does not report its epochs: name steps"), error);
  return TRUE;
}

static json_t *
make_when (const NnTime *time)
{
  json_t *steps;

  if (time->when == NN_WHEN_EVERY_STEPS)
    return json_pack ("{sIsIsI}", "every", (json_int_t) time->interval, "from",
                      (json_int_t) time->from, "to", (json_int_t) time->to);
  steps = json_pack ("[I]", (json_int_t) time->interval);
  for (guint i = 0; i < time->also.n; i++)
    json_array_append_new (steps, json_integer ((json_int_t) time->also.values[i]));
  return json_pack ("{so}", "at", steps);
}

/* ---- what -------------------------------------------------------------------------- */

static json_t *
make_operation (const NnListedOperation *operation)
{
  json_t *json = json_pack ("[s]", operation->name);

  if (g_str_equal (operation->name, "number"))
    json_array_append_new (json, json_real (operation->number));
  if (operation->keeps)
    json_array_append_new (json, json_true ());
  if (operation->is_statistic) {
    json_array_append_new (json, operation->has_dim ? json_integer (operation->dim)
                                                    : json_null ());
    json_array_append_new (json, json_boolean (operation->biased));
  }
  return json;
}

static json_t *
make_operations (const NnExpression *expression)
{
  g_autoptr (GArray) operations = nn_operations_new (expression);
  json_t *list = json_array ();

  for (guint i = 0; i < operations->len; i++)
    json_array_append_new (
        list, make_operation (&g_array_index (operations, NnListedOperation, i)));
  return list;
}

/* Returns: the shortest decimal number that is parsed as this float: the number shown */
static double
widen (float amount)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  nn_number_append_float (digits, amount);
  return g_ascii_strtod (digits->str, NULL);
}

/**
 * nn_job_nudge_new:
 * @tensors: (element-type NnJobTensor): the job's
 * @repeats: whether it repeats as its WHEN says; FALSE: once, after the step under way
 * @seed: of its random numbers
 *
 * Returns: (transfer full) (nullable): the request; NULL if the job has no such target,
 *   or cannot apply nudges at that time
 */
json_t *
nn_job_nudge_new (const NnNudge *nudge,
                  const GArray *tensors,
                  gboolean repeats,
                  guint32 seed,
                  GError **error)
{
  static const char *const memories[] = {
    [NN_MEMORY_KEEP] = "keep",
    [NN_MEMORY_ZERO] = "zero",
    [NN_MEMORY_ZERO_ALL] = "zero-all",
  };
  g_autofree char *text = nn_nudge_dup_text (nudge);
  json_t *targets;
  json_t *request;

  if (!check_time (&nudge->time, error))
    return NULL;
  targets = nn_job_target_resolve (&nudge->target, tensors, error);
  if (targets == NULL)
    return NULL;
  request =
      json_pack ("{ss ss so so sf sI ss sb sb}", "do", "nudge", "text", text, "targets",
                 targets, "operations", make_operations (nudge->expression), "amount",
                 widen (nudge->amount), "seed", (json_int_t) seed, "memory",
                 memories[nudge->memory], "skip", nudge->skips, "receipt", TRUE);
  if (repeats && nudge->time.when != NN_WHEN_MANUAL)
    json_object_set_new (request, "when", make_when (&nudge->time));
  return request;
}
