/* check-math.c - the largest errors of the vector functions, over all floats
 *
 * SPDX-License-Identifier: MIT
 *
 *   check-math-SET [STEP]
 *
 * Prints each function's largest error in units of the exact value's last place, and where
 * it is, for the instruction set that is in the program's name. With STEP only every
 * STEP-th vector of floats is tried; all of them take a minute for each function. C's
 * functions in double stand for the exact values.
 *
 * The functions are private to the kernels, which include them as is done here.
 */

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "nn/kernels/width.inc"

#include "nn/kernels/vector.inc"

#include "nn/kernels/math.inc"
#include "tests/last-place.h"

static double
sigmoid (double x)
{
  return 1 / (1 + exp (-x));
}

typedef struct {
  const char *name;
  NnVector (*function) (NnVector x);
  double (*exact) (double x);
  float least; /* where the function is meant to be right */
  float most;
} Case;

static const Case cases[] = {
  { "exp", vector_exp, exp, -INFINITY, INFINITY },
  { "log", vector_log, log, -INFINITY, INFINITY },
  { "sin", vector_sin, sin, -INFINITY, INFINITY },
  { "cos", vector_cos, cos, -INFINITY, INFINITY },
  { "log1p", vector_log1p, log1p, 0, 0x1p100f },
  { "tanh", vector_tanh, tanh, -INFINITY, INFINITY },
  { "sigmoid", vector_sigmoid, sigmoid, -88.5f, INFINITY },
  { "erf", vector_erf, erf, -INFINITY, INFINITY },
};

static void
check (const Case *self, guint64 step)
{
  double largest = 0;
  float at = 0;

  for (guint64 first = 0; first <= G_MAXUINT32; first += step * NN_WIDTH) {
    const NnVector x =
        (NnVector) ((NnIntVector){ LANE_NUMBERS } + (gint32) (guint32) first);
    const NnVector y = self->function (x);

    for (gsize i = 0; i < NN_WIDTH; i++) {
      double error;

      if (x[i] < self->least || x[i] > self->most)
        continue;
      error = get_error (y[i], self->exact ((double) x[i]));
      if (error > largest) {
        largest = error;
        at = x[i];
      }
    }
  }
  printf ("%s %s: %.3f at %.9g\n", G_STRINGIFY (NN_KERNEL_SET), self->name, largest,
          (double) at);
}

int
main (int argc, char *argv[])
{
  const guint64 step = argc > 1 ? strtoull (argv[1], NULL, 10) : 1;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    check (&cases[i], MAX (step, 1));
  return 0;
}
