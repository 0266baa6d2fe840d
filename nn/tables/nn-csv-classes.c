/* nn-csv-classes.c - numbers distinct names in the order of their first appearance
 *
 * SPDX-License-Identifier: MIT
 *
 * A hash table with open addressing and linear probing (Knuth, The Art of Computer
 * Programming, volume 3, 1998, section 6.4, algorithm L), whose texts are in one buffer.
 */

#include "nn/tables/nn-csv-classes.h"

#include <string.h>

#define FIRST_SLOTS 16 /* a power of two, doubled when the table grows */

/* The 32 bit hash function FNV-1a of Fowler, Noll and Vo. */
#define FNV_OFFSET 2166136261u
#define FNV_PRIME  16777619u

struct _NnCsvClasses {
  GString *texts; /* (owned) all names, concatenated */
  GArray *ends;   /* (owned) (element-type gsize) where each ends in texts */
  guint16 *slots; /* (owned) class numbers, or NN_CSV_NO_CLASS */
  guint n_slots;  /* at least twice as many as classes */
};

static guint16 *
new_slots (guint n_slots)
{
  guint16 *slots = g_new (guint16, n_slots);

  for (guint i = 0; i < n_slots; i++)
    slots[i] = NN_CSV_NO_CLASS;
  return slots;
}

NnCsvClasses *
nn_csv_classes_new (void)
{
  NnCsvClasses *self = g_new0 (NnCsvClasses, 1);

  self->texts = g_string_new (NULL);
  self->ends = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->n_slots = FIRST_SLOTS;
  self->slots = new_slots (self->n_slots);
  return self;
}

void
nn_csv_classes_free (NnCsvClasses *self)
{
  g_string_free (self->texts, TRUE);
  g_array_unref (self->ends);
  g_free (self->slots);
  g_free (self);
}

guint
nn_csv_classes_get_n (const NnCsvClasses *self)
{
  return self->ends->len;
}

/* Returns: (array length=n_bytes): the text of class @i */
static const char *
get_text (const NnCsvClasses *self, guint i, gsize *n_bytes)
{
  const gsize start = i > 0 ? g_array_index (self->ends, gsize, i - 1) : 0;

  *n_bytes = g_array_index (self->ends, gsize, i) - start;
  return self->texts->str + start;
}

/* Returns: the slot of the text, or the free one where it belongs */
static guint
find_slot (const NnCsvClasses *self, const char *text, gsize n_bytes)
{
  guint32 hash = FNV_OFFSET;
  guint slot;

  for (gsize i = 0; i < n_bytes; i++)
    hash = (hash ^ (guchar) text[i]) * FNV_PRIME;
  slot = (hash ^ hash >> 16) & (self->n_slots - 1);
  while (self->slots[slot] != NN_CSV_NO_CLASS) {
    gsize n_found;
    const char *found = get_text (self, self->slots[slot], &n_found);

    if (n_found == n_bytes && memcmp (found, text, n_bytes) == 0)
      break;
    slot = (slot + 1) & (self->n_slots - 1);
  }
  return slot;
}

static void
grow (NnCsvClasses *self)
{
  g_free (self->slots);
  self->n_slots *= 2;
  self->slots = new_slots (self->n_slots);
  for (guint i = 0; i < self->ends->len; i++) {
    gsize n_bytes;
    const char *text = get_text (self, i, &n_bytes);

    self->slots[find_slot (self, text, n_bytes)] = (guint16) i;
  }
}

/**
 * nn_csv_classes_add:
 * @text: (array length=n_bytes): copied if it is new
 *
 * Returns: the number of @text; NN_CSV_NO_CLASS if there are too many others
 */
guint16
nn_csv_classes_add (NnCsvClasses *self, const char *text, gsize n_bytes)
{
  const guint slot = find_slot (self, text, n_bytes);
  const guint n = self->ends->len;

  if (self->slots[slot] != NN_CSV_NO_CLASS || n == NN_CSV_NO_CLASS)
    return self->slots[slot];
  g_string_append_len (self->texts, text, (gssize) n_bytes);
  g_array_append_val (self->ends, self->texts->len);
  self->slots[slot] = (guint16) n;
  if (2 * (n + 1) > self->n_slots)
    grow (self);
  return (guint16) n;
}

/**
 * nn_csv_classes_dup_names:
 *
 * Returns: (transfer full) (element-type utf8): all names, by number
 */
GPtrArray *
nn_csv_classes_dup_names (const NnCsvClasses *self)
{
  GPtrArray *names = g_ptr_array_new_full (self->ends->len, g_free);

  for (guint i = 0; i < self->ends->len; i++) {
    gsize n_bytes;
    const char *text = get_text (self, i, &n_bytes);

    g_ptr_array_add (names, g_strndup (text, n_bytes));
  }
  return names;
}
