/* nn-token.c - the lexer of nudges and expressions
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/expression/nn-token.h"

#include <string.h>

/* Longer ones first. */
static const struct {
  const char *text;
  guint sign;
} signs[] = {
  { "**", '^' },
  { "//", NN_SIGN_FLOOR_DIVIDE },
  { "<=", NN_SIGN_LESS_EQUAL },
  { ">=", NN_SIGN_GREATER_EQUAL },
  { "==", NN_SIGN_EQUAL },
  { "!=", NN_SIGN_NOT_EQUAL },
  { "&&", NN_SIGN_AND },
  { "||", NN_SIGN_OR },
  { "+=", NN_SIGN_ADD_TO },
  { "-=", NN_SIGN_SUBTRACT_FROM },
  { "*=", NN_SIGN_MULTIPLY_BY },
  { "/=", NN_SIGN_DIVIDE_BY },
  { ":=", NN_SIGN_ASSIGN },
  { "−=", NN_SIGN_SUBTRACT_FROM },
  { "×=", NN_SIGN_MULTIPLY_BY },
  { "÷=", NN_SIGN_DIVIDE_BY },
  { "−", '-' },
  { "–", '-' },
  { "·", '*' },
  { "⋅", '*' },
  { "∙", '*' },
  { "×", '*' },
  { "∗", '*' },
  { "÷", '/' },
  { "∕", '/' },
  { "⁄", '/' },
  { "≤", NN_SIGN_LESS_EQUAL },
  { "≥", NN_SIGN_GREATER_EQUAL },
  { "≠", NN_SIGN_NOT_EQUAL },
  { "∧", NN_SIGN_AND },
  { "∨", NN_SIGN_OR },
  { "¬", '!' },
};

/* Typographic fractions. Those that are no float32 round to the number in digits. */
static const struct {
  const char *text;
  const char *digits;
} fractions[] = {
  { "½", "0.5" },   { "¼", "0.25" },  { "¾", "0.75" }, { "⅛", "0.125" },
  { "⅜", "0.375" }, { "⅝", "0.625" }, { "⅕", "0.2" },  { "⅖", "0.4" },
  { "⅗", "0.6" },   { "⅘", "0.8" },   { "⅒", "0.1" },
};

static const struct {
  const char *text;
  const char *name;
} letters[] = { { "w₀", "w0" }, { "π", "pi" } };

/**
 * nn_token_skip_space:
 *
 * Returns: the first character from @at on that is not white space, in Unicode's sense
 */
const char *
nn_token_skip_space (const char *at)
{
  for (;;) {
    const gunichar c = g_utf8_get_char (at);

    if (c == 0 || !(g_unichar_isspace (c) || c == 0x200b || c == 0x2060 || c == 0xfeff))
      return at;
    at = g_utf8_next_char (at);
  }
}

static const char *
skip_digits (const char *at)
{
  while (g_ascii_isdigit (*at))
    at++;
  return at;
}

/* An e begins an exponent only if followed by a digit, or a sign and a digit. */
static const char *
skip_number (const char *at)
{
  const char *end = skip_digits (at);
  const char *exponent;

  if (*end == '.')
    end = skip_digits (end + 1);
  if (*end != 'e' && *end != 'E')
    return end;
  exponent = end + 1 + (end[1] == '+' || end[1] == '-');
  return g_ascii_isdigit (*exponent) ? skip_digits (exponent) : end;
}

static gboolean
is_in_name (char c)
{
  return g_ascii_isalnum (c) || c == '_';
}

static gboolean
read_foreign (NnToken *token)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fractions); i++)
    if (g_str_has_prefix (token->start, fractions[i].text)) {
      token->kind = NN_TOKEN_NUMBER;
      token->end = token->start + strlen (fractions[i].text);
      token->text = fractions[i].digits;
      return TRUE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (letters); i++)
    if (g_str_has_prefix (token->start, letters[i].text) &&
        !is_in_name (token->start[strlen (letters[i].text)])) {
      token->kind = NN_TOKEN_NAME;
      token->end = token->start + strlen (letters[i].text);
      token->text = letters[i].name;
      return TRUE;
    }
  if (g_str_has_prefix (token->start, "²") || g_str_has_prefix (token->start, "³")) {
    token->kind = NN_TOKEN_POWER;
    token->sign = g_str_has_prefix (token->start, "²") ? '2' : '3';
    token->end = g_utf8_next_char (token->start);
    return TRUE;
  }
  return FALSE;
}

static void
read_sign (NnToken *token)
{
  for (gsize i = 0; i < G_N_ELEMENTS (signs); i++)
    if (g_str_has_prefix (token->start, signs[i].text)) {
      token->kind = NN_TOKEN_SIGN;
      token->sign = signs[i].sign;
      token->end = token->start + strlen (signs[i].text);
      return;
    }
  token->end = g_utf8_next_char (token->start);
  if (strchr ("+-*/^()[],;:?=<>&|!~.@%$", *token->start)) {
    token->kind = NN_TOKEN_SIGN;
    token->sign = (guchar) *token->start;
  } else {
    token->kind = NN_TOKEN_OTHER;
  }
}

static NnToken
read (const char *at)
{
  NnToken token = { .kind = NN_TOKEN_END, .start = nn_token_skip_space (at) };

  token.spaced = token.start > at;
  token.end = token.start;
  if (*token.start == '\0' || read_foreign (&token))
    return token;
  if (g_ascii_isdigit (*token.start) ||
      (*token.start == '.' && g_ascii_isdigit (token.start[1]))) {
    token.kind = NN_TOKEN_NUMBER;
    token.end = skip_number (token.start);
  } else if (is_in_name (*token.start)) {
    token.kind = NN_TOKEN_NAME;
    while (is_in_name (*token.end))
      token.end++;
  } else {
    read_sign (&token);
  }
  return token;
}

/**
 * nn_tokens_init:
 * @self: (out)
 * @text: valid UTF-8; borrowed
 * @at: a position in @text: the first token, or white space before it
 */
void
nn_tokens_init (NnTokens *self, const char *text, const char *at)
{
  self->text = text;
  self->token = read (at);
}

void
nn_tokens_next (NnTokens *self)
{
  self->token = read (self->token.end);
}

/**
 * nn_tokens_peek:
 *
 * Returns: the token after the present one
 */
NnToken
nn_tokens_peek (const NnTokens *self)
{
  return read (self->token.end);
}

gboolean
nn_token_is (const NnToken *self, guint sign)
{
  return self->kind == NN_TOKEN_SIGN && self->sign == sign;
}

gboolean
nn_token_is_word (const NnToken *self, const char *word)
{
  const gsize length = (gsize) (self->end - self->start);

  return self->kind == NN_TOKEN_NAME &&
         (self->text
              ? strcmp (self->text, word) == 0
              : strlen (word) == length && strncmp (self->start, word, length) == 0);
}

/**
 * nn_token_dup:
 *
 * Returns: (transfer full): its text, in ASCII if it has an equivalent
 */
char *
nn_token_dup (const NnToken *self)
{
  return self->text ? g_strdup (self->text)
                    : g_strndup (self->start, (gsize) (self->end - self->start));
}
