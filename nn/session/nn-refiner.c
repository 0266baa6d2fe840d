/* nn-refiner.c - finer maps of a network's outputs, while the run is paused
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/session/nn-refiner.h"

#include <math.h>
#include <string.h>

#include "nn/kernels/nn-flush.h"
#include "nn/kernels/nn-kernels.h"
#include "nn/tensor/nn-grad-mode.h"

#define MOST_OUTPUTS  4e6 /* of all units at all points: 16 MB */
#define MOST_PRODUCTS 8e6 /* of a piece: a few milliseconds */
#define MOST_POINTS   1024
#define LEAST_POINTS  16

struct _NnRefiner {
  NnProbesShape shape;          /* of the map under way */
  NnArchitecture *architecture; /* (owned) (nullable) of the network */
  guint64 revision;             /* of its state */
  float *activations;           /* (owned) (nullable) [n_units][shape.n] */
  gsize n_done;                 /* points computed */
  NnTensor *inputs;             /* (owned) (nullable) [features, n_piece] */
  gsize n_piece;                /* points of a piece */
  NnTape *tape;                 /* (owned) */

  NnProbesShape done;  /* the finest complete map, of the same state */
  float *done_outputs; /* (owned) (nullable) its activations */
};

NnRefiner *
nn_refiner_new (void)
{
  NnRefiner *self = g_new0 (NnRefiner, 1);

  self->tape = nn_tape_new (NN_GUARD_OFF);
  return self;
}

static void
forget (NnRefiner *self)
{
  g_clear_pointer (&self->activations, g_free);
  g_clear_pointer (&self->done_outputs, g_free);
  g_clear_pointer (&self->inputs, nn_tensor_unref);
  g_clear_pointer (&self->architecture, nn_architecture_unref);
}

void
nn_refiner_free (NnRefiner *self)
{
  forget (self);
  nn_tape_free (self->tape);
  g_free (self);
}

/* Whether both are maps of the same plane. */
static gboolean
is_over (const NnProbesShape *a, const NnProbesShape *b)
{
  return a->kind == b->kind && a->example == b->example &&
         memcmp (a->feature, b->feature, sizeof a->feature) == 0 &&
         memcmp (a->low, b->low, sizeof a->low) == 0 &&
         memcmp (a->high, b->high, sizeof a->high) == 0;
}

/* Returns: points along a side of the finest map of a network with @n_units */
static gsize
get_finest (gsize n_units)
{
  return (gsize) MIN (sqrt (MOST_OUTPUTS / (double) n_units), NN_REFINER_SIDE);
}

static gboolean
is_of (const NnRefiner *self,
       const NnProbesShape *shape,
       const NnArchitecture *architecture,
       guint64 revision)
{
  return self->architecture == architecture && self->revision == revision &&
         is_over (&self->shape, shape);
}

/**
 * nn_refiner_is_missing:
 * @revision: changes whenever the trainer's state may have
 *
 * Returns: whether the finest map of that state is not complete yet
 */
gboolean
nn_refiner_is_missing (const NnRefiner *self, const NnTrainer *trainer, guint64 revision)
{
  const NnArchitecture *architecture =
      nn_network_get_architecture (nn_trainer_get_network (trainer));
  const NnProbesShape *shape = nn_probes_get_shape (nn_trainer_get_probes (trainer));

  if (shape->kind != NN_PROBES_PLANE || shape->side >= get_finest (architecture->n_units))
    return FALSE;
  return !is_of (self, shape, architecture, revision) || self->activations != NULL;
}

/* The next map has twice as many points along a side, up to those of the finest map. */
static void
begin_map (NnRefiner *self, NnTrainer *trainer, const NnProbesShape *coarser)
{
  const gsize n_units = self->architecture->n_units;
  const gsize n_features = nn_trainer_get_dataset (trainer)->n_features;
  const double n_points = MOST_PRODUCTS / (double) self->architecture->n_values;
  gsize shape[2];

  self->shape = *coarser;
  self->shape.side = MIN (2 * coarser->side, get_finest (n_units));
  self->shape.n = self->shape.side * self->shape.side;
  self->activations = g_new (float, n_units * self->shape.n);
  self->n_done = 0;
  self->n_piece = (gsize) CLAMP (n_points, LEAST_POINTS, MOST_POINTS);
  shape[0] = n_features;
  shape[1] = nn_kernels_get_columns (self->n_piece);
  g_clear_pointer (&self->inputs, nn_tensor_unref);
  self->inputs = nn_tensor_new (2, shape);
}

static void
begin (NnRefiner *self,
       NnTrainer *trainer,
       const NnProbesShape *shape,
       NnArchitecture *architecture,
       guint64 revision)
{
  forget (self);
  self->architecture = nn_architecture_ref (architecture);
  self->revision = revision;
  begin_map (self, trainer, shape);
}

/* Copies each unit's output at the piece's points into the map. */
static void
take_piece (NnRefiner *self, NnTensor *const *layers, gsize n)
{
  float *row = self->activations + self->n_done;

  for (gsize k = 0; k <= self->architecture->n_layers; k++) {
    const float *values = nn_tensor_get_values (layers[k]);
    const gsize n_units = nn_tensor_get_shape (layers[k])[0];
    const gsize n_columns = nn_tensor_get_shape (layers[k])[1];

    for (gsize u = 0; u < n_units; u++, row += self->shape.n)
      memcpy (row, values + u * n_columns, n * sizeof (float));
  }
}

static void
do_piece (NnRefiner *self, NnTrainer *trainer)
{
  const gsize n = MIN (self->n_piece, self->shape.n - self->n_done);
  g_autofree NnTensor **layers = g_new (NnTensor *, self->architecture->n_layers + 1);

  NN_NO_GRAD_FUNCTION ();
  NN_FLUSH_SUBNORMALS_FUNCTION ();
  nn_probes_fill_plane (&self->shape, nn_trainer_get_dataset (trainer), self->n_done,
                        self->inputs);
  nn_tape_rewind (self->tape);
  layers[0] = self->inputs;
  nn_network_forward (nn_trainer_get_network (trainer), self->tape, self->inputs,
                      layers + 1);
  take_piece (self, layers, n);
  self->n_done += n;
}

/**
 * nn_refiner_work:
 * @revision: as nn_refiner_is_missing (), which must be %TRUE
 *
 * Between steps. Computes one piece; @trainer stays as it is.
 *
 * Returns: whether a finer map is complete now
 */
gboolean
nn_refiner_work (NnRefiner *self, NnTrainer *trainer, guint64 revision)
{
  NnArchitecture *architecture =
      nn_network_get_architecture (nn_trainer_get_network (trainer));
  const NnProbesShape *shape = nn_probes_get_shape (nn_trainer_get_probes (trainer));

  if (!is_of (self, shape, architecture, revision))
    begin (self, trainer, shape, architecture, revision);
  do_piece (self, trainer);
  if (self->n_done < self->shape.n)
    return FALSE;
  g_free (self->done_outputs);
  self->done_outputs = g_steal_pointer (&self->activations);
  self->done = self->shape;
  if (self->done.side < get_finest (architecture->n_units))
    begin_map (self, trainer, &self->done);
  return TRUE;
}

/**
 * nn_refiner_write:
 * @frame: of the trainer's state of @revision, with its coarse map
 *
 * Replaces the coarse map by the finest complete one, unless there is a preview: its map
 * is coarse, and both have to have the same points.
 */
void
nn_refiner_write (const NnRefiner *self, NnFrame *frame, guint64 revision)
{
  if (!self->done_outputs || frame->preview ||
      !is_of (self, &frame->probes, frame->architecture, revision))
    return;
  g_free (frame->activations);
  frame->probes = self->done;
  frame->activations = g_memdup2 (self->done_outputs, frame->architecture->n_units *
                                                          self->done.n * sizeof (float));
}
