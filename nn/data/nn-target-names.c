/* nn-target-names.c - usual names of the column that is the target: "label", "y" …
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/data/nn-target-names.h"

/**
 * nn_target_names_rank:
 * @name: (nullable)
 *
 * Returns: how likely a column called @name is the target: 0 is most likely, larger is
 *   less; G_MAXSIZE for any other name
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
