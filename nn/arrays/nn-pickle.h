/* nn-pickle.h - reads a Python pickle as a tree of plain values, without running code
 *
 * SPDX-License-Identifier: MIT
 *
 * A pickle is a program for a stack machine. Only instructions that build values are
 * executed; a class or function is just a name here (NN_PICKLE_GLOBAL), and a call is
 * kept with its arguments (NN_PICKLE_CALL). Nothing is ever imported or called, and a
 * name that the caller does not allow is an error.
 *
 * Memory is bounded by the pickle's size. Values may be shared and even contain
 * themselves, as in Python: a caller that traverses them must bound the traversal. Values
 * are owned by the NnPickle, and immutable.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define NN_PICKLE_MAX_VALUES (8 * 1024 * 1024)

typedef enum {
  NN_PICKLE_NONE,
  NN_PICKLE_BOOLEAN,
  NN_PICKLE_INTEGER,
  NN_PICKLE_LARGE, /* an integer of more than 64 bits: its bytes or digits, as text */
  NN_PICKLE_FLOAT,
  NN_PICKLE_STRING, /* UTF-8 */
  NN_PICKLE_BYTES,
  NN_PICKLE_LIST,
  NN_PICKLE_TUPLE,
  NN_PICKLE_SET,
  NN_PICKLE_DICT,       /* an OrderedDict too: key, value, key, value, … */
  NN_PICKLE_GLOBAL,     /* "torch.float16": the name of a class, function or constant */
  NN_PICKLE_CALL,       /* a global, the tuple of its arguments, perhaps a state */
  NN_PICKLE_PERSISTENT, /* a persistent id: a reference to data outside of the pickle */
} NnPickleType;

typedef struct _NnPickleValue NnPickleValue;

struct _NnPickleValue {
  NnPickleType type;
  guint n_items; /* from LIST on, except GLOBAL; of a DICT twice its length */
  union {
    gint64 integer; /* and a BOOLEAN, 0 or 1 */
    double number;
    NnPickleValue **items;
    const char *text; /* LARGE, STRING, BYTES and GLOBAL; not terminated */
  };
  union {
    gsize n_bytes;    /* of the text */
    gsize n_capacity; /* of the items */
  };
};

typedef struct _NnPickle NnPickle;

/* @name: "torch._utils._rebuild_tensor_v2"
 * Returns: whether the pickle may refer to it */
typedef gboolean (*NnPickleAllows) (const char *name);

NnPickle *nn_pickle_new (const guint8 *bytes,
                         gsize n_bytes,
                         NnPickleAllows allows,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
void nn_pickle_free (NnPickle *self);

const NnPickleValue *nn_pickle_get_value (const NnPickle *self);
gsize nn_pickle_get_n_bytes (const NnPickle *self);
gsize nn_pickle_get_n_persistent (const NnPickle *self);
const NnPickleValue *nn_pickle_get_persistent (const NnPickle *self, gsize index);

gboolean nn_pickle_has_items (const NnPickleValue *value);
gboolean nn_pickle_is_text (const NnPickleValue *value, const char *text);
const NnPickleValue *nn_pickle_get_item (const NnPickleValue *value, gsize index);
char *nn_pickle_dup_shown (const NnPickleValue *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnPickle, nn_pickle_free)

G_END_DECLS
