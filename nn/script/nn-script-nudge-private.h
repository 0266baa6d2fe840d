/* nn-script-nudge-private.h - while the lines of a nudge are written
 *
 * SPDX-License-Identifier: MIT
 *
 * For its three files: nn-script-nudge.c chooses how the nudge is applied, and writes it
 * as a function of the program; nn-script-in-place.c writes it as lines that change the
 * parameters in place; nn-script-variables.c writes the lines before either, which set
 * the names that the update function uses.
 */

#pragma once

#include "nn/script/nn-script-expression.h"
#include "nn/script/nn-script-nudge.h"
#include "nn/script/nn-script-target.h"

G_BEGIN_DECLS

typedef struct {
  const NnNudge *nudge;
  const NnScriptSection *section;
  NnScriptTarget target; /* (owned) */
  NnBody body;           /* (owned) the update function's statements */
  NnScriptScope scope;   /* (owned) */
  char *amount;          /* (owned) the scope's */
  char *rate;            /* (owned) likewise */
  GString *text;         /* (owned) the lines so far */
} NnScriptWriter;

static inline const NnScriptPart *
nn_script_get_part (const NnScriptWriter *self, guint index)
{
  return &g_array_index (self->target.parts, NnScriptPart, index);
}

/* nn-script-variables.c */
gboolean nn_script_needs (const NnScriptWriter *self, NnNeeds what);
gboolean nn_script_uses_name (const NnScriptWriter *self, const char *name);
gboolean nn_script_needs_parameter_name (const NnScriptWriter *self);
char *nn_script_dup_float (float number) G_GNUC_WARN_UNUSED_RESULT;
const char *nn_script_get_fresh (NnScriptWriter *self, const char *name);
void nn_script_append_variables (NnScriptWriter *self,
                                 const char *indent,
                                 const char *p,
                                 const char *name,
                                 const char *index);

/* nn-script-in-place.c */
void nn_script_write_in_place (NnScriptWriter *self);

G_END_DECLS
