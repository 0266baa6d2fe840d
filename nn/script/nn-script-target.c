/* nn-script-target.c - what a nudge changes, as Python names it
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/script/nn-script-target.h"

#include "nn/nudge/nn-bound-nudge.h"
#include "nn/script/nn-script-names.h"

static void
part_clear (gpointer data)
{
  NnScriptPart *part = data;

  g_free (part->name);
  g_free (part->path);
  g_free (part->index);
  g_free (part->key);
}

static void
append_range (GString *index, GString *key, gsize first, gsize n, gsize step, gsize whole)
{
  const gsize end = first + (n - 1) * step + 1;

  if (n == whole) {
    g_string_append_c (index, ':');
    g_string_append (key, "slice(None)");
  } else if (step == 1) {
    g_string_append_printf (index, "%" G_GSIZE_FORMAT ":%" G_GSIZE_FORMAT, first, end);
    g_string_append_printf (key, "slice(%" G_GSIZE_FORMAT ", %" G_GSIZE_FORMAT ")", first,
                            end);
  } else {
    g_string_append_printf (index,
                            "%" G_GSIZE_FORMAT ":%" G_GSIZE_FORMAT ":%" G_GSIZE_FORMAT,
                            first, end, step);
    g_string_append_printf (
        key, "slice(%" G_GSIZE_FORMAT ", %" G_GSIZE_FORMAT ", %" G_GSIZE_FORMAT ")",
        first, end, step);
  }
}

static void
append_edges (GString *key, const NnArea *area)
{
  for (int input = 0; input < 2; input++) {
    g_string_append (key, input ? "], [" : "([");
    for (gsize i = 0; i < area->n; i++)
      g_string_append_printf (key, "%s%" G_GSIZE_FORMAT, i > 0 ? ", " : "",
                              input ? area->edges[i].input : area->edges[i].output);
  }
  g_string_append (key, "])");
}

static void
set_index (NnScriptPart *part, const NnArea *area)
{
  const NnParameterShape *shape = area->parameter;
  const gboolean columns = shape->rank == 2 && area->n_columns < shape->shape[1];
  GString *index = g_string_new ("[");
  GString *key = g_string_new (NULL);

  if (area->edges) {
    append_edges (key, area);
  } else {
    g_string_append (key, columns ? "(" : "");
    append_range (index, key, area->first_row, area->n_rows, area->row_step,
                  shape->shape[0]);
    if (columns) {
      g_string_append (index, ", ");
      g_string_append (key, ", ");
      append_range (index, key, area->first_column, area->n_columns, area->column_step,
                    shape->shape[1]);
      g_string_append_c (key, ')');
    }
  }
  g_string_append_c (index, ']');
  part->index = g_string_free (index, FALSE);
  part->key = g_string_free (key, FALSE);
}

static NnScriptPart
make_part (const NnArchitecture *architecture, const NnArea *area)
{
  const NnParameterShape *shape = area->parameter;
  g_autofree char *layer = nn_script_dup_layer (architecture->layers[shape->layer].name);
  g_autofree char *path = nn_script_dup_path ("model", layer);
  NnScriptPart part = { .name = nn_script_dup_parameter (shape->name) };

  part.path = g_strconcat (path, shape->rank == 2 ? ".weight" : ".bias", NULL);
  if (area->whole && !area->edges)
    part.index = g_strdup ("");
  else
    set_index (&part, area);
  return part;
}

/* Whether the update function can be applied to @area. */
static gboolean
fits (NnScriptTarget *self, const NnNudge *nudge, const NnArea *area)
{
  const NnOperands shape = nn_bound_nudge_get_shape (area);

  g_clear_error (&self->refusal);
  return nn_expression_check (nudge->expression, &shape, &self->refusal);
}

/**
 * nn_script_target_init:
 * @architecture: of the network at that step
 *
 * Finds what @nudge changes in each parameter. If it can never be applied, refusal says
 * why; what was found until then is there.
 */
void
nn_script_target_init (NnScriptTarget *self,
                       const NnNudge *nudge,
                       const NnArchitecture *architecture)
{
  const NnTarget *target = &nudge->target;
  NnAreaIter iter;
  NnArea area;

  *self = (NnScriptTarget){
    .parts = g_array_new (FALSE, FALSE, sizeof (NnScriptPart)),
    .is_all = target->next == NULL && target->selection == NN_SELECTION_ALL,
    .least_size = G_MAXSIZE,
  };
  g_array_set_clear_func (self->parts, part_clear);
  if (!nn_area_iter_init (&iter, target, architecture, &self->refusal))
    return;
  while (nn_area_iter_next (&iter, &area)) {
    NnScriptPart part;

    if (!fits (self, nudge, &area)) {
      if (nudge->skips)
        continue;
      return;
    }
    part = make_part (architecture, &area);
    g_array_append_val (self->parts, part);
    self->has_edges |= area.edges != NULL;
    self->least_size = MIN (self->least_size, area.n);
  }
  self->is_all &= self->parts->len == architecture->n_parameters;
}

void
nn_script_target_clear (NnScriptTarget *self)
{
  g_array_unref (self->parts);
  g_clear_error (&self->refusal);
}
