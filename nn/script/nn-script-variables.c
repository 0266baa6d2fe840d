/* nn-script-variables.c - the variables that an update function needs in the program
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/base/nn-number.h"
#include "nn/script/nn-script-names.h"
#include "nn/script/nn-script-nudge-private.h"

/* Whether the update function reads any of @what. */
gboolean
nn_script_needs (const NnScriptWriter *self, NnNeeds what)
{
  return (nn_expression_get_needs (self->nudge->expression) & what) != 0;
}

gboolean
nn_script_uses_name (const NnScriptWriter *self, const char *name)
{
  const char *text = nn_expression_get_text (self->nudge->expression);

  return nn_script_mentions (text, name);
}

/* Whether a dictionary is read that has the parameters by their names. */
gboolean
nn_script_needs_parameter_name (const NnScriptWriter *self)
{
  return nn_script_needs (self, NN_NEED_SLOW | NN_NEED_INITIAL | NN_NEED_INIT) ||
         (nn_script_needs (self, NN_NEED_BEFORE) && self->section->after_optimizer);
}

/* Returns: (transfer full): Python's text of the same float32 */
char *
nn_script_dup_float (float number)
{
  GString *text = g_string_new (NULL);

  nn_number_append_float (text, number);
  return g_string_free (text, FALSE);
}

/* Returns: (transfer none): the call that draws the first weights of @name again */
const char *
nn_script_get_fresh (NnScriptWriter *self, const char *name)
{
  const NnInit *init = self->section->init;
  g_autofree char *value = nn_script_dup_float (init->constant);

  return init->type == NN_INIT_CONSTANT
             ? nn_script_scope_print (&self->scope, "fresh(w, %s, \"constant\", %s)",
                                      name, value)
             : nn_script_scope_print (&self->scope, "fresh(w, %s, \"%s\")", name,
                                      nn_init_get_name (init->type));
}

/**
 * nn_script_append_variables:
 * @p: an expression for the whole parameter
 * @name: one for its name: a quoted string, or a variable
 * @index: of the part of it that w is, "[0:3]"; or ""
 *
 * Appends one line for each of w0, before, g, i and j that the update function uses.
 */
void
nn_script_append_variables (NnScriptWriter *self,
                            const char *indent,
                            const char *p,
                            const char *name,
                            const char *index)
{
  const NnScriptSection *section = self->section;

  if (nn_script_needs (self, NN_NEED_INITIAL))
    g_string_append_printf (self->text, "%sw0 = first[%s]%s\n", indent, name, index);
  if (nn_script_needs (self, NN_NEED_BEFORE) && section->after_optimizer)
    g_string_append_printf (self->text, "%sbefore = previous[%s]%s\n", indent, name,
                            index);
  else if (nn_script_needs (self, NN_NEED_BEFORE))
    g_string_append_printf (self->text, "%sbefore = w.clone()\n", indent);
  if (nn_script_needs (self, NN_NEED_GRAD) && section->at_start)
    g_string_append_printf (self->text, "%sg = torch.zeros_like(w)\n", indent);
  else if (nn_script_needs (self, NN_NEED_GRAD) && section->may_lack_grads)
    g_string_append_printf (self->text, "%sg = gradient(%s)%s\n", indent, p, index);
  else if (nn_script_needs (self, NN_NEED_GRAD))
    g_string_append_printf (self->text, "%sg = %s.grad%s\n", indent, p, index);
  for (int axis = 0; axis < 2; axis++)
    if (nn_script_uses_name (self, axis ? "j" : "i"))
      g_string_append_printf (self->text, "%s%c = index(%s, %d)%s\n", indent,
                              axis ? 'j' : 'i', p, axis, index);
}
