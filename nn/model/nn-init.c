/* nn-init.c - the initialisation of a network's parameters, as torch.nn.init does it
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/model/nn-init.h"

#include <glib/gi18n.h>
#include <math.h>

#include "nn/base/nn-names.h"
#include "nn/tensor/nn-grad-mode.h"

static void
fill (const NnInitDraw *what, float value)
{
  for (gsize i = 0; i < what->n; i++)
    what->values[i] = value;
}

static void
fill_uniform (const NnInitDraw *what, double bound, NnRandom *random)
{
  nn_random_fill_uniform (random, (float) -bound, (float) bound, what->values, what->n);
}

/* nn.Linear's reset_parameters: the weight by kaiming_uniform_ with a = √5, the bias
 * uniform in ±1/√fan_in. The two bounds are equal except for rounding, so each is
 * computed by PyTorch's own steps, here and below. */
static void
draw_default (const NnInit *self, const NnInitDraw *what, NnRandom *random)
{
  const double gain = sqrt (2.0 / (1 + sqrt (5.0) * sqrt (5.0)));

  fill_uniform (what,
                what->is_bias ? 1 / sqrt (what->fan_in)
                              : sqrt (3.0) * (gain / sqrt (what->fan_in)),
                random);
}

/* The standard deviations of Glorot and Bengio (2010) and, below, of He et al. (2015). A
 * uniform number in ±b has the standard deviation b/√3. */
static double
get_xavier (const NnInitDraw *what)
{
  return sqrt (2.0 / (what->fan_in + what->fan_out));
}

static double
get_kaiming (const NnInitDraw *what)
{
  return sqrt (2.0) / sqrt (what->fan_in);
}

static void
draw_xavier_uniform (const NnInit *self, const NnInitDraw *what, NnRandom *random)
{
  fill_uniform (what, sqrt (3.0) * get_xavier (what), random);
}

static void
draw_xavier_normal (const NnInit *self, const NnInitDraw *what, NnRandom *random)
{
  nn_random_fill_normal (random, 0, get_xavier (what), what->values, what->n);
}

static void
draw_kaiming_uniform (const NnInit *self, const NnInitDraw *what, NnRandom *random)
{
  fill_uniform (what, sqrt (3.0) * get_kaiming (what), random);
}

static void
draw_kaiming_normal (const NnInit *self, const NnInitDraw *what, NnRandom *random)
{
  nn_random_fill_normal (random, 0, get_kaiming (what), what->values, what->n);
}

static void
draw_zeros (const NnInit *self, const NnInitDraw *what, NnRandom *random)
{
  fill (what, 0);
}

static void
draw_constant (const NnInit *self, const NnInitDraw *what, NnRandom *random)
{
  fill (what, self->constant);
}

static const NnSetting constant_settings[] = {
  {
      .key = "value",
      .sentence = N_ ("the initial value of each weight and bias"),
      .type = NN_SETTING_FLOAT,
      .offset = G_STRUCT_OFFSET (NnInit, constant),
      .required = TRUE,
      .usual = 0.5,
      .least = -NN_SETTING_LARGEST_FLOAT,
      .most = NN_SETTING_LARGEST_FLOAT,
  },
};

static const NnInitKind kinds[] = {
  [NN_INIT_TORCH] = {
      .name = "torch",
      .sentence = N_ ("as PyTorch initialises a linear layer"),
      .draw = draw_default,
  },
  [NN_INIT_XAVIER_UNIFORM] = {
      .name = "xavier_uniform",
      .sentence = N_ ("uniform, by the number of inputs and outputs"),
      .zero_biases = TRUE,
      .draw = draw_xavier_uniform,
  },
  [NN_INIT_XAVIER_NORMAL] = {
      .name = "xavier_normal",
      .sentence = N_ ("normal, by the number of inputs and outputs"),
      .zero_biases = TRUE,
      .draw = draw_xavier_normal,
  },
  [NN_INIT_KAIMING_UNIFORM] = {
      .name = "kaiming_uniform",
      .sentence = N_ ("uniform, by the number of inputs, for relu"),
      .zero_biases = TRUE,
      .draw = draw_kaiming_uniform,
  },
  [NN_INIT_KAIMING_NORMAL] = {
      .name = "kaiming_normal",
      .sentence = N_ ("normal, by the number of inputs, for relu"),
      .zero_biases = TRUE,
      .draw = draw_kaiming_normal,
  },
  [NN_INIT_ZEROS] = {
      .name = "zeros",
      .sentence = N_ ("all zero"),
      .draw = draw_zeros,
  },
  [NN_INIT_CONSTANT] = {
      .name = "constant",
      .sentence = N_ ("all the same value"),
      .settings = NN_SETTINGS (constant_settings),
      .draw = draw_constant,
  },
};

/**
 * nn_init_get_kind:
 *
 * Returns: (transfer none): the row of @type
 */
const NnInitKind *
nn_init_get_kind (NnInitType type)
{
  g_return_val_if_fail (type < NN_N_INITS, NULL);

  return &kinds[type];
}

const char *
nn_init_get_name (NnInitType type)
{
  return nn_init_get_kind (type)->name;
}

/**
 * nn_init_find:
 * @type: (out): the one called @name; unchanged on failure
 *
 * Returns: FALSE if there is no such initialisation (NN_ERROR_UNKNOWN); the message
 *   lists them
 */
gboolean
nn_init_find (const char *name, NnInitType *type, GError **error)
{
  guint index;

  if (!nn_names_find_row (kinds, sizeof *kinds, NN_N_INITS, N_ ("initialisation"), name,
                          &index, error))
    return FALSE;
  *type = index;
  return TRUE;
}

/**
 * nn_init_check:
 *
 * Returns: FALSE if a setting that the type reads is out of its range (NN_ERROR_SYNTAX);
 *   the message begins with the key
 */
gboolean
nn_init_check (const NnInit *self, GError **error)
{
  return nn_settings_check (&nn_init_get_kind (self->type)->settings, self, error);
}

/**
 * nn_init_draw:
 * @fan_in: the layer's inputs
 * @fan_out: the layer's outputs
 * @values: (n) (out)
 *
 * Draws a parameter, or a part of one, directly: nn.Linear's default is not drawn first.
 */
void
nn_init_draw (const NnInit *self,
              gboolean is_bias,
              gsize fan_in,
              gsize fan_out,
              float *values,
              gsize n,
              NnRandom *random)
{
  const NnInitKind *kind = nn_init_get_kind (self->type);
  const NnInitDraw what = { is_bias, (double) fan_in, (double) fan_out, values, n };

  if (is_bias && kind->zero_biases)
    fill (&what, 0);
  else
    kind->draw (self, &what, random);
}

static void
draw_parameter (const NnInit *self,
                NnNetwork *network,
                const NnLayerShape *layer,
                gsize index,
                NnRandom *random)
{
  NnTensor *tensor = nn_network_get_parameter (network, index);

  nn_init_draw (self, index != layer->weight, layer->n_inputs, layer->n_units,
                nn_tensor_write (tensor, NULL), nn_tensor_get_size (tensor), random);
}

/**
 * nn_init_network:
 *
 * Draws every parameter, in the order of a PyTorch script that first makes all layers and
 * then initialises them.
 */
void
nn_init_network (const NnInit *self, NnNetwork *network, NnRandom *random)
{
  NN_NO_GRAD_FUNCTION ();

  const NnArchitecture *architecture = nn_network_get_architecture (network);
  const NnInit first = { .type = NN_INIT_TORCH };

  for (gsize pass = 0; pass < (self->type == NN_INIT_TORCH ? 1 : 2); pass++)
    for (gsize i = 0; i < architecture->n_layers; i++) {
      const NnLayerShape *layer = &architecture->layers[i];
      const NnInit *init = pass == 0 ? &first : self;

      draw_parameter (init, network, layer, layer->weight, random);
      if (layer->has_bias)
        draw_parameter (init, network, layer, layer->bias, random);
    }
}
