/* nudge-card-counts.c - how often a card's repeating nudge changed nothing
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/cards/nudge-card-counts.h"

#include <glib/gi18n.h>

#include "ui/cards/nudge-variant.h"
#include "ui/text/nudge-landing-words.h"

/* Returns: (nullable): the effect of the repeating nudge */
static const NnLanding *
find_landing (const NudgeCardState *state, const NnFrame *frame)
{
  if (!nudge_card_state_repeats (state))
    return NULL;
  for (gsize i = frame->n_landings; i > 0; i--) {
    const NnLanding *landing = &frame->landings[i - 1];

    if (landing->standing && nudge_variant_same_but_amount (landing->nudge, state->nudge))
      return landing;
  }
  return NULL;
}

/**
 * nudge_card_counts_show:
 * @label: hidden while there is nothing to say
 *
 * The nudge as it is written, and why it changed nothing, is the label's tooltip and
 * its description.
 */
void
nudge_card_counts_show (GtkLabel *label,
                        const NudgeCardState *state,
                        const NnFrame *frame)
{
  const NnLanding *landing = find_landing (state, frame);
  g_autofree char *counts = landing ? nudge_words_for_counts (landing) : NULL;
  g_autofree char *why = landing ? nudge_words_for_refusal (landing) : NULL;
  const gboolean once = counts == NULL && landing != NULL && landing->n_refused > 0;

  if (once)
    counts = g_strdup (_ ("refused once"));
  if (why == NULL && landing != NULL)
    why = g_strdup (landing->skipped);
  gtk_widget_set_visible (GTK_WIDGET (label), counts != NULL);
  if (counts == NULL ||
      (g_str_equal (gtk_label_get_text (label), counts) &&
       g_strcmp0 (gtk_widget_get_tooltip_text (GTK_WIDGET (label)), why) == 0))
    return;
  gtk_label_set_text (label, counts);
  gtk_widget_set_tooltip_text (GTK_WIDGET (label), why);
  gtk_accessible_update_property (GTK_ACCESSIBLE (label),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  why != NULL ? why : "", -1);
}
