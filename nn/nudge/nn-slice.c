/* nn-slice.c - parses the brackets of a target: [2], [0:3,1], [0,1; 2,1]
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/nudge/nn-slice.h"

#include <glib/gi18n.h>
#include <string.h>

#include "nn/expression/nn-token.h"

#define MOST_INDEX 999999999

#define NEURON N_ ("a neuron's index, or a range as in 0:3")
#define INPUT  N_ ("an input's index, or a range as in 0:3")

/* The state of the parser. */
static gboolean
has_columns (const NnTarget *target)
{
  return target->part == NN_PART_WEIGHT || target->of_array;
}

typedef struct {
  const char *at;
  NnFault *fault;
} Brackets;

static gboolean
fail_expecting (Brackets *self, const char *expected)
{
  return nn_fault_found (self->fault, self->at, expected);
}

static gboolean
accept (Brackets *self, const char *token)
{
  self->at = nn_token_skip_space (self->at);
  if (!g_str_has_prefix (self->at, token))
    return FALSE;
  self->at += strlen (token);
  return TRUE;
}

static gboolean
is_at_index (Brackets *self)
{
  self->at = nn_token_skip_space (self->at);
  return g_ascii_isdigit (*self->at) || *self->at == '-' ||
         g_str_has_prefix (self->at, "−");
}

static gboolean
read_index (Brackets *self, const char *expected, gssize *index)
{
  const char *start;
  gboolean negative;
  gssize value = 0;

  start = self->at = nn_token_skip_space (self->at);
  negative = accept (self, "-") || accept (self, "−");
  if (!g_ascii_isdigit (*self->at))
    return fail_expecting (self, expected);
  for (; g_ascii_isdigit (*self->at); self->at++)
    value = MIN (10 * value + (*self->at - '0'), MOST_INDEX + 1);
  if (value > MOST_INDEX)
    return nn_fault_set (self->fault, NN_ERROR_SYNTAX, start,
                         _ ("the index is larger than %d, and so than any layer"),
                         MOST_INDEX);
  *index = negative ? -value : value;
  return TRUE;
}

/* Whether the range is empty for every size. */
static gboolean
is_empty (const NnRange *range)
{
  return (range->first >= 0) == (range->end >= 0) && range->end <= range->first;
}

static gboolean
read_step (Brackets *self, NnRange *range)
{
  const char *start;

  if (!accept (self, ":") || !is_at_index (self))
    return TRUE;
  start = self->at;
  if (!read_index (self, _ ("a step, from 1"), &range->step))
    return FALSE;
  if (range->step <= 0)
    nn_fault_fix (self->fault, start, self->at, "%" G_GSSIZE_FORMAT,
                  MAX (-range->step, 1));
  return range->step > 0 ||
         nn_fault_set (
             self->fault, NN_ERROR_SYNTAX, start,
             _ ("the step is %s: a part keeps its order, so steps are 1 or more"),
             range->step == 0 ? "0" : "negative");
}

/* "2", "-1", "a:b", "a:", ":b", ":", "a:b:s" or "..." */
static gboolean
read_range (Brackets *self, const char *expected, NnRange *range)
{
  const char *start = nn_token_skip_space (self->at);

  *range = (NnRange){ 0, G_MAXSSIZE, 1, FALSE };
  if (accept (self, "...") || accept (self, "…"))
    return TRUE;
  if (*start != ':' && !read_index (self, expected, &range->first))
    return FALSE;
  if (!accept (self, ":")) {
    range->single = TRUE;
    range->end = range->first + 1;
    return TRUE;
  }
  if (is_at_index (self) && !read_index (self, expected, &range->end))
    return FALSE;
  if (!read_step (self, range))
    return FALSE;
  if (is_empty (range))
    return nn_fault_set (self->fault, NN_ERROR_SYNTAX, start,
                         _ ("the range is empty: its end, which is not part of it, must "
                            "be larger than its start"));
  range->single = range->first >= 0 && range->end - range->first == 1;
  if (range->single)
    range->step = 1;
  return TRUE;
}

static gboolean
is_all (const NnRange *range)
{
  return range->first == 0 && range->end == G_MAXSSIZE && range->step == 1;
}

/* ---- chosen edges ------------------------------------------------------------------ */

static gboolean
add_edge (Brackets *self, const char *start, GArray *edges, NnEdge edge)
{
  const char *before = start; /* the ';' before the edge */

  while (*before != ';')
    before--;
  if (edges->len == NN_TARGET_EDGES)
    return nn_fault_set (
        self->fault, NN_ERROR_SYNTAX, start,
        _ ("more than %d chosen edges: choose rows or columns, or make several nudges"),
        NN_TARGET_EDGES);
  for (guint i = 0; i < edges->len; i++) {
    const NnEdge *other = &g_array_index (edges, NnEdge, i);

    if (other->output == edge.output && other->input == edge.input) {
      nn_fault_fix (self->fault, before, self->at, "%s", "");
      return nn_fault_set (
          self->fault, NN_ERROR_SYNTAX, start,
          _ ("the edge %zu,%zu is there a second time: remove one of them"), edge.output,
          edge.input);
    }
  }
  g_array_append_val (edges, edge);
  return TRUE;
}

static gboolean
read_edge_index (Brackets *self, const char *expected, gsize *index)
{
  const char *start = nn_token_skip_space (self->at);
  gssize value;

  if (!read_index (self, expected, &value))
    return FALSE;
  *index = (gsize) value;
  return value >= 0 || nn_fault_set (self->fault, NN_ERROR_SYNTAX, start,
                                     _ ("chosen edges are counted from 0"));
}

/* Reads the edges after the first ';'. */
static gboolean
read_edges (Brackets *self, NnTarget *target)
{
  g_autoptr (GArray) edges = g_array_new (FALSE, FALSE, sizeof (NnEdge));
  const NnEdge first = { (gsize) target->rows.first, (gsize) target->columns.first };
  gsize n_edges;

  if (target->rows.first < 0 || target->columns.first < 0)
    return nn_fault_set (self->fault, NN_ERROR_SYNTAX, self->at,
                         _ ("chosen edges are counted from 0"));
  g_array_append_val (edges, first);
  do {
    const char *start = nn_token_skip_space (self->at);
    NnEdge edge;

    if (!read_edge_index (self, _ ("the next edge's output, from 0"), &edge.output))
      return FALSE;
    if (!accept (self, ","))
      return fail_expecting (self, _ ("',' and the edge's input"));
    if (!read_edge_index (self, _ ("the edge's input, from 0"), &edge.input) ||
        !add_edge (self, start, edges, edge))
      return FALSE;
  } while (accept (self, ";"));
  target->selection = NN_SELECTION_EDGES;
  target->edges = g_array_steal (edges, &n_edges);
  target->n_edges = n_edges;
  return accept (self, "]") || fail_expecting (self, _ ("';' and another edge, or ']'"));
}

/* ---- rows and columns -------------------------------------------------------------- */

static gboolean
read_columns (Brackets *self, NnTarget *target)
{
  if (!read_range (self, _ (INPUT), &target->columns))
    return FALSE;
  if (target->rows.single && target->columns.single) {
    if (accept (self, ";"))
      return read_edges (self, target);
    return accept (self, "]") ||
           fail_expecting (self, _ ("';' and another edge, or ']'"));
  }
  return accept (self, "]") || fail_expecting (self, "']'");
}

/* "[0][1]" is "[0,1]". "[0:2][1]" is refused: in Python it is a row of these rows. */
static gboolean
read_second (Brackets *self, NnTarget *target)
{
  const char *start = nn_token_skip_space (self->at);

  if (*start != '[' || !has_columns (target) || target->selection != NN_SELECTION_BLOCK)
    return TRUE;
  if (!target->rows.single && start[-1] == ']')
    nn_fault_fix (self->fault, start - 1, start + 1, ",");
  if (!target->rows.single)
    return nn_fault_set (
        self->fault, NN_ERROR_SYNTAX, start,
        _ ("a second '[' behind a range: write rows and columns in one, as in [0:2,1]"));
  self->at = start + 1;
  return read_range (self, _ (INPUT), &target->columns) &&
         (accept (self, "]") || fail_expecting (self, "']'"));
}

static gboolean
read_rest (Brackets *self, NnTarget *target)
{
  const char *comma = self->at = nn_token_skip_space (self->at);

  if (has_columns (target)) {
    if (accept (self, ","))
      return read_columns (self, target);
    return (accept (self, "]") || fail_expecting (self, _ ("',' or ']'"))) &&
           read_second (self, target);
  }
  if (*comma == ',')
    return nn_fault_set (
        self->fault, NN_ERROR_SYNTAX, comma,
        _ ("found ',', expected ']': only a weight has inputs, as in %s.weight[0,1]"),
        target->layer);
  return accept (self, "]") || fail_expecting (self, "']'");
}

/* If there is no ']' at all, reports it as missing at the first token that is
 * no index. */
static gboolean
check_end (Brackets *self)
{
  const char *at = self->at + strspn (self->at, "0123456789,;-. ");

  if (at == self->at || *at == '\0')
    return TRUE;
  nn_fault_fix (self->fault, at, at, "]");
  return nn_fault_found (self->fault, at, "']'");
}

/**
 * nn_slice_is_condition:
 * @bracket: at the '['
 *
 * Returns: whether the brackets have a condition on values, not indices or ranges
 */
gboolean
nn_slice_is_condition (const char *bracket)
{
  const char *end = strchr (bracket, ']');

  for (const char *at = bracket + 1; end != NULL && at < end; at++)
    if (g_ascii_isalpha (*at) || strchr ("<>=!&|~", *at) != NULL)
      return TRUE;
  return FALSE;
}

/**
 * nn_slice_read:
 * @target: (inout): with its part (weight or bias) set
 * @at: (inout): at the '['; then after the last ']'
 *
 * Returns: FALSE, with @fault set, if it is not valid
 */
gboolean
nn_slice_read (NnTarget *target, const char **at, NnFault *fault)
{
  Brackets self = { .at = *at + 1, .fault = fault };

  target->selection = NN_SELECTION_BLOCK;
  target->columns = (NnRange){ 0, G_MAXSSIZE, 1, FALSE };
  if (strchr (self.at, ']') == NULL && !check_end (&self))
    return FALSE;
  if (!read_range (&self, _ (NEURON), &target->rows) || !read_rest (&self, target))
    return FALSE;
  if (target->selection == NN_SELECTION_BLOCK && is_all (&target->rows) &&
      is_all (&target->columns)) {
    target->selection = NN_SELECTION_ALL;
    target->rows = target->columns = (NnRange){ 0 };
  }
  *at = self.at;
  return TRUE;
}

/* ---- text -------------------------------------------------------------------------- */

static void
append_range (GString *text, const NnRange *range)
{
  if (range->first != 0 || range->single)
    g_string_append_printf (text, "%" G_GSSIZE_FORMAT, range->first);
  if (range->single)
    return;
  g_string_append_c (text, ':');
  if (range->end != G_MAXSSIZE)
    g_string_append_printf (text, "%" G_GSSIZE_FORMAT, range->end);
  if (range->step != 1)
    g_string_append_printf (text, ":%" G_GSSIZE_FORMAT, range->step);
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
 * nn_slice_append_text:
 *
 * Appends "[0:3,1]", or nothing for a whole parameter.
 */
void
nn_slice_append_text (const NnTarget *target, GString *text)
{
  if (target->selection == NN_SELECTION_ALL)
    return;
  g_string_append_c (text, '[');
  if (target->selection == NN_SELECTION_EDGES) {
    append_edges (text, target);
  } else {
    append_range (text, &target->rows);
    if (has_columns (target) && !is_all (&target->columns)) {
      g_string_append_c (text, ',');
      append_range (text, &target->columns);
    }
  }
  g_string_append_c (text, ']');
}
