/* nn-hints.h - what to write instead of names that the language does not have
 *
 * SPDX-License-Identifier: MIT
 *
 * For names that users of PyTorch or NumPy are likely to try.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  const char *names; /* separated by spaces; "half(" only as a function with arguments */
  const char *hint;  /* marked with N_ () */
  const char *fix;   /* (nullable) a replacement for the whole update function … */
  gboolean anywhere; /* … or, if TRUE, for the name alone */
} NnHint;

const NnHint *nn_hints_find (const char *name);

G_END_DECLS
