/* nn-pickle-machine.c - the stack machine that executes a pickle
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/arrays/nn-pickle-machine.h"

#include <glib/gi18n.h>
#include <string.h>

#define VALUES_PER_BLOCK 256

void
nn_pickle_machine_init (NnPickleMachine *self,
                        const guint8 *bytes,
                        gsize n_bytes,
                        NnPickleAllows allows,
                        GError **error)
{
  *self = (NnPickleMachine){
    .bytes = bytes, .n_bytes = n_bytes, .allows = allows, .error = error
  };
  self->pickle = g_new0 (NnPickle, 1);
  self->pickle->blocks = g_ptr_array_new_with_free_func (g_free);
  self->pickle->persistent = g_ptr_array_new ();
  self->stack = g_ptr_array_new ();
  self->marks = g_array_new (FALSE, FALSE, sizeof (guint));
  self->memo = g_hash_table_new (NULL, NULL);
}

void
nn_pickle_machine_clear (NnPickleMachine *self)
{
  g_clear_pointer (&self->pickle, nn_pickle_free);
  g_clear_pointer (&self->stack, g_ptr_array_unref);
  g_clear_pointer (&self->marks, g_array_unref);
  g_clear_pointer (&self->memo, g_hash_table_unref);
}

/* Values are allocated in blocks; each owns its array of items. */
void
nn_pickle_free (NnPickle *self)
{
  for (guint i = 0; i < self->n_values; i++) {
    NnPickleValue *block = self->blocks->pdata[i / VALUES_PER_BLOCK];
    NnPickleValue *value = &block[i % VALUES_PER_BLOCK];

    if (nn_pickle_has_items (value))
      g_free (value->items);
  }
  g_ptr_array_unref (self->blocks);
  g_ptr_array_unref (self->persistent);
  g_free (self);
}

/**
 * nn_pickle_machine_fail:
 *
 * Returns: FALSE, for the caller to return
 */
gboolean
nn_pickle_machine_fail (NnPickleMachine *self, NnError code, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (self->error, NN_ERROR, (int) code, _ ("at byte %zu of its pickle, %s"),
               self->start, message);
  return FALSE;
}

/* ---- bytes -------------------------------------------------------------------------- */

gboolean
nn_pickle_take_bytes (NnPickleMachine *self, guint64 n, const guint8 **bytes)
{
  if (n > self->n_bytes - self->at)
    return nn_pickle_machine_fail (self, NN_ERROR_FILE, _ ("it is cut off"));
  *bytes = &self->bytes[self->at];
  self->at += (gsize) n;
  return TRUE;
}

/**
 * nn_pickle_take_number:
 * @n: at most 8 bytes
 * @number: (out): read as little-endian
 */
gboolean
nn_pickle_take_number (NnPickleMachine *self, guint n, guint64 *number)
{
  const guint8 *bytes = NULL;

  if (!nn_pickle_take_bytes (self, n, &bytes))
    return FALSE;
  *number = 0;
  for (guint i = 0; i < n; i++)
    *number |= (guint64) bytes[i] << 8 * i;
  return TRUE;
}

/**
 * nn_pickle_take_counted:
 * @n_length: the size in bytes of the length that precedes them
 * @bytes: (out) (transfer none)
 * @n: (out): their length
 */
gboolean
nn_pickle_take_counted (NnPickleMachine *self,
                        guint n_length,
                        const guint8 **bytes,
                        guint64 *n)
{
  return nn_pickle_take_number (self, n_length, n) &&
         nn_pickle_take_bytes (self, *n, bytes);
}

/**
 * nn_pickle_take_line:
 * @line: (out) (transfer none): without its line feed
 */
gboolean
nn_pickle_take_line (NnPickleMachine *self, const char **line, gsize *length)
{
  const guint8 *start = &self->bytes[self->at];
  const guint8 *end = memchr (start, '\n', self->n_bytes - self->at);

  if (end == NULL)
    return nn_pickle_machine_fail (self, NN_ERROR_FILE, _ ("it is cut off"));
  *line = (const char *) start;
  *length = (gsize) (end - start);
  self->at += *length + 1;
  return TRUE;
}

/* ---- values ------------------------------------------------------------------------- */

/**
 * nn_pickle_add_value:
 *
 * Returns: (transfer none) (nullable): a new value, all zero; NULL if there are too many
 */
NnPickleValue *
nn_pickle_add_value (NnPickleMachine *self, NnPickleType type)
{
  NnPickle *pickle = self->pickle;
  const guint index = pickle->n_values % VALUES_PER_BLOCK;
  NnPickleValue *block;

  if (pickle->n_values == NN_PICKLE_MAX_VALUES) {
    nn_pickle_machine_fail (self, NN_ERROR_FILE, _ ("there are more than %d values"),
                            NN_PICKLE_MAX_VALUES);
    return NULL;
  }
  if (index == 0)
    g_ptr_array_add (pickle->blocks, g_new0 (NnPickleValue, VALUES_PER_BLOCK));
  pickle->n_values++;
  block = pickle->blocks->pdata[pickle->blocks->len - 1];
  block[index].type = type;
  return &block[index];
}

void
nn_pickle_append_item (NnPickleValue *container, NnPickleValue *item)
{
  if (container->n_items == container->n_capacity) {
    container->n_capacity = MAX (2, 2 * container->n_capacity);
    container->items = g_renew (NnPickleValue *, container->items, container->n_capacity);
  }
  container->items[container->n_items++] = item;
}

/* ---- the stack ---------------------------------------------------------------------- */

/**
 * nn_pickle_push:
 * @value: (nullable): NULL, if creating it failed, returns FALSE
 */
gboolean
nn_pickle_push (NnPickleMachine *self, NnPickleValue *value)
{
  if (value == NULL)
    return FALSE;
  g_ptr_array_add (self->stack, value);
  return TRUE;
}

gboolean
nn_pickle_push_new (NnPickleMachine *self, NnPickleType type)
{
  return nn_pickle_push (self, nn_pickle_add_value (self, type));
}

gboolean
nn_pickle_push_integer (NnPickleMachine *self, NnPickleType type, gint64 integer)
{
  NnPickleValue *value = nn_pickle_add_value (self, type);

  if (value != NULL)
    value->integer = integer;
  return nn_pickle_push (self, value);
}

gboolean
nn_pickle_push_float (NnPickleMachine *self, double number)
{
  NnPickleValue *value = nn_pickle_add_value (self, NN_PICKLE_FLOAT);

  if (value != NULL)
    value->number = number;
  return nn_pickle_push (self, value);
}

gboolean
nn_pickle_push_text (NnPickleMachine *self,
                     NnPickleType type,
                     const char *text,
                     gsize n_bytes)
{
  NnPickleValue *value = nn_pickle_add_value (self, type);

  if (value != NULL) {
    value->text = text;
    value->n_bytes = n_bytes;
  }
  return nn_pickle_push (self, value);
}

/**
 * nn_pickle_need:
 *
 * Checks that @n values are on the stack above the last mark.
 */
gboolean
nn_pickle_need (NnPickleMachine *self, guint n)
{
  const guint n_marks = self->marks->len;
  const guint mark = n_marks > 0 ? g_array_index (self->marks, guint, n_marks - 1) : 0;

  return self->stack->len - mark >= n ||
         nn_pickle_machine_fail (self, NN_ERROR_FILE,
                                 _ ("it takes a value that is not on its stack"));
}

NnPickleValue *
nn_pickle_pop (NnPickleMachine *self)
{
  return g_ptr_array_steal_index (self->stack, self->stack->len - 1);
}

NnPickleValue *
nn_pickle_get_top (const NnPickleMachine *self)
{
  return self->stack->pdata[self->stack->len - 1];
}

/**
 * nn_pickle_pop_mark:
 * @first: (out): the index of the first value above the mark; the caller pops them
 */
gboolean
nn_pickle_pop_mark (NnPickleMachine *self, guint *first)
{
  if (self->marks->len == 0)
    return nn_pickle_machine_fail (self, NN_ERROR_FILE,
                                   _ ("it goes back to a mark that is not set"));
  *first = g_array_index (self->marks, guint, self->marks->len - 1);
  g_array_set_size (self->marks, self->marks->len - 1);
  return TRUE;
}

/**
 * nn_pickle_move_items:
 *
 * Pops the values from @first on and makes them items of @container.
 */
void
nn_pickle_move_items (NnPickleMachine *self, guint first, NnPickleValue *container)
{
  for (guint i = first; i < self->stack->len; i++)
    nn_pickle_append_item (container, self->stack->pdata[i]);
  g_ptr_array_set_size (self->stack, (gint) first);
}
