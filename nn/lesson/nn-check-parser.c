/* nn-check-parser.c - parses an expression of a lesson
 *
 * SPDX-License-Identifier: MIT
 *
 * Recursive descent, with a function for each level of precedence, highest first.
 */

#include "nn/lesson/nn-check-node.h"

#include <glib/gi18n.h>
#include <string.h>

#include "nn/base/nn-error.h"

#define DEEPEST 32   /* nested parentheses */
#define LONGEST 1000 /* bytes of an expression, which bounds nested unary signs too */

typedef struct {
  const char *text;
  const char *at;
  const char *const *kept; /* names of kept numbers */
  GPtrArray *nodes;        /* gets all nodes */
  guint depth;
} Parser;

static const struct {
  const char *name;
  NnCheckOp op;
} names[] = {
  { "step", NN_CHECK_STEP },
  { "loss", NN_CHECK_LOSS },
  { "loss_before", NN_CHECK_LOSS_BEFORE },
  { "loss_after", NN_CHECK_LOSS_AFTER },
  { "change", NN_CHECK_CHANGE },
  { "nudges", NN_CHECK_NUDGES },
  { "failed", NN_CHECK_FAILED },
}, functions[] = {
  { "loss", NN_CHECK_LOSS_OF },
  { "abs", NN_CHECK_ABS },
  { "min", NN_CHECK_MIN },
  { "max", NN_CHECK_MAX },
};

static const NnCheckNode *read_or (Parser *self, GError **error);

gboolean
nn_check_node_find_name (const char *name, NnCheckOp *op)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i].name, name) == 0) {
      *op = names[i].op;
      return TRUE;
    }
  return FALSE;
}

static gboolean
find_function (const char *name, NnCheckOp *op)
{
  for (gsize i = 0; i < G_N_ELEMENTS (functions); i++)
    if (strcmp (functions[i].name, name) == 0) {
      *op = functions[i].op;
      return TRUE;
    }
  return FALSE;
}

/* Returns: NULL */
static gpointer
refuse (const Parser *self, const char *at, GError **error, const char *what)
{
  g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX, _ ("column %ld: %s"),
               g_utf8_pointer_to_offset (self->text, at) + 1, what);
  return NULL;
}

static NnCheckNode *
add (Parser *self, NnCheckOp op, const NnCheckNode *left, const NnCheckNode *right)
{
  NnCheckNode *node = g_new0 (NnCheckNode, 1);

  node->op = op;
  node->left = left;
  node->right = right;
  g_ptr_array_add (self->nodes, node);
  return node;
}

static void
skip_spaces (Parser *self)
{
  while (g_ascii_isspace (*self->at))
    self->at++;
}

static gsize
get_word_length (const Parser *self)
{
  gsize n = 0;

  while (g_ascii_isalnum (self->at[n]) || self->at[n] == '_')
    n++;
  return n;
}

static gboolean
take (Parser *self, const char *token)
{
  const gsize n = strlen (token);

  skip_spaces (self);
  if (strncmp (self->at, token, n) != 0)
    return FALSE;
  if (g_ascii_isalpha (*token) && get_word_length (self) != n)
    return FALSE;
  self->at += n;
  return TRUE;
}

static gboolean
require (Parser *self, const char *token, GError **error)
{
  g_autofree char *what = NULL;

  if (take (self, token))
    return TRUE;
  what = g_strdup_printf (_ ("expected '%s'"), token);
  refuse (self, self->at, error, what);
  return FALSE;
}

/* "[fc1.weight: max(abs(g))]", after the bracket. */
static const NnCheckNode *
read_parameter (Parser *self, GError **error)
{
  const char *end = strchr (self->at, ']');
  g_autofree char *text = NULL;
  g_autoptr (NnExpression) expression = NULL;
  NnCheckNode *node;
  char *colon;

  if (end == NULL)
    return refuse (self, self->at, error, _ ("expected ']' after the function"));
  text = g_strndup (self->at, (gsize) (end - self->at));
  colon = strchr (text, ':');
  if (colon == NULL)
    return refuse (self, self->at, error, _ ("expected [PARAMETER: FUNCTION]"));
  *colon = '\0';
  expression = nn_expression_new (colon + 1, error);
  if (expression == NULL)
    return NULL;
  if (nn_expression_get_needs (expression) &
      ~(NnNeeds) (NN_NEED_STEP | NN_NEED_INITIAL | NN_NEED_GRAD | NN_NEED_INDICES |
                  NN_NEED_SLOW))
    return refuse (self, self->at, error,
                   _ ("an expression reads only w, w0, g, m, n, i and j of a parameter"));
  node = add (self, NN_CHECK_PARAMETER, NULL, NULL);
  node->name = g_strdup (g_strstrip (text));
  node->expression = g_steal_pointer (&expression);
  self->at = end + 1;
  return node;
}

/* After the name and the parenthesis. */
static const NnCheckNode *
read_call (Parser *self, NnCheckOp op, GError **error)
{
  const NnCheckNode *left = read_or (self, error);
  const NnCheckNode *right = NULL;

  if (left == NULL)
    return NULL;
  if (op == NN_CHECK_MIN || op == NN_CHECK_MAX) {
    if (!require (self, ",", error))
      return NULL;
    right = read_or (self, error);
    if (right == NULL)
      return NULL;
  }
  return require (self, ")", error) ? add (self, op, left, right) : NULL;
}

static const NnCheckNode *
read_name (Parser *self, GError **error)
{
  const char *start = self->at;
  g_autofree char *name = g_strndup (start, get_word_length (self));
  NnCheckNode *node;
  NnCheckOp op;

  self->at += strlen (name);
  skip_spaces (self);
  if (*self->at == '(' && find_function (name, &op)) {
    self->at++;
    return read_call (self, op, error);
  }
  if (nn_check_node_find_name (name, &op))
    return add (self, op, NULL, NULL);
  if (!g_strv_contains (self->kept, name)) {
    g_autofree char *what = g_strdup_printf (
        _ ("'%s' is neither a number of the run nor one that is kept"), name);

    return refuse (self, start, error, what);
  }
  node = add (self, NN_CHECK_KEPT, NULL, NULL);
  node->name = g_steal_pointer (&name);
  return node;
}

static const NnCheckNode *
read_number (Parser *self, GError **error)
{
  char *end;
  const double number = g_ascii_strtod (self->at, &end);
  NnCheckNode *node;

  if (end == self->at)
    return refuse (self, self->at, error, _ ("expected a number, a name, '[' or '('"));
  node = add (self, NN_CHECK_NUMBER, NULL, NULL);
  node->number = number;
  self->at = end;
  return node;
}

static const NnCheckNode *
read_single (Parser *self, GError **error)
{
  const NnCheckNode *inner;

  if (take (self, "[")) {
    return read_parameter (self, error);
  } else if (take (self, "(")) {
    inner = read_or (self, error);
    return inner != NULL && require (self, ")", error) ? inner : NULL;
  } else if (take (self, "-")) {
    inner = read_single (self, error);
    return inner == NULL ? NULL
                         : add (self, NN_CHECK_SUBTRACT,
                                add (self, NN_CHECK_NUMBER, NULL, NULL), inner);
  }
  skip_spaces (self);
  return g_ascii_isalpha (*self->at) || *self->at == '_' ? read_name (self, error)
                                                         : read_number (self, error);
}

static const NnCheckNode *
read_product (Parser *self, GError **error)
{
  const NnCheckNode *left = read_single (self, error);

  while (left != NULL) {
    const NnCheckOp op = take (self, "*")   ? NN_CHECK_MULTIPLY
                         : take (self, "/") ? NN_CHECK_DIVIDE
                                            : NN_CHECK_NUMBER;
    const NnCheckNode *right;

    if (op == NN_CHECK_NUMBER)
      break;
    right = read_single (self, error);
    left = right != NULL ? add (self, op, left, right) : NULL;
  }
  return left;
}

static const NnCheckNode *
read_sum (Parser *self, GError **error)
{
  const NnCheckNode *left = read_product (self, error);

  while (left != NULL) {
    const NnCheckOp op = take (self, "+")   ? NN_CHECK_ADD
                         : take (self, "-") ? NN_CHECK_SUBTRACT
                                            : NN_CHECK_NUMBER;
    const NnCheckNode *right;

    if (op == NN_CHECK_NUMBER)
      break;
    right = read_product (self, error);
    left = right != NULL ? add (self, op, left, right) : NULL;
  }
  return left;
}

/* Longer tokens first. x > y is read as y < x. */
static const struct {
  const char *token;
  NnCheckOp op;
  gboolean reversed;
} comparisons[] = {
  { "<=", NN_CHECK_AT_MOST, FALSE }, { ">=", NN_CHECK_AT_MOST, TRUE },
  { "==", NN_CHECK_EQUAL, FALSE },   { "!=", NN_CHECK_UNEQUAL, FALSE },
  { "<", NN_CHECK_LESS, FALSE },     { ">", NN_CHECK_LESS, TRUE },
};

/* 0 < x < 1 is 0 < x and x < 1. */
static const NnCheckNode *
read_comparison (Parser *self, GError **error)
{
  const NnCheckNode *left = read_sum (self, error);
  const NnCheckNode *all = NULL;
  gsize i = 0;

  while (left != NULL) {
    const NnCheckNode *right, *one;

    for (i = 0; i < G_N_ELEMENTS (comparisons); i++)
      if (take (self, comparisons[i].token))
        break;
    if (i == G_N_ELEMENTS (comparisons))
      return all != NULL ? all : left;
    right = read_sum (self, error);
    if (right == NULL)
      return NULL;
    one = comparisons[i].reversed ? add (self, comparisons[i].op, right, left)
                                  : add (self, comparisons[i].op, left, right);
    all = all != NULL ? add (self, NN_CHECK_AND, all, one) : one;
    left = right;
  }
  return NULL;
}

static const NnCheckNode *
read_not (Parser *self, GError **error)
{
  const NnCheckNode *inner;

  if (!take (self, "not"))
    return read_comparison (self, error);
  inner = read_comparison (self, error);
  return inner != NULL ? add (self, NN_CHECK_NOT, inner, NULL) : NULL;
}

static const NnCheckNode *
read_and (Parser *self, GError **error)
{
  const NnCheckNode *left = read_not (self, error);

  while (left != NULL && take (self, "and")) {
    const NnCheckNode *right = read_not (self, error);

    left = right != NULL ? add (self, NN_CHECK_AND, left, right) : NULL;
  }
  return left;
}

static const NnCheckNode *
read_or (Parser *self, GError **error)
{
  const NnCheckNode *left;

  if (++self->depth > DEEPEST)
    return refuse (self, self->at, error,
                   _ ("more than 32 parentheses are open at once"));
  left = read_and (self, error);
  while (left != NULL && take (self, "or")) {
    const NnCheckNode *right = read_and (self, error);

    left = right != NULL ? add (self, NN_CHECK_OR, left, right) : NULL;
  }
  self->depth--;
  return left;
}

/**
 * nn_check_parse:
 * @kept: NULL-terminated
 * @nodes: (element-type NnCheckNode): gets all nodes of the tree
 *
 * Returns: (transfer none) (nullable): its root
 */
const NnCheckNode *
nn_check_parse (const char *text,
                const char *const *kept,
                GPtrArray *nodes,
                GError **error)
{
  Parser self = { text, text, kept, nodes, 0 };
  const NnCheckNode *root;

  if (strlen (text) > LONGEST)
    return refuse (&self, text, error, _ ("it is longer than 1000 bytes"));
  root = read_or (&self, error);
  if (root == NULL)
    return NULL;
  skip_spaces (&self);
  if (*self.at != '\0')
    return refuse (&self, self.at, error, _ ("expected an operator or the end"));
  return root;
}
