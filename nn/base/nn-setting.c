/* nn-setting.c - a table of settings: key, type, default and range of each
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/base/nn-setting.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/base/nn-names.h"
#include "nn/base/nn-number.h"

/**
 * nn_setting_has_range:
 *
 * Returns: whether the value is one or more numbers that have a range
 */
gboolean
nn_setting_has_range (const NnSetting *self)
{
  return self->type < NN_SETTING_FLAG;
}

static guint
count_choices (const NnSetting *self)
{
  guint n = 0;

  while (self->choices[n] != NULL)
    n++;
  return n;
}

/**
 * nn_setting_find_choice:
 * @self: of type NN_SETTING_CHOICE
 * @choice: (out): the index of @name; unchanged on failure
 *
 * Returns: FALSE if there is no such choice (NN_ERROR_UNKNOWN); the message lists them
 */
gboolean
nn_setting_find_choice (const NnSetting *self,
                        const char *name,
                        guint *choice,
                        GError **error)
{
  return nn_names_find (self->choices, count_choices (self), self->key, name, choice,
                        error);
}

/**
 * nn_setting_get_n_numbers:
 *
 * Returns: how many numbers the value consists of: 2 for a pair; 0 for a table, text,
 *   names or a seed; else 1
 */
gsize
nn_setting_get_n_numbers (const NnSetting *self)
{
  switch (self->type) {
  case NN_SETTING_PAIR:
    return 2;
  case NN_SETTING_SEED:
  case NN_SETTING_TEXT:
  case NN_SETTING_FILE:
  case NN_SETTING_NAMES:
  case NN_SETTING_TABLE:
    return 0;
  default:
    return 1;
  }
}

/**
 * nn_setting_get_number:
 * @values: the kind's struct
 * @index: which of the setting's numbers, below nn_setting_get_n_numbers ()
 *
 * Returns: the value as a number; a flag as 0 or 1, a choice as its index
 */
double
nn_setting_get_number (const NnSetting *self, gconstpointer values, gsize index)
{
  gconstpointer field = (const char *) values + self->offset;

  g_return_val_if_fail (index < nn_setting_get_n_numbers (self), 0);

  switch (self->type) {
  case NN_SETTING_FLOAT:
    return (double) *(const float *) field;
  case NN_SETTING_COUNT:
    return (double) *(const gsize *) field;
  case NN_SETTING_FLAG:
    return *(const gboolean *) field ? 1 : 0;
  case NN_SETTING_CHOICE:
    return (double) *(const guint *) field;
  default:
    return ((const double *) field)[index];
  }
}

/* The inverse of nn_setting_get_number (). The range is not checked.
 * @number: of a count or a choice a whole number, at least 0 */
static void
set_number (const NnSetting *self, gpointer values, gsize index, double number)
{
  gpointer field = G_STRUCT_MEMBER_P (values, self->offset);

  g_return_if_fail (index < nn_setting_get_n_numbers (self));

  switch (self->type) {
  case NN_SETTING_FLOAT:
    *(float *) field = (float) number;
    return;
  case NN_SETTING_COUNT:
    *(gsize *) field = (gsize) number;
    return;
  case NN_SETTING_FLAG:
    *(gboolean *) field = number != 0;
    return;
  case NN_SETTING_CHOICE:
    *(guint *) field = (guint) number;
    return;
  default:
    ((double *) field)[index] = number;
  }
}

/**
 * nn_setting_dup_key:
 *
 * Returns: (transfer full): "lr", or, of a pair, "betas[0]"
 */
char *
nn_setting_dup_key (const NnSetting *self, gsize index)
{
  return self->type == NN_SETTING_PAIR
             ? g_strdup_printf ("%s[%" G_GSIZE_FORMAT "]", self->key, index)
             : g_strdup (self->key);
}

/* G_MAXFLOAT in full would be 3.4028234663852886e+38. */
static void
append_end (GString *text, double end)
{
  if (end == NN_SETTING_LARGEST_FLOAT)
    g_string_append (text, "3.4e38");
  else
    nn_number_append (text, end);
}

/* A word is written as it is, any other choice (a separator) quoted as in JSON. */
static void
append_choice (GString *text, const char *name)
{
  g_autofree char *escaped = g_strescape (name, "");

  g_string_append_printf (text, g_ascii_isalpha (name[0]) ? "%s" : "\"%s\"", escaped);
}

/* All choices but the default, which messages name before them. */
static void
append_choices (GString *text, const NnSetting *self)
{
  for (guint i = 0; self->choices[i] != NULL; i++) {
    if (i == (guint) self->usual)
      continue;
    g_string_append (text, text->len > 0 ? _ (", ") : _ ("or "));
    append_choice (text, self->choices[i]);
  }
}

/**
 * nn_setting_dup_range:
 *
 * Returns: (transfer full): the range, to follow "a number" in a message: "from 0 and
 *   below 1", "greater than 0", "from 0 to 3.4e38"; of a choice the others than the
 *   default, "or drop, mean"; "" if there is no range
 */
char *
nn_setting_dup_range (const NnSetting *self)
{
  GString *text = g_string_new (NULL);

  if (self->range) {
    g_string_append (text, _ (self->range));
  } else if (self->type == NN_SETTING_CHOICE) {
    append_choices (text, self);
  } else if (self->least < self->most && self->least > -NN_SETTING_LARGEST_FLOAT) {
    g_string_append (text, self->above_least ? _ ("greater than ") : _ ("from "));
    append_end (text, self->least);
    if (!self->above_least || self->most < NN_SETTING_LARGEST_FLOAT) {
      g_string_append (text, self->below_most ? _ (" and below ") : _ (" to "));
      append_end (text, self->most);
    }
  }
  return g_string_free (text, FALSE);
}

/**
 * nn_setting_dup_usual:
 *
 * Returns: (transfer full) (nullable): the default, or an example, as written in a file:
 *   "0.001", "[0.9, 0.999]", "false"; NULL for a table, or if there is neither
 */
char *
nn_setting_dup_usual (const NnSetting *self)
{
  GString *text;

  if (self->type == NN_SETTING_TABLE)
    return NULL;
  if (self->type == NN_SETTING_CHOICE) {
    text = g_string_new (NULL);
    append_choice (text, self->choices[(guint) self->usual]);
    return g_string_free (text, FALSE);
  }
  if (nn_setting_get_n_numbers (self) == 0)
    return g_strdup (self->example ? _ (self->example) : NULL);
  if (self->type == NN_SETTING_FLAG)
    return g_strdup (self->usual != 0 ? "true" : "false");
  text = g_string_new (self->type == NN_SETTING_PAIR ? "[" : "");
  nn_number_append (text, self->usual);
  if (self->type == NN_SETTING_PAIR) {
    g_string_append (text, ", ");
    nn_number_append (text, self->usual2);
    g_string_append_c (text, ']');
  }
  return g_string_free (text, FALSE);
}

static void
set_usual (const NnSetting *self, gpointer values)
{
  gpointer field = G_STRUCT_MEMBER_P (values, self->offset);

  switch (self->type) {
  case NN_SETTING_PAIR:
    ((double *) field)[1] = self->usual2;
    G_GNUC_FALLTHROUGH;
  case NN_SETTING_NUMBER:
    *(double *) field = self->usual;
    return;
  case NN_SETTING_FLOAT:
    *(float *) field = (float) self->usual;
    return;
  case NN_SETTING_COUNT:
    *(gsize *) field = (gsize) self->usual;
    return;
  case NN_SETTING_FLAG:
    *(gboolean *) field = self->usual != 0;
    return;
  case NN_SETTING_SEED:
    *(NnSeed *) field = (NnSeed){ .given = FALSE };
    return;
  case NN_SETTING_CHOICE:
    *(guint *) field = (guint) self->usual;
    return;
  case NN_SETTING_TEXT:
  case NN_SETTING_FILE:
  case NN_SETTING_NAMES:
  case NN_SETTING_TABLE:
    return;
  }
}

/**
 * nn_settings_set_usual:
 * @values: (inout) the kind's struct; fields that are not in the table are not touched
 *
 * Sets every setting to its default. Texts, names and tables, which have none, stay.
 */
void
nn_settings_set_usual (const NnSettings *self, gpointer values)
{
  for (gsize i = 0; i < self->n_rows; i++)
    set_usual (&self->rows[i], values);
}

/* @number: NAN for a seed that is not given */
static void
set_seed (const NnSetting *self, gpointer values, double number)
{
  const gboolean given = !isnan (number);

  *(NnSeed *) G_STRUCT_MEMBER_P (values, self->offset) =
      (NnSeed){ .given = given, .value = given ? (guint32) number : 0 };
}

/**
 * nn_settings_set_number:
 * @values: (inout) the kind's struct
 * @key: of a setting that has numbers, or of a seed; an unknown key is ignored
 * @index: which of the setting's numbers, below nn_setting_get_n_numbers (); ignored for a
 *   seed
 * @number: of a count or a choice a whole number, at least 0; of a seed NAN for "not given"
 */
void
nn_settings_set_number (const NnSettings *self,
                        gpointer values,
                        const char *key,
                        gsize index,
                        double number)
{
  for (gsize i = 0; i < self->n_rows; i++) {
    const NnSetting *setting = &self->rows[i];

    if (strcmp (setting->key, key) != 0)
      continue;
    if (setting->type == NN_SETTING_SEED)
      set_seed (setting, values, number);
    else
      set_number (setting, values, index, number);
  }
}

static gboolean
have_same_names (char *const *a, char *const *b)
{
  return a == NULL || b == NULL
             ? a == b
             : g_strv_equal ((const char *const *) a, (const char *const *) b);
}

static gboolean
is_equal (const NnSetting *self, gconstpointer a, gconstpointer b)
{
  if (self->type == NN_SETTING_SEED) {
    const NnSeed *one = (const NnSeed *) (const void *) ((const char *) a + self->offset);
    const NnSeed *other =
        (const NnSeed *) (const void *) ((const char *) b + self->offset);

    return one->given == other->given && (!one->given || one->value == other->value);
  }
  if (self->type == NN_SETTING_TEXT || self->type == NN_SETTING_FILE)
    return g_strcmp0 (G_STRUCT_MEMBER (char *, a, self->offset),
                      G_STRUCT_MEMBER (char *, b, self->offset)) == 0;
  if (self->type == NN_SETTING_NAMES)
    return have_same_names (G_STRUCT_MEMBER (char **, a, self->offset),
                            G_STRUCT_MEMBER (char **, b, self->offset));
  for (gsize i = 0; i < nn_setting_get_n_numbers (self); i++)
    if (nn_setting_get_number (self, a, i) != nn_setting_get_number (self, b, i))
      return FALSE;
  return TRUE;
}

/**
 * nn_settings_are_equal:
 *
 * Returns: whether every setting has the same value in @a and @b; tables are not compared
 */
gboolean
nn_settings_are_equal (const NnSettings *self, gconstpointer a, gconstpointer b)
{
  for (gsize i = 0; i < self->n_rows; i++)
    if (!is_equal (&self->rows[i], a, b))
      return FALSE;
  return TRUE;
}

static gboolean
is_within (const NnSetting *self, double number)
{
  return (self->above_least ? number > self->least : number >= self->least) &&
         (self->below_most ? number < self->most : number <= self->most);
}

/**
 * nn_setting_check_number:
 * @self: one with nn_setting_has_range ()
 *
 * Returns: FALSE if @number is outside the range, or not whole where a count is expected
 *   (NN_ERROR_SYNTAX); the message says what was expected, for the caller to prefix
 */
gboolean
nn_setting_check_number (const NnSetting *self, double number, GError **error)
{
  const gboolean is_whole = self->type == NN_SETTING_COUNT;
  g_autofree char *range = NULL;

  if (is_within (self, number) && (!is_whole || number == floor (number)))
    return TRUE;
  range = nn_setting_dup_range (self);
  g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX, _ ("expected %s%s%s"),
               self->range ? ""
               : is_whole  ? _ ("a whole number")
                           : _ ("a finite number"),
               self->range || *range == '\0' ? "" : " ", range);
  return FALSE;
}

/**
 * nn_settings_find_outside:
 * @index: (out): which of the setting's numbers it is; undefined if there is none
 *
 * Returns: (transfer none) (nullable): the first setting with a number outside its range,
 *   or NaN; NULL if there is none
 */
const NnSetting *
nn_settings_find_outside (const NnSettings *self, gconstpointer values, gsize *index)
{
  for (gsize i = 0; i < self->n_rows; i++) {
    const NnSetting *setting = &self->rows[i];

    if (!nn_setting_has_range (setting))
      continue;
    for (*index = 0; *index < nn_setting_get_n_numbers (setting); (*index)++)
      if (!is_within (setting, nn_setting_get_number (setting, values, *index)))
        return setting;
  }
  return NULL;
}

/**
 * nn_settings_check:
 *
 * Returns: FALSE if a number is outside its range (NN_ERROR_SYNTAX); the message begins
 *   with the setting's key
 */
gboolean
nn_settings_check (const NnSettings *self, gconstpointer values, GError **error)
{
  gsize index;
  const NnSetting *outside = nn_settings_find_outside (self, values, &index);
  g_autofree char *range = NULL;

  if (outside == NULL)
    return TRUE;
  range = nn_setting_dup_range (outside);
  g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX, _ ("%s: expected a finite number%s%s"),
               outside->key, *range ? " " : "", range);
  return FALSE;
}
