/* nn-suggestion.c - errors of the parser of expressions that suggest what may be meant
 *
 * SPDX-License-Identifier: MIT
 */

#include <glib/gi18n.h>
#include <string.h>

#include "nn/base/nn-text.h"
#include "nn/expression/nn-catalogue.h"
#include "nn/expression/nn-hints.h"
#include "nn/expression/nn-parser.h"

/* Returns: the position after the bracket that closes the one at @at */
static const char *
skip_brackets (const char *at)
{
  guint depth = 0;

  for (; *at != '\0'; at++) {
    depth += *at == '(' || *at == '[';
    depth -= *at == ')' || *at == ']';
    if (depth == 0)
      return at + 1;
  }
  return at;
}

/* Returns: the end of the statement that @at is in */
static const char *
skip_statement (const char *at)
{
  const char *end = at + strcspn (at, "@;");

  while (end > at && g_ascii_isspace (end[-1]))
    end--;
  return end;
}

/* ---- names ------------------------------------------------------------------------- */

/* "if w > 0: 1" */
static void
suggest_value_first (NnParser *self, const NnToken *token)
{
  const char *condition = nn_token_skip_space (token->end);
  const char *colon = strchr (condition, ':');
  const char *end = skip_statement (condition);
  const char *value = colon != NULL ? nn_token_skip_space (colon + 1) : NULL;

  if (value != NULL && value < end)
    nn_fault_fix (self->fault, token->start, end, "%.*s if %.*s else w",
                  (int) (end - value), value, (int) (colon - condition), condition);
}

/* "set to 0" */
static void
suggest_value (NnParser *self, const NnToken *token)
{
  NnTokens tokens;

  nn_tokens_init (&tokens, self->fault->text, token->end);
  if (nn_token_is_word (&tokens.token, "to"))
    nn_fault_fix (self->fault, token->start, nn_token_skip_space (tokens.token.end), "%s",
                  "");
}

/* Suggests the hint's fix in place of the name, with "torch.nn.init." or "w." before it;
 * then in place of the arguments, too; then of the whole statement. */
static void
suggest_hint (NnParser *self, const NnToken *token, const NnHint *hint)
{
  const gboolean called = *token->end == '(';
  const char *start = token->start;

  while (start > self->fault->text &&
         (g_ascii_isalnum (start[-1]) || start[-1] == '_' || start[-1] == '.'))
    start--;
  if (nn_token_is_word (token, "if") && start == self->statement)
    suggest_value_first (self, token);
  if (nn_token_is_word (token, "set") && start == self->statement)
    suggest_value (self, token);
  if (nn_token_is_word (token, "lambda") && strchr (token->end, ':') != NULL)
    nn_fault_fix (self->fault, start, nn_token_skip_space (strchr (token->end, ':') + 1),
                  "%s", "");
  if (hint->fix == NULL || (start != self->statement && !hint->anywhere))
    return;
  nn_fault_fix (self->fault, start,
                called && nn_catalogue_find (hint->fix, NULL) == NULL
                    ? skip_brackets (token->end)
                    : token->end,
                "%s", hint->fix);
  if (called)
    nn_fault_fix_up_to (self->fault, start, skip_brackets (token->end));
  if (start == self->statement && !hint->anywhere)
    nn_fault_fix_up_to (self->fault, start, skip_statement (token->end));
}

static NnTerm *
fail_with_hint (NnParser *self, const NnToken *token, const NnHint *hint)
{
  g_autofree char *found = nn_text_dup_found (token->start);
  const gboolean as_in = hint->fix != NULL && strstr (hint->hint, hint->fix) == NULL;

  suggest_hint (self, token, hint);
  nn_fault_set (self->fault, NN_ERROR_UNKNOWN, token->start,
                _ ("%s has no place here: %s%s%s"), found, _ (hint->hint),
                as_in ? _ (", as in ") : "", as_in ? hint->fix : "");
  return NULL;
}

static const NnHint *
find_hint (const NnParser *self, const char *name)
{
  g_autofree char *called = g_strconcat (name, "(", NULL);
  const NnHint *hint = NULL;

  if (nn_token_is (nn_parser_get_token (self), '('))
    hint = nn_hints_find (called);
  return hint != NULL ? hint : nn_hints_find (name);
}

static gboolean
is_of_time (const NnToken *token)
{
  static const char *const words[] = { "every", "each",  "per",    "from",
                                       "since", "until", "till",   "at",
                                       "after", "on",    "once",   "step",
                                       "steps", "epoch", "before", "first" };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (nn_token_is_word (token, words[i]))
      return TRUE;
  return FALSE;
}

/* "1_000": digits in groups. */
static gboolean
is_grouped (const char *name)
{
  return name[0] == '_' && name[1] != '\0' &&
         strspn (name + 1, "0123456789") == strlen (name + 1);
}

/* "grow by 0.1 every 5 steps" and "flip signs", but no number is left out. */
static void
suggest_alone (NnParser *self, const NnToken *token)
{
  const char *end = skip_statement (token->end);
  NnTokens tokens;

  nn_tokens_init (&tokens, self->fault->text, token->end);
  while (tokens.token.start < end && !is_of_time (&tokens.token))
    nn_tokens_next (&tokens);
  if (tokens.token.start < end)
    nn_fault_fix (self->fault, tokens.token.start, tokens.token.start, "@ ");
  else if (strcspn (token->end, "0123456789") >= (gsize) (end - token->end))
    nn_fault_fix (self->fault, token->end, end, "%s", "");
}

NnTerm *
nn_parser_fail_unknown (NnParser *self,
                        const NnToken *token,
                        const char *name,
                        gboolean call)
{
  const NnHint *hint = find_hint (self, name);
  g_autofree char *nearest = nn_words_dup_nearest (name, call);
  g_autofree char *found = nn_text_dup_found (token->start);
  const char *kind = call ? "function" : "name";

  if (hint != NULL)
    return fail_with_hint (self, token, hint);
  if (!call && nn_token_is (nn_parser_get_token (self), '.')) {
    nn_fault_set (self->fault, NN_ERROR_UNKNOWN, token->start,
                  _ ("there is no %s here: the target's own values are w, those of other "
                     "parameters are not known"),
                  found);
    return NULL;
  }
  if (is_grouped (name))
    nn_fault_fix (self->fault, token->start, token->end, "%s", name + 1);
  if (nn_catalogue_find (name, NULL) != NULL) {
    if (token->start == self->statement)
      suggest_alone (self, token);
    nn_fault_set (self->fault, NN_ERROR_UNKNOWN, token->start,
                  _ ("%s is a function that stands alone, as in fc1: %s"), found, name);
    return NULL;
  }
  if (nearest == NULL) {
    nn_fault_set (
        self->fault, NN_ERROR_UNKNOWN, token->start,
        _ ("unknown %s %s; 'nudge list functions --symbols' shows those there are"), kind,
        found);
    return NULL;
  }
  nn_fault_fix (self->fault, token->start, token->end, "%s", nearest);
  nn_fault_set (self->fault, NN_ERROR_UNKNOWN, token->start,
                _ ("unknown %s %s: did you mean %s?"), kind, found, nearest);
  return NULL;
}

/* ---- brackets ---------------------------------------------------------------------- */

/* "w[w < 0] = 0" is a choice, and w[0] = 1 has its target before the ':'. */
static void
suggest_choice (NnParser *self, const char *start)
{
  const char *bracket = nn_parser_get_token (self)->start;
  const char *behind = skip_brackets (bracket);
  const char *value = nn_token_skip_space (behind);
  const char *end = skip_statement (behind);
  const int inside = (int) (behind - bracket) - 2;

  if (start != self->statement || *value != '=' || value[1] == '=' || inside < 1)
    return;
  value = nn_token_skip_space (value + 1);
  if (strcspn (bracket, "<>=!&|") < (gsize) inside)
    nn_fault_fix (self->fault, start, end, "%.*s ? %.*s : w", inside, bracket + 1,
                  (int) (end - value), value);
  else if (self->path != NULL)
    nn_fault_fix (self->fault, self->fault->text, end, "%s[%.*s]: %.*s", self->path,
                  inside, bracket + 1, (int) (end - value), value);
}

/* For a '[' after a value.
 * @start: the start of the value */
NnTerm *
nn_parser_fail_index (NnParser *self, const char *start)
{
  suggest_choice (self, start);
  nn_fault_set (
      self->fault, NN_ERROR_SYNTAX, nn_parser_get_token (self)->start,
      _ ("a part is chosen in the target, before the ':', as in fc1.weight[0]"));
  return NULL;
}

/* ---- signs ------------------------------------------------------------------------- */

/* For a token that cannot begin a value: "|w|", "‖w‖", "√w", or an operator as if w stood
 * before it. */
NnTerm *
nn_parser_fail_value (NnParser *self)
{
  static const struct {
    const char *sign;
    const char *name;
  } bars[] = { { "||", "norm" }, { "‖", "norm" }, { "|", "abs" } };
  const NnToken token = *nn_parser_get_token (self);
  const NnToken next = nn_tokens_peek (self->tokens);

  for (gsize i = 0; i < G_N_ELEMENTS (bars); i++) {
    const char *inside = token.start + strlen (bars[i].sign);
    const char *end = g_str_has_prefix (token.start, bars[i].sign)
                          ? strstr (inside, bars[i].sign)
                          : NULL;

    if (end != NULL)
      nn_fault_fix (self->fault, token.start, end + strlen (bars[i].sign), "%s(%.*s)",
                    bars[i].name, (int) (end - inside), inside);
  }
  if (g_str_has_prefix (token.start, "√") && !nn_token_is (&next, '('))
    nn_fault_fix (self->fault, token.start, next.end, "sqrt(%.*s)",
                  (int) (next.end - next.start), next.start);
  else if (g_str_has_prefix (token.start, "√"))
    nn_fault_fix (self->fault, token.start, token.end, "sqrt");
  if (token.start == self->statement && *token.start == '=')
    nn_fault_fix (self->fault, token.start, token.end, "%s", "");
  else if (token.start == self->statement && strchr ("*/^+-", *token.start) != NULL)
    nn_fault_fix (self->fault, token.start, token.start, "w ");
  if (nn_token_is (&token, '['))
    nn_fault_set (self->fault, NN_ERROR_SYNTAX, token.start,
                  _ ("found '[', expected one value for all weights: single ones are "
                     "chosen by the target, as in fc1.weight[0,1]: 0.25"));
  return nn_parser_fail_expecting (self, _ ("a number, a name or '('"));
}

/* "10%", where no operand follows. */
static void
suggest_fraction (NnParser *self, const NnToken *sign)
{
  const char *text = self->fault->text;
  const char *start = sign->start;
  const char *before;
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  while (start > text && (g_ascii_isdigit (start[-1]) || start[-1] == '.'))
    start--;
  if (start == sign->start)
    return;
  before = start;
  while (before > text && g_ascii_isspace (before[-1]))
    before--;
  g_ascii_formatd (digits, sizeof digits, "%.7g", g_ascii_strtod (start, NULL) / 100);
  nn_fault_fix (self->fault, start, sign->end, "%s%s", digits,
                before > text && strchr ("+-", before[-1]) != NULL ? "*w" : "");
}

/* "90% w" and "90% of w" */
static void
suggest_percent (NnParser *self, const NnToken *sign, const NnToken *next)
{
  const char *end = sign->end;
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  char *behind;
  const double number = g_ascii_strtod (self->product, &behind);

  if (behind != sign->start || !next->spaced || next->kind != NN_TOKEN_NAME)
    return;
  if (nn_token_is_word (next, "of"))
    end = next->end;
  g_ascii_formatd (digits, sizeof digits, "%.7g", number / 100);
  nn_fault_fix (self->fault, self->product, nn_token_skip_space (end), "%s*", digits);
}

/* For "n % 10" and "w // 0.1", whose meaning for fractions differs between languages. */
NnTerm *
nn_parser_fail_remainder (NnParser *self, NnTerm *(*read_factor) (NnParser *self))
{
  const NnToken sign = *nn_parser_get_token (self);
  const gboolean remainder = nn_token_is (&sign, '%');
  const NnToken next = nn_tokens_peek (self->tokens);
  g_autofree char *x = g_strndup (self->product, (gsize) (sign.start - self->product));
  g_autofree char *y = NULL;
  const char *end;

  nn_fault_set (self->fault, NN_ERROR_SYNTAX, sign.start,
                _ ("found '%s', which is no operator here: write %s"),
                remainder ? "%" : "//",
                remainder ? _ ("x - y*floor(x/y) for the remainder, x/100 for percent")
                          : "floor(x/y)");
  if (remainder)
    suggest_percent (self, &sign, &next);
  if (next.kind != NN_TOKEN_NUMBER && !nn_token_is (&next, '(') &&
      (next.kind != NN_TOKEN_NAME || nn_parser_is_reserved (&next) ||
       nn_token_is_word (&next, "if"))) {
    suggest_fraction (self, &sign);
    return NULL;
  }
  nn_tokens_next (self->tokens);
  if (read_factor (self) == NULL)
    return NULL;
  end = nn_parser_get_token (self)->start;
  y = g_strstrip (g_strndup (next.start, (gsize) (end - next.start)));
  g_strchomp (x);
  while (end > next.start && g_ascii_isspace (end[-1]))
    end--;
  if (remainder)
    nn_fault_fix (self->fault, self->product, end, "(%s - %s*floor(%s/%s))", x, y, x, y);
  else
    nn_fault_fix (self->fault, self->product, end, "floor(%s/%s)", x, y);
  return NULL;
}
