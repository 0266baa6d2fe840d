/* nn-nudge.c - a nudge: an update function with a target, an amount and a time
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/nudge/nn-nudge.h"

#include <math.h>
#include <string.h>

#include "nn/base/nn-number.h"
#include "nn/base/nn-text.h"

/* What may follow the expression, in any order. */
typedef struct {
  const char *at_amount; /* (nullable) where "a=" stands */
  float amount;
  const char *at_when; /* (nullable) where "@" stands */
  NnWhen when;
  gboolean before_backward;
  guint64 interval;
  const char *at_memory; /* (nullable) where "memory=" stands */
  NnMemory memory;
} Tail;

static const char *const memory_names[] = {
  [NN_MEMORY_KEEP] = "keep",
  [NN_MEMORY_ZERO] = "zero",
  [NN_MEMORY_ZERO_ALL] = "zero-all",
};

/* Returns: what follows "@key =" at @at, or %NULL if that is not there; == is no = */
static const char *
skip_key (const char *at, const char *key)
{
  if (!g_str_has_prefix (at, key))
    return NULL;
  at = nn_text_skip_space (at + strlen (key));
  return at[0] == '=' && at[1] != '=' ? at + 1 : NULL;
}

static gboolean
is_in_name (char c)
{
  return g_ascii_isalnum (c) || c == '_' || c == '.';
}

/* An expression has neither '@' nor a lone '=' in it, so this finds where one ends.
 * @start: not the text's first character */
static const char *
find_clause (const char *start)
{
  const char *at = start;

  while (*at != '\0' && *at != '@' &&
         (is_in_name (at[-1]) || !(skip_key (at, "a") || skip_key (at, "memory"))))
    at++;
  return at;
}

static gboolean
parse_amount (Tail *tail, const char *text, const char **at, GError **error)
{
  const char *start = nn_text_skip_space (skip_key (*at, "a"));
  gsize length = strspn (start, "0123456789.eE+-");
  g_autofree char *digits = g_strndup (start, length);
  char *rest;

  if (tail->at_amount != NULL) {
    nn_text_set_error (error, NN_ERROR_SYNTAX, text, *at,
                       "a second amount: take one of them out");
    return FALSE;
  }
  tail->at_amount = *at;
  tail->amount = (float) g_ascii_strtod (digits, &rest);
  if (length == 0 || *rest != '\0' || is_in_name (start[length])) {
    nn_text_set_found_error (error, text, start, "a number, as in a=0.001");
    return FALSE;
  }
  if (!isfinite (tail->amount)) {
    nn_text_set_error (error, NN_ERROR_SYNTAX, text, start,
                       "the amount is larger than float32 can hold, 3.4028235e+38");
    return FALSE;
  }
  *at = start + length;
  return TRUE;
}

static gboolean
words_are (char **words, guint n_words, const char *first, const char *second)
{
  return n_words == 2 && g_str_equal (words[0], first) && g_str_equal (words[1], second);
}

/* "step N" and "every N steps" */
static gboolean
read_interval (Tail *tail, char **words, guint n_words)
{
  const char *number;

  if (n_words == 2 && g_str_equal (words[0], "step")) {
    tail->when = NN_WHEN_AT_STEP;
    number = words[1];
  } else if (n_words == 3 && g_str_equal (words[0], "every") &&
             (g_str_equal (words[2], "steps") || g_str_equal (words[2], "step"))) {
    tail->when = NN_WHEN_EVERY_STEPS;
    number = words[1];
  } else {
    return FALSE;
  }
  return g_ascii_string_to_unsigned (number, 10, 1, G_MAXUINT64, &tail->interval, NULL);
}

static gboolean
read_when (Tail *tail, char **words)
{
  guint n_words = g_strv_length (words);

  if (n_words >= 2 && words_are (words + n_words - 2, 2, "before", "backward")) {
    tail->before_backward = TRUE;
    n_words -= 2;
  }
  tail->interval = 1;
  if (words_are (words, n_words, "by", "hand")) {
    tail->when = NN_WHEN_MANUAL;
    return !tail->before_backward;
  }
  if (words_are (words, n_words, "every", "step") ||
      (n_words == 0 && tail->before_backward))
    tail->when = NN_WHEN_EVERY_STEPS;
  else if (words_are (words, n_words, "every", "example"))
    tail->when = NN_WHEN_EVERY_EXAMPLE;
  else if (words_are (words, n_words, "every", "epoch"))
    tail->when = NN_WHEN_EVERY_EPOCH;
  else
    return read_interval (tail, words, n_words);
  return TRUE;
}

/* Single spaces between the words and none around them. */
static char **
split_words (const char *start, const char *end)
{
  GStrvBuilder *builder = g_strv_builder_new ();
  char **words;

  for (const char *at = nn_text_skip_space (start); at < end;) {
    const char *word_end = at;
    g_autofree char *word = NULL;

    while (word_end < end && !g_ascii_isspace (*word_end))
      word_end++;
    word = g_strndup (at, (gsize) (word_end - at));
    g_strv_builder_add (builder, word);
    at = nn_text_skip_space (word_end);
  }
  words = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  return words;
}

static void
set_when_error (GError **error, const char *text, const char *at, char **words)
{
  g_autofree char *phrase = g_strjoinv (" ", words);
  g_autofree char *found =
      *phrase == '\0' ? nn_text_dup_found (at) : nn_text_dup_quoted (phrase);

  nn_text_set_error (error, NN_ERROR_SYNTAX, text, at,
                     "found %s, expected every step, every N steps, step N, every "
                     "example or every epoch, perhaps with before backward, or by hand; "
                     "N is a whole number from 1",
                     found);
}

static gboolean
parse_when (Tail *tail, const char *text, const char **at, GError **error)
{
  const char *start = nn_text_skip_space (*at + 1);
  const char *end = find_clause (start);
  g_auto (GStrv) words = split_words (start, end);

  if (tail->at_when != NULL) {
    nn_text_set_error (error, NN_ERROR_SYNTAX, text, *at,
                       "a second '@': take one of them out");
    return FALSE;
  }
  tail->at_when = *at;
  if (!read_when (tail, words)) {
    set_when_error (error, text, start, words);
    return FALSE;
  }
  *at = end;
  return TRUE;
}

static gboolean
parse_memory (Tail *tail, const char *text, const char **at, GError **error)
{
  const char *start = nn_text_skip_space (skip_key (*at, "memory"));
  const char *end = start;

  if (tail->at_memory != NULL) {
    nn_text_set_error (error, NN_ERROR_SYNTAX, text, *at,
                       "a second memory=: take one of them out");
    return FALSE;
  }
  tail->at_memory = *at;
  while (is_in_name (*end) || *end == '-')
    end++;
  for (guint i = 0; i < G_N_ELEMENTS (memory_names); i++)
    if (strlen (memory_names[i]) == (gsize) (end - start) &&
        g_str_has_prefix (start, memory_names[i])) {
      tail->memory = i;
      *at = end;
      return TRUE;
    }
  nn_text_set_found_error (
      error, text, start,
      "keep, zero (what the optimizer remembers of the target) or zero-all "
      "(of the whole network)");
  return FALSE;
}

static gboolean
parse_tail (Tail *tail, const char *text, const char *at, GError **error)
{
  for (at = nn_text_skip_space (at); *at != '\0'; at = nn_text_skip_space (at)) {
    if (*at == '@') {
      if (!parse_when (tail, text, &at, error))
        return FALSE;
    } else if (skip_key (at, "a") != NULL) {
      if (!parse_amount (tail, text, &at, error))
        return FALSE;
    } else if (skip_key (at, "memory") != NULL) {
      if (!parse_memory (tail, text, &at, error))
        return FALSE;
    } else {
      nn_text_set_found_error (error, text, at, "'@', a=, memory= or the end");
      return FALSE;
    }
  }
  return TRUE;
}

/* A word that is nothing in an expression can only be meant as a function's name, and
 * noise, which is both, is: that weights become it is written (noise). */
static gboolean
is_name (const char *body)
{
  if (!g_ascii_isalpha (*body))
    return FALSE;
  while (g_ascii_isalnum (*body) || *body == '_')
    body++;
  return *body == '\0';
}

/* @start, @end: the part of @text that is an expression */
static NnExpression *
parse_expression (const char *text, const char *start, const char *end, GError **error)
{
  /* Spaces instead of what stands before it, so that the columns in its errors
   * count from the start of the whole text. */
  const int before = (int) g_utf8_pointer_to_offset (text, start);
  g_autofree char *padded =
      g_strdup_printf ("%*s%.*s", before, "", (int) (end - start), start);

  return nn_expression_new (padded, error);
}

/* @start, @end: the part of @text that is an expression or a function's name
 * @named: (out): the function, if it is a name */
static NnExpression *
parse_body (const char *text,
            const char *start,
            const char *end,
            const NnFunctions *own,
            const NnFunction **named,
            GError **error)
{
  g_autofree char *body = g_strstrip (g_strndup (start, (gsize) (end - start)));
  g_autoptr (GError) unknown = NULL;
  g_autoptr (GError) wrong = NULL;
  NnExpression *expression;

  *named = NULL;
  if (!is_name (body))
    return parse_expression (text, start, end, error);
  *named = nn_catalogue_find (body, &unknown);
  if (*named == NULL && own != NULL)
    *named = nn_functions_find (own, body);
  if (*named != NULL)
    return nn_expression_new ((*named)->expression, error);
  expression = parse_expression (text, start, end, &wrong);
  if (expression == NULL && g_error_matches (wrong, NN_ERROR, NN_ERROR_UNKNOWN))
    g_propagate_prefixed_error (
        error, g_steal_pointer (&unknown),
        "column %ld: ", g_utf8_pointer_to_offset (text, nn_text_skip_space (start)) + 1);
  else if (expression == NULL)
    g_propagate_error (error, g_steal_pointer (&wrong));
  return expression;
}

/* @function: (nullable): by whose name the expression was called */
static gboolean
settle_amount (NnNudge *self,
               const NnFunction *function,
               const Tail *tail,
               const char *text,
               GError **error)
{
  const char *expression = nn_expression_get_text (self->expression);
  g_autofree char *quoted = nn_text_dup_quoted (expression);
  gboolean uses_amount = nn_expression_uses_amount (self->expression);

  if (function == NULL)
    function = nn_catalogue_find_expression (expression);
  if (tail->at_amount != NULL && !uses_amount) {
    nn_text_set_error (error, NN_ERROR_SYNTAX, text, tail->at_amount,
                       "an amount is given, but %s does not use a: take the amount "
                       "out, or use a",
                       quoted);
    return FALSE;
  }
  if (tail->at_amount == NULL && uses_amount && function == NULL) {
    g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX,
                 "%s uses a, but no amount is given: add one, as in a=0.001", quoted);
    return FALSE;
  }
  if (tail->at_amount != NULL)
    self->amount = tail->amount;
  else
    self->amount = uses_amount ? function->usual : 0;
  return TRUE;
}

/* What is written in a file has to be read from there again. */
static gboolean
check_length (const NnNudge *self, GError **error)
{
  g_autofree char *text = nn_nudge_dup_text (self);

  return nn_text_check (text, error);
}

/**
 * nn_nudge_parse_with:
 * @text: any bytes
 * @own: (nullable): functions whose names may stand in @text, too
 *
 * Reads TARGET: EXPRESSION [@ WHEN] [a=NUMBER] [memory=WHAT], the last three in any
 * order. A name from the catalogue or from @own may replace the expression. The amount
 * may be left out where the expression does not use it, and where the catalogue or the
 * function named has a usual one. The nudge keeps the expression, not the name.
 */
NnNudge *
nn_nudge_parse_with (const char *text, const NnFunctions *own, GError **error)
{
  g_autoptr (NnNudge) self = NULL;
  Tail tail = { .when = NN_WHEN_EVERY_STEPS, .interval = 1 };
  const NnFunction *named;
  const char *at = text;
  const char *end;

  g_return_val_if_fail (text != NULL, NULL);

  self = g_atomic_rc_box_new0 (NnNudge);
  if (!nn_text_check (text, error) || !nn_target_parse (&self->target, text, &at, error))
    return NULL;
  if (*at != ':') {
    nn_text_set_found_error (error, text, at, "':' after the target");
    return NULL;
  }
  at++;
  end = find_clause (at);
  self->expression = parse_body (text, at, end, own, &named, error);
  if (self->expression == NULL || !parse_tail (&tail, text, end, error) ||
      !settle_amount (self, named, &tail, text, error))
    return NULL;
  self->when = tail.when;
  self->before_backward = tail.before_backward;
  self->interval = tail.interval;
  self->memory = tail.memory;
  return check_length (self, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * nn_nudge_parse:
 *
 * As nn_nudge_parse_with (), with the catalogue's names alone: what files say.
 */
NnNudge *
nn_nudge_parse (const char *text, GError **error)
{
  return nn_nudge_parse_with (text, NULL, error);
}

static gboolean
check_numbers (float amount, NnWhen when, guint64 interval, GError **error)
{
  if (!isfinite (amount)) {
    g_set_error_literal (error, NN_ERROR, NN_ERROR_SYNTAX,
                         "the amount is not a finite number");
    return FALSE;
  }
  if (interval == 0 && (when == NN_WHEN_AT_STEP || when == NN_WHEN_EVERY_STEPS)) {
    g_set_error_literal (error, NN_ERROR, NN_ERROR_SYNTAX,
                         "found 0 steps, expected a whole number from 1");
    return FALSE;
  }
  return TRUE;
}

/**
 * nn_nudge_make:
 *
 * Returns: (nullable): the nudge that @spec says; NULL where nn_nudge_parse () would
 *   refuse its text
 */
NnNudge *
nn_nudge_make (const NnNudgeSpec *spec, GError **error)
{
  g_autoptr (NnNudge) self = NULL;
  const NnFunction *named;
  const char *at = spec->target;

  g_return_val_if_fail (spec->target != NULL && spec->expression != NULL, NULL);
  g_return_val_if_fail (!spec->before_backward || spec->when != NN_WHEN_MANUAL, NULL);

  self = g_atomic_rc_box_new0 (NnNudge);
  if (!nn_text_check (spec->target, error) || !nn_text_check (spec->expression, error) ||
      !check_numbers (spec->amount, spec->when, spec->interval, error) ||
      !nn_target_parse (&self->target, spec->target, &at, error))
    return NULL;
  if (*at != '\0') {
    nn_text_set_found_error (error, spec->target, at, "the end of the target");
    return NULL;
  }
  self->expression =
      parse_body (spec->expression, spec->expression,
                  spec->expression + strlen (spec->expression), NULL, &named, error);
  if (self->expression == NULL)
    return NULL;
  self->amount = nn_expression_uses_amount (self->expression) ? spec->amount : 0;
  self->when = spec->when;
  self->before_backward = spec->before_backward;
  self->interval = spec->when == NN_WHEN_AT_STEP || spec->when == NN_WHEN_EVERY_STEPS
                       ? spec->interval
                       : 1;
  self->memory = spec->memory;
  return check_length (self, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * nn_nudge_aim_at:
 * @layer: a layer's name
 *
 * Returns: (transfer full): the same, but its target is in @layer
 */
NnNudge *
nn_nudge_aim_at (const NnNudge *self, const char *layer)
{
  NnNudge *copy = g_atomic_rc_box_new0 (NnNudge);

  *copy = *self;
  nn_target_copy (&copy->target, &self->target);
  g_free (copy->target.layer);
  copy->target.layer = g_strdup (layer);
  copy->expression = nn_expression_ref (self->expression);
  return copy;
}

NnNudge *
nn_nudge_ref (NnNudge *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  NnNudge *self = data;

  g_clear_pointer (&self->expression, nn_expression_unref);
  nn_target_clear (&self->target);
}

void
nn_nudge_unref (NnNudge *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

static gboolean
is_its_step (const NnNudge *self, const NnSection *section)
{
  switch (self->when) {
  case NN_WHEN_MANUAL:
    return FALSE;
  case NN_WHEN_AT_STEP:
    return section->step == self->interval;
  case NN_WHEN_EVERY_STEPS:
    return self->interval == 1 || section->step % self->interval == 0;
  case NN_WHEN_EVERY_EXAMPLE:
    return TRUE;
  case NN_WHEN_EVERY_EPOCH:
    return section->epoch_ends;
  }
  g_return_val_if_reached (FALSE);
}

static gboolean
is_its_section (const NnNudge *self, const NnSection *section)
{
  const gboolean each_example = self->when == NN_WHEN_EVERY_EXAMPLE;

  switch (section->kind) {
  case NN_SECTION_BEFORE_BACKWARD: /* once a step is at the first example */
    return self->before_backward && (each_example || section->first_example);
  case NN_SECTION_AFTER_EXAMPLE:
    return !self->before_backward && each_example;
  case NN_SECTION_AFTER_STEP:
    return !self->before_backward && !each_example;
  }
  g_return_val_if_reached (FALSE);
}

/**
 * nn_nudge_is_due:
 *
 * Returns: whether @self is to be applied in @section
 */
gboolean
nn_nudge_is_due (const NnNudge *self, const NnSection *section)
{
  return is_its_section (self, section) && is_its_step (self, section);
}

/**
 * nn_nudge_dup_target:
 *
 * Returns: (transfer full): "fc1.weight"
 */
char *
nn_nudge_dup_target (const NnNudge *self)
{
  return nn_target_dup_text (&self->target);
}

/**
 * nn_nudge_dup_text:
 *
 * Returns: (transfer full): text that nn_nudge_parse() makes an equal nudge of,
 *   the same in every locale
 */
char *
nn_nudge_dup_text (const NnNudge *self)
{
  g_autofree char *target = nn_nudge_dup_target (self);
  GString *text = g_string_new (target);

  g_string_append_printf (text, ": %s", nn_expression_get_text (self->expression));
  if (self->when == NN_WHEN_MANUAL)
    g_string_append (text, " @ by hand");
  else if (self->when == NN_WHEN_AT_STEP)
    g_string_append_printf (text, " @ step %" G_GUINT64_FORMAT, self->interval);
  else if (self->when == NN_WHEN_EVERY_EPOCH)
    g_string_append (text, " @ every epoch");
  else if (self->when == NN_WHEN_EVERY_EXAMPLE)
    g_string_append (text, " @ every example");
  else if (self->interval > 1)
    g_string_append_printf (text, " @ every %" G_GUINT64_FORMAT " steps", self->interval);
  else if (self->before_backward)
    g_string_append (text, " @ every step");
  if (self->before_backward)
    g_string_append (text, " before backward");
  if (nn_expression_uses_amount (self->expression)) {
    g_string_append (text, " a=");
    nn_number_append_float (text, self->amount);
  }
  if (self->memory != NN_MEMORY_KEEP)
    g_string_append_printf (text, " memory=%s", memory_names[self->memory]);
  return g_string_free (text, FALSE);
}
