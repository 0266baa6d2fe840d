/* nn-array-area.c - the elements of arrays in a file that a target selects
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/patch/nn-array-area.h"

#include <glib/gi18n.h>
#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/expression/nn-words.h"

#define NAMES 8  /* arrays that a message lists */
#define SHOWN 80 /* bytes of a name in a message */

/**
 * nn_array_area_get_name:
 *
 * Returns: (transfer none): the name of @array in targets and messages, "array" if it
 *   has none
 */
const char *
nn_array_area_get_name (const NnArray *array)
{
  return *array->name != '\0' ? array->name : "array";
}

/* ---- names ------------------------------------------------------------------------- */

static gboolean
fits (const NnTarget *target, const char *pattern, const char *name)
{
  return nn_target_is_pattern (target) ? g_pattern_match_simple (pattern, name)
                                       : strcmp (pattern, name) == 0;
}

/* Returns: (transfer full): the target's path; without .data, which means the
 *   same here */
static char *
dup_path (const NnTarget *target)
{
  return g_strconcat (target->layer,
                      target->part == NN_PART_WEIGHT ? ".weight"
                      : target->part == NN_PART_BIAS ? ".bias"
                                                     : "",
                      NULL);
}

static gboolean
is_part (const NnTarget *target, const char *name, const char *ending)
{
  const gsize length = strlen (target->layer);

  return strncmp (name, target->layer, length) == 0 &&
         strcmp (name + length, ending) == 0;
}

static gboolean
names (const NnTarget *target, const char *path, const char *name)
{
  if (fits (target, path, name))
    return TRUE;
  return target->part == NN_PART_BOTH && !nn_target_is_pattern (target) &&
         (is_part (target, name, ".weight") || is_part (target, name, ".bias"));
}

static char *
find_nearest (const NnArrayFile *file, const char *path)
{
  const char *nearest = NULL;
  guint least = G_MAXUINT;

  for (guint i = 0; i < file->arrays->len; i++) {
    const char *name = nn_array_area_get_name (file->arrays->pdata[i]);
    const guint distance = nn_words_get_distance (path, name);

    if (distance < least) {
      least = distance;
      nearest = name;
    }
  }
  return g_strdup (nearest);
}

static gboolean
fail_name (const NnTarget *target,
           const char *path,
           const NnArrayFile *file,
           GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *nearest = find_nearest (file, path);

  for (guint i = 0; i < MIN (file->arrays->len, NAMES); i++)
    g_string_append_printf (text, "%s%.*s", i > 0 ? ", " : "", SHOWN,
                            nn_array_area_get_name (file->arrays->pdata[i]));
  if (file->arrays->len > NAMES)
    g_string_append_printf (text, _ (" and %u more"), file->arrays->len - NAMES);
  if (nearest != NULL)
    g_string_append_printf (text, _ ("; did you mean %.*s?"), SHOWN, nearest);
  g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN,
               _ ("there is no array %s'%.*s'; there are %s"),
               nn_target_is_pattern (target) ? _ ("that fits ") : "", SHOWN, path,
               text->len > 0 ? text->str : "none");
  return FALSE;
}

/* ---- parts ------------------------------------------------------------------------- */

static gsize
get_n_rows (const NnArray *array)
{
  return array->rank > 0 ? (gsize) array->shape[0] : 1;
}

/**
 * nn_array_area_init_whole:
 * @self: (out)
 * @index: of @array in its file
 */
void
nn_array_area_init_whole (NnArrayArea *self, const NnArray *array, guint index)
{
  const gsize n_rows = get_n_rows (array);

  *self = (NnArrayArea){
    .index = index,
    .array = array,
    .n = array->n_values,
    .whole = TRUE,
    .row_length = n_rows > 0 ? array->n_values / n_rows : 0,
    .n_rows = n_rows,
    .row_step = 1,
    .column_step = 1,
  };
  self->n_columns = self->row_length;
}

static gboolean
fail_range (const NnArray *array, gboolean columns, gsize n, GError **error)
{
  const gulong number = n; /* as many as ngettext () can count */

  g_set_error (
      error, NN_ERROR, NN_ERROR_SHAPE,
      columns ? ngettext ("'%.*s' has %zu column, and none of them is meant",
                          "'%.*s' has %zu columns, and none of them is meant", number)
              : ngettext ("'%.*s' has %zu row, and none of them is meant",
                          "'%.*s' has %zu rows, and none of them is meant", number),
      SHOWN, nn_array_area_get_name (array), n);
  return FALSE;
}

static gboolean
is_all (const NnRange *range)
{
  return !range->single && range->first == 0 && range->end == G_MAXSSIZE &&
         range->step == 1;
}

static gboolean
select_block (NnArrayArea *self, const NnTarget *target, GError **error)
{
  const gsize n_rows = self->n_rows, n_columns = self->n_columns;

  if (!nn_range_resolve (&target->rows, n_rows, &self->first_row, &self->n_rows))
    return fail_range (self->array, FALSE, n_rows, error);
  self->row_step = target->rows.single ? 1 : (gsize) target->rows.step;
  if (self->array->rank < 2 && !is_all (&target->columns))
    return fail_range (self->array, TRUE, 0, error);
  if (self->array->rank > 1) {
    if (!nn_range_resolve (&target->columns, n_columns, &self->first_column,
                           &self->n_columns))
      return fail_range (self->array, TRUE, n_columns, error);
    self->column_step = target->columns.single ? 1 : (gsize) target->columns.step;
  }
  self->n = (guint64) self->n_rows * self->n_columns;
  self->whole = self->n == self->array->n_values;
  return TRUE;
}

static gboolean
select_edges (NnArrayArea *self, const NnTarget *target, GError **error)
{
  for (gsize i = 0; i < target->n_edges; i++) {
    const NnEdge *edge = &target->edges[i];

    if (edge->output >= self->n_rows || edge->input >= self->n_columns) {
      g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
                   _ ("'%.*s' has no [%zu,%zu]: it is %zu by %zu"), SHOWN,
                   nn_array_area_get_name (self->array), edge->output, edge->input,
                   self->n_rows, self->n_columns);
      return FALSE;
    }
  }
  self->edges = target->edges;
  self->n = target->n_edges;
  self->whole = FALSE;
  return TRUE;
}

static gboolean
select_part (NnArrayArea *self, const NnTarget *target, GError **error)
{
  if (target->selection == NN_SELECTION_BLOCK)
    return select_block (self, target, error);
  return target->selection == NN_SELECTION_ALL || select_edges (self, target, error);
}

/* ---- targets ----------------------------------------------------------------------- */

/* For an array that is named alone, not by a pattern, and is not of floats. */
static gboolean
refuse_type (const char *name, const char *type, GError **error)
{
  g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN,
               _ ("'%.*s' is %s, and update functions change float16, bfloat16, float32 "
                  "and float64; a pattern leaves it as it is"),
               SHOWN, name, type);
  return FALSE;
}

static void
leave (GPtrArray *left, const char *name, const char *type)
{
  g_ptr_array_add (left, g_strdup_printf ("%s (%s)", name, type));
}

/* Handles arrays whose types cannot be changed.
 * @named: (inout): set if the target names any */
static gboolean
find_others (const NnTarget *target,
             const char *path,
             const NnArrayFile *file,
             GPtrArray *left,
             gboolean *named,
             GError **error)
{
  const GPtrArray *others = file->in_place != NULL ? file->in_place->others : NULL;

  for (guint i = 0; others != NULL && i < others->len; i++) {
    const NnOtherArray *other = others->pdata[i];

    if (!names (target, path, other->name))
      continue;
    if (!nn_target_is_pattern (target))
      return refuse_type (other->name, other->type, error);
    *named = TRUE;
    leave (left, other->name, other->type);
  }
  return TRUE;
}

static gboolean
find_one (GArray *areas,
          const NnTarget *target,
          const NnArrayFile *file,
          GPtrArray *left,
          GError **error)
{
  g_autofree char *path = dup_path (target);
  gboolean named = FALSE;

  for (guint i = 0; i < file->arrays->len; i++) {
    const NnArray *array = file->arrays->pdata[i];
    const char *name = nn_array_area_get_name (array);
    NnArrayArea area;

    if (!names (target, path, name))
      continue;
    named = TRUE;
    if (!nn_dtype_is_floating (array->dtype)) {
      if (!nn_target_is_pattern (target))
        return refuse_type (name, nn_dtype_get_name (array->dtype), error);
      leave (left, name, nn_dtype_get_name (array->dtype));
      continue;
    }
    nn_array_area_init_whole (&area, array, i);
    if (!select_part (&area, target, error))
      return FALSE;
    if (area.n > 0)
      g_array_append_val (areas, area);
  }
  return find_others (target, path, file, left, &named, error) &&
         (named || fail_name (target, path, file, error));
}

static gboolean
has (const NnArrayArea *self, gsize row, gsize column)
{
  for (guint64 i = 0; self->edges != NULL && i < self->n; i++)
    if (self->edges[i].output == row && self->edges[i].input == column)
      return TRUE;
  return self->edges == NULL && row >= self->first_row &&
         (row - self->first_row) % self->row_step == 0 &&
         (row - self->first_row) / self->row_step < self->n_rows &&
         column >= self->first_column &&
         (column - self->first_column) % self->column_step == 0 &&
         (column - self->first_column) / self->column_step < self->n_columns;
}

/* Whether two areas without edges have a row and a column in common. */
static gboolean
blocks_overlap (const NnArrayArea *a, const NnArrayArea *b)
{
  gboolean rows = FALSE, columns = FALSE;

  for (gsize i = 0; i < a->n_rows && !rows; i++)
    rows = has (b, a->first_row + i * a->row_step, b->first_column);
  for (gsize i = 0; i < a->n_columns && !columns; i++)
    columns = has (b, b->first_row, a->first_column + i * a->column_step);
  return rows && columns;
}

/* Whether both select the same element of the same array. */
static gboolean
overlap (const NnArrayArea *a, const NnArrayArea *b)
{
  const NnArrayArea *edges = a->edges != NULL ? a : b;
  const NnArrayArea *other = a->edges != NULL ? b : a;

  if (a->index != b->index)
    return FALSE;
  if (edges->edges == NULL)
    return a->whole || b->whole || blocks_overlap (a, b);
  for (guint64 i = 0; i < edges->n; i++)
    if (has (other, edges->edges[i].output, edges->edges[i].input))
      return TRUE;
  return FALSE;
}

static gboolean
check_overlap (const GArray *areas, GError **error)
{
  for (guint i = 0; i < areas->len; i++)
    for (guint k = 0; k < i; k++) {
      const NnArrayArea *area = &g_array_index (areas, NnArrayArea, i);

      if (!overlap (area, &g_array_index (areas, NnArrayArea, k)))
        continue;
      g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
                   _ ("'%.*s' is a target twice: remove one of them"), SHOWN,
                   nn_array_area_get_name (area->array));
      return FALSE;
    }
  return TRUE;
}

/**
 * nn_array_area_find:
 * @areas: (inout) (element-type NnArrayArea): the areas that @target selects are
 *   appended; they borrow @target and @file; an empty array has none
 * @left: (inout) (element-type utf8): appended to for arrays that a pattern matches but
 *   whose type cannot be changed: "step (int64)"
 *
 * Returns: FALSE if the file has no such array (NN_ERROR_UNKNOWN) or no such row or
 *   column (NN_ERROR_SHAPE), an array that is named alone is not of floats
 *   (NN_ERROR_UNKNOWN), or an element is selected twice (NN_ERROR_SHAPE)
 */
gboolean
nn_array_area_find (GArray *areas,
                    const NnTarget *target,
                    const NnArrayFile *file,
                    GPtrArray *left,
                    GError **error)
{
  const gboolean several = target->next != NULL;

  for (; target != NULL; target = target->next)
    if (!find_one (areas, target, file, left, error))
      return FALSE;
  /* One target selects each array once at most. */
  return !several || check_overlap (areas, error);
}

/* ---- elements ---------------------------------------------------------------------- */

/**
 * nn_array_area_get_flat_index:
 * @element: an index into the area, below n
 *
 * Returns: the row-major index in the whole array
 */
guint64
nn_array_area_get_flat_index (const NnArrayArea *self, guint64 element)
{
  if (self->whole)
    return element;
  if (self->edges != NULL)
    return (guint64) self->edges[element].output * self->row_length +
           self->edges[element].input;
  return (self->first_row + element / self->n_columns * self->row_step) *
             self->row_length +
         self->first_column + element % self->n_columns * self->column_step;
}

/**
 * nn_array_area_dup_element_name:
 * @element: an index into the area, below n
 *
 * Returns: (transfer full): for messages, with all indices: "fc1.weight[2,1]"
 */
char *
nn_array_area_dup_element_name (const NnArrayArea *self, guint64 element)
{
  const NnArray *array = self->array;
  guint64 rest = nn_array_area_get_flat_index (self, element);
  guint64 indices[NN_ARRAY_MAX_RANK];
  GString *text = g_string_new (nn_array_area_get_name (array));

  for (guint i = array->rank; i-- > 0; rest /= array->shape[i])
    indices[i] = rest % array->shape[i];
  for (guint i = 0; i < array->rank; i++)
    g_string_append_printf (text, "%c%" G_GUINT64_FORMAT, i == 0 ? '[' : ',', indices[i]);
  if (array->rank > 0)
    g_string_append_c (text, ']');
  return g_string_free (text, FALSE);
}

/**
 * nn_array_area_get_shape:
 *
 * Returns: the rows and columns that `i`, `j` and dim= refer to in an update function
 */
NnOperands
nn_array_area_get_shape (const NnArrayArea *self)
{
  return (NnOperands){
    .n = (gsize) self->n,
    .first_row = self->first_row,
    .first_column = self->first_column,
    .n_columns = self->n_columns,
    .row_step = self->row_step,
    .column_step = self->column_step,
    .edges = self->edges,
    .is_bias = self->array->rank < 2,
  };
}
