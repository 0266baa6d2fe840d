/* nn-pickle.c - reads a Python pickle as a tree of plain values, without running code
 *
 * SPDX-License-Identifier: MIT
 *
 * The instructions of protocols 0 to 5, as documented in Python's Lib/pickletools.py:
 * each is a byte, some are followed by an argument.
 */

#include "nn/arrays/nn-pickle.h"

#include <glib/gi18n.h>

#include "nn/arrays/nn-pickle-calls.h"
#include "nn/arrays/nn-pickle-scalars.h"

#define HIGHEST_PROTOCOL 5

/* ---- containers --------------------------------------------------------------------- */

static gboolean
push_empty (NnPickleMachine *self, guint type)
{
  return nn_pickle_push_new (self, type);
}

/* Replaces the values on the stack from @first on by a container of them. */
static gboolean
push_container (NnPickleMachine *self, NnPickleType type, guint first)
{
  NnPickleValue *container;

  if (type == NN_PICKLE_DICT && (self->stack->len - first) % 2 != 0)
    return nn_pickle_machine_fail (self, NN_ERROR_FILE, _ ("a key has no value"));
  container = nn_pickle_add_value (self, type);
  if (container == NULL)
    return FALSE;
  nn_pickle_move_items (self, first, container);
  return nn_pickle_push (self, container);
}

static gboolean
push_tuple (NnPickleMachine *self, guint n)
{
  return nn_pickle_need (self, n) &&
         push_container (self, NN_PICKLE_TUPLE, self->stack->len - n);
}

static gboolean
push_marked (NnPickleMachine *self, guint type)
{
  guint first;

  return nn_pickle_pop_mark (self, &first) && push_container (self, type, first);
}

/* Moves the values on the stack from @first on into the container below them. */
static gboolean
add_items (NnPickleMachine *self, guint first, NnPickleType type)
{
  NnPickleValue *container = self->stack->pdata[first - 1];

  if (type == NN_PICKLE_LIST && container->type == NN_PICKLE_SET)
    type = NN_PICKLE_SET; /* the same instruction appends to a list and adds to a set */
  if (container->type != type)
    return nn_pickle_machine_fail (self, NN_ERROR_FILE, _ ("items are added to no %s"),
                                   type == NN_PICKLE_DICT ? "dict" : "list");
  if (type == NN_PICKLE_DICT && (self->stack->len - first) % 2 != 0)
    return nn_pickle_machine_fail (self, NN_ERROR_FILE, _ ("a key has no value"));
  nn_pickle_move_items (self, first, container);
  return TRUE;
}

static gboolean
append (NnPickleMachine *self, guint type)
{
  const guint n = type == NN_PICKLE_DICT ? 2 : 1;

  return nn_pickle_need (self, n + 1) && add_items (self, self->stack->len - n, type);
}

static gboolean
append_marked (NnPickleMachine *self, guint type)
{
  guint first;

  if (!nn_pickle_pop_mark (self, &first))
    return FALSE;
  if (first == 0)
    return nn_pickle_machine_fail (self, NN_ERROR_FILE, _ ("items are added to nothing"));
  return add_items (self, first, type);
}

/* ---- the stack and the memo --------------------------------------------------------- */

static gboolean
set_mark (NnPickleMachine *self, guint unused)
{
  g_array_append_val (self->marks, self->stack->len);
  return TRUE;
}

static gboolean
discard (NnPickleMachine *self, guint unused)
{
  if (!nn_pickle_need (self, 1))
    return FALSE;
  nn_pickle_pop (self);
  return TRUE;
}

static gboolean
discard_marked (NnPickleMachine *self, guint unused)
{
  guint first;

  if (!nn_pickle_pop_mark (self, &first))
    return FALSE;
  g_ptr_array_set_size (self->stack, (gint) first);
  return TRUE;
}

static gboolean
duplicate (NnPickleMachine *self, guint unused)
{
  return nn_pickle_need (self, 1) && nn_pickle_push (self, nn_pickle_get_top (self));
}

/* Reads a memo index: @n_bytes, or a line of digits if that is 0. */
static gboolean
take_index (NnPickleMachine *self, guint n_bytes, gpointer *index)
{
  const char *line;
  gsize length;
  guint64 number = 0;

  if (n_bytes > 0 ? !nn_pickle_take_number (self, n_bytes, &number)
                  : !nn_pickle_take_line (self, &line, &length))
    return FALSE;
  for (gsize i = 0; n_bytes == 0 && i < MIN (length, 9); i++)
    number = 10 * number + (guint64) (guint8) line[i] - '0';
  *index = GUINT_TO_POINTER ((guint) number);
  return TRUE;
}

static gboolean
put (NnPickleMachine *self, guint n_bytes)
{
  gpointer index;

  if (!take_index (self, n_bytes, &index) || !nn_pickle_need (self, 1))
    return FALSE;
  g_hash_table_insert (self->memo, index, nn_pickle_get_top (self));
  return TRUE;
}

static gboolean
memoize (NnPickleMachine *self, guint unused)
{
  if (!nn_pickle_need (self, 1))
    return FALSE;
  g_hash_table_insert (self->memo, GUINT_TO_POINTER (g_hash_table_size (self->memo)),
                       nn_pickle_get_top (self));
  return TRUE;
}

static gboolean
get (NnPickleMachine *self, guint n_bytes)
{
  NnPickleValue *value;
  gpointer index;

  if (!take_index (self, n_bytes, &index))
    return FALSE;
  value = g_hash_table_lookup (self->memo, index);
  if (value == NULL)
    return nn_pickle_machine_fail (self, NN_ERROR_FILE,
                                   _ ("it goes back to a value that it has not kept"));
  return nn_pickle_push (self, value);
}

/* ---- the program -------------------------------------------------------------------- */

static gboolean
set_protocol (NnPickleMachine *self, guint unused)
{
  guint64 protocol;

  if (!nn_pickle_take_number (self, 1, &protocol))
    return FALSE;
  if (protocol <= HIGHEST_PROTOCOL)
    return TRUE;
  return nn_pickle_machine_fail (self, NN_ERROR_FILE,
                                 _ ("its protocol is %u, but Python's go from 0 to %d"),
                                 (guint) protocol, HIGHEST_PROTOCOL);
}

/* FRAME: a hint for reading from a stream, without effect here. */
static gboolean
skip_frame (NnPickleMachine *self, guint n_bytes)
{
  guint64 length;

  return nn_pickle_take_number (self, n_bytes, &length);
}

static gboolean
stop (NnPickleMachine *self, guint unused)
{
  if (!nn_pickle_need (self, 1))
    return FALSE;
  self->pickle->value = nn_pickle_pop (self);
  self->pickle->n_bytes = self->at;
  self->stopped = TRUE;
  return TRUE;
}

typedef struct {
  gboolean (*run) (NnPickleMachine *self, guint argument);
  guint argument;
} Instruction;

static const Instruction instructions[256] = {
  /* numbers */
  ['N'] = { nn_pickle_do_none, 0 },
  [0x88] = { nn_pickle_do_boolean, TRUE },
  [0x89] = { nn_pickle_do_boolean, FALSE },
  ['K'] = { nn_pickle_do_number, 1 },
  ['M'] = { nn_pickle_do_number, 2 },
  ['J'] = { nn_pickle_do_number, 4 },
  [0x8a] = { nn_pickle_do_long, 1 },
  [0x8b] = { nn_pickle_do_long, 4 },
  ['I'] = { nn_pickle_do_digits, 0 },
  ['L'] = { nn_pickle_do_digits, 0 },
  ['F'] = { nn_pickle_do_decimal, 0 },
  ['G'] = { nn_pickle_do_double, 0 },
  /* texts */
  ['U'] = { nn_pickle_do_string, 1 },
  ['T'] = { nn_pickle_do_string, 4 },
  [0x8c] = { nn_pickle_do_string, 1 },
  ['X'] = { nn_pickle_do_string, 4 },
  [0x8d] = { nn_pickle_do_string, 8 },
  ['C'] = { nn_pickle_do_bytes, 1 },
  ['B'] = { nn_pickle_do_bytes, 4 },
  [0x8e] = { nn_pickle_do_bytes, 8 },
  [0x96] = { nn_pickle_do_bytes, 8 },
  ['S'] = { nn_pickle_do_line, 0 },
  ['V'] = { nn_pickle_do_line, 0 },
  /* containers */
  [')'] = { push_empty, NN_PICKLE_TUPLE },
  [']'] = { push_empty, NN_PICKLE_LIST },
  ['}'] = { push_empty, NN_PICKLE_DICT },
  [0x8f] = { push_empty, NN_PICKLE_SET },
  [0x85] = { push_tuple, 1 },
  [0x86] = { push_tuple, 2 },
  [0x87] = { push_tuple, 3 },
  ['t'] = { push_marked, NN_PICKLE_TUPLE },
  ['l'] = { push_marked, NN_PICKLE_LIST },
  ['d'] = { push_marked, NN_PICKLE_DICT },
  [0x91] = { push_marked, NN_PICKLE_SET },
  ['a'] = { append, NN_PICKLE_LIST },
  ['s'] = { append, NN_PICKLE_DICT },
  ['e'] = { append_marked, NN_PICKLE_LIST },
  [0x90] = { append_marked, NN_PICKLE_LIST },
  ['u'] = { append_marked, NN_PICKLE_DICT },
  /* names and calls */
  ['c'] = { nn_pickle_push_global, FALSE },
  [0x93] = { nn_pickle_push_global, TRUE },
  ['R'] = { nn_pickle_call, 0 },
  [0x81] = { nn_pickle_call, 0 },
  ['b'] = { nn_pickle_set_state, 0 },
  ['P'] = { nn_pickle_push_persistent, FALSE },
  ['Q'] = { nn_pickle_push_persistent, TRUE },
  /* the stack and the memo */
  ['('] = { set_mark, 0 },
  ['0'] = { discard, 0 },
  ['1'] = { discard_marked, 0 },
  ['2'] = { duplicate, 0 },
  ['p'] = { put, 0 },
  ['q'] = { put, 1 },
  ['r'] = { put, 4 },
  [0x94] = { memoize, 0 },
  ['g'] = { get, 0 },
  ['h'] = { get, 1 },
  ['j'] = { get, 4 },
  /* the program */
  [0x80] = { set_protocol, 0 },
  [0x95] = { skip_frame, 8 },
  ['.'] = { stop, 0 },
};

static gboolean
run_next (NnPickleMachine *self)
{
  const guint8 *byte;

  self->start = self->at;
  if (!nn_pickle_take_bytes (self, 1, &byte))
    return FALSE;
  if (instructions[*byte].run == NULL)
    return nn_pickle_machine_fail (self, NN_ERROR_FILE,
                                   _ ("the instruction 0x%02x is not supported"), *byte);
  return instructions[*byte].run (self, instructions[*byte].argument);
}

/**
 * nn_pickle_new:
 * @bytes: (array length=n_bytes): a pickle, perhaps followed by other data (see
 *   nn_pickle_get_n_bytes ()); borrowed while the result is used
 * @allows: which globals it may refer to, besides Python's own containers
 *
 * Returns: (transfer full) (nullable): NULL if a global is not allowed
 *   (NN_ERROR_UNKNOWN), or the pickle is damaged (NN_ERROR_FILE); the message has the
 *   offset, not the file's name
 */
NnPickle *
nn_pickle_new (const guint8 *bytes, gsize n_bytes, NnPickleAllows allows, GError **error)
{
  g_auto (NnPickleMachine) machine = { 0 };

  nn_pickle_machine_init (&machine, bytes, n_bytes, allows, error);
  while (!machine.stopped)
    if (!run_next (&machine))
      return NULL;
  return g_steal_pointer (&machine.pickle);
}
