/* nn-table.c - examples as rows of numbers, with names and notes
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/data/nn-table.h"

#include <math.h>
#include <string.h>

/**
 * nn_table_new:
 *
 * @n_targets: columns of targets; 0 for none
 *
 * Returns: (transfer full): a table of zeros, for the caller to fill before sharing it
 */
NnTable *
nn_table_new (gsize n_examples, gsize n_features, gsize n_targets)
{
  NnTable *self = g_atomic_rc_box_new0 (NnTable);

  self->n_examples = n_examples;
  self->n_features = n_features;
  self->n_targets = n_targets;
  self->inputs = g_new0 (float, n_examples *n_features);
  if (n_targets > 0)
    self->targets = g_new0 (float, n_examples *n_targets);
  self->notes = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/* Copies rows of @width numbers: those before @row, then @added, if any, then those after
 * the removed ones. */
static void
splice (float *to,
        const float *from,
        gsize width,
        const NnTable *self,
        gsize row,
        gsize n_removed,
        const float *added)
{
  const gsize n_after = self->n_examples - row - n_removed;

  if (width == 0)
    return;
  memcpy (to, from, row * width * sizeof (float));
  to += row * width;
  if (added) {
    memcpy (to, added, width * sizeof (float));
    to += width;
  }
  memcpy (to, from + (row + n_removed) * width, n_after * width * sizeof (float));
}

/**
 * nn_table_splice:
 * @row: at most the number of examples
 * @n_removed: how many examples to leave out from @row on
 * @inputs: (nullable) (n_features): of an example to insert there
 * @targets: (nullable) (n_targets): its targets, if the table has any
 *
 * Returns: (transfer full): an edited copy, without the notes
 */
NnTable *
nn_table_splice (const NnTable *self,
                 gsize row,
                 gsize n_removed,
                 const float *inputs,
                 const float *targets)
{
  NnTable *other;

  g_return_val_if_fail (row + n_removed <= self->n_examples, NULL);

  other = nn_table_new (self->n_examples - n_removed + (inputs ? 1 : 0), self->n_features,
                        self->n_targets);
  other->targets_are = self->targets_are;
  splice (other->inputs, self->inputs, self->n_features, self, row, n_removed, inputs);
  splice (other->targets, self->targets, self->n_targets, self, row, n_removed,
          inputs ? targets : NULL);
  other->feature_names = g_strdupv (self->feature_names);
  other->target_names = g_strdupv (self->target_names);
  other->class_names = g_strdupv (self->class_names);
  return other;
}

NnTable *
nn_table_ref (NnTable *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  NnTable *self = data;

  g_free (self->inputs);
  g_free (self->targets);
  g_strfreev (self->feature_names);
  g_strfreev (self->target_names);
  g_strfreev (self->class_names);
  g_ptr_array_unref (self->notes);
  g_free (self->digest);
}

void
nn_table_unref (NnTable *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

/**
 * nn_table_is_equal:
 *
 * Returns: whether @other has the same shape and numbers, to the bit; names do not matter
 */
gboolean
nn_table_is_equal (const NnTable *self, const NnTable *other)
{
  const gsize row = self->n_examples * sizeof (float);

  if (self == other)
    return TRUE;
  return self->n_examples == other->n_examples && self->n_features == other->n_features &&
         self->n_targets == other->n_targets && self->targets_are == other->targets_are &&
         memcmp (self->inputs, other->inputs, row * self->n_features) == 0 &&
         (self->n_targets == 0 ||
          memcmp (self->targets, other->targets, row * self->n_targets) == 0);
}

static void
add_floats (GChecksum *checksum, const float *values, gsize n)
{
  if (n > 0)
    g_checksum_update (checksum, (const guchar *) values, (gssize) (n * sizeof *values));
}

static char *
make_digest (const NnTable *self)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  const guint64 head[] = { self->n_examples, self->n_features, self->n_targets,
                           (guint64) self->targets_are };

  g_checksum_update (checksum, (const guchar *) head, sizeof head);
  add_floats (checksum, self->inputs, self->n_examples * self->n_features);
  add_floats (checksum, self->targets, self->n_examples * self->n_targets);
  return g_strdup (g_checksum_get_string (checksum));
}

/**
 * nn_table_get_digest:
 *
 * The first call reads the whole table; later ones are fast. Any thread.
 *
 * Returns: (transfer none): the SHA-256 of the numbers; for comparison on one kind of
 *   machine, as they are hashed in its byte order
 */
const char *
nn_table_get_digest (NnTable *self)
{
  if (g_once_init_enter (&self->has_digest)) {
    self->digest = make_digest (self);
    g_once_init_leave (&self->has_digest, 1);
  }
  return self->digest;
}

/**
 * nn_table_is_class:
 *
 * Returns: whether @number is a valid class number: whole, 0 to NN_TABLE_MAX_CLASS
 */
gboolean
nn_table_is_class (float number)
{
  return number >= 0 && number <= NN_TABLE_MAX_CLASS && number == floorf (number);
}

/**
 * nn_table_get_n_classes:
 * @self: in which targets that are classes all satisfy nn_table_is_class ()
 *
 * Slow for a large table: reads every target.
 *
 * Returns: the number of class names, or one more than the largest class number; 0 if the
 *   targets can only be numbers
 */
gsize
nn_table_get_n_classes (const NnTable *self)
{
  float largest = 0;

  if (self->targets_are == NN_TARGETS_NUMBERS)
    return 0;
  if (self->class_names != NULL)
    return g_strv_length (self->class_names);
  for (gsize i = 0; i < self->n_examples; i++)
    largest = MAX (largest, self->targets[i]);
  return (gsize) largest + 1;
}

void
nn_table_add_note (NnTable *self, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_ptr_array_add (self->notes, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}
