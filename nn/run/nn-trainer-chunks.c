/* nn-trainer-chunks.c - a trainer's state as chunks of a file, and back
 *
 * SPDX-License-Identifier: MIT
 *
 * They leave out what the experiment and its log say: architecture, data, settings, and
 * which nudges repeat. So they are read into a trainer of the same experiment, and each
 * chunk is checked against what that trainer has.
 */

#include "nn/run/nn-trainer-state-private.h"

#include <glib/gi18n.h>
#include <math.h>

#include "nn/base/nn-error.h"
#include "nn/files/nn-little-endian.h"
#include "nn/files/nn-pack.h"

static const char *const moment_names[NN_OPTIMIZER_MAX_MOMENTS] = { "moment 1",
                                                                    "moment 2",
                                                                    "moment 3" };

static float *
get_moment (const NnTrainerState *state, gsize index)
{
  return (float *) state->optimizer + index * state->layout.stride;
}

/* They follow the moments, which are whole cache lines, and so are aligned. */
static guint64 *
get_counts (const NnTrainerState *state)
{
  return (guint64 *) (gpointer) get_moment (state, state->layout.n_moments);
}

/* ---- writing ----------------------------------------------------------------------- */

static GByteArray *
pack_numbers (const NnTrainerState *state)
{
  GByteArray *bytes = g_byte_array_new ();
  const gsize n_parameters = state->layout.n_parameters;

  nn_pack_u64 (bytes, state->n_steps);
  nn_pack_u64 (bytes, state->n_epochs);
  nn_pack_float (bytes, state->loss);
  nn_pack_float (bytes, state->step_loss);
  nn_pack_flag (bytes, state->before != NULL);
  nn_pack_u64 (bytes, n_parameters);
  for (gsize i = 0; i < n_parameters; i++) {
    nn_pack_flag (bytes, state->has_grads[i]);
    nn_pack_u64 (bytes, get_counts (state)[i]);
  }
  return bytes;
}

static GByteArray *
pack_random (const NnRandom *random)
{
  GByteArray *bytes = g_byte_array_new ();

  nn_random_pack (random, bytes);
  return bytes;
}

static GByteArray *
pack_schedule (const NnNudgeSchedule *schedule)
{
  GByteArray *bytes = g_byte_array_new ();

  nn_nudge_schedule_pack (schedule, bytes);
  return bytes;
}

/* For each parameter a flag, and its slow copy if it has one. */
static GByteArray *
pack_slow (const NnTrainerState *state)
{
  const NnArchitecture *architecture = state->experiment->architecture;
  GByteArray *bytes = g_byte_array_new ();

  for (gsize i = 0; i < architecture->n_parameters; i++) {
    const float *slow = nn_slow_copies_get (state->slow, i);

    nn_pack_flag (bytes, slow != NULL);
    for (gsize k = 0; slow != NULL && k < architecture->parameters[i].n_values; k++)
      nn_pack_float (bytes, slow[k]);
  }
  return bytes;
}

/* There may be as many numbers as examples. */
static GBytes *
pack_batches (const NnTrainerState *state)
{
  const gsize n_bytes = state->n_batches * sizeof (guint64);
  guint8 *bytes = g_malloc (n_bytes);

  for (gsize i = 0; i < state->n_batches; i++)
    nn_little_endian_put_u64 (bytes + i * sizeof (guint64), state->batches[i]);
  return g_bytes_new_take (bytes, n_bytes);
}

/**
 * nn_trainer_state_write:
 * @chunks: borrow from @state, which must live as long
 */
void
nn_trainer_state_write (const NnTrainerState *state, NnChunks *chunks)
{
  const gsize n = state->layout.n_values;

  nn_chunks_take_array (chunks, "numbers", pack_numbers (state));
  nn_chunks_take_array (chunks, "random", pack_random (state->random));
  nn_chunks_take_array (chunks, "noise", pack_random (state->noise));
  nn_chunks_take_array (chunks, "landings", pack_schedule (state->schedule));
  nn_chunks_take (chunks, "batches", pack_batches (state));
  nn_chunks_take (chunks, "first weights",
                  nn_pack_floats (g_bytes_get_data (state->initial, NULL), n));
  nn_chunks_take (chunks, "weights", nn_pack_floats (state->values, n));
  nn_chunks_take (chunks, "gradients", nn_pack_floats (state->grads, n));
  for (gsize k = 0; k < state->layout.n_moments; k++)
    nn_chunks_take (chunks, moment_names[k], nn_pack_floats (get_moment (state, k), n));
  if (state->before)
    nn_chunks_take (chunks, "weights before", nn_pack_floats (state->before, n));
  if (state->slow)
    nn_chunks_take_array (chunks, "slow copies", pack_slow (state));
}

/* ---- reading ----------------------------------------------------------------------- */

/* A run stops at a loss that is not finite. */
static gboolean
is_step_loss (const NnTrainerState *state)
{
  return state->n_steps == 0 ? isnan (state->step_loss) : isfinite (state->step_loss);
}

static gboolean
read_numbers (NnTrainerState *state, const NnChunks *chunks)
{
  const gsize n_parameters = state->layout.n_parameters;
  NnUnpack bytes;
  gboolean has_before;

  nn_unpack_init (&bytes, nn_chunks_get (chunks, "numbers"));
  state->n_steps = nn_unpack_u64_up_to (&bytes, G_MAXINT64);
  state->n_epochs = nn_unpack_u64_up_to (&bytes, state->n_steps);
  state->loss = nn_unpack_float (&bytes);
  state->step_loss = nn_unpack_float (&bytes);
  has_before = nn_unpack_flag (&bytes);
  if (nn_unpack_u64 (&bytes) != n_parameters || (has_before && state->n_steps == 0) ||
      !is_step_loss (state))
    return FALSE;
  for (gsize i = 0; i < n_parameters; i++) {
    state->has_grads[i] = nn_unpack_flag (&bytes);
    get_counts (state)[i] = nn_unpack_u64_up_to (&bytes, state->n_steps);
  }
  g_clear_pointer (&state->before, g_free);
  if (has_before)
    state->before = g_new (float, state->layout.n_values);
  return nn_unpack_is_done (&bytes);
}

static gboolean
read_random (NnRandom *random, const NnChunks *chunks, const char *name)
{
  NnUnpack bytes;

  nn_unpack_init (&bytes, nn_chunks_get (chunks, name));
  nn_random_unpack (random, &bytes);
  return nn_unpack_is_done (&bytes);
}

static gboolean
read_schedule (NnTrainerState *state, const NnChunks *chunks, guint64 most_landed)
{
  NnUnpack bytes;

  nn_unpack_init (&bytes, nn_chunks_get (chunks, "landings"));
  return nn_nudge_schedule_unpack (state->schedule, &bytes, most_landed,
                                   state->n_steps) &&
         nn_unpack_is_done (&bytes);
}

static gboolean
read_batches (NnTrainerState *state, const NnBatches *batches, const NnChunks *chunks)
{
  GBytes *chunk = nn_chunks_get (chunks, "batches");
  NnUnpack bytes;

  nn_unpack_init (&bytes, chunk);
  g_free (state->batches);
  state->n_batches = bytes.n_left / sizeof (guint64);
  state->batches = g_new (gsize, state->n_batches);
  for (gsize i = 0; i < state->n_batches; i++)
    state->batches[i] = nn_unpack_u64_up_to (&bytes, G_MAXSIZE);
  return nn_unpack_is_done (&bytes) &&
         nn_batches_check_state (batches, state->batches, state->n_batches);
}

static gboolean
read_floats (float *values, gsize n, const NnChunks *chunks, const char *name)
{
  return nn_unpack_floats (nn_chunks_get (chunks, name), values, n);
}

static gboolean
read_initial (NnTrainerState *state, const NnChunks *chunks)
{
  const gsize n = state->layout.n_values;
  float *values = g_new (float, n);
  const gboolean done = read_floats (values, n, chunks, "first weights");

  g_bytes_unref (state->initial);
  state->initial = g_bytes_new_take (values, n * sizeof (float));
  return done;
}

static gboolean
read_values (NnTrainerState *state, const NnChunks *chunks)
{
  const gsize n = state->layout.n_values;
  gboolean done = read_initial (state, chunks) &&
                  read_floats (state->values, n, chunks, "weights") &&
                  read_floats (state->grads, n, chunks, "gradients");

  for (gsize k = 0; k < state->layout.n_moments && done; k++)
    done = read_floats (get_moment (state, k), n, chunks, moment_names[k]);
  if (state->before)
    done = done && read_floats (state->before, n, chunks, "weights before");
  return done;
}

static gboolean
read_slow_copy (NnSlowCopies *slow, gsize parameter, gsize n, NnUnpack *bytes)
{
  g_autofree float *values = NULL;

  if (!nn_unpack_flag (bytes))
    return TRUE;
  if (bytes->n_left / sizeof (float) < n)
    return FALSE;
  values = g_new (float, n);
  for (gsize k = 0; k < n; k++) {
    values[k] = nn_unpack_float (bytes);
    if (!isfinite (values[k]))
      return FALSE;
  }
  nn_slow_copies_write (slow, parameter, values);
  return TRUE;
}

/* A run whose nudges have made none has no such chunk. */
static gboolean
read_slow (NnTrainerState *state, const NnChunks *chunks)
{
  const NnArchitecture *architecture = state->experiment->architecture;
  GBytes *chunk = nn_chunks_get (chunks, "slow copies");
  NnUnpack bytes;

  g_clear_pointer (&state->slow, nn_slow_copies_free);
  if (chunk == NULL)
    return TRUE;
  state->slow = nn_slow_copies_new (state->experiment->architecture);
  nn_unpack_init (&bytes, chunk);
  for (gsize i = 0; i < architecture->n_parameters; i++)
    if (!read_slow_copy (state->slow, i, architecture->parameters[i].n_values, &bytes))
      return FALSE;
  return nn_unpack_is_done (&bytes);
}

/**
 * nn_trainer_read:
 * @chunks: which nn_trainer_state_write () has written, or a damaged file
 * @most_landed: more nudges than that cannot have landed
 *
 * Continues from the state in @chunks. The trainer must be of the same experiment,
 * after the same edits, and have the same repeating nudges; the rest of its state does
 * not matter.
 *
 * Returns: FALSE with NN_ERROR_FILE, and with nothing changed, if they do not fit
 */
gboolean
nn_trainer_read (NnTrainer *self,
                 const NnChunks *chunks,
                 guint64 most_landed,
                 GError **error)
{
  g_autoptr (NnTrainerState) state = nn_trainer_save (self);
  const char *damaged = NULL;

  if (!read_numbers (state, chunks))
    damaged = _ ("the counts of steps");
  else if (!read_random (state->random, chunks, "random") ||
           !read_random (state->noise, chunks, "noise"))
    damaged = _ ("the random numbers");
  else if (!read_schedule (state, chunks, most_landed))
    damaged = _ ("what the nudges did");
  else if (!read_batches (state, self->batches, chunks))
    damaged = _ ("the position in the data");
  else if (!read_values (state, chunks) || !read_slow (state, chunks))
    damaged = _ ("the weights, gradients and moments");
  if (damaged == NULL) {
    nn_trainer_restore (self, state);
    return TRUE;
  }
  g_set_error (error, NN_ERROR, NN_ERROR_FILE, _ ("it does not fit its experiment: %s"),
               damaged);
  return FALSE;
}
