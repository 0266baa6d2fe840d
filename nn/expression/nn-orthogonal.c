/* nn-orthogonal.c - orthogonalises a matrix, as torch.nn.init.orthogonal_ does
 *
 * SPDX-License-Identifier: MIT
 *
 * QR decomposition by Householder reflections (Golub and Van Loan, Matrix Computations,
 * 2013, §5.2.2), in double. The matrix is stored as its longer vectors, columns or rows,
 * each of them contiguous.
 */

#include "nn/expression/nn-orthogonal.h"

#include <math.h>

/* Partial sums of a fixed width, so that the bits are the same on every processor. */
typedef double Doubles __attribute__ ((vector_size (8 * sizeof (double)), aligned (8)));

static double
multiply (const double *x, const double *y, gsize n)
{
  Doubles sums = { 0 };
  double sum = 0;
  gsize i = 0;

  for (; i + 8 <= n; i += 8)
    sums += *(const Doubles *) (x + i) * *(const Doubles *) (y + i);
  for (gsize k = 0; k < 8; k++)
    sum += sums[k];
  for (; i < n; i++)
    sum += x[i] * y[i];
  return sum;
}

/* x = x - factor v, (n) each */
static void
subtract (double *x, const double *v, double factor, gsize n)
{
  gsize i = 0;

  for (; i + 8 <= n; i += 8)
    *(Doubles *) (x + i) -= factor * *(const Doubles *) (v + i);
  for (; i < n; i++)
    x[i] -= factor * v[i];
}

/* Replaces @x (n) by (β, v₁ …) such that the reflection by (1, v₁ …) maps it to (β, 0 …).
 * β has the opposite sign of x₀, which avoids cancellation. */
static void
find_reflection (double *x, gsize n)
{
  const double rest = multiply (x + 1, x + 1, n - 1);
  double beta;

  if (rest == 0)
    return;
  beta = -copysign (sqrt (x[0] * x[0] + rest), x[0]);
  for (gsize i = 1; i < n; i++)
    x[i] /= x[0] - beta;
  x[0] = beta;
}

/* Returns: 2 / |(1, v₁ …)|²; 0 if there is nothing to reflect */
static double
get_factor (const double *v, gsize n)
{
  const double rest = multiply (v + 1, v + 1, n - 1);

  return rest == 0 ? 0 : 2 / (1 + rest);
}

static void
reflect (double *x, const double *v, double factor, gsize n)
{
  const double amount = factor * (x[0] + multiply (x + 1, v + 1, n - 1));

  x[0] -= amount;
  subtract (x + 1, v + 1, amount, n - 1);
}

/* Replaces a (n_vectors)[length] by reflections, whose first elements are
 * R's diagonal. */
static void
decompose (double *a, gsize n_vectors, gsize length)
{
  for (gsize k = 0; k < n_vectors; k++) {
    double *v = a + k * length + k;
    double factor;

    find_reflection (v, length - k);
    factor = get_factor (v, length - k);
    for (gsize i = k + 1; i < n_vectors; i++)
      reflect (a + i * length + k, v, factor, length - k);
  }
}

/* Replaces what decompose () left by the vectors of Q, each times the sign of R's
 * diagonal, or 0 if that is 0. Goes backwards, so that a reflection is overwritten after
 * its last use. */
static void
compose (double *a, gsize n_vectors, gsize length)
{
  for (gsize k = n_vectors; k-- > 0;) {
    double *v = a + k * length + k;
    const double factor = get_factor (v, length - k);
    const double sign = (v[0] > 0) - (v[0] < 0);

    for (gsize i = k + 1; i < n_vectors; i++) {
      double *x = a + i * length + k;

      x[0] = 0;
      reflect (x, v, factor, length - k);
    }
    v[0] = sign * (1 - factor);
    for (gsize i = 1; i < length - k; i++)
      v[i] *= sign * -factor;
  }
}

/**
 * nn_orthogonal_make:
 * @matrix: (n_rows, n_columns)
 * @work: (n_rows * n_columns): scratch
 * @result: (out) (n_rows, n_columns): the Q of the QR decomposition, with signs such that
 *   R's diagonal is positive; of the transpose, transposed back, if there are fewer rows
 *   than columns
 *
 * What torch.nn.init.orthogonal_ does to random numbers, here to @matrix. For a vector
 * that depends linearly on those before it the result is zeros if its remainder is
 * computed to be exactly 0, else an arbitrary direction, as in PyTorch.
 */
void
nn_orthogonal_make (const float *matrix,
                    gsize n_rows,
                    gsize n_columns,
                    double *work,
                    float *result)
{
  const gboolean wide = n_rows < n_columns;
  const gsize n_vectors = wide ? n_rows : n_columns;
  const gsize length = wide ? n_columns : n_rows;
  const gsize vector_step = wide ? n_columns : 1;
  const gsize step = wide ? 1 : n_columns;

  for (gsize k = 0; k < n_vectors; k++)
    for (gsize i = 0; i < length; i++)
      work[k * length + i] = (double) matrix[k * vector_step + i * step];
  decompose (work, n_vectors, length);
  compose (work, n_vectors, length);
  for (gsize k = 0; k < n_vectors; k++)
    for (gsize i = 0; i < length; i++)
      result[k * vector_step + i * step] = (float) work[k * length + i];
}

/**
 * nn_orthogonal_make_doubles:
 * @matrix: (inout) (n_rows, n_columns)
 * @work: (n_rows * n_columns): scratch
 *
 * nn_orthogonal_make () in float64, in place.
 */
void
nn_orthogonal_make_doubles (double *matrix, gsize n_rows, gsize n_columns, double *work)
{
  const gboolean wide = n_rows < n_columns;
  const gsize n_vectors = wide ? n_rows : n_columns;
  const gsize length = wide ? n_columns : n_rows;
  const gsize vector_step = wide ? n_columns : 1;
  const gsize step = wide ? 1 : n_columns;

  for (gsize k = 0; k < n_vectors; k++)
    for (gsize i = 0; i < length; i++)
      work[k * length + i] = matrix[k * vector_step + i * step];
  decompose (work, n_vectors, length);
  compose (work, n_vectors, length);
  for (gsize k = 0; k < n_vectors; k++)
    for (gsize i = 0; i < length; i++)
      matrix[k * vector_step + i * step] = work[k * length + i];
}
