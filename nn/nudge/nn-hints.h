/* nn-hints.h - names that have no place in an update function, and what does instead
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  const char *names; /* separated by spaces */
  const char *hint;
  const char *fix;   /* (nullable) what may stand in place of all of the function … */
  gboolean anywhere; /* … or of the name alone */
} NnHint;

const NnHint *nn_hints_find (const char *name);

G_END_DECLS
