/* nn-script-nudge.c - one application of a nudge, as lines of PyTorch
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/script/nn-script-nudge.h"

#include "nn/base/nn-number.h"
#include "nn/script/nn-script-names.h"
#include "nn/script/nn-script-nudge-private.h"

void
nn_script_functions_init (NnScriptFunctions *self)
{
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->text = g_string_new (NULL);
}

void
nn_script_functions_clear (NnScriptFunctions *self)
{
  g_hash_table_unref (self->names);
  g_string_free (self->text, TRUE);
}

/* ---- as a function ----------------------------------------------------------------- */

/* Adds a function with this body, unless there is one. Returns: (transfer none):
 * its name */
static const char *
add_function (NnScriptFunctions *functions, const char *body, const NnNudge *nudge)
{
  const char *name = g_hash_table_lookup (functions->names, body);
  char *other;

  if (name)
    return name;
  other = g_strdup_printf ("nudge_%u", g_hash_table_size (functions->names) + 1);
  g_hash_table_insert (functions->names, g_strdup (body), other);
  g_string_append_printf (functions->text,
                          "def %s(name, p, part, together, k):\n"
                          "    # %s\n%s\n\n\n",
                          other, nn_expression_get_text (nudge->expression), body);
  return other;
}

static char *
write_function_body (NnScriptWriter *self)
{
  const gboolean sets_w = nn_expression_sets_weights (self->nudge->expression);
  const gboolean sets_m = nn_expression_sets_slow (self->nudge->expression);
  GString *text = self->text;
  char *body;

  self->scope.fresh = nn_script_get_fresh (self, "name");
  self->text = g_string_new ("    w = p[part]\n");
  if (nn_script_needs (self, NN_NEED_SLOW))
    g_string_append (self->text, "    m = slow.get(name, p)[part].clone()\n");
  nn_script_append_variables (self, "    ", "model.get_parameter(name)", "name",
                              "[part]");
  for (guint i = 0; i < self->body.n; i++)
    g_string_append_printf (
        self->text, "    %c = %s\n", self->body.statements[i].variable,
        nn_script_write_full (&self->scope, self->body.statements[i].value).text);
  g_string_append_printf (
      self->text, "    return {%s%s%s}", sets_w ? "\"w\": w" : "",
      sets_w && (sets_m || nn_script_needs (self, NN_NEED_SLOW)) ? ", " : "",
      sets_m || nn_script_needs (self, NN_NEED_SLOW) ? "\"m\": m" : "");
  body = g_string_free (self->text, FALSE);
  self->text = text;
  return body;
}

static void
write_call_of_function (NnScriptWriter *self, NnScriptFunctions *functions)
{
  const gboolean skips = self->nudge->skips;
  g_autofree char *body = write_function_body (self);
  g_autoptr (GString) call = g_string_new (NULL);

  g_string_append_printf (call, "nudge(%s, [",
                          add_function (functions, body, self->nudge));
  for (guint i = 0; i < self->target.parts->len; i++) {
    const NnScriptPart *part = nn_script_get_part (self, i);
    g_autofree char *name = nn_script_dup_quoted (part->name);

    g_string_append (call, i > 0 ? ", " : "");
    if (part->key)
      g_string_append_printf (call, "(%s, %s)", name, part->key);
    else
      g_string_append (call, name);
  }
  g_string_append_printf (call, "]%s%s)", skips ? ", skip=True" : "",
                          self->section->unseen ? ", unseen=True" : "");
  if (self->nudge->memory == NN_MEMORY_ZERO)
    g_string_append_printf (self->text, "for name, part in %s:\n    forget(name, part)\n",
                            call->str);
  else if (self->nudge->memory == NN_MEMORY_ZERO_ALL)
    g_string_append_printf (self->text, "if %s:\n    forget_all()\n", call->str);
  else
    g_string_append_printf (self->text, "%s\n", call->str);
}

/* ---- refused, whatever the weights are --------------------------------------------- */

/* It reads the weights from before the optimizer, which the program has not kept. */
static gboolean
lacks_before (const NnScriptWriter *self)
{
  const NnScriptSection *section = self->section;

  return nn_script_needs (self, NN_NEED_BEFORE) && !section->keeps_before &&
         (section->after_optimizer || section->at_start);
}

static gboolean
is_refused (const NnScriptWriter *self)
{
  return lacks_before (self) || (self->target.refusal && !self->nudge->skips) ||
         self->target.parts->len == 0;
}

static void
write_refusal (NnScriptWriter *self)
{
  g_autofree char *text = nn_nudge_dup_text (self->nudge);

  g_string_append_printf (self->text, "pass  # %s: is refused: %s\n", text,
                          lacks_before (self)
                              ? "nothing keeps what was before the optimizer"
                          : self->target.refusal ? self->target.refusal->message
                                                 : "it changes nothing");
}

/* ---- which of them ----------------------------------------------------------------- */

static char *
dup_number (double number)
{
  GString *text = g_string_new (NULL);

  nn_number_append (text, number);
  return g_string_free (text, FALSE);
}

static gboolean
read_body (NnScriptWriter *self)
{
  const char *text = nn_expression_get_text (self->nudge->expression);
  g_auto (NnFault) fault = { .text = text };
  NnTokens tokens;

  nn_body_init (&self->body);
  nn_tokens_init (&tokens, text, text);
  return nn_grammar_read_statements (&self->body, &tokens, NULL, &fault);
}

/* Whether it gives finite values for any finite weights, so that it is never refused. */
static gboolean
is_finite (NnScriptWriter *self)
{
  gboolean finite = TRUE;

  self->scope.fresh = "fresh"; /* any text will do */
  for (guint i = 0; i < self->body.n; i++)
    finite &= nn_script_write_value (&self->scope, self->body.statements[i].value).finite;
  return finite;
}

/**
 * nn_script_write_nudge:
 * @functions: gets the functions that the lines call
 *
 * Returns: (transfer full): lines without indentation, each with its newline; of a nudge
 *   that is always refused, `pass` with the reason as a comment
 */
char *
nn_script_write_nudge (const NnNudge *nudge,
                       const NnScriptSection *section,
                       NnScriptFunctions *functions)
{
  NnScriptWriter self = { .nudge = nudge,
                          .section = section,
                          .text = g_string_new (NULL) };

  nn_script_scope_init (&self.scope);
  nn_script_target_init (&self.target, nudge, section->architecture);
  self.scope.least_size = self.target.least_size;
  self.amount = nn_script_dup_float (nudge->amount);
  self.rate = dup_number (section->rate);
  self.scope.amount = self.amount;
  self.scope.step = section->at_start ? "0" : "step";
  self.scope.rate = self.rate;
  if (!read_body (&self) || is_refused (&self)) {
    write_refusal (&self);
  } else if (!is_finite (&self) || nudge->skips || self.target.has_edges ||
             nn_script_needs (&self, NN_NEED_GLOBAL_RANK) ||
             (section->unseen && nn_script_needs (&self, NN_NEED_GRAD))) {
    write_call_of_function (&self, functions);
  } else {
    nn_script_write_in_place (&self);
  }
  nn_body_clear (&self.body);
  nn_script_scope_clear (&self.scope);
  nn_script_target_clear (&self.target);
  g_free (self.amount);
  g_free (self.rate);
  return g_string_free (self.text, FALSE);
}
