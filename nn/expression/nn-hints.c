/* nn-hints.c - what to write instead of names that the language does not have
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/expression/nn-hints.h"

#include <glib/gi18n.h>

#include "nn/expression/nn-words.h"

static const NnHint hints[] = {
  { "freeze lock fix frozen requires_grad requires_grad_",
    N_ ("to keep weights as they are, pin them every step"), "pin" },
  { "mask masked", N_ ("a mask is a choice between two values"), "abs(w) < 0.1 ? 0 : w" },
  { "weight weights param params p parameter value values x W data",
    N_ ("the value of a weight is w"), "w", TRUE },
  { "with no_grad torch enable_grad inference_mode",
    N_ ("every nudge is applied without gradients: write the function alone"), NULL },
  { "dropout(", N_ ("dropout is a choice by random numbers, and scales what stays"),
    "rand < 0.5 ? 0 : w/(1 - 0.5)" },
  { "dropout", N_ ("dropout is a choice by random numbers"), "rand < 0.5 ? 0 : w" },
  { "if", N_ ("a condition stands between its two values"), "0 if abs(w) < 0.1 else w" },
  { "for while def lambda return import print assert",
    N_ ("an update function is one expression, for every weight at once"), NULL },
  { "decay weight_decay l2", N_ ("decay is shrinking by a fraction"), "shrink" },
  { "reset init initialize reinit xavier_uniform_ xavier_normal_ xavier kaiming "
    "kaiming_uniform_ kaiming_normal_ trunc_normal_ glorot he",
    N_ ("reinitialise draws new initial values"), "reinitialise" },
  { "renorm unit", N_ ("normalise sets the norm"), "normalise" },
  { "averaged averaging moving_average average_weights shadow slow",
    N_ ("a second set of weights is the slow copy m, which ema and polyak keep"), "ema" },
  { "swap permutation randperm shuffle", N_ ("permute shuffles the weights"), "permute" },
  { "quantize quantise bits int8", N_ ("round leaves fewer bits"), "round" },
  { "half( bfloat16 float16", N_ ("weights are float32 here, and stay so"), NULL },
  { "gelu", N_ ("there is no erf: this is F.gelu(x, approximate='tanh')"),
    "0.5*w*(1 + tanh(0.7978846*(w + 0.044715*w^3)))" },
  { "selu", N_ ("write it out"), "1.050701*(w > 0 ? w : 1.6732632*(exp(w) - 1))" },
  { "celu", N_ ("with alpha 1 it is elu"), "elu(w)" },
  { "mish", N_ ("write it out"), "w*tanh(log(1 + exp(w)))" },
  { "erf erfc erfinv", N_ ("there is no erf: sigmoid and tanh are near it"), NULL },
  { "expm1", N_ ("write exp(x) - 1"), "exp(w) - 1" },
  { "log1p", N_ ("write log(1 + x)"), "log(1 + w)" },
  { "sparsify sparse l1_unstructured ln_structured random_unstructured magnitude",
    N_ ("prune sets the smallest weights to zero"), "prune" },
  { "variance", N_ ("the variance is the square of std"), "std(w)^2", TRUE },
  { "argmin argmax sort argsort topk cumsum",
    N_ ("the order of weights is rank, 0 to 1, as in rank < 0.5 ? 0 : w"), NULL },
  { "loss epoch batch y input output", N_ ("only the step is known here: n"), NULL },
  { "T t reshape view flatten matmul mm dot transpose flip( fliplr flipud roll rot90 "
    "cat stack",
    N_ ("an update function is elementwise: weights keep their places"), NULL },
  { "normalize( normalise( normalize_", N_ ("row by row the norm is norm(w, dim=1)"),
    "w/norm(w, dim=1)" },
  { "softmax log_softmax", N_ ("a sum over rows is one with dim=1"),
    "exp(w)/sum(exp(w), dim=1)" },
  { "eye identity", N_ ("the rows are i and the columns j"), "i == j ? 1 : 0" },
  { "tril", N_ ("the rows are i and the columns j"), "i >= j ? w : 0" },
  { "triu", N_ ("the rows are i and the columns j"), "i <= j ? w : 0" },
  { "halve half", N_ ("half of a weight is 0.5*w"), "0.5*w" },
  { "double twice", N_ ("twice a weight is 2*w"), "2*w" },
  { "negate", N_ ("flip changes the sign"), "flip" },
  { "invert inverse", N_ ("-w has the other sign, and 1/w is the reciprocal"), NULL },
  { "set", N_ ("the function itself is the new value"), NULL },
  { "random", N_ ("uniform random numbers are rand"), "rand", TRUE },
  { "jitter gaussian", N_ ("noise adds normal random numbers"), "noise" },
  { "multiply mul times", N_ ("scale multiplies the weights"), "scale" },
  { "rewind", N_ ("the initial values are w0"), "w0" },
  { "ones", N_ ("a value is a number"), "1" },
  { "zeros", N_ ("zero sets all to 0"), "zero" },
  { "leave keep same unchanged nothing", N_ ("write w for weights that stay as they are"),
    "w" },
  { "orthogonal_ orthogonalize_", N_ ("orthogonalise makes a matrix orthogonal"),
    "orthogonalise" },
  { "isnan isinf isfinite nan_to_num",
    N_ ("weights are finite: a nudge that would make one infinite is refused"), NULL },
  { "tensor array linspace arange",
    N_ ("single weights are chosen by the target, as in fc1.weight[0,1]: 0.25"), NULL },
  { "fmod mod remainder floor_divide",
    N_ ("write x - y*floor(x/y) for the remainder, floor(x/y) for the quotient"), NULL },
  { "nan inf", N_ ("a weight is a finite number"), NULL },
  { "sinh cosh", N_ ("write (exp(x) - exp(-x))/2, with + for cosh"), NULL },
  { "asin acos atan arcsin arccos arctan", N_ ("there is sin, cos and tanh"), NULL },
  { "tan", N_ ("write sin(x)/cos(x)"), "sin(w)/cos(w)" },
  { "log2", N_ ("write log(x)/log(2)"), "log(w)/log(2)" },
  { "log10", N_ ("write log(x)/log(10)"), "log(w)/log(10)" },
  { "len numel size shape",
    N_ ("for the number of weights, count values that are never 0"), "count(w == w)",
    TRUE },
};

/**
 * nn_hints_find:
 * @name: with a '(' at its end if it is called with arguments
 *
 * Returns: (transfer none) (nullable): NULL if there is no hint
 */
const NnHint *
nn_hints_find (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (hints); i++)
    if (nn_words_is_among (hints[i].names, name))
      return &hints[i];
  return NULL;
}
