/* nn-catalogue.c - the update functions that have a name
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/nudge/nn-catalogue.h"

#include "nn/base/nn-names.h"
#include "nn/base/nn-text.h"

/* Steps of the same size, one of them zero, between ±max|w|: those of a signed number of a
 * bits without its lowest. A tensor of zeros has no size of step, and stays. */
#define LARGEST "max(max, -min)"
#define LEVELS  "(2^(round(a) - 1) - 1)"
#define QUANTISED                                                                        \
  LARGEST " > 0 ? round(w/" LARGEST "*" LEVELS ")*" LARGEST "/" LEVELS " : w"

/* The usual amounts make the first three the functions of the seed experiment. */
static const NnFunction functions[] = {
  {
      .name = "grow",
      .expression = "w + a*w",
      .symbol = "w + a·w",
      .sentence = "adds a fraction a of each weight to itself",
      .has_amount = TRUE,
      .least = 0.0001f,
      .most = 1.0f,
      .usual = 0.001f,
      .first = 0.2f,
      .logarithmic = TRUE,
  },
  {
      .name = "scale",
      .expression = "a*w",
      .symbol = "a·w",
      .sentence = "multiplies each weight by a",
      .has_amount = TRUE,
      .least = 0.0f,
      .most = 2.0f,
      .usual = 0.01f,
      .first = 0.8f,
      .logarithmic = FALSE,
  },
  {
      .name = "shrink",
      .expression = "w - a*w",
      .symbol = "w − a·w",
      .sentence = "takes a fraction a of each weight away from it",
      .has_amount = TRUE,
      .least = 0.0001f,
      .most = 1.0f,
      .usual = 0.1f,
      .first = 0.1f,
      .logarithmic = TRUE,
  },
  {
      .name = "noise",
      .expression = "w + a*noise",
      .symbol = "w + a·noise",
      .sentence = "adds a fresh normal random number to each weight, a times as large",
      .has_amount = TRUE,
      .least = 0.0001f,
      .most = 1.0f,
      .usual = 0.01f,
      .first = 0.1f,
      .logarithmic = TRUE,
  },
  {
      .name = "add",
      .expression = "w + a",
      .symbol = "w + a",
      .sentence = "adds a to each weight",
      .has_amount = TRUE,
      .least = -1.0f,
      .most = 1.0f,
      .usual = 0.1f,
      .first = 0.1f,
      .logarithmic = FALSE,
  },
  {
      .name = "clamp",
      .expression = "clamp(w, -a, a)",
      .symbol = "clamp(w, −a, a)",
      .sentence = "moves each weight that is beyond −a or a to there",
      .has_amount = TRUE,
      .least = 0.0f,
      .most = 2.0f,
      .usual = 1.0f,
      .first = 0.5f,
      .logarithmic = FALSE,
  },
  {
      .name = "prune",
      .expression = "rank < a ? 0 : w",
      .symbol = "0 where rank < a",
      .sentence = "sets a fraction a of the weights, the smallest ones, to zero",
      .has_amount = TRUE,
      .least = 0.0f,
      .most = 1.0f,
      .usual = 0.5f,
      .first = 0.5f,
      .logarithmic = FALSE,
  },
  {
      .name = "round",
      .expression = QUANTISED,
      .symbol = "w to a bits",
      .sentence =
          "rounds each weight to one of 2ᵃ − 1 even steps from −max|w| to max|w|: a bits",
      .has_amount = TRUE,
      .least = 2.0f,
      .most = 16.0f,
      .usual = 4.0f,
      .first = 4.0f,
      .logarithmic = FALSE,
  },
  {
      .name = "normalise",
      .expression = "norm > 0 ? w*(a/norm) : w",
      .symbol = "a·w / ‖w‖",
      .sentence = "scales the weights together so that their norm is a",
      .has_amount = TRUE,
      .least = 0.01f,
      .most = 100.0f,
      .usual = 1.0f,
      .first = 1.0f,
      .logarithmic = TRUE,
  },
  {
      .name = "blend",
      .expression = "(1 - a)*w + a*w0",
      .symbol = "(1 − a)·w + a·w₀",
      .sentence = "moves each weight a fraction a of the way back to its initial value",
      .has_amount = TRUE,
      .least = 0.0f,
      .most = 1.0f,
      .usual = 0.1f,
      .first = 0.25f,
      .logarithmic = FALSE,
  },
  {
      .name = "flip",
      .expression = "-w",
      .symbol = "−w",
      .sentence = "turns the sign of each weight around",
      .most = 1.0f,
  },
  {
      .name = "zero",
      .expression = "0",
      .symbol = "0",
      .sentence = "sets each weight to zero",
      .most = 1.0f,
  },
  {
      .name = "reinitialise",
      .expression = "fresh",
      .symbol = "fresh",
      .sentence = "draws each weight anew, as the experiment drew its first ones",
      .most = 1.0f,
  },
  {
      .name = "pin",
      .expression = "before",
      .symbol = "w before the optimizer",
      .sentence =
          "puts each weight back to what it was before the optimizer; so repeat it",
      .needs_repeating = TRUE,
      .most = 1.0f,
  },
  {
      .name = "permute",
      .expression = "shuffled",
      .symbol = "shuffled",
      .sentence = "deals the weights out again in a random order",
      .most = 1.0f,
  },
  {
      .name = "orthogonalise",
      .expression = "w + a*(orthogonal - w)",
      .symbol = "w + a·(orthogonal − w)",
      .sentence = "moves a weight matrix a fraction a of the way to the orthogonal one "
                  "in it; a bias stays",
      .has_amount = TRUE,
      .least = 0.0f,
      .most = 1.0f,
      .usual = 1.0f,
      .first = 0.5f,
      .logarithmic = FALSE,
  },
};

/**
 * nn_catalogue_get:
 * @n_functions: (out) (optional)
 *
 * Returns: (transfer none): the entries, in the order people see them
 */
const NnFunction *
nn_catalogue_get (gsize *n_functions)
{
  if (n_functions != NULL)
    *n_functions = G_N_ELEMENTS (functions);
  return functions;
}

/**
 * nn_catalogue_find:
 *
 * Returns: (transfer none) (nullable): the entry called @name, or %NULL with an
 *   error that lists the names there are
 */
const NnFunction *
nn_catalogue_find (const char *name, GError **error)
{
  guint index;

  return nn_names_find_row (functions, sizeof *functions, G_N_ELEMENTS (functions),
                            "function", name, &index, error)
             ? &functions[index]
             : NULL;
}

static gboolean
equal_but_for_space (const char *a, const char *b)
{
  for (;;) {
    a = nn_text_skip_space (a);
    b = nn_text_skip_space (b);
    if (*a != *b)
      return FALSE;
    if (*a == '\0')
      return TRUE;
    a++;
    b++;
  }
}

/**
 * nn_catalogue_find_expression:
 *
 * Returns: (transfer none) (nullable): the entry whose expression is @expression,
 *   white space aside
 */
const NnFunction *
nn_catalogue_find_expression (const char *expression)
{
  for (gsize i = 0; i < G_N_ELEMENTS (functions); i++)
    if (equal_but_for_space (functions[i].expression, expression))
      return &functions[i];
  return NULL;
}
