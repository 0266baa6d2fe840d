/* nn-term.c - the syntax tree of an expression, and its canonical text
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/expression/nn-term.h"

#include <string.h>

/* Precedence levels, the loosest first: Python's, except for the choice. */
typedef enum {
  LEVEL_CHOICE,
  LEVEL_OR,
  LEVEL_AND,
  LEVEL_NOT,
  LEVEL_COMPARISON,
  LEVEL_SUM,
  LEVEL_PRODUCT,
  LEVEL_SIGN,
  LEVEL_POWER,
  LEVEL_PRIMARY,
} Level;

static const struct {
  NnOp op;
  const char *sign;
  Level level;
  Level left;
  Level right;
} operators[] = {
  { NN_OP_ADD, " + ", LEVEL_SUM, LEVEL_SUM, LEVEL_PRODUCT },
  { NN_OP_SUBTRACT, " - ", LEVEL_SUM, LEVEL_SUM, LEVEL_PRODUCT },
  { NN_OP_MULTIPLY, "*", LEVEL_PRODUCT, LEVEL_PRODUCT, LEVEL_SIGN },
  { NN_OP_DIVIDE, "/", LEVEL_PRODUCT, LEVEL_PRODUCT, LEVEL_SIGN },
  { NN_OP_POWER, "^", LEVEL_POWER, LEVEL_PRIMARY, LEVEL_SIGN },
};

static const struct {
  NnOp op;
  const char *sign;
} relations[] = {
  { NN_OP_LESS, " < " },    { NN_OP_LESS_EQUAL, " <= " },
  { NN_OP_GREATER, " > " }, { NN_OP_GREATER_EQUAL, " >= " },
  { NN_OP_EQUAL, " == " },  { NN_OP_NOT_EQUAL, " != " },
};

static void
term_free (gpointer data)
{
  NnTerm *term = data;

  g_free (term->digits);
  g_free (term->arguments);
  g_free (term->relations);
  g_free (term);
}

void
nn_tree_init (NnTree *self)
{
  self->terms = g_ptr_array_new_with_free_func (term_free);
}

void
nn_tree_clear (NnTree *self)
{
  g_clear_pointer (&self->terms, g_ptr_array_unref);
}

static gboolean
is_array (NnOp op)
{
  return op <= NN_OP_GLOBAL_RANK || nn_op_is_drawn (op);
}

/**
 * nn_tree_add:
 * @from: (array length=n): the arguments, terms of the same tree; the array is copied
 *
 * Returns: (transfer none): until the tree is cleared
 */
NnTerm *
nn_tree_add (NnTree *self,
             NnTermKind kind,
             NnOp op,
             const char *at,
             guint n,
             NnTerm *const *from)
{
  NnTerm *term = g_new0 (NnTerm, 1);

  term->kind = kind;
  term->op = op;
  term->at = at;
  term->arguments = g_memdup2 (from, n * sizeof *from);
  term->n_arguments = n;
  term->dim = NN_DIM_NONE;
  term->boolean = kind >= NN_TERM_COMPARISON && kind <= NN_TERM_NOT;
  term->has_array = kind == NN_TERM_VALUE && is_array (op);
  term->draws = kind == NN_TERM_VALUE && nn_op_is_drawn (op);
  for (guint i = 0; i < n; i++) {
    term->has_array |= from[i]->has_array && kind != NN_TERM_STATISTIC;
    term->draws |= from[i]->draws;
  }
  g_ptr_array_add (self->terms, term);
  return term;
}

/* ".50" is "0.50", "1." is "1", "007" is "7". */
static char *
dup_tidy_digits (const char *digits)
{
  GString *tidy = g_string_new (digits + strspn (digits, "0"));

  if (!g_ascii_isdigit (*tidy->str))
    g_string_prepend_c (tidy, '0');
  for (gsize i = 0; i < tidy->len; i++)
    if (tidy->str[i] == 'E')
      tidy->str[i] = 'e';
    else if (tidy->str[i] == '.' && !g_ascii_isdigit (tidy->str[i + 1]))
      g_string_erase (tidy, (gssize) i--, 1);
  return g_string_free (tidy, FALSE);
}

/**
 * nn_tree_add_number:
 * @digits: of a number that is finite as float32
 *
 * Rounds as Python and PyTorch do: to double first, then to float32.
 *
 * Returns: (transfer none): until the tree is cleared
 */
NnTerm *
nn_tree_add_number (NnTree *self, const char *at, const char *digits)
{
  NnTerm *term = nn_tree_add (self, NN_TERM_NUMBER, NN_OP_NUMBER, at, 0, NULL);

  term->exact = g_ascii_strtod (digits, NULL);
  term->number = (float) term->exact;
  term->digits = dup_tidy_digits (digits);
  return term;
}

/* ---- text -------------------------------------------------------------------------- */

static void append (GString *text, const NnTerm *term, Level level);

static Level
get_level (const NnTerm *term)
{
  switch (term->kind) {
  case NN_TERM_COMPARISON:
    return LEVEL_COMPARISON;
  case NN_TERM_AND:
    return LEVEL_AND;
  case NN_TERM_OR:
    return LEVEL_OR;
  case NN_TERM_NOT:
    return LEVEL_NOT;
  case NN_TERM_OPERATION:
    break;
  case NN_TERM_NUMBER:
  case NN_TERM_VALUE:
  case NN_TERM_CALL:
  case NN_TERM_STATISTIC:
    return LEVEL_PRIMARY;
  }
  for (gsize i = 0; i < G_N_ELEMENTS (operators); i++)
    if (operators[i].op == term->op)
      return operators[i].level;
  return term->op == NN_OP_NEGATE ? LEVEL_SIGN : LEVEL_CHOICE;
}

static void
append_operation (GString *text, const NnTerm *term)
{
  if (term->op == NN_OP_NEGATE) {
    g_string_append_c (text, '-');
    append (text, term->arguments[0], LEVEL_SIGN);
    return;
  }
  for (gsize i = 0; i < G_N_ELEMENTS (operators); i++)
    if (operators[i].op == term->op) {
      append (text, term->arguments[0], operators[i].left);
      g_string_append (text, operators[i].sign);
      append (text, term->arguments[1], operators[i].right);
      return;
    }
  append (text, term->arguments[0], LEVEL_OR);
  g_string_append (text, " ? ");
  append (text, term->arguments[1], LEVEL_CHOICE);
  g_string_append (text, " : ");
  append (text, term->arguments[2], LEVEL_CHOICE);
}

static void
append_comparison (GString *text, const NnTerm *term)
{
  append (text, term->arguments[0], LEVEL_SUM);
  for (guint i = 1; i < term->n_arguments; i++) {
    for (gsize k = 0; k < G_N_ELEMENTS (relations); k++)
      if (relations[k].op == term->relations[i - 1])
        g_string_append (text, relations[k].sign);
    append (text, term->arguments[i], LEVEL_SUM);
  }
}

/* Writes clamp without the bound that is missing. */
static void
append_call (GString *text, const NnTerm *term)
{
  const gboolean one_bound = term->op == NN_OP_AT_LEAST || term->op == NN_OP_AT_MOST;

  g_string_append_printf (text, "%s(", term->name);
  for (guint i = 0; i < term->n_arguments; i++) {
    if (i > 0)
      g_string_append (text, ", ");
    if (i > 0 && one_bound)
      g_string_append (text, term->op == NN_OP_AT_LEAST ? "min=" : "max=");
    append (text, term->arguments[i], LEVEL_CHOICE);
  }
  g_string_append_c (text, ')');
}

/* Whether the statistic may be written without parentheses: mean for mean(w). */
static gboolean
is_bare (const NnTerm *term)
{
  const NnTerm *of = term->arguments[0];

  return term->op >= NN_OP_MEAN && term->op <= NN_OP_MOST && of->kind == NN_TERM_VALUE &&
         of->op == NN_OP_WEIGHT && term->dim == NN_DIM_NONE && !term->biased;
}

static void
append_statistic (GString *text, const NnTerm *term)
{
  g_string_append (text, term->name);
  if (is_bare (term))
    return;
  g_string_append_c (text, '(');
  for (guint i = 0; i < term->n_arguments; i++) {
    g_string_append (text, i > 0 ? ", " : "");
    append (text, term->arguments[i], LEVEL_CHOICE);
  }
  if (term->biased)
    g_string_append (text, ", correction=0");
  if (term->dim != NN_DIM_NONE)
    g_string_append_printf (text, ", dim=%d", term->dim);
  g_string_append_c (text, ')');
}

static void
append_plain (GString *text, const NnTerm *term)
{
  switch (term->kind) {
  case NN_TERM_NUMBER:
    g_string_append (text, term->digits);
    break;
  case NN_TERM_VALUE:
    g_string_append (text, term->name);
    break;
  case NN_TERM_OPERATION:
    append_operation (text, term);
    break;
  case NN_TERM_CALL:
    append_call (text, term);
    break;
  case NN_TERM_COMPARISON:
    append_comparison (text, term);
    break;
  case NN_TERM_AND:
    append (text, term->arguments[0], LEVEL_AND);
    g_string_append (text, " and ");
    append (text, term->arguments[1], LEVEL_NOT);
    break;
  case NN_TERM_OR:
    append (text, term->arguments[0], LEVEL_OR);
    g_string_append (text, " or ");
    append (text, term->arguments[1], LEVEL_AND);
    break;
  case NN_TERM_NOT:
    g_string_append (text, "not ");
    append (text, term->arguments[0], LEVEL_NOT);
    break;
  case NN_TERM_STATISTIC:
    append_statistic (text, term);
    break;
  }
}

/* @level: looser terms get parentheses */
static void
append (GString *text, const NnTerm *term, Level level)
{
  const gboolean loose = get_level (term) < level;

  if (loose)
    g_string_append_c (text, '(');
  append_plain (text, term);
  if (loose)
    g_string_append_c (text, ')');
}

/**
 * nn_statements_dup_text:
 *
 * The canonical text: only necessary parentheses, spaces around operators that are
 * looser than a product, literals with the digits as written.
 *
 * Returns: (transfer full): "w + 1" for a single statement, "w = 0.5*w; w = w + 1"
 *   for several
 */
char *
nn_statements_dup_text (const NnStatement *statements, guint n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++) {
    if (i > 0)
      g_string_append (text, "; ");
    if (n > 1 || statements[i].variable != 'w')
      g_string_append_printf (text, "%c = ", statements[i].variable);
    append (text, statements[i].value, LEVEL_CHOICE);
  }
  return g_string_free (text, FALSE);
}
