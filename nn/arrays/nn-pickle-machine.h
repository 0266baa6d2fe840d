/* nn-pickle-machine.h - the stack machine that executes a pickle
 *
 * SPDX-License-Identifier: MIT
 *
 * The primitives from which the instructions are built: reading bytes of the pickle
 * (take), pushing and popping values. Private to the reader of pickles.
 *
 * Functions that return a gboolean return FALSE with the machine's error set.
 */

#pragma once

#include "nn/arrays/nn-pickle.h"
#include "nn/base/nn-error.h"

G_BEGIN_DECLS

#define NN_PICKLE_MAX_SHOWN 60 /* bytes of a text in a message */

struct _NnPickle {
  GPtrArray *blocks; /* (owned) arrays of values */
  guint n_values;
  GPtrArray *persistent; /* (owned) of values that are not owned, in the pickle's order */
  const NnPickleValue *value; /* the result */
  gsize n_bytes;              /* its length: another pickle may follow */
};

typedef struct {
  NnPickle *pickle; /* (owned) */
  const guint8 *bytes;
  gsize n_bytes;
  gsize at;         /* the offset of the next byte */
  gsize start;      /* the offset of the instruction */
  GPtrArray *stack; /* (owned) of values that are not owned */
  GArray *marks; /* (owned) (element-type guint) the length of the stack at each mark */
  GHashTable *memo; /* (owned) maps indices to values */
  gsize n_copied;   /* items that calls have copied so far */
  NnPickleAllows allows;
  gboolean stopped;
  GError **error;
} NnPickleMachine;

void nn_pickle_machine_init (NnPickleMachine *self,
                             const guint8 *bytes,
                             gsize n_bytes,
                             NnPickleAllows allows,
                             GError **error);
void nn_pickle_machine_clear (NnPickleMachine *self);
gboolean
nn_pickle_machine_fail (NnPickleMachine *self, NnError code, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

gboolean nn_pickle_take_bytes (NnPickleMachine *self, guint64 n, const guint8 **bytes);
gboolean nn_pickle_take_number (NnPickleMachine *self, guint n, guint64 *number);
gboolean nn_pickle_take_counted (NnPickleMachine *self,
                                 guint n_length,
                                 const guint8 **bytes,
                                 guint64 *n);
gboolean nn_pickle_take_line (NnPickleMachine *self, const char **line, gsize *length);

NnPickleValue *nn_pickle_add_value (NnPickleMachine *self, NnPickleType type);
void nn_pickle_append_item (NnPickleValue *container, NnPickleValue *item);

gboolean nn_pickle_push (NnPickleMachine *self, NnPickleValue *value);
gboolean nn_pickle_push_new (NnPickleMachine *self, NnPickleType type);
gboolean
nn_pickle_push_integer (NnPickleMachine *self, NnPickleType type, gint64 integer);
gboolean nn_pickle_push_float (NnPickleMachine *self, double number);
gboolean nn_pickle_push_text (NnPickleMachine *self,
                              NnPickleType type,
                              const char *text,
                              gsize n_bytes);

gboolean nn_pickle_need (NnPickleMachine *self, guint n);
NnPickleValue *nn_pickle_pop (NnPickleMachine *self);
NnPickleValue *nn_pickle_get_top (const NnPickleMachine *self);
gboolean nn_pickle_pop_mark (NnPickleMachine *self, guint *first);
void nn_pickle_move_items (NnPickleMachine *self, guint first, NnPickleValue *container);

char *nn_pickle_dup_shown_text (const char *bytes, gsize n_bytes);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NnPickleMachine, nn_pickle_machine_clear)

G_END_DECLS
