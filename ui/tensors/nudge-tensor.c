/* nudge-tensor.c - a tensor in a list model, whose values may not have been read yet
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/tensors/nudge-tensor.h"

#include <math.h>

#include "ui/text/nudge-number.h"

struct _NudgeTensor {
  GObject parent_instance;

  char *name;
  char *type;
  guint rank;
  guint64 shape[NN_ARRAY_MAX_RANK];
  guint64 n_values;
  char *note;               /* (nullable) */
  char *fault;              /* (nullable) */
  NnTensorSummary *summary; /* (nullable) */
  double gradient_norm;
  double update_ratio;
  NudgeTensorChange change;
};

static guint changed;

G_DEFINE_FINAL_TYPE (NudgeTensor, nudge_tensor, G_TYPE_OBJECT)

static void
tell (NudgeTensor *self)
{
  g_signal_emit (self, changed, 0);
}

/* Returns: whether it was another one */
static gboolean
replace (char **text, const char *with)
{
  if (g_strcmp0 (*text, with) == 0)
    return FALSE;
  g_free (*text);
  *text = g_strdup (with);
  return TRUE;
}

/* ---- what it is -------------------------------------------------------------------- */

/**
 * nudge_tensor_new:
 * @type: as stored: "bfloat16"
 * @shape: (array length=rank)
 */
NudgeTensor *
nudge_tensor_new (const char *name, const char *type, guint rank, const guint64 *shape)
{
  NudgeTensor *self;

  g_return_val_if_fail (name != NULL && type != NULL, NULL);
  g_return_val_if_fail (rank <= NN_ARRAY_MAX_RANK, NULL);

  self = g_object_new (NUDGE_TYPE_TENSOR, NULL);
  self->name = g_strdup (name);
  self->type = g_strdup (type);
  self->rank = rank;
  self->n_values = 1;
  for (guint i = 0; i < rank; i++) {
    self->shape[i] = shape[i];
    self->n_values *= shape[i];
  }
  return self;
}

const char *
nudge_tensor_get_name (NudgeTensor *self)
{
  g_return_val_if_fail (NUDGE_IS_TENSOR (self), NULL);

  return self->name;
}

/* Returns: the type of its numbers, as stored */
const char *
nudge_tensor_get_dtype (NudgeTensor *self)
{
  g_return_val_if_fail (NUDGE_IS_TENSOR (self), NULL);

  return self->type;
}

guint
nudge_tensor_get_rank (NudgeTensor *self)
{
  g_return_val_if_fail (NUDGE_IS_TENSOR (self), 0);

  return self->rank;
}

const guint64 *
nudge_tensor_get_shape (NudgeTensor *self)
{
  g_return_val_if_fail (NUDGE_IS_TENSOR (self), NULL);

  return self->shape;
}

guint64
nudge_tensor_get_n_values (NudgeTensor *self)
{
  g_return_val_if_fail (NUDGE_IS_TENSOR (self), 0);

  return self->n_values;
}

/* Returns: (transfer full): "64 × 3 × 7 × 7"; of a single number, "1" */
char *
nudge_tensor_dup_shape_words (NudgeTensor *self)
{
  g_autoptr (GString) words = g_string_new (self->rank == 0 ? "1" : "");

  for (guint i = 0; i < self->rank; i++) {
    g_autofree char *size = nudge_number_format_count (self->shape[i]);

    g_string_append_printf (words, "%s%s", i > 0 ? " × " : "", size);
  }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* Returns: (nullable) */
const char *
nudge_tensor_get_note (NudgeTensor *self)
{
  g_return_val_if_fail (NUDGE_IS_TENSOR (self), NULL);

  return self->note;
}

/* @note: (nullable): in words, beside the name */
void
nudge_tensor_set_note (NudgeTensor *self, const char *note)
{
  g_return_if_fail (NUDGE_IS_TENSOR (self));

  if (replace (&self->note, note))
    tell (self);
}

/* Returns: (nullable) */
const char *
nudge_tensor_get_fault (NudgeTensor *self)
{
  g_return_val_if_fail (NUDGE_IS_TENSOR (self), NULL);

  return self->fault;
}

/* @fault: (nullable): why it has no summary, and is not wanted any more */
void
nudge_tensor_set_fault (NudgeTensor *self, const char *fault)
{
  g_return_if_fail (NUDGE_IS_TENSOR (self));

  if (replace (&self->fault, fault))
    tell (self);
}

/* ---- what its values are like ------------------------------------------------------ */

/* Returns: (transfer none) (nullable) */
NnTensorSummary *
nudge_tensor_get_summary (NudgeTensor *self)
{
  g_return_val_if_fail (NUDGE_IS_TENSOR (self), NULL);

  return self->summary;
}

/* @summary: (nullable): gets a reference */
void
nudge_tensor_set_summary (NudgeTensor *self, NnTensorSummary *summary)
{
  g_return_if_fail (NUDGE_IS_TENSOR (self));

  if (self->summary == summary)
    return;
  g_clear_pointer (&self->summary, nn_tensor_summary_unref);
  if (summary)
    self->summary = nn_tensor_summary_ref (summary);
  tell (self);
}

double
nudge_tensor_get_gradient_norm (NudgeTensor *self)
{
  g_return_val_if_fail (NUDGE_IS_TENSOR (self), (double) NAN);

  return self->gradient_norm;
}

double
nudge_tensor_get_update_ratio (NudgeTensor *self)
{
  g_return_val_if_fail (NUDGE_IS_TENSOR (self), (double) NAN);

  return self->update_ratio;
}

/**
 * nudge_tensor_set_training:
 * @gradient_norm: NAN: not known
 * @update_ratio: norm of the newest update over that of the values; NAN: not known
 */
void
nudge_tensor_set_training (NudgeTensor *self, double gradient_norm, double update_ratio)
{
  g_return_if_fail (NUDGE_IS_TENSOR (self));

  self->gradient_norm = gradient_norm;
  self->update_ratio = update_ratio;
  tell (self);
}

const NudgeTensorChange *
nudge_tensor_get_change (NudgeTensor *self)
{
  g_return_val_if_fail (NUDGE_IS_TENSOR (self), NULL);

  return &self->change;
}

void
nudge_tensor_set_change (NudgeTensor *self, const NudgeTensorChange *change)
{
  g_return_if_fail (NUDGE_IS_TENSOR (self));

  self->change = *change;
  tell (self);
}

/* ---- life -------------------------------------------------------------------------- */

static void
nudge_tensor_finalize (GObject *object)
{
  NudgeTensor *self = NUDGE_TENSOR (object);

  g_free (self->name);
  g_free (self->type);
  g_free (self->note);
  g_free (self->fault);
  g_clear_pointer (&self->summary, nn_tensor_summary_unref);
  G_OBJECT_CLASS (nudge_tensor_parent_class)->finalize (object);
}

static void
nudge_tensor_class_init (NudgeTensorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = nudge_tensor_finalize;
  changed = g_signal_new ("changed", NUDGE_TYPE_TENSOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                          NULL, G_TYPE_NONE, 0);
}

static void
nudge_tensor_init (NudgeTensor *self)
{
  self->gradient_norm = self->update_ratio = (double) NAN;
}
