/* nudge-tensor-pair.c - a tensor in two files, and how far the two are apart
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/tensors/nudge-tensor-pair.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "ui/text/nudge-number.h"

#define DIGITS 4

struct _NudgeTensorPair {
  GObject parent_instance;

  NnArrayPair pair;
};

G_DEFINE_FINAL_TYPE (NudgeTensorPair, nudge_tensor_pair, G_TYPE_OBJECT)

/* @pair: is copied */
NudgeTensorPair *
nudge_tensor_pair_new (const NnArrayPair *pair)
{
  NudgeTensorPair *self = g_object_new (NUDGE_TYPE_TENSOR_PAIR, NULL);

  self->pair = *pair;
  self->pair.name = g_strdup (pair->name);
  self->pair.largest_at = g_strdup (pair->largest_at);
  for (guint side = 0; side < 2; side++) {
    self->pair.types[side] = g_strdup (pair->types[side]);
    self->pair.shapes[side] = g_strdup (pair->shapes[side]);
  }
  self->pair.difference.hash_a = g_strdup (pair->difference.hash_a);
  self->pair.difference.hash_b = g_strdup (pair->difference.hash_b);
  return self;
}

const NnArrayPair *
nudge_tensor_pair_get (NudgeTensorPair *self)
{
  g_return_val_if_fail (NUDGE_IS_TENSOR_PAIR (self), NULL);

  return &self->pair;
}

/* Whether there are differences of numbers, which can be drawn. */
gboolean
nudge_tensor_pair_has_picture (NudgeTensorPair *self)
{
  g_return_val_if_fail (NUDGE_IS_TENSOR_PAIR (self), FALSE);

  return self->pair.kind == NN_PAIR_CHANGED || self->pair.kind == NN_PAIR_TYPE;
}

/* ---- words ------------------------------------------------------------------------- */

const char *
nudge_tensor_pair_get_kind_words (NudgeTensorPair *self)
{
  static const char *const words[] = {
    [NN_PAIR_SAME] = N_ ("same"),         [NN_PAIR_CHANGED] = N_ ("other values"),
    [NN_PAIR_TYPE] = N_ ("other type"),   [NN_PAIR_SHAPE] = N_ ("other shape"),
    [NN_PAIR_OTHER] = N_ ("other bytes"), [NN_PAIR_ONLY_A] = N_ ("only in A"),
    [NN_PAIR_ONLY_B] = N_ ("only in B"),
  };

  g_return_val_if_fail (NUDGE_IS_TENSOR_PAIR (self), NULL);

  return _ (words[self->pair.kind]);
}

/* "a", or "a → b" where they differ. */
static char *
dup_both (char *const texts[2])
{
  if (texts[0] && texts[1] && !g_str_equal (texts[0], texts[1]))
    return g_strdup_printf ("%s → %s", texts[0], texts[1]);
  return g_strdup (texts[0] ? texts[0] : texts[1] ? texts[1] : "");
}

/* Returns: (transfer full): "(3, 2)", or "(3, 2) → (3, 4)" */
char *
nudge_tensor_pair_dup_shape_words (NudgeTensorPair *self)
{
  g_return_val_if_fail (NUDGE_IS_TENSOR_PAIR (self), NULL);

  return dup_both (self->pair.shapes);
}

/* Returns: (transfer full): "float32", or "float32 → float16" */
char *
nudge_tensor_pair_dup_type_words (NudgeTensorPair *self)
{
  g_return_val_if_fail (NUDGE_IS_TENSOR_PAIR (self), NULL);

  return dup_both (self->pair.types);
}

/* "[2,1]" of "w[2,1]": whose it is, is said beside it. */
static const char *
get_index (const NnArrayPair *pair)
{
  return g_str_has_prefix (pair->largest_at, pair->name)
             ? pair->largest_at + strlen (pair->name)
             : pair->largest_at;
}

static char *
dup_difference_sentence (const NnArrayPair *pair)
{
  const NnArrayDifference *d = &pair->difference;
  g_autofree char *changed = nudge_number_format_count (d->n_changed);
  g_autofree char *n = nudge_number_format_count (d->n);
  g_autofree char *norm = nudge_number_format (d->norm, DIGITS);
  g_autofree char *largest = nudge_number_format (d->largest, DIGITS);
  g_autofree char *cosine =
      isnan (d->cosine) ? g_strdup ("–") : nudge_number_format (d->cosine, 9);

  if (pair->largest_at == NULL)
    /* Translators: counts of values */
    return g_strdup_printf (_ ("%s of %s values differ in their bits"), changed, n);
  return g_strdup_printf (
      /* Translators: counts of values; norm; the largest, and where, "[2,1]"; cosine */
      _ ("%s of %s values differ: norm %s, the largest %s at %s; cosine %s"), changed, n,
      norm, largest, get_index (pair), cosine);
}

/* Returns: (transfer full): what differs, in words */
char *
nudge_tensor_pair_dup_sentence (NudgeTensorPair *self)
{
  const NnArrayPair *pair;

  g_return_val_if_fail (NUDGE_IS_TENSOR_PAIR (self), NULL);

  pair = &self->pair;
  switch (pair->kind) {
  case NN_PAIR_SAME:
    return g_strdup (_ ("The same in both, to the bit"));
  case NN_PAIR_CHANGED:
  case NN_PAIR_TYPE:
    return dup_difference_sentence (pair);
  case NN_PAIR_SHAPE:
    return g_strdup_printf (_ ("Of shape %s in A, and %s in B"), pair->shapes[0],
                            pair->shapes[1]);
  case NN_PAIR_OTHER:
    return g_strdup_printf (_ ("Different bytes, of type %s, which is not read"),
                            pair->types[0] ? pair->types[0] : pair->types[1]);
  case NN_PAIR_ONLY_A:
    return g_strdup (_ ("B has no tensor of this name"));
  case NN_PAIR_ONLY_B:
    return g_strdup (_ ("A has no tensor of this name"));
  default:
    g_return_val_if_reached (NULL);
  }
}

/* ---- life -------------------------------------------------------------------------- */

static void
nudge_tensor_pair_finalize (GObject *object)
{
  NudgeTensorPair *self = NUDGE_TENSOR_PAIR (object);

  g_free (self->pair.name);
  g_free (self->pair.largest_at);
  for (guint side = 0; side < 2; side++) {
    g_free (self->pair.types[side]);
    g_free (self->pair.shapes[side]);
  }
  nn_array_difference_clear (&self->pair.difference);
  G_OBJECT_CLASS (nudge_tensor_pair_parent_class)->finalize (object);
}

static void
nudge_tensor_pair_class_init (NudgeTensorPairClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = nudge_tensor_pair_finalize;
  g_signal_new ("changed", NUDGE_TYPE_TENSOR_PAIR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
}

static void
nudge_tensor_pair_init (NudgeTensorPair *self)
{
}
