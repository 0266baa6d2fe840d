/* nn-target-names.c - what people call the column or array that is to be learned
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/data/nn-target-names.h"

/**
 * nn_target_names_rank:
 * @name: (nullable)
 *
 * Returns: 0 for the name that says it most, more for others; G_MAXSIZE for one that does
 *   not say it at all
 */
gsize
nn_target_names_rank (const char *name)
{
  static const char *const names[] = { "y_train", "target",  "targets", "label",
                                       "labels",  "class",   "y",       "outcome",
                                       "output",  "outputs", "species", "survived" };

  for (gsize i = 0; name != NULL && i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strcasecmp (name, names[i]) == 0)
      return i;
  return G_MAXSIZE;
}
