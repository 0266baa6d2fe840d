/* nn-target.c - what a nudge is aimed at
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/nudge/nn-target.h"

#include <string.h>

#include "nn/nudge/nn-text.h"

static const char *const part_names[] = {
  [NN_PART_BOTH] = "",
  [NN_PART_WEIGHT] = ".weight",
  [NN_PART_BIAS] = ".bias",
};

static void
set_found_error (GError **error, const char *text, const char *at, const char *expected)
{
  g_autofree char *found = nn_text_dup_found (at);

  nn_text_set_error (error, NN_ERROR_SYNTAX, text, at, "found %s, expected %s", found,
                     expected);
}

static const char *
skip_name (const char *at)
{
  while (g_ascii_isalnum (*at) || *at == '_' || *at == '-')
    at++;
  return at;
}

static gboolean
parse_part (NnTarget *self, const char *text, const char **at, GError **error)
{
  const char *end;

  self->part = NN_PART_BOTH;
  if (**at != '.')
    return TRUE;
  end = skip_name (*at + 1);
  for (NnPart part = NN_PART_WEIGHT; part <= NN_PART_BIAS; part++)
    if (strlen (part_names[part]) == (gsize) (end - *at) &&
        g_str_has_prefix (*at, part_names[part])) {
      self->part = part;
      *at = end;
      return TRUE;
    }
  set_found_error (error, text, *at + 1, "weight or bias");
  return FALSE;
}

/**
 * nn_target_parse:
 * @self: (out): cleared by the caller, whether this succeeds or not
 * @text: all of it, for the columns in errors
 * @at: (inout): where the target begins; behind it and the white space around it
 */
gboolean
nn_target_parse (NnTarget *self, const char *text, const char **at, GError **error)
{
  const char *start = nn_text_skip_space (*at);
  const char *end = *start == '*' ? start + 1 : skip_name (start);

  *self = (NnTarget){ 0 };
  if (end == start) {
    set_found_error (error, text, start, "a layer's name or '*'");
    return FALSE;
  }
  self->layer = g_strndup (start, (gsize) (end - start));
  if (!parse_part (self, text, &end, error))
    return FALSE;
  *at = nn_text_skip_space (end);
  return TRUE;
}

/**
 * nn_target_copy:
 * @self: (out) overwritten; what it held before is not released
 */
void
nn_target_copy (NnTarget *self, const NnTarget *from)
{
  *self = *from;
  self->layer = g_strdup (from->layer);
  self->edges = g_memdup2 (from->edges, from->n_edges * sizeof *from->edges);
}

void
nn_target_clear (NnTarget *self)
{
  g_clear_pointer (&self->layer, g_free);
  g_clear_pointer (&self->edges, g_free);
}

/**
 * nn_target_dup_text:
 *
 * Returns: (transfer full): "fc1.weight"
 */
char *
nn_target_dup_text (const NnTarget *self)
{
  return g_strconcat (self->layer, part_names[self->part], NULL);
}
