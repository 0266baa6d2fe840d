/* nn-completion.c - completions for a nudge's text, with a description of each
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/expression/nn-completion.h"

#include <glib/gi18n.h>
#include <string.h>

#include "nn/expression/nn-catalogue.h"
#include "nn/expression/nn-cursor.h"
#include "nn/expression/nn-token.h"
#include "nn/expression/nn-words.h"

typedef struct {
  const char *text;
  const char *sentence;
} Row;

static const Row patterns[] = {
  { "*", N_ ("all layers: weights and biases") },
  { "*.weight", N_ ("the weights of all layers") },
  { "*.bias", N_ ("the biases of all layers") },
};
static const Row behind_target[] = {
  { ":", N_ ("the new value follows") },
  { "*=", N_ ("w times what follows") },
  { "+=", N_ ("w and what follows") },
  { "-=", N_ ("w less what follows") },
  { ",", N_ ("another target") },
  { "[", N_ ("a part: rows, and columns, as Python indexes; or a condition") },
};
static const Row operators[] = {
  { "+", N_ ("the sum") },
  { "-", N_ ("the difference") },
  { "*", N_ ("the product") },
  { "/", N_ ("the quotient") },
  { "^", N_ ("the power; ** too") },
  { "<", N_ ("1 or 0: less") },
  { "<=", N_ ("1 or 0: less or equal") },
  { ">", N_ ("1 or 0: greater") },
  { ">=", N_ ("1 or 0: greater or equal") },
  { "==", N_ ("1 or 0: equal") },
  { "!=", N_ ("1 or 0: not equal") },
  { "and", N_ ("1 where both are not 0") },
  { "or", N_ ("1 where one is not 0") },
  { "?", N_ ("x where the condition before it holds, else y: c ? x : y") },
  { "if", N_ ("x where the condition behind it holds, else y: x if c else y") },
};
static const Row tails[] = {
  { "@", N_ ("when: each time, once, or by hand") },
  { "a=", N_ ("the amount") },
  { "memory=", N_ ("what becomes of the optimizer's memory") },
  { "else=skip", N_ ("a parameter without finite values stays as it is") },
};
static const Row times[] = {
  { "every step", N_ ("after each step: also without saying so") },
  { "every 10 steps", N_ ("after each tenth step") },
  { "every step from 10 to 20", N_ ("after each of these steps") },
  { "every epoch", N_ ("after an epoch's last step") },
  { "every 2 epochs", N_ ("after the last step of each second epoch") },
  { "every example", N_ ("after each example's backward pass") },
  { "every step before backward", N_ ("between forward and backward") },
  { "step 10", N_ ("once, after that step") },
  { "step 10, 20", N_ ("after each of these steps") },
  { "epoch 3", N_ ("once, after the last step of the third epoch") },
  { "at the start", N_ ("once, before the first step") },
  { "by hand", N_ ("only when it is applied by the user") },
};
static const Row amounts[] = {
  { "0.5", N_ ("a number") },
  { "1/2", N_ ("a fraction") },
  { "50%", N_ ("a percentage") },
};
static const Row memories[] = {
  { "keep", N_ ("momentum will drag an edited weight: also without saying so") },
  { "zero", N_ ("of the target: as if it had never been trained") },
  { "zero-all", N_ ("of the whole network") },
};
static const Row others[] = { { "skip", N_ ("the parameter stays as it is") } };

/* ---- the list ---------------------------------------------------------------------- */

static void
completion_clear (gpointer data)
{
  NnCompletion *completion = data;

  g_free (completion->text);
  g_free (completion->sentence);
}

/* @begun: the prefix that was typed, in upper or lower case */
static void
add (NnCompletionList *self, const char *begun, const char *text, const char *sentence)
{
  const NnCompletion completion = { g_strdup (text), g_strdup (_ (sentence)) };

  if (g_ascii_strncasecmp (text, begun, strlen (begun)) == 0)
    g_array_append_val (self->completions, completion);
  else
    completion_clear ((gpointer) (guintptr) &completion);
}

static void
add_rows (NnCompletionList *self, const char *begun, const Row *rows, gsize n)
{
  for (gsize i = 0; i < n; i++)
    add (self, begun, rows[i].text, rows[i].sentence);
}

static void
add_layers (NnCompletionList *self, const char *begun, const NnArchitecture *architecture)
{
  for (gsize i = 0; i < architecture->n_layers; i++) {
    const char *name = architecture->layers[i].name;
    g_autofree char *weight = g_strconcat (name, ".weight", NULL);
    g_autofree char *bias = g_strconcat (name, ".bias", NULL);

    add (self, begun, name, N_ ("the layer: its weight and, if it has one, its bias"));
    add (self, begun, weight, N_ ("its weight alone"));
    if (architecture->layers[i].has_bias)
      add (self, begun, bias, N_ ("its bias alone"));
  }
}

static void
add_words (NnCompletionList *self, const char *begun)
{
  gsize n;
  const NnWord *words = nn_words_get (&n);

  for (gsize i = 0; i < n; i++)
    add (self, begun, words[i].name, words[i].sentence);
}

static void
add_calls (NnCompletionList *self, const char *begun, gboolean methods)
{
  gsize n;
  const NnCall *calls = nn_calls_get (&n);

  for (gsize i = 0; i < n; i++) {
    g_autofree char *text = g_strconcat (calls[i].name, "(", NULL);

    if (!g_str_has_suffix (calls[i].name, "_") &&
        (!methods || nn_call_is_method (&calls[i])))
      add (self, begun, text, calls[i].sentence);
  }
}

static void
add_functions (NnCompletionList *self, const char *begun, const NnFunctions *own)
{
  gsize n;
  const NnFunction *functions = nn_catalogue_get (&n);

  for (gsize i = 0; i < n; i++)
    add (self, begun, functions[i].name, functions[i].sentence);
  for (gsize i = 0; own != NULL && i < nn_functions_get_length (own); i++) {
    const NnFunction *function = nn_functions_get (own, i);

    add (self, begun, function->name, function->expression);
  }
}

#define ADD_ROWS(list, begun, rows) add_rows (list, begun, rows, G_N_ELEMENTS (rows))

static void
fill (NnCompletionList *self,
      NnStage stage,
      const char *begun,
      const NnArchitecture *architecture,
      const NnFunctions *own)
{
  if (stage == NN_STAGE_TARGET && architecture != NULL)
    add_layers (self, begun, architecture);
  if (stage == NN_STAGE_TARGET)
    ADD_ROWS (self, begun, patterns);
  if (stage == NN_STAGE_BEHIND_TARGET)
    ADD_ROWS (self, begun, behind_target);
  if (stage == NN_STAGE_FUNCTION)
    add_functions (self, begun, own);
  if (stage == NN_STAGE_FUNCTION || stage == NN_STAGE_OPERAND)
    add_words (self, begun);
  if (stage == NN_STAGE_FUNCTION || stage == NN_STAGE_OPERAND || stage == NN_STAGE_METHOD)
    add_calls (self, begun, stage == NN_STAGE_METHOD);
  if (stage == NN_STAGE_OPERATOR)
    ADD_ROWS (self, begun, operators);
  if (stage == NN_STAGE_OPERATOR || stage == NN_STAGE_BEHIND_FUNCTION)
    ADD_ROWS (self, begun, tails);
  if (stage == NN_STAGE_WHEN)
    ADD_ROWS (self, begun, times);
  if (stage == NN_STAGE_AMOUNT)
    ADD_ROWS (self, begun, amounts);
  if (stage == NN_STAGE_MEMORY)
    ADD_ROWS (self, begun, memories);
  if (stage == NN_STAGE_ELSE)
    ADD_ROWS (self, begun, others);
}

/* Returns: the start of the word at the end of @head; in a target, words include dots
 *   and patterns */
static const char *
find_begun (const char *head, gboolean target)
{
  const char *at = head + strlen (head);

  while (at > head &&
         (g_ascii_isalnum (at[-1]) || at[-1] == '_' || at[-1] == '-' ||
          (target && strchr (".*", at[-1]) != NULL)) &&
         (target || at[-1] != '-'))
    at--;
  return at;
}

/* Sets where completion starts: in a time, at its first word, as all words are
 * completed together. */
static void
find_start (NnCompletionList *self, const char *head, NnStage *stage)
{
  const NnCursor all = nn_cursor_find (head);
  g_autofree char *before = NULL;

  if (all.stage == NN_STAGE_WHEN) {
    self->start = (gsize) (nn_token_skip_space (all.when_at) - head);
    *stage = NN_STAGE_WHEN;
    return;
  }
  self->start = (gsize) (find_begun (head, FALSE) - head);
  before = g_strndup (head, self->start);
  *stage = nn_cursor_find (before).stage;
  if (*stage > NN_STAGE_BEHIND_TARGET)
    return;
  self->start = (gsize) (find_begun (head, TRUE) - head);
  g_free (before);
  before = g_strndup (head, self->start);
  *stage = nn_cursor_find (before).stage;
}

/**
 * nn_completion_list_new:
 * @text: valid UTF-8
 * @cursor: a byte offset; text after it is ignored
 * @architecture: (nullable): for the names of layers
 * @own: (nullable): the user's own functions
 *
 * Returns: (transfer full): empty where nothing can be listed, such as inside a number
 */
NnCompletionList *
nn_completion_list_new (const char *text,
                        gsize cursor,
                        const NnArchitecture *architecture,
                        const NnFunctions *own)
{
  g_autofree char *head = g_strndup (text, cursor);
  NnCompletionList *self = g_new0 (NnCompletionList, 1);
  NnStage stage;

  self->completions = g_array_new (FALSE, FALSE, sizeof (NnCompletion));
  g_array_set_clear_func (self->completions, completion_clear);
  find_start (self, head, &stage);
  fill (self, stage, head + self->start, architecture, own);
  return self;
}

/**
 * nn_completion_list_new_of_expression:
 * @text: valid UTF-8: an update function alone, without a target
 * @cursor: a byte offset
 *
 * Returns: (transfer full): without names from the catalogue and what follows a function
 *   in a nudge
 */
NnCompletionList *
nn_completion_list_new_of_expression (const char *text, gsize cursor)
{
  g_autofree char *written = g_strndup (text, cursor);
  g_autofree char *head = g_strconcat (":", written, NULL);
  NnCompletionList *self = g_new0 (NnCompletionList, 1);
  const char *begun;
  NnStage stage;

  self->completions = g_array_new (FALSE, FALSE, sizeof (NnCompletion));
  g_array_set_clear_func (self->completions, completion_clear);
  find_start (self, head, &stage);
  begun = head + self->start;
  self->start--;
  if (stage == NN_STAGE_FUNCTION || stage == NN_STAGE_OPERAND)
    fill (self, NN_STAGE_OPERAND, begun, NULL, NULL);
  else if (stage == NN_STAGE_METHOD)
    fill (self, NN_STAGE_METHOD, begun, NULL, NULL);
  else if (stage == NN_STAGE_OPERATOR || stage == NN_STAGE_BEHIND_FUNCTION)
    ADD_ROWS (self, begun, operators);
  return self;
}

void
nn_completion_list_free (NnCompletionList *self)
{
  g_array_unref (self->completions);
  g_free (self);
}
