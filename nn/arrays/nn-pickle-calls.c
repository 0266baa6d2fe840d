/* nn-pickle-calls.c - the instructions of a pickle that name classes and functions
 *
 * SPDX-License-Identifier: MIT
 *
 * Calls of Python's own containers and strings become values. Any other call is kept as
 * an NN_PICKLE_CALL, for the caller to interpret.
 */

#include "nn/arrays/nn-pickle-calls.h"

#include <glib/gi18n.h>
#include <string.h>

#define MOST_NAME 256 /* bytes of a global's name */

/* Calls that become values, with no argument or one; under Python 2's names, too. */
static const struct {
  const char *name;
  NnPickleType type;
} builtins[] = {
  { "collections.OrderedDict", NN_PICKLE_DICT },
  { "__builtin__.set", NN_PICKLE_SET },
  { "builtins.set", NN_PICKLE_SET },
  { "__builtin__.frozenset", NN_PICKLE_SET },
  { "builtins.frozenset", NN_PICKLE_SET },
  { "_codecs.encode", NN_PICKLE_BYTES }, /* how protocol 2 writes bytes */
  { "__builtin__.bytes", NN_PICKLE_BYTES },
  { "builtins.bytes", NN_PICKLE_BYTES },
};

/* Returns: the type of value that a call of the global gives; NN_PICKLE_CALL if it
 *   is kept */
static NnPickleType
get_result (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (builtins); i++)
    if (strcmp (builtins[i].name, name) == 0)
      return builtins[i].type;
  return NN_PICKLE_CALL;
}

static gboolean
is_text_value (const NnPickleValue *value)
{
  return value->type == NN_PICKLE_STRING || value->type == NN_PICKLE_BYTES;
}

/* Reads module and name: two lines of the pickle, or the top two strings of the stack. */
static gboolean
take_name (NnPickleMachine *self, gboolean from_stack, GString *name)
{
  const char *parts[2];
  gsize lengths[2];

  if (from_stack) {
    if (!nn_pickle_need (self, 2))
      return FALSE;
    for (gsize i = 2; i > 0; i--) {
      const NnPickleValue *part = nn_pickle_pop (self);

      if (!is_text_value (part))
        return nn_pickle_machine_fail (self, NN_ERROR_FILE, _ ("a name is not a text"));
      parts[i - 1] = part->text;
      lengths[i - 1] = part->n_bytes;
    }
  } else if (!nn_pickle_take_line (self, &parts[0], &lengths[0]) ||
             !nn_pickle_take_line (self, &parts[1], &lengths[1])) {
    return FALSE;
  }
  g_string_append_len (name, parts[0], (gssize) MIN (lengths[0], MOST_NAME));
  g_string_append_c (name, '.');
  g_string_append_len (name, parts[1], (gssize) MIN (lengths[1], MOST_NAME));
  return TRUE;
}

/**
 * nn_pickle_push_global:
 * @from_stack: whether module and name are on the stack, or in the pickle
 *
 * Returns: FALSE if the name is not allowed (NN_ERROR_UNKNOWN)
 */
gboolean
nn_pickle_push_global (NnPickleMachine *self, guint from_stack)
{
  g_autoptr (GString) name = g_string_new (NULL);
  g_autofree char *shown = NULL;

  if (!take_name (self, (gboolean) from_stack, name))
    return FALSE;
  if (strlen (name->str) == name->len &&
      (get_result (name->str) != NN_PICKLE_CALL || self->allows (name->str)))
    return nn_pickle_push_text (self, NN_PICKLE_GLOBAL, g_intern_string (name->str),
                                name->len);
  shown = nn_pickle_dup_shown_text (name->str, name->len);
  g_set_error (self->error, NN_ERROR, NN_ERROR_UNKNOWN,
               _ ("a %s would have to be built, and nothing in a file is run"), shown);
  return FALSE;
}

/* Bounds the copying of arguments that many calls share. In pickles that Python writes,
 * each value is copied at most once, and takes at least a byte. */
static gboolean
count_copies (NnPickleMachine *self, gsize n)
{
  self->n_copied += n;
  return self->n_copied <= self->n_bytes ||
         nn_pickle_machine_fail (self, NN_ERROR_FILE,
                                 _ ("its values are copied too often"));
}

/* OrderedDict ([(key, value), …]), as protocols 0 and 1 write it. */
static gboolean
add_pairs (NnPickleMachine *self, NnPickleValue *dict, const NnPickleValue *pairs)
{
  for (guint i = 0; i < pairs->n_items; i++) {
    const NnPickleValue *pair = pairs->items[i];

    if (!nn_pickle_has_items (pair) || pair->n_items != 2)
      return nn_pickle_machine_fail (
          self, NN_ERROR_FILE, _ ("a dict is made of something that is not a pair"));
    nn_pickle_append_item (dict, pair->items[0]);
    nn_pickle_append_item (dict, pair->items[1]);
  }
  return TRUE;
}

/* @given: (nullable): the first argument */
static gboolean
fill_result (NnPickleMachine *self, NnPickleValue *result, const NnPickleValue *given)
{
  if (result->type == NN_PICKLE_BYTES) {
    result->text = given != NULL && is_text_value (given) ? given->text : "";
    result->n_bytes = given != NULL && is_text_value (given) ? given->n_bytes : 0;
    return TRUE;
  }
  if (given == NULL)
    return TRUE;
  if (!nn_pickle_has_items (given))
    return nn_pickle_machine_fail (
        self, NN_ERROR_FILE, _ ("a container is made of something that is not one"));
  if (!count_copies (self, given->n_items))
    return FALSE;
  if (result->type == NN_PICKLE_DICT && given->type != NN_PICKLE_DICT)
    return add_pairs (self, result, given);
  for (guint i = 0; i < given->n_items; i++)
    nn_pickle_append_item (result, given->items[i]);
  return TRUE;
}

gboolean
nn_pickle_call (NnPickleMachine *self, guint unused)
{
  NnPickleValue *global;
  NnPickleValue *arguments;
  NnPickleValue *result;

  if (!nn_pickle_need (self, 2))
    return FALSE;
  arguments = nn_pickle_pop (self);
  global = nn_pickle_pop (self);
  if (global->type != NN_PICKLE_GLOBAL || arguments->type != NN_PICKLE_TUPLE)
    return nn_pickle_machine_fail (self, NN_ERROR_FILE,
                                   _ ("the function that is called has no name"));
  result = nn_pickle_add_value (self, get_result (global->text));
  if (result == NULL)
    return FALSE;
  if (result->type == NN_PICKLE_CALL) {
    nn_pickle_append_item (result, global);
    nn_pickle_append_item (result, arguments);
  } else if (!fill_result (self, result,
                           arguments->n_items > 0 ? arguments->items[0] : NULL))
    return FALSE;
  return nn_pickle_push (self, result);
}

/**
 * nn_pickle_set_state:
 *
 * The instruction BUILD. The attributes of a dict, such as _metadata of a state_dict, are
 * dropped; a call gets the state as its third item.
 */
gboolean
nn_pickle_set_state (NnPickleMachine *self, guint unused)
{
  NnPickleValue *state;
  NnPickleValue *object;

  if (!nn_pickle_need (self, 2))
    return FALSE;
  state = nn_pickle_pop (self);
  object = nn_pickle_get_top (self);
  if (object->type == NN_PICKLE_CALL)
    nn_pickle_append_item (object, state);
  else if (object->type != NN_PICKLE_DICT)
    return nn_pickle_machine_fail (self, NN_ERROR_FILE,
                                   _ ("an object that has no state is given one"));
  return TRUE;
}

gboolean
nn_pickle_push_persistent (NnPickleMachine *self, guint from_stack)
{
  NnPickleValue *value;
  const char *line;
  gsize length;

  if (from_stack ? !nn_pickle_need (self, 1)
                 : !nn_pickle_take_line (self, &line, &length) ||
                       !nn_pickle_push_text (self, NN_PICKLE_BYTES, line, length))
    return FALSE;
  value = nn_pickle_add_value (self, NN_PICKLE_PERSISTENT);
  if (value == NULL)
    return FALSE;
  nn_pickle_append_item (value, nn_pickle_pop (self));
  g_ptr_array_add (self->pickle->persistent, value);
  return nn_pickle_push (self, value);
}
