/* nn-target.c - what a nudge changes: a layer, a parameter, or a part of one
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/nudge/nn-target.h"

#include <string.h>

#include "nn/base/nn-text.h"

#define MOST_INDEX 999999999

static const char *const part_names[] = {
  [NN_PART_BOTH] = "",
  [NN_PART_WEIGHT] = ".weight",
  [NN_PART_BIAS] = ".bias",
};

static const char *
skip_name (const char *at)
{
  while (g_ascii_isalnum (*at) || *at == '_' || *at == '-')
    at++;
  return at;
}

/* Behind "fc1" or "net.0", up to which dots are a part of the layer's name. */
static const char *
skip_path (const char *at)
{
  at = skip_name (at);
  while (*at == '.' && skip_name (at + 1) > at + 1)
    at = skip_name (at + 1);
  return at;
}

static const char *
skip_layer (const char *at)
{
  if (*at == '*')
    return at[1] == '.' ? skip_path (at + 1) : at + 1;
  return *at == '.' ? at : skip_path (at);
}

/* Takes ".weight" or ".bias" off the layer's name. @at: behind the whole name */
static gboolean
parse_part (NnTarget *self, const char *text, const char *at, GError **error)
{
  self->part = NN_PART_BOTH;
  for (NnPart part = NN_PART_WEIGHT; part <= NN_PART_BIAS; part++)
    if (g_str_has_suffix (self->layer, part_names[part])) {
      self->part = part;
      self->layer[strlen (self->layer) - strlen (part_names[part])] = '\0';
      break;
    }
  if (*at != '.' && (self->layer[0] != '*' || strlen (self->layer) == 1))
    return TRUE;
  if (*at == '.')
    at++;
  else
    at -= strlen (self->layer) - 2; /* "*.wight" */
  nn_text_set_found_error (error, text, at, "weight or bias");
  return FALSE;
}

/* ---- what is in brackets ----------------------------------------------------------- */

#define NEURON "a neuron's index, from 0, or a range as in 0:3"
#define INPUT  "an input's index, from 0, or a range as in 0:3"

/* What stands in the brackets, from here on. */
typedef struct {
  const char *text; /* all of it, for the columns in errors */
  const char *at;
  GError **error;
} Brackets;

static gboolean
fail_expecting (Brackets *self, const char *expected)
{
  nn_text_set_found_error (self->error, self->text, self->at, expected);
  return FALSE;
}

static gboolean
accept (Brackets *self, char token)
{
  self->at = nn_text_skip_space (self->at);
  if (*self->at != token)
    return FALSE;
  self->at++;
  return TRUE;
}

static gboolean
is_at_digit (Brackets *self)
{
  self->at = nn_text_skip_space (self->at);
  return g_ascii_isdigit (*self->at);
}

static gboolean
parse_index (Brackets *self, const char *expected, gsize *index)
{
  const char *start;
  gsize value = 0;

  if (!is_at_digit (self))
    return fail_expecting (self, expected);
  start = self->at;
  for (; g_ascii_isdigit (*self->at); self->at++)
    value = MIN (10 * value + (gsize) (*self->at - '0'), MOST_INDEX + 1);
  if (value > MOST_INDEX) {
    nn_text_set_error (self->error, NN_ERROR_SYNTAX, self->text, start,
                       "the index is larger than %d, and so than any layer", MOST_INDEX);
    return FALSE;
  }
  *index = value;
  return TRUE;
}

/* "2", "a:b", "a:", ":b" or ":" */
static gboolean
parse_range (Brackets *self, const char *expected, NnRange *range)
{
  const char *start = nn_text_skip_space (self->at);

  *range = (NnRange){ 0, G_MAXSIZE };
  if (*start != ':' && !parse_index (self, expected, &range->first))
    return FALSE;
  if (!accept (self, ':'))
    range->end = range->first + 1;
  else if (is_at_digit (self) && !parse_index (self, expected, &range->end))
    return FALSE;
  if (range->first < range->end)
    return TRUE;
  nn_text_set_error (self->error, NN_ERROR_SYNTAX, self->text, start,
                     "the range is empty: its end, which is not part of it, must be "
                     "larger than its start");
  return FALSE;
}

static gboolean
is_single (const NnRange *range)
{
  return range->end - range->first == 1;
}

static gboolean
is_all (const NnRange *range)
{
  return range->first == 0 && range->end == G_MAXSIZE;
}

static gboolean
add_edge (Brackets *self, const char *start, GArray *edges, NnEdge edge)
{
  if (edges->len == NN_TARGET_EDGES) {
    nn_text_set_error (self->error, NN_ERROR_SYNTAX, self->text, start,
                       "more than %d chosen edges: choose rows or columns, or make "
                       "several nudges",
                       NN_TARGET_EDGES);
    return FALSE;
  }
  for (guint i = 0; i < edges->len; i++) {
    const NnEdge *other = &g_array_index (edges, NnEdge, i);

    if (other->output != edge.output || other->input != edge.input)
      continue;
    nn_text_set_error (self->error, NN_ERROR_SYNTAX, self->text, start,
                       "the edge %" G_GSIZE_FORMAT ",%" G_GSIZE_FORMAT
                       " is there a second time: take one of them out",
                       edge.output, edge.input);
    return FALSE;
  }
  g_array_append_val (edges, edge);
  return TRUE;
}

/* The edges behind the first ';'. */
static gboolean
parse_edges (Brackets *self, NnTarget *target)
{
  g_autoptr (GArray) edges = g_array_new (FALSE, FALSE, sizeof (NnEdge));
  const NnEdge first = { target->rows.first, target->columns.first };
  gsize n_edges;

  g_array_append_val (edges, first);
  do {
    const char *start = nn_text_skip_space (self->at);
    NnEdge edge;

    if (!parse_index (self, "the next edge's output, from 0", &edge.output))
      return FALSE;
    if (!accept (self, ','))
      return fail_expecting (self, "',' and the edge's input");
    if (!parse_index (self, "the edge's input, from 0", &edge.input) ||
        !add_edge (self, start, edges, edge))
      return FALSE;
  } while (accept (self, ';'));
  target->selection = NN_SELECTION_EDGES;
  target->edges = g_array_steal (edges, &n_edges);
  target->n_edges = n_edges;
  return accept (self, ']') || fail_expecting (self, "';' and another edge, or ']'");
}

static gboolean
parse_columns (Brackets *self, NnTarget *target)
{
  if (!parse_range (self, INPUT, &target->columns))
    return FALSE;
  if (is_single (&target->rows) && is_single (&target->columns)) {
    if (accept (self, ';'))
      return parse_edges (self, target);
    return accept (self, ']') || fail_expecting (self, "';' and another edge, or ']'");
  }
  return accept (self, ']') || fail_expecting (self, "']'");
}

/* @self->at: behind the '[' */
static gboolean
parse_selection (Brackets *self, NnTarget *target)
{
  const char *comma;

  target->selection = NN_SELECTION_BLOCK;
  target->columns = (NnRange){ 0, G_MAXSIZE };
  if (!parse_range (self, NEURON, &target->rows))
    return FALSE;
  comma = self->at = nn_text_skip_space (self->at);
  if (target->part == NN_PART_WEIGHT) {
    if (accept (self, ',') ? !parse_columns (self, target)
                           : !accept (self, ']') && !fail_expecting (self, "',' or ']'"))
      return FALSE;
  } else if (*comma == ',') {
    nn_text_set_error (self->error, NN_ERROR_SYNTAX, self->text, comma,
                       "found ',', expected ']': only a weight has inputs, as in "
                       "%s.weight[0,1]",
                       target->layer);
    return FALSE;
  } else if (!accept (self, ']')) {
    return fail_expecting (self, "']'");
  }
  if (target->selection == NN_SELECTION_BLOCK && is_all (&target->rows) &&
      is_all (&target->columns)) {
    target->selection = NN_SELECTION_ALL;
    target->rows = target->columns = (NnRange){ 0, 0 };
  }
  return TRUE;
}

/* ---- all of it --------------------------------------------------------------------- */

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
  const char *end = skip_layer (start);

  *self = (NnTarget){ 0 };
  if (end == start) {
    nn_text_set_found_error (error, text, start, "a layer's name or '*'");
    return FALSE;
  }
  self->layer = g_strndup (start, (gsize) (end - start));
  if (!parse_part (self, text, end, error))
    return FALSE;
  end = nn_text_skip_space (end);
  if (*end == '[') {
    Brackets brackets = { .text = text, .at = end + 1, .error = error };

    if (self->layer[0] == '*') {
      nn_text_set_error (error, NN_ERROR_SYNTAX, text, end,
                         "layers differ in size, so a part is one of a single layer: "
                         "name it in place of *");
      return FALSE;
    }
    if (!parse_selection (&brackets, self))
      return FALSE;
    end = brackets.at;
  }
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

static void
append_range (GString *text, const NnRange *range)
{
  if (range->first > 0 || is_single (range))
    g_string_append_printf (text, "%" G_GSIZE_FORMAT, range->first);
  if (is_single (range))
    return;
  g_string_append_c (text, ':');
  if (range->end != G_MAXSIZE)
    g_string_append_printf (text, "%" G_GSIZE_FORMAT, range->end);
}

static void
append_edges (GString *text, const NnTarget *self)
{
  for (gsize i = 0; i < self->n_edges; i++)
    g_string_append_printf (text, "%s%" G_GSIZE_FORMAT ",%" G_GSIZE_FORMAT,
                            i > 0 ? "; " : "", self->edges[i].output,
                            self->edges[i].input);
}

/**
 * nn_target_dup_text:
 *
 * Returns: (transfer full): "fc1.weight[0:3,1]": what nn_target_parse () makes an equal
 *   target of
 */
char *
nn_target_dup_text (const NnTarget *self)
{
  GString *text = g_string_new (self->layer);

  g_string_append (text, part_names[self->part]);
  if (self->selection == NN_SELECTION_ALL)
    return g_string_free (text, FALSE);
  g_string_append_c (text, '[');
  if (self->selection == NN_SELECTION_EDGES) {
    append_edges (text, self);
  } else {
    append_range (text, &self->rows);
    if (self->part == NN_PART_WEIGHT && !is_all (&self->columns)) {
      g_string_append_c (text, ',');
      append_range (text, &self->columns);
    }
  }
  g_string_append_c (text, ']');
  return g_string_free (text, FALSE);
}
