/* nn-catalogue.c - the table of named update functions: grow, shrink, noise, prune …
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/expression/nn-catalogue.h"

#include <float.h>
#include <glib/gi18n.h>

/* For round: quantizes to equal steps between ±max|w| with 0 as one of them, as a signed
 * integer of a bits does without its lowest value. Zeros stay as they are, as there is no
 * step size. */
#define LARGEST "max(max, -min)"
#define LEVELS  "(2^(round(a) - 1) - 1)"
#define QUANTISED                                                                        \
  LARGEST " > 0 ? round(w/" LARGEST "*" LEVELS ")*" LARGEST "/" LEVELS " : w"

static const NnDomain fraction = { 0, 1, FALSE, N_ ("from 0 to 1") };
static const NnDomain bits = { 2, 24, FALSE, N_ ("from 2 to 24 bits") };
static const NnDomain not_negative = { 0, FLT_MAX, FALSE, N_ ("of 0 or more") };
static const NnDomain positive = { 0, FLT_MAX, TRUE, N_ ("above 0") };

/* With their default amounts, the first three are the functions of the seed
 * experiment. */
static const NnFunction functions[] = {
  {
      .name = "grow",
      .expression = "w + a*w",
      .symbol = "w + a·w",
      .sentence = N_ ("adds a fraction a of each weight to itself"),
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
      .sentence = N_ ("multiplies each weight by a"),
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
      .sentence = N_ ("subtracts a fraction a of each weight from it"),
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
      .sentence = N_ ("adds a new normal random number, times a, to each weight"),
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
      .sentence = N_ ("adds a to each weight"),
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
      .sentence = N_ ("clamps each weight to the range from −a to a"),
      .has_amount = TRUE,
      .least = 0.0f,
      .most = 2.0f,
      .usual = 1.0f,
      .first = 0.5f,
      .logarithmic = FALSE,
      .domain = &not_negative,
      .synonym = "clip",
  },
  {
      .name = "prune",
      .expression = "rank < a ? 0 : w",
      .symbol = "0 where rank < a",
      .sentence = N_ ("sets a fraction a of the weights, the smallest ones, to zero"),
      .has_amount = TRUE,
      .least = 0.0f,
      .most = 1.0f,
      .usual = 0.5f,
      .first = 0.5f,
      .logarithmic = FALSE,
      .domain = &fraction,
  },
  {
      .name = "round",
      .expression = QUANTISED,
      .symbol = "w to a bits",
      .sentence = N_ ("rounds each weight to one of 2ᵃ − 1 even steps from −max|w| to "
                      "max|w|: a bits"),
      .has_amount = TRUE,
      .least = 2.0f,
      .most = 16.0f,
      .usual = 4.0f,
      .first = 4.0f,
      .logarithmic = FALSE,
      .domain = &bits,
      .synonym = "quantise",
  },
  {
      .name = "normalise",
      .expression = "norm > 0 ? w*(a/norm) : w",
      .symbol = "a·w / ‖w‖",
      .sentence = N_ ("scales the weights together so that their norm is a"),
      .has_amount = TRUE,
      .least = 0.01f,
      .most = 100.0f,
      .usual = 1.0f,
      .first = 1.0f,
      .logarithmic = TRUE,
      .domain = &positive,
      .synonym = "normalize",
  },
  {
      .name = "blend",
      .expression = "(1 - a)*w + a*w0",
      .symbol = "(1 − a)·w + a·w₀",
      .sentence =
          N_ ("moves each weight a fraction a of the way back to its initial value"),
      .has_amount = TRUE,
      .least = 0.0f,
      .most = 1.0f,
      .usual = 0.1f,
      .first = 0.25f,
      .logarithmic = FALSE,
      .domain = &fraction,
  },
  {
      .name = "flip",
      .expression = "-w",
      .symbol = "−w",
      .sentence = N_ ("changes the sign of each weight"),
      .most = 1.0f,
  },
  {
      .name = "zero",
      .expression = "0",
      .symbol = "0",
      .sentence = N_ ("sets each weight to zero"),
      .most = 1.0f,
  },
  {
      .name = "reinitialise",
      .expression = "fresh",
      .symbol = "fresh",
      .sentence = N_ ("draws each weight again, as the experiment drew its initial ones"),
      .most = 1.0f,
      .synonym = "reinitialize",
  },
  {
      .name = "pin",
      .expression = "before",
      .symbol = "w before the optimizer",
      .sentence = N_ ("sets each weight back to its value before the optimizer's step; "
                      "let it repeat"),
      .needs_repeating = TRUE,
      .most = 1.0f,
  },
  {
      .name = "permute",
      .expression = "shuffled",
      .symbol = "shuffled",
      .sentence = N_ ("shuffles the weights"),
      .most = 1.0f,
      .synonym = "shuffle",
  },
  {
      .name = "orthogonalise",
      .expression = "w + a*(orthogonal - w)",
      .symbol = "w + a·(orthogonal − w)",
      .sentence = N_ ("moves a weight matrix a fraction a of the way to the Q of its QR "
                      "decomposition; a bias stays"),
      .has_amount = TRUE,
      .least = 0.0f,
      .most = 1.0f,
      .usual = 1.0f,
      .first = 0.5f,
      .logarithmic = FALSE,
      .domain = &fraction,
      .synonym = "orthogonalize",
  },
  {
      .name = "ema",
      .expression = "m = a*m + (1 - a)*w",
      .symbol = "m = a·m + (1 − a)·w",
      .sentence = N_ ("keeps a moving average of the weights, of which a fraction a "
                      "stays each time, in their slow copy m"),
      .has_amount = TRUE,
      .least = 0.0f,
      .most = 1.0f,
      .usual = 0.99f,
      .first = 0.99f,
      .logarithmic = FALSE,
      .domain = &fraction,
  },
  {
      .name = "polyak",
      .expression = "m = m + (w - m)/max(n - a + 1, 1)",
      .symbol = "m = m + (w − m)/max(n − a + 1, 1)",
      .sentence = N_ ("keeps the mean of the weights of all steps from step a on in "
                      "their slow copy m"),
      .has_amount = TRUE,
      .least = 1.0f,
      .most = 1000.0f,
      .usual = 1.0f,
      .first = 1.0f,
      .logarithmic = TRUE,
      .domain = &not_negative,
      .synonym = "swa",
  },
  {
      .name = "lookahead",
      .expression = "m = m + a*(w - m); w = m",
      .symbol = "m = m + a·(w − m); w = m",
      .sentence = N_ ("moves the slow copy m a fraction a of the way to the weights, and "
                      "sets the weights to m"),
      .has_amount = TRUE,
      .least = 0.0f,
      .most = 1.0f,
      .usual = 0.5f,
      .first = 0.5f,
      .logarithmic = FALSE,
      .domain = &fraction,
  },
  {
      .name = "reptile",
      .expression = "m = m - a*(m - w); w = m",
      .symbol = "m = m − a·(m − w); w = m",
      .sentence = N_ ("ends a task of Reptile: moves m a fraction a of the way to w, and "
                      "sets w to m"),
      .has_amount = TRUE,
      .least = 0.0f,
      .most = 1.0f,
      .usual = 0.1f,
      .first = 0.1f,
      .logarithmic = FALSE,
      .domain = &fraction,
  },
  {
      .name = "perturb",
      .expression = "m = w; w = w + a*noise",
      .symbol = "m = w; w = w + a·noise",
      .sentence = N_ ("keeps the weights in m and adds noise, times a, for one forward "
                      "pass: restore undoes it"),
      .has_amount = TRUE,
      .least = 0.0001f,
      .most = 1.0f,
      .usual = 0.01f,
      .first = 0.01f,
      .logarithmic = TRUE,
  },
  {
      .name = "restore",
      .expression = "m",
      .symbol = "m",
      .sentence = N_ ("sets each weight to its slow copy m"),
      .most = 1.0f,
  },
};

/**
 * nn_catalogue_get:
 * @n_functions: (out) (optional)
 *
 * Returns: (transfer none) (array length=n_functions): in the order in which they
 *   are shown
 */
const NnFunction *
nn_catalogue_get (gsize *n_functions)
{
  if (n_functions != NULL)
    *n_functions = G_N_ELEMENTS (functions);
  return functions;
}
