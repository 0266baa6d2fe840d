/* nn-array-target.c - writes the target that selects exactly one array of a file
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/patch/nn-array-target.h"

#include "nn/nudge/nn-target.h"
#include "nn/patch/nn-array-area.h"

/* Whether the target @text selects array @index and no other. */
static gboolean
selects (const char *text, const NnArrayFile *file, guint index)
{
  g_autoptr (GArray) areas = g_array_new (FALSE, FALSE, sizeof (NnArrayArea));
  g_autoptr (GPtrArray) left = g_ptr_array_new_with_free_func (g_free);
  const char *at = text;
  NnTarget target;
  const gboolean good = nn_target_parse_of_array (&target, text, &at, NULL) &&
                        *at == '\0' && target.next == NULL &&
                        nn_array_area_find (areas, &target, file, left, NULL);

  nn_target_clear (&target);
  return good && areas->len == 1 && g_array_index (areas, NnArrayArea, 0).index == index;
}

/**
 * nn_array_dup_target:
 * @index: of an array of floats, with elements
 *
 * Returns: (transfer full) (nullable): as written in a nudge, quoted if necessary; NULL
 *   if no target selects it alone: its name has both kinds of quotes, or is also the
 *   prefix of other arrays' names (fc1 beside fc1.weight)
 */
char *
nn_array_dup_target (const NnArrayFile *file, guint index)
{
  static const char *const quotes[] = { "", "\"", "'" };
  const char *name = nn_array_area_get_name (file->arrays->pdata[index]);

  for (gsize i = 0; i < G_N_ELEMENTS (quotes); i++) {
    char *text = g_strconcat (quotes[i], name, quotes[i], NULL);

    if (selects (text, file, index))
      return text;
    g_free (text);
  }
  return NULL;
}
