/* nn-near-target.c - corrects the target of a nudge to the nearest one in a network
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/nudge/nn-near-target.h"

#include <string.h>

#include "nn/expression/nn-words.h"
#include "nn/nudge/nn-area.h"

/* ---- layers ------------------------------------------------------------------------ */

static const NnLayerShape *
find_by_name (const NnArchitecture *architecture, const char *name)
{
  const NnLayerShape *nearest = NULL;
  guint least = G_MAXUINT;

  for (gsize i = 0; i < architecture->n_layers; i++) {
    const NnLayerShape *layer = &architecture->layers[i];
    const guint distance = nn_words_get_distance (name, layer->name);

    if (distance < least) {
      least = distance;
      nearest = layer;
    }
  }
  return nearest;
}

/* Matches the last component: "model.fc1" in one network is "fc1" in another. */
static const NnLayerShape *
find_by_end (const NnArchitecture *architecture, const char *name)
{
  for (const char *dot = strchr (name, '.'); dot != NULL; dot = strchr (dot + 1, '.'))
    for (gsize i = 0; i < architecture->n_layers; i++)
      if (strcmp (architecture->layers[i].name, dot + 1) == 0)
        return &architecture->layers[i];
  return NULL;
}

/* Matches a number: "layer1" is the first layer. */
static const NnLayerShape *
find_by_number (const NnArchitecture *architecture, const char *name)
{
  const char *digits = name + strcspn (name, "0123456789");
  const guint64 number = g_ascii_strtoull (digits, NULL, 10);

  return *digits != '\0' && number >= 1 && number <= architecture->n_layers
             ? &architecture->layers[number - 1]
             : NULL;
}

static gboolean
has_layer (const NnTarget *target, const NnArchitecture *architecture)
{
  for (gsize i = 0; i < architecture->n_layers; i++)
    if (nn_target_names (target, architecture->layers[i].name))
      return TRUE;
  return FALSE;
}

/* For "fc1.weights": takes what follows the last dot for a parameter. */
static const NnLayerShape *
find_without_part (NnTarget *target, const NnArchitecture *architecture)
{
  const char *dot = strrchr (target->layer, '.');
  g_autofree char *layer =
      dot ? g_strndup (target->layer, (gsize) (dot - target->layer)) : NULL;
  const NnLayerShape *found = layer ? find_by_name (architecture, layer) : NULL;

  if (found != NULL && target->part == NN_PART_BOTH)
    target->part = g_ascii_tolower (dot[1]) == 'b' ? NN_PART_BIAS : NN_PART_WEIGHT;
  return found;
}

/* Makes "all", "weights" and "biases" the patterns *, *.weight and *.bias. */
static gboolean
settle_all (NnTarget *target)
{
  static const struct {
    const char *names;
    NnPart part;
  } words[] = {
    { "all everything model net network params parameters", NN_PART_BOTH },
    { "weight weights", NN_PART_WEIGHT },
    { "bias biases", NN_PART_BIAS },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (nn_words_is_among (words[i].names, target->layer)) {
      if (target->part == NN_PART_BOTH)
        target->part = words[i].part;
      g_free (target->layer);
      target->layer = g_strdup ("*");
      return TRUE;
    }
  return FALSE;
}

static gboolean
settle_layer (NnTarget *target, const NnArchitecture *architecture)
{
  const NnLayerShape *found;

  if (has_layer (target, architecture) || settle_all (target))
    return TRUE;
  found = find_by_end (architecture, target->layer);
  if (found == NULL)
    found = find_by_name (architecture, target->layer);
  if (found == NULL)
    found = find_without_part (target, architecture);
  if (found == NULL)
    found = find_by_number (architecture, target->layer);
  if (found == NULL)
    return FALSE;
  g_free (target->layer);
  target->layer = g_strdup (found->name);
  return TRUE;
}

/* ---- indices ----------------------------------------------------------------------- */

static void
settle_range (NnRange *range, gsize n)
{
  gsize first, count;

  if (nn_range_resolve (range, n, &first, &count))
    return;
  range->first = range->first < 0 ? 0 : (gssize) n - 1;
  range->end = G_MAXSSIZE;
  range->single = TRUE;
}

static void
settle_part (NnTarget *target, const NnArchitecture *architecture)
{
  for (gsize i = 0; i < architecture->n_layers; i++) {
    const NnLayerShape *layer = &architecture->layers[i];

    if (!nn_target_names (target, layer->name))
      continue;
    if (target->part == NN_PART_BIAS && !layer->has_bias)
      target->part = NN_PART_WEIGHT;
    if (target->selection == NN_SELECTION_BLOCK) {
      settle_range (&target->rows, layer->n_units);
      settle_range (&target->columns, layer->n_inputs);
    }
    for (gsize k = 0; k < target->n_edges; k++) {
      target->edges[k].output = MIN (target->edges[k].output, layer->n_units - 1);
      target->edges[k].input = MIN (target->edges[k].input, layer->n_inputs - 1);
    }
  }
}

/* Whether the text parses, and its target exists. */
static gboolean
is_right (const char *text, const NnArchitecture *architecture)
{
  g_autoptr (NnNudge) nudge = nn_nudge_parse (text, NULL);
  NnAreaIter iter;

  return nudge != NULL && nn_area_iter_init (&iter, &nudge->target, architecture, NULL) &&
         nn_area_check_overlap (&nudge->target, architecture, NULL);
}

/**
 * nn_nudge_dup_near:
 * @self: with a target that @architecture does not have
 *
 * Returns: (transfer full) (nullable): the nudge's text with corrected targets; NULL if
 *   none is near
 */
char *
nn_nudge_dup_near (const NnNudge *self, const NnArchitecture *architecture)
{
  g_autofree char *text = nn_nudge_dup_text (self);
  g_autofree char *before = nn_nudge_dup_target (self);
  g_autofree char *after = NULL;
  g_autofree char *near = NULL;
  NnTarget target;

  nn_target_copy (&target, &self->target);
  for (NnTarget *one = &target; one != NULL; one = one->next)
    if (settle_layer (one, architecture))
      settle_part (one, architecture);
  after = nn_target_dup_text (&target);
  nn_target_clear (&target);
  near = g_strconcat (after, text + strlen (before), NULL);
  return is_right (near, architecture) ? g_steal_pointer (&near) : NULL;
}
