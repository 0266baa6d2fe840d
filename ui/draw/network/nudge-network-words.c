/* nudge-network-words.c - the network's picture in words, for a screen reader
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/network/nudge-network-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "ui/draw/network/nudge-network-reading.h"
#include "ui/text/nudge-number.h"

/* Returns: (nullable) */
static char *
dup_cursor (const NnFrame *frame, const NudgeNetworkThing *cursor)
{
  g_auto (NudgeReading) reading = { 0 };
  g_autofree char *value = NULL;
  g_autofree char *words = NULL;

  if (cursor == NULL)
    return NULL;
  value = nudge_network_describe (frame, cursor);
  nudge_reading_init (&reading, frame, cursor);
  words = nudge_reading_dup_words (&reading);
  return g_strdup_printf ("%s%s%s", value, reading.n_rows > 0 ? "; " : "", words);
}

/* What keys have reached and what is selected, before what is always said. */
static char *
dup_chosen (const NnFrame *frame,
            const NudgeNetworkThing *cursor,
            const NnTarget *selected,
            gsize n_selected)
{
  g_autofree char *neuron = dup_cursor (frame, cursor);
  g_autoptr (GString) targets = g_string_new (NULL);

  for (gsize i = 0; i < n_selected; i++) {
    g_autofree char *target = nn_target_dup_text (&selected[i]);

    g_string_append_printf (targets, "%s%s", i > 0 ? ", " : "", target);
  }
  if (targets->len > 0 && neuron)
    return g_strdup_printf (_ ("%s; selected: %s. "), neuron, targets->str);
  if (targets->len > 0)
    return g_strdup_printf (_ ("selected: %s. "), targets->str);
  return neuron ? g_strdup_printf ("%s. ", neuron) : g_strdup ("");
}

/**
 * nudge_network_dup_words:
 * @cursor: (nullable): where keys have led
 *
 * Returns: (transfer full): the layers, the largest weight, and before that what is chosen
 */
char *
nudge_network_dup_words (const NnFrame *frame,
                         const NudgeNetworkThing *cursor,
                         const NnTarget *selected,
                         gsize n_selected)
{
  const NnArchitecture *architecture = frame->architecture;
  gulong n_features = architecture->n_features;
  g_autofree char *chosen = dup_chosen (frame, cursor, selected, n_selected);
  g_autoptr (GString) text = g_string_new (chosen);
  g_autofree char *step = NULL;
  g_autofree char *largest_text = NULL;
  float largest = 0;

  g_string_append_printf (
      text, g_dngettext (GETTEXT_PACKAGE, "%lu feature", "%lu features", n_features),
      n_features);
  for (gsize k = 0; k < architecture->n_layers; k++) {
    const NnLayerShape *layer = &architecture->layers[k];
    const NnParameterShape *weight = &architecture->parameters[layer->weight];

    /* Translators: a layer's name, its number of units, its activation */
    g_string_append_printf (text, _ (", %s: %lu %s"), layer->name,
                            (gulong) layer->n_units,
                            nn_activation_get_name (layer->activation));
    for (gsize i = 0; i < weight->n_values; i++)
      largest = MAX (largest, fabsf (frame->values[weight->offset + i]));
  }
  step = nudge_number_format_count (frame->step);
  largest_text = nudge_number_format ((double) largest, 3);
  /* Translators: a step's number, then a weight without its sign */
  g_string_append_printf (text, _ ("; at step %s the largest weight is %s"), step,
                          largest_text);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
