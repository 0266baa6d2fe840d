/* test-nn-layer-kernels.c - all of a tiny or narrow layer's loops at once, and one after the other
 *
 * SPDX-License-Identifier: MIT
 */

#include <string.h>

#include "nn/kernels/nn-activation.h"
#include "numbers.h"
#include "tests/nn/kernel-sets.h"

/* One layer's arrays. */
typedef struct {
  float *z, *y, *dz, *dw, *dx;
} Results;

static void
init_results (Results *self, GRand *random, gsize n_y, gsize n_dw, gsize n_x)
{
  self->z = new_numbers (random, n_y);
  self->y = new_numbers (random, n_y);
  self->dz = new_numbers (random, n_y);
  self->dw = new_numbers (random, n_dw);
  self->dx = new_numbers (random, n_x);
}

static void
clear_results (Results *self)
{
  g_free (self->z);
  g_free (self->y);
  g_free (self->dz);
  g_free (self->dw);
  g_free (self->dx);
}

/* From the same dy, and to the same dw and dx where they are added to. */
static void
begin_as (Results *self, const Results *other, gsize n_y, gsize n_dw, gsize n_x)
{
  memcpy (self->dz, other->dz, n_y * sizeof (float));
  memcpy (self->dw, other->dw, n_dw * sizeof (float));
  memcpy (self->dx, other->dx, n_x * sizeof (float));
}

static void
assert_same (const float *values, const float *expected, gsize n)
{
  g_assert_cmpmem (values, n * sizeof *values, expected, n * sizeof *expected);
  g_assert_cmpfloat (values[n], ==, BEHIND);
}

static NnLayer
make_layer (const Results *r, gsize n_out, gsize n_in, gsize n, NnActivation activation)
{
  const gboolean reads_input = nn_activation_needs_input (activation);
  const gboolean relu = activation == NN_ACTIVATION_RELU;

  return (NnLayer){
    .forward = { .row_stride = n_in,
                 .term_stride = 1,
                 .y = reads_input ? r->z : r->y,
                 .y_stride = n,
                 .n_rows = n_out,
                 .n_terms = n_in,
                 .n_columns = n,
                 .relu = relu },
    .backward = { .dz = r->dz,
                  .y = relu ? r->y : NULL,
                  .dw = r->dw,
                  .db = r->dw + n_out * n_in,
                  .dx = r->dx,
                  .n_out = n_out,
                  .n_in = n_in,
                  .n_columns = n },
    .activation = activation,
    .n_outputs = n_out * n,
    .z = reads_input ? r->z : r->y,
    .y = r->y,
  };
}

/* The bias's gradient is wherever it is to be. @expected: dw, and db behind it */
static void
check_bias_apart (const NnKernels *set, NnLayer layer, const float *expected)
{
  const NnGradients *g = &layer.backward;
  const gsize n_weights = g->n_out * g->n_in;

  layer.backward.apart = TRUE;
  set->choose_loops (&layer);
  g->dw[n_weights] = BEHIND;
  set->layers_backward (&layer, 1);
  for (gsize i = 0; i < n_weights; i++)
    g_assert_cmpfloat (g->dw[i], ==, expected[i]);
  for (gsize i = 0; i < g->n_out; i++)
    g_assert_cmpfloat (g->db[i], ==, expected[n_weights + i]);
  g_assert_cmpfloat (g->dw[n_weights], ==, BEHIND);
}

/* And nothing was written behind them. Zeros may have either sign. */
static void
assert_equal (const float *values, const float *expected, gsize n)
{
  for (gsize i = 0; i < n; i++)
    g_assert_cmpfloat (values[i], ==, expected[i]);
  g_assert_cmpfloat (values[n], ==, BEHIND);
}

/* Layers so small that each size has code of its own, as the chain calls them: the same as
 * the loops that take any size. */
static void
check_tiny_layer (const NnKernels *set,
                  GRand *random,
                  gsize n_out,
                  gsize n_in,
                  gboolean relu)
{
  const gsize n = 4, n_y = n_out * n, n_x = n_in * n, n_dw = n_out * (n_in + 1);
  const NnActivation activation = relu ? NN_ACTIVATION_RELU : NN_ACTIVATION_IDENTITY;
  g_autofree float *a = new_numbers (random, n_out * n_in);
  g_autofree float *bias = new_numbers (random, n_out);
  g_autofree float *x = new_numbers (random, n_x);
  Results here, there;
  NnLayer layer;
  NnProduct product;
  NnGradients gradients;

  init_results (&here, random, n_y, n_dw, n_x);
  init_results (&there, random, n_y, n_dw, n_x);
  layer = make_layer (&here, n_out, n_in, n, activation);
  layer.forward.a = layer.backward.w = a;
  layer.forward.bias = bias;
  layer.forward.x = layer.backward.x = x;
  product = layer.forward;
  gradients = layer.backward;

  set->choose_loops (&layer);
  set->layers_forward (&layer, 1);
  product.y = there.y;
  set->product (&product);
  assert_same (here.y, there.y, n_y);

  set->layers_backward (&layer, 1);
  gradients.dw = there.dw;
  gradients.db = there.dw + n_out * n_in;
  gradients.dx = there.dx;
  set->gradients (&gradients);
  assert_equal (here.dw, there.dw, n_dw);
  assert_equal (here.dx, there.dx, n_x);

  layer.backward.db = there.y;
  check_bias_apart (set, layer, there.dw);
  clear_results (&here);
  clear_results (&there);
}

static void
test_tiny_layers_equal_loops (gconstpointer data)
{
  const NnKernels *set = kernel_sets[GPOINTER_TO_UINT (data)];
  g_autoptr (GRand) random = g_rand_new_with_seed (10);

  for (gsize n_out = 1; n_out <= 5; n_out++)
    for (gsize n_in = 1; n_in <= 5; n_in++) {
      check_tiny_layer (set, random, n_out, n_in, FALSE);
      check_tiny_layer (set, random, n_out, n_in, TRUE);
    }
}

/* What a layer's loops do at once, one after the other. */
static void
run_parts (const NnKernels *set, const NnLayer *layer)
{
  const NnGradients *g = &layer->backward;

  set->product (&layer->forward);
  if (layer->activation > NN_ACTIVATION_RELU) {
    set->activate (layer->activation, layer->z, layer->y, layer->n_outputs);
    set->activate_backward (layer->activation, layer->z, layer->y, g->dz, g->dz,
                            layer->n_outputs);
  }
  set->gradients (g);
}

/* @add: to the gradients that are there; without those of the input, as in a first layer, if
 * @first */
static void
check_narrow_layer (const NnKernels *set,
                    GRand *random,
                    NnActivation activation,
                    gsize n_out,
                    gsize n_in,
                    gboolean add,
                    gboolean first)
{
  const gsize n = set->vector_width, n_y = n_out * n, n_x = n_in * n;
  const gsize n_dw = n_out * (n_in + 1);
  g_autofree float *a = new_numbers (random, n_out * n_in);
  g_autofree float *bias = new_numbers (random, n_out);
  g_autofree float *x = new_numbers (random, n_x);
  Results here, there;
  NnLayer layers[2];

  init_results (&here, random, n_y, n_dw, n_x);
  init_results (&there, random, n_y, n_dw, n_x);
  begin_as (&here, &there, n_y, n_dw, n_x);
  layers[0] = make_layer (&here, n_out, n_in, n, activation);
  layers[1] = make_layer (&there, n_out, n_in, n, activation);
  for (gsize i = 0; i < 2; i++) {
    layers[i].forward.a = layers[i].backward.w = a;
    layers[i].forward.bias = bias;
    layers[i].forward.x = layers[i].backward.x = x;
    layers[i].backward.add = layers[i].backward.add_dx = add;
    if (first)
      layers[i].backward.dx = NULL;
  }
  set->choose_loops (&layers[0]);
  set->layers_forward (&layers[0], 1);
  set->layers_backward (&layers[0], 1);
  run_parts (set, &layers[1]);
  assert_same (here.y, there.y, n_y);
  if (nn_activation_needs_input (activation))
    assert_same (here.z, there.z, n_y);
  assert_same (here.dz, there.dz, n_y);
  assert_same (here.dw, there.dw, n_dw);
  assert_same (here.dx, there.dx, n_x);
  clear_results (&here);
  clear_results (&there);
}

/* Where one vector holds a batch, the bits are those of the parts one after the other. */
static void
test_narrow_layers_equal_parts (gconstpointer data)
{
  const NnKernels *set = kernel_sets[GPOINTER_TO_UINT (data)];
  g_autoptr (GRand) random = g_rand_new_with_seed (11);

  if (set->vector_width < 8) /* its narrow layers are the tiny ones */
    return;
  for (gsize activation = 0; activation < NN_N_ACTIVATIONS; activation++)
    for (gsize n_out = 1; n_out <= 20; n_out++)
      for (gsize n_in = 1; n_in <= 10; n_in++) {
        check_narrow_layer (set, random, activation, n_out, n_in, FALSE, FALSE);
        check_narrow_layer (set, random, activation, n_out, n_in, FALSE, TRUE);
        check_narrow_layer (set, random, activation, n_out, n_in, TRUE, FALSE);
      }
}
int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add_for_each_set ("/nn/layer-kernels", "tiny-layers-equal-loops",
                    test_tiny_layers_equal_loops);
  add_for_each_set ("/nn/layer-kernels", "narrow-layers-equal-parts",
                    test_narrow_layers_equal_parts);
  return g_test_run ();
}
