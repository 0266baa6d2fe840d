/* nn-target.c - what a nudge changes: layers, parameters, or parts of them
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/nudge/nn-target.h"

#include <glib/gi18n.h>
#include <string.h>

#include "nn/expression/nn-token.h"
#include "nn/nudge/nn-slice.h"
#include "nn/nudge/nn-target-private.h"

#define MAX_TARGETS 64 /* of a list */

static const char *const part_names[] = {
  [NN_PART_BOTH] = "",
  [NN_PART_WEIGHT] = ".weight",
  [NN_PART_BIAS] = ".bias",
};

/* ---- paths ------------------------------------------------------------------------- */

static gboolean
is_in_path (const char *at)
{
  if (*at == '-' || *at == '.')
    return g_ascii_isalnum (at[1]) || at[1] == '_' || at[1] == '*';
  if (*at == '*')
    return at[1] != '=';
  return g_ascii_isalnum (*at) || *at == '_';
}

/* Returns: the end of a path: "net.0", "encoder.*", "*" */
static const char *
skip_path (const char *at)
{
  const char *start = at;

  if (*at == '.' || *at == '-')
    return at;
  while (is_in_path (at) || (at == start && *at == '*'))
    at++;
  return at;
}

static gboolean
takes_off (char *text, const char *end)
{
  if (!g_str_has_suffix (text, end) || strlen (text) == strlen (end))
    return FALSE;
  text[strlen (text) - strlen (end)] = '\0';
  return TRUE;
}

/* Removes ".weight" or ".bias" from the layer's name, and ".data", which has
 * no effect. */
static void
split_part (NnTarget *self)
{
  takes_off (self->layer, ".data");
  self->part = NN_PART_BOTH;
  for (NnPart part = NN_PART_WEIGHT; part <= NN_PART_BIAS; part++)
    if (takes_off (self->layer, part_names[part])) {
      self->part = part;
      return;
    }
}

static gboolean
read_quoted (NnTarget *self, const char **at, NnFault *fault)
{
  const char quote = **at;
  const char *start = *at + 1;
  const char *end = strchr (start, quote);
  const char *rest;
  g_autofree char *name = NULL;
  g_autofree char *behind = NULL;

  if (end == NULL && strchr (start, ':') != NULL)
    nn_fault_fix (fault, strchr (start, ':'), strchr (start, ':'), "%c", quote);
  if (end == NULL || end == start)
    return nn_fault_found (fault, end != NULL ? start : start + strlen (start),
                           end != NULL ? _ ("a layer's name")
                                       : _ ("the quote at its end"));
  rest = *(end + 1) == '.' ? skip_path (end + 2) : end + 1;
  name = g_strndup (start, (gsize) (end - start));
  behind = g_strndup (end + 1, (gsize) (rest - end - 1));
  self->layer = g_strconcat (name, behind, NULL);
  self->literal = TRUE;
  *at = rest;
  return TRUE;
}

static gboolean
read_path (NnTarget *self, const char **at, NnFault *fault)
{
  const char *end;

  if (**at == '"' || **at == '\'')
    return read_quoted (self, at, fault);
  end = skip_path (*at);
  if (end == *at && (**at == ':' || **at == '\0'))
    nn_fault_fix (fault, *at, *at, *at == fault->text && **at == '\0' ? "*: 0.9*w" : "*");
  if (end == *at)
    return nn_fault_found (fault, *at, _ ("a layer's name or '*'"));
  if (strncmp (*at, "**", 2) == 0)
    nn_fault_fix (fault, *at + 1, *at + 2, "%s", "");
  if (strncmp (*at, "**", 2) == 0)
    return nn_fault_found (fault, *at + 1, _ ("':' after the target"));
  self->layer = g_strndup (*at, (gsize) (end - *at));
  *at = end;
  return TRUE;
}

/* ---- targets ----------------------------------------------------------------------- */

static gboolean
check_pattern_part (const NnTarget *self, const char *start, NnFault *fault)
{
  const char *last = strrchr (self->layer, '.');

  if (self->of_array || self->part != NN_PART_BOTH || self->literal ||
      self->layer[0] != '*' || self->layer[1] != '.' || last != self->layer + 1)
    return TRUE;
  nn_fault_fix (fault, start + 2, start + strlen (self->layer), "%s",
                self->layer[2] == 'b' ? "bias" : "weight");
  return nn_fault_found (fault, start + 2, _ ("weight or bias"));
}

/* "fc[1-2].weight" */
static gboolean
check_numbered (const NnTarget *self,
                const char *bracket,
                const char *start,
                NnFault *fault)
{
  g_autoptr (GString) list = g_string_new (NULL);
  char *end;
  const guint64 from = g_ascii_strtoull (bracket + 1, &end, 10);
  const guint64 to = *end == '-' ? g_ascii_strtoull (end + 1, &end, 10) : 0;
  const char *rest = *end == ']' ? end + 1 : NULL;
  const char *behind = rest;

  if (rest == NULL || to <= from)
    return TRUE;
  if (*rest == '.')
    behind = skip_path (rest + 1);
  for (guint64 i = from; i <= to && i < from + 8; i++)
    g_string_append_printf (list, "%s%s%" G_GUINT64_FORMAT "%.*s", i > from ? ", " : "",
                            self->layer, i, (int) (behind - rest), rest);
  nn_fault_fix (fault, start, behind, "%s", list->str);
  return nn_fault_set (fault, NN_ERROR_SYNTAX, bracket,
                       _ ("layers are named one by one, or by a pattern: %s*"),
                       self->layer);
}

/* @condition: (out) (nullable): the '[' of a condition, at which parsing stops */
static gboolean
read_one (NnTarget *self, const char **at, const char **condition, NnFault *fault)
{
  const char *start = *at = nn_token_skip_space (*at);

  if (!read_path (self, at, fault))
    return FALSE;
  split_part (self);
  if (**at == '.') {
    ++*at;
    nn_fault_fix (fault, *at, *at, "weight");
    return nn_fault_found (fault, *at, _ ("weight or bias"));
  }
  if (g_str_has_suffix (self->layer, ".grad") && !self->literal && !self->of_array)
    return nn_fault_set (
        fault, NN_ERROR_UNKNOWN, *at - strlen ("grad"),
        _ ("a gradient is no target: nudges read it, as g, and change parameters"));
  if (!check_pattern_part (self, start, fault))
    return FALSE;
  *at = nn_token_skip_space (*at);
  if (**at != '[')
    return TRUE;
  if (!self->of_array && !check_numbered (self, *at, start, fault))
    return FALSE;
  if (condition != NULL && nn_slice_is_condition (*at)) {
    *condition = *at;
    return TRUE;
  }
  if (nn_target_is_pattern (self))
    return nn_fault_set (fault, NN_ERROR_SYNTAX, *at,
                         _ ("layers differ in size, so a part is one of a single layer: "
                            "name it in place of %s"),
                         self->layer);
  if (!nn_slice_read (self, at, fault))
    return FALSE;
  *at = nn_token_skip_space (*at);
  return TRUE;
}

/**
 * nn_target_read:
 * @self: (inout): all zero except of_array, which applies to the whole list; to be
 *   cleared by the caller, even after a failure
 * @at: (inout): the start of the first target; then after the last one and white space
 * @condition: (out) (optional) (nullable): the '[' of a condition, NULL if there is none
 *
 * Returns: FALSE, with @fault set, if it is not a target
 */
gboolean
nn_target_read (NnTarget *self, const char **at, const char **condition, NnFault *fault)
{
  NnTarget *target = self;
  guint n = 1;

  if (condition != NULL)
    *condition = NULL;
  while (read_one (target, at, condition, fault)) {
    if (**at != ',')
      return TRUE;
    if (n++ == MAX_TARGETS)
      return nn_fault_set (fault, NN_ERROR_SYNTAX, *at,
                           _ ("more than %d targets: use a pattern, as in *.weight"),
                           MAX_TARGETS);
    ++*at;
    target = target->next = g_new0 (NnTarget, 1);
    target->of_array = self->of_array;
  }
  return FALSE;
}

static gboolean
parse (NnTarget *self,
       gboolean of_array,
       const char *text,
       const char **at,
       GError **error)
{
  g_auto (NnFault) fault = { .text = text };

  *self = (NnTarget){ .of_array = of_array };
  if (nn_target_read (self, at, NULL, &fault))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&fault.error));
  return FALSE;
}

/**
 * nn_target_parse:
 * @self: (out): to be cleared by the caller, even after a failure
 * @text: valid UTF-8: the whole text, for columns in errors
 * @at: (inout): the start of the target in @text; then after it and white space
 *
 * Returns: FALSE if it is not a target (NN_ERROR_SYNTAX)
 */
gboolean
nn_target_parse (NnTarget *self, const char *text, const char **at, GError **error)
{
  return parse (self, FALSE, text, at, error);
}

/**
 * nn_target_parse_of_array:
 *
 * nn_target_parse () for arrays of a file, whose names need not end in .weight or .bias.
 */
gboolean
nn_target_parse_of_array (NnTarget *self,
                          const char *text,
                          const char **at,
                          GError **error)
{
  return parse (self, TRUE, text, at, error);
}

/**
 * nn_target_copy:
 * @self: (out): may be uninitialised; previous contents are not freed
 *
 * Copies the whole list.
 */
void
nn_target_copy (NnTarget *self, const NnTarget *from)
{
  for (;;) {
    *self = *from;
    self->layer = g_strdup (from->layer);
    self->edges = g_memdup2 (from->edges, from->n_edges * sizeof *from->edges);
    if (from->next == NULL)
      return;
    self = self->next = g_new0 (NnTarget, 1);
    from = from->next;
  }
}

void
nn_target_clear (NnTarget *self)
{
  NnTarget *next = self->next;

  g_clear_pointer (&self->layer, g_free);
  g_clear_pointer (&self->edges, g_free);
  self->next = NULL;
  while (next != NULL) {
    NnTarget *after = next->next;

    g_free (next->layer);
    g_free (next->edges);
    g_free (next);
    next = after;
  }
}

/**
 * nn_target_is_pattern:
 *
 * Returns: whether it is a pattern, which may match several layers
 */
gboolean
nn_target_is_pattern (const NnTarget *self)
{
  return !self->literal && strchr (self->layer, '*') != NULL;
}

/**
 * nn_target_names:
 *
 * Returns: whether @layer is the target's layer, or matches its pattern
 */
gboolean
nn_target_names (const NnTarget *self, const char *layer)
{
  return nn_target_is_pattern (self) ? g_pattern_match_simple (self->layer, layer)
                                     : strcmp (self->layer, layer) == 0;
}

static gboolean
needs_quotes (const NnTarget *self)
{
  return *skip_path (self->layer) != '\0' ||
         (self->literal && strchr (self->layer, '*') != NULL);
}

static void
append_one (GString *text, const NnTarget *self)
{
  const char *quote = !needs_quotes (self) ? "" : strchr (self->layer, '"') ? "'" : "\"";

  g_string_append_printf (text, "%s%s%s%s", quote, self->layer, quote,
                          part_names[self->part]);
  nn_slice_append_text (self, text);
}

/**
 * nn_target_dup_text:
 *
 * Returns: (transfer full): the canonical text of the whole list, "fc1.weight[0:3,1]",
 *   from which nn_target_parse () makes an equal target
 */
char *
nn_target_dup_text (const NnTarget *self)
{
  GString *text = g_string_new (NULL);

  for (; self != NULL; self = self->next) {
    append_one (text, self);
    if (self->next != NULL)
      g_string_append (text, ", ");
  }
  return g_string_free (text, FALSE);
}

/* ---- ranges ------------------------------------------------------------------------ */

static gsize
cut (gssize index, gsize n)
{
  const gssize size = (gssize) n;

  return (gsize) CLAMP (index < 0 ? index + size : index, 0, size);
}

/**
 * nn_range_resolve:
 * @n: the number of rows or columns
 * @first: (out): the first index, from 0
 * @count: (out): how many indices there are, each self->step after the one before
 *
 * Returns: FALSE if the range is empty
 */
gboolean
nn_range_resolve (const NnRange *self, gsize n, gsize *first, gsize *count)
{
  const gsize end =
      self->single ? 0 : cut (self->end == G_MAXSSIZE ? (gssize) n : self->end, n);

  if (self->single) {
    *first = (gsize) (self->first < 0 ? self->first + (gssize) n : self->first);
    *count = 1;
    return *first < n;
  }
  *first = cut (self->first, n);
  *count = end > *first ? (end - *first - 1) / (gsize) self->step + 1 : 0;
  return *count > 0;
}

/**
 * nn_range_has:
 *
 * Returns: whether @index, below @n, is in the range
 */
gboolean
nn_range_has (const NnRange *self, gsize n, gsize index)
{
  gsize first, count;

  return nn_range_resolve (self, n, &first, &count) && index >= first &&
         (index - first) % (gsize) self->step == 0 &&
         (index - first) / (gsize) self->step < count;
}
