/* nudge-memory-choice.c - what a nudge does to the optimizer's memory of its target
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/cards/nudge-memory-choice.h"

#include <glib/gi18n.h>

#include "nn/nudge/nn-nudge.h"
#include "ui/base/nudge-drop-down.h"

static const char *const memories[] = {
  [NN_MEMORY_KEEP] = NC_ ("memory", "keep"),
  [NN_MEMORY_ZERO] = NC_ ("memory", "zero for the target"),
  [NN_MEMORY_ZERO_ALL] = NC_ ("memory", "zero all"),
};

static char *
dup_words (gpointer data, const char *text)
{
  return g_markup_escape_text (g_dpgettext2 (NULL, "memory", text), -1);
}

void
nudge_memory_choice_set_up (GtkDropDown *drop_down)
{
  const NudgeDropDownWords words = { dup_words, dup_words, NULL, NULL };

  nudge_drop_down_set_words (drop_down, &words);
  for (gsize i = 0; i < G_N_ELEMENTS (memories); i++)
    nudge_drop_down_append (drop_down, memories[i]);
}
