/* nn-job-target.c - what a nudge changes, among a job's tensors
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/attach/nn-job-target.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/expression/nn-words.h"

#define NAMES 12 /* parameters that a message lists */

/* ---- names ------------------------------------------------------------------------- */

static gboolean
is_part (const NnTarget *target, const char *key)
{
  switch (target->part) {
  case NN_PART_WEIGHT:
    return strcmp (key, "weight") == 0;
  case NN_PART_BIAS:
    return strcmp (key, "bias") == 0;
  case NN_PART_BOTH:
    break;
  }
  return TRUE;
}

/* A parameter that is neither weight nor bias of a module is the weight of a layer of its
 * own, encoder.in_proj_weight.weight. A pattern matches by the parameter's own name. */
static gboolean
names_itself (const NnTarget *target, const char *name)
{
  const gboolean is_own_weight =
      target->part == NN_PART_WEIGHT && !nn_target_is_pattern (target) &&
      !g_str_has_suffix (name, ".weight") && !g_str_has_suffix (name, ".bias");

  return (target->part == NN_PART_BOTH || is_own_weight) &&
         nn_target_names (target, name);
}

/* Whether the target names the parameter itself, or the module that owns it. */
static gboolean
names_directly (const NnTarget *target, const char *name)
{
  const char *dot = strrchr (name, '.');
  g_autofree char *module = dot ? g_strndup (name, (gsize) (dot - name)) : g_strdup ("");

  if (names_itself (target, name))
    return TRUE;
  return is_part (target, dot ? dot + 1 : name) && nn_target_names (target, module);
}

/* Whether the parameter is in a module that the target names: encoder.0.weight
 * in "encoder". */
static gboolean
names_around (const NnTarget *target, const char *name)
{
  return target->part == NN_PART_BOTH && !nn_target_is_pattern (target) &&
         g_str_has_prefix (name, target->layer) && name[strlen (target->layer)] == '.';
}

static gboolean
can_be_nudged (const NnJobTensor *tensor)
{
  return tensor->is_parameter && tensor->tied == NULL;
}

static gboolean
fail_name (const NnTarget *target, const GArray *tensors, GError **error)
{
  g_autofree char *text = nn_target_dup_text (target);
  g_autoptr (GString) names = g_string_new (NULL);
  const char *nearest = NULL;
  guint least = G_MAXUINT;
  guint n = 0;

  for (guint i = 0; i < tensors->len; i++) {
    const NnJobTensor *tensor = &g_array_index (tensors, NnJobTensor, i);
    const guint distance = nn_words_get_distance (text, tensor->name);

    if (!can_be_nudged (tensor))
      continue;
    if (n++ < NAMES)
      g_string_append_printf (names, "%s%s", n > 1 ? ", " : "", tensor->name);
    if (distance < least) {
      least = distance;
      nearest = tensor->name;
    }
  }
  g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN,
               _ ("the job has no parameter '%s'; it has %s%s%s%s%s"), text, names->str,
               n > NAMES ? ", …" : "", nearest ? _ ("; did you mean ") : "",
               nearest ? nearest : "", nearest ? "?" : "");
  return FALSE;
}

/* ---- parts ------------------------------------------------------------------------- */

static guint64
count_columns (const NnJobTensor *tensor)
{
  guint64 n = 1;

  for (guint i = 1; i < tensor->rank; i++)
    n *= tensor->shape[i];
  return n;
}

static gboolean
add_range (json_t *part,
           const char *key,
           const NnRange *range,
           guint64 n,
           const NnJobTensor *tensor,
           GError **error)
{
  gsize first, count;

  if (!nn_range_resolve (range, n, &first, &count)) {
    g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
                 _ ("%s has %" PRIu64 " %s, and the target is outside of them"),
                 tensor->name, n, _ (key));
    return FALSE;
  }
  json_object_set_new (part, key,
                       json_pack ("[III]", (json_int_t) first, (json_int_t) count,
                                  (json_int_t) range->step));
  return TRUE;
}

static gboolean
add_edges (json_t *part,
           const NnTarget *target,
           const NnJobTensor *tensor,
           GError **error)
{
  json_t *edges = json_array ();

  json_object_set_new (part, "edges", edges);
  for (gsize i = 0; i < target->n_edges; i++) {
    const NnEdge *edge = &target->edges[i];

    if (edge->output >= tensor->shape[0] || edge->input >= count_columns (tensor)) {
      g_set_error (error, NN_ERROR, NN_ERROR_SHAPE, _ ("there is no %s [%zu, %zu]"),
                   tensor->name, edge->output, edge->input);
      return FALSE;
    }
    json_array_append_new (
        edges, json_pack ("[II]", (json_int_t) edge->output, (json_int_t) edge->input));
  }
  return TRUE;
}

static gboolean
add_part (json_t *part, const NnTarget *target, const NnJobTensor *tensor, GError **error)
{
  if (target->selection == NN_SELECTION_ALL)
    return TRUE;
  if (tensor->rank == 0 ||
      (target->selection == NN_SELECTION_EDGES && tensor->rank < 2)) {
    g_set_error (error, NN_ERROR, NN_ERROR_SHAPE, _ ("%s has no %s"), tensor->name,
                 tensor->rank == 0 ? _ ("parts: it is a single number") : _ ("columns"));
    return FALSE;
  }
  if (target->selection == NN_SELECTION_EDGES)
    return add_edges (part, target, tensor, error);
  return add_range (part, N_ ("rows"), &target->rows, tensor->shape[0], tensor, error) &&
         (tensor->rank < 2 || add_range (part, N_ ("columns"), &target->columns,
                                         count_columns (tensor), tensor, error));
}

/* ---- targets ----------------------------------------------------------------------- */

/* @found: (inout): whether there was one */
static gboolean
add_matching (json_t *parts,
              const NnTarget *target,
              const GArray *tensors,
              gboolean (*names) (const NnTarget *, const char *),
              gboolean *found,
              GError **error)
{
  for (guint i = 0; i < tensors->len; i++) {
    const NnJobTensor *tensor = &g_array_index (tensors, NnJobTensor, i);
    json_t *part;

    if (!tensor->is_parameter || !names (target, tensor->name))
      continue;
    *found = TRUE;
    /* A tied parameter can be nudged by either name; a pattern nudges it once. */
    if (tensor->tied != NULL && nn_target_is_pattern (target))
      continue;
    part = json_pack ("{ss}", "parameter", tensor->tied ? tensor->tied : tensor->name);
    json_array_append_new (parts, part);
    if (!add_part (part, target, tensor, error))
      return FALSE;
  }
  return TRUE;
}

/**
 * nn_job_target_resolve:
 * @target: the first of a list
 * @tensors: (element-type NnJobTensor)
 *
 * Returns: (transfer full) (nullable): an object for each parameter: "parameter", and
 *   for a part of it "rows" and "columns" ([first, count, step]) or "edges" ([[row,
 *   column], …])
 */
json_t *
nn_job_target_resolve (const NnTarget *target, const GArray *tensors, GError **error)
{
  json_t *parts = json_array ();
  gboolean fits = TRUE;

  for (; fits && target != NULL; target = target->next) {
    gboolean found = FALSE;

    fits =
        add_matching (parts, target, tensors, names_directly, &found, error) &&
        (found || add_matching (parts, target, tensors, names_around, &found, error)) &&
        (found || fail_name (target, tensors, error));
  }
  if (fits)
    return parts;
  json_decref (parts);
  return NULL;
}

/**
 * nn_job_target_names:
 * @target: the first of a list
 * @name: of a tensor of the job
 *
 * Returns: whether the target has some of its values
 */
gboolean
nn_job_target_names (const NnTarget *target, const char *name)
{
  for (; target != NULL; target = target->next)
    if (names_directly (target, name) || names_around (target, name))
      return TRUE;
  return FALSE;
}
