/* nn-orthogonal.c - the orthogonal matrix that is in a matrix
 *
 * SPDX-License-Identifier: MIT
 *
 * The QR decomposition by Householder's reflections (Golub and Van Loan, Matrix
 * Computations, 2013, §5.2.2), in double. The matrix is worked on as its longer vectors,
 * columns or rows, each of which is contiguous: A has as many of them as it is narrow.
 */

#include "nn/nudge/nn-orthogonal.h"

#include <math.h>

/* What is computed side by side, the same on every processor. */
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

/* The vector that is left of @x, (n), becomes (β, v₁ …), so that the reflection by (1, v₁ …)
 * takes it to (β, 0 …). β has the sign that x₀ has not, lest something cancels out. */
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

/* 2 / |(1, v₁ …)|², or 0 where nothing is reflected. */
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

/* a: (n_vectors)[length] becomes reflections, whose first elements are the diagonal of R. */
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

/* What decompose () left becomes the vectors of Q, each times the sign of R's diagonal, or
 * 0 where that is 0. The last reflection comes first, so that each is used up in its turn. */
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
 * @work: (n_rows * n_columns)
 * @result: (n_rows, n_columns) out, overwritten: what torch.nn.init.orthogonal_ makes of a
 *   matrix of random numbers, of @matrix: the Q of its QR decomposition, with signs so that
 *   R's diagonal is positive; by its rows, if there are fewer of them than columns
 *
 * A vector that depends on those before it has no direction of its own: PyTorch, and this,
 * give it zeros if it is computed to be exactly 0, and some direction else.
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
 * @matrix: (n_rows, n_columns) in/out: the same of a matrix in float64
 * @work: (n_rows * n_columns)
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
