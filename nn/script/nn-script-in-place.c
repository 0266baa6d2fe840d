/* nn-script-in-place.c - a nudge as lines that change parameters in place
 *
 * SPDX-License-Identifier: MIT
 */

#include <string.h>

#include "nn/script/nn-script-names.h"
#include "nn/script/nn-script-nudge-private.h"

static gboolean
is_variable (const NnTerm *term, char variable)
{
  return term->kind == NN_TERM_VALUE &&
         term->op == (variable == 'w' ? NN_OP_WEIGHT : NN_OP_SLOW);
}

static const char *
get_method (NnOp op)
{
  return op == NN_OP_ADD        ? "add_"
         : op == NN_OP_SUBTRACT ? "sub_"
         : op == NN_OP_MULTIPLY ? "mul_"
                                : "div_";
}

/* The in-place method that does the statement: "mul_(0.9)" for "w = w*0.9". */
static const char *
write_change (NnScriptWriter *self, const NnStatement *statement)
{
  const NnTerm *value = statement->value;
  NnScriptScope *scope = &self->scope;
  NnScriptText text;

  if (value->kind == NN_TERM_OPERATION && value->op == NN_OP_NEGATE &&
      is_variable (value->arguments[0], statement->variable))
    return "neg_()";
  if (value->kind == NN_TERM_OPERATION && value->op >= NN_OP_ADD &&
      value->op <= NN_OP_DIVIDE) {
    const gboolean swapped = value->op == NN_OP_MULTIPLY &&
                             is_variable (value->arguments[1], statement->variable);

    if (swapped || is_variable (value->arguments[0], statement->variable))
      return nn_script_scope_print (
          scope, "%s(%s)", get_method (value->op),
          nn_script_write_value (scope, value->arguments[swapped ? 0 : 1]).text);
  }
  text = nn_script_write_value (scope, value);
  if (value->kind == NN_TERM_CALL && g_str_has_prefix (text.text, "w.clamp(") &&
      statement->variable == 'w')
    return nn_script_scope_print (scope, "clamp_(%s", text.text + strlen ("w.clamp("));
  if (text.tensor)
    return nn_script_scope_print (scope, "copy_(%s)", text.text);
  return strcmp (text.text, "0") == 0
             ? "zero_()"
             : nn_script_scope_print (scope, "fill_(%s)", text.text);
}

/* "[2:3, 1]" as "[2, 1]": [2:3] keeps the dimension, which only dim= and orthogonal
 * () need. */
static char *
dup_short_index (const NnScriptWriter *self, const char *index)
{
  guint64 first, end;
  const char *text = nn_expression_get_text (self->nudge->expression);
  char *rest;

  if (*index == '\0' || strstr (text, "dim=") || nn_script_uses_name (self, "orthogonal"))
    return g_strdup (index);
  first = g_ascii_strtoull (index + 1, &rest, 10);
  if (*rest != ':' || rest == index + 1)
    return g_strdup (index);
  end = g_ascii_strtoull (rest + 1, &rest, 10);
  if (end != first + 1 || *rest == ':')
    return g_strdup (index);
  return g_strdup_printf ("[%" G_GUINT64_FORMAT "%s", first, rest);
}

static void
append_statements (NnScriptWriter *self, const char *indent, const char *w)
{
  for (guint i = 0; i < self->body.n; i++)
    g_string_append_printf (self->text, "%s%s.%s\n", indent,
                            self->body.statements[i].variable == 'w' ? w : "m",
                            write_change (self, &self->body.statements[i]));
}

/* Lines for one part. */
static void
write_single (NnScriptWriter *self, const NnScriptPart *part)
{
  g_autofree char *name = nn_script_dup_quoted (part->name);
  g_autofree char *index = dup_short_index (self, part->index);
  g_autofree char *w =
      g_strconcat (part->path, self->section->unseen ? ".data" : "", index, NULL);
  g_autofree char *lines = NULL;
  GString *text = self->text;

  self->scope.fresh = nn_script_get_fresh (self, name);
  self->text = g_string_new (NULL);
  nn_script_append_variables (self, "", part->path, name, index);
  append_statements (self, "", "w");
  lines = g_string_free (self->text, FALSE);
  self->text = text;
  /* One line will do: model.fc1.weight.mul_(0.9) */
  if (self->body.n == 1 && !nn_script_needs (self, NN_NEED_SLOW) &&
      g_str_has_prefix (lines, "w.") && !nn_script_mentions (lines + 1, "w")) {
    g_string_append_printf (text, "%s%s", w, lines + 1);
    return;
  }
  g_string_append_printf (text, "w = %s\n", w);
  if (nn_script_needs (self, NN_NEED_SLOW))
    g_string_append_printf (text, "m = slow.setdefault(%s, %s.detach().clone())%s\n",
                            name, part->path, index);
  g_string_append (text, lines);
}

static void
append_paths (NnScriptWriter *self, gboolean names)
{
  for (guint i = 0; i < self->target.parts->len; i++) {
    const NnScriptPart *part = nn_script_get_part (self, i);
    g_autofree char *name = nn_script_dup_quoted (part->name);
    g_autofree char *index = dup_short_index (self, part->index);

    g_string_append (self->text, i > 0 ? ", " : "");
    if (names)
      g_string_append (self->text, name);
    else
      g_string_append_printf (self->text, "%s%s%s", part->path,
                              self->section->unseen ? ".data" : "", index);
  }
}

/* One loop for several whole parameters; for parts of them, too, if it needs nothing
 * but w. */
static void
write_loop (NnScriptWriter *self, gboolean named)
{
  GString *text = self->text;

  self->scope.fresh = nn_script_get_fresh (self, "name");
  if (self->target.is_all && !self->section->unseen) {
    g_string_append (text, named ? "for name, w in model.named_parameters():\n"
                                 : "for w in model.parameters():\n");
  } else {
    g_string_append (text, named ? "for name in (" : "for w in (");
    append_paths (self, named);
    g_string_append (text, "):\n");
    if (named)
      g_string_append_printf (text, "    w = model.get_parameter(name)%s\n",
                              self->section->unseen ? ".data" : "");
  }
  if (nn_script_needs (self, NN_NEED_SLOW))
    g_string_append (text, "    m = slow.setdefault(name, w.detach().clone())\n");
  nn_script_append_variables (self, "    ", "w", "name", "");
  append_statements (self, "    ", "w");
}

/* What clears the optimizer's moments of the target, or all of them. */
static void
append_forget (NnScriptWriter *self)
{
  if (self->nudge->memory == NN_MEMORY_ZERO_ALL)
    g_string_append (self->text, "forget_all()\n");
  for (guint i = 0; self->nudge->memory == NN_MEMORY_ZERO && i < self->target.parts->len;
       i++) {
    const NnScriptPart *part = nn_script_get_part (self, i);
    g_autofree char *name = nn_script_dup_quoted (part->name);

    g_string_append_printf (self->text, "forget(%s%s%s)\n", name, part->key ? ", " : "",
                            part->key ? part->key : "");
  }
}

/**
 * nn_script_write_in_place:
 *
 * Appends the lines for an update function that gives finite values for any weights.
 */
void
nn_script_write_in_place (NnScriptWriter *self)
{
  const gboolean named = nn_script_needs_parameter_name (self);
  gboolean loops = self->target.parts->len > 1;

  for (guint i = 0; i < self->target.parts->len; i++)
    loops &= !((named || nn_script_needs (self, NN_NEED_GRAD) ||
                nn_script_needs (self, NN_NEED_INDICES)) &&
               nn_script_get_part (self, i)->key);
  if (loops)
    write_loop (self, named);
  else
    for (guint i = 0; i < self->target.parts->len; i++)
      write_single (self, nn_script_get_part (self, i));
  append_forget (self);
}
