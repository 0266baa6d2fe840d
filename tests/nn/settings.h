/* settings.h - settings of any kind, for tests that go through all of them
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <math.h>
#include <string.h>

#include "nn/base/nn-setting.h"

static inline const NnSetting *
settings_find (const NnSettings *self, const char *key)
{
  for (gsize i = 0; i < self->n_rows; i++)
    if (strcmp (self->rows[i].key, key) == 0)
      return &self->rows[i];
  return NULL;
}

static inline gboolean
settings_is_within (const NnSetting *self, double number)
{
  return (self->above_least ? number > self->least : number >= self->least) &&
         (self->below_most ? number < self->most : number <= self->most);
}

/* A number that the setting may be, but is not by default, the more so as @turn differs. */
static inline double
settings_unusual_number (const NnSetting *self, gsize turn)
{
  static const double numbers[] = { 1.0 / 3, 0.7, 1e-7, 3, 17, 5e-324, 1e22 };
  const double usual = turn == 0 ? self->usual : self->usual2;

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++) {
    const double number = numbers[(i + turn) % G_N_ELEMENTS (numbers)];
    const gboolean fits = self->type != NN_SETTING_COUNT || number == floor (number);

    if (fits && number != usual && settings_is_within (self, number))
      return number;
  }
  g_error ("%s: there is no other number in its range", self->key);
}

/* @numbers: as many as the setting is made of */
static inline void
settings_set (const NnSetting *self, gpointer values, const double *numbers)
{
  gpointer field = G_STRUCT_MEMBER_P (values, self->offset);

  if (self->type == NN_SETTING_FLAG)
    *(gboolean *) field = numbers[0] != 0;
  else if (self->type == NN_SETTING_COUNT)
    *(gsize *) field = (gsize) numbers[0];
  else if (self->type == NN_SETTING_FLOAT)
    *(float *) field = (float) numbers[0];
  else
    memcpy (field, numbers, nn_setting_get_n_numbers (self) * sizeof *numbers);
}

/* A text, names or a choice that is not the default. */
static inline void
settings_set_words (const NnSetting *self, gpointer values)
{
  gpointer field = G_STRUCT_MEMBER_P (values, self->offset);

  if (self->type == NN_SETTING_CHOICE)
    *(guint *) field = self->usual == 0;
  else if (self->type == NN_SETTING_NAMES)
    *(char ***) field = g_strsplit ("one,the \"other\"", ",", -1);
  else if (self->type == NN_SETTING_TEXT || self->type == NN_SETTING_FILE)
    *(char **) field = g_strdup ("some \"text\"");
}

static inline gboolean
settings_is_words (const NnSetting *self)
{
  return self->type > NN_SETTING_FLAG;
}

/* Gives each setting but tables another value than its default. */
static inline void
settings_make_unusual (const NnSettings *self, gpointer values)
{
  for (gsize i = 0; i < self->n_rows; i++) {
    const NnSetting *setting = &self->rows[i];
    double numbers[2] = { setting->usual == 0 };

    if (settings_is_words (setting)) {
      settings_set_words (setting, values);
      continue;
    }
    if (setting->type != NN_SETTING_FLAG)
      for (gsize k = 0; k < nn_setting_get_n_numbers (setting); k++)
        numbers[k] = settings_unusual_number (setting, k);
    settings_set (setting, values, numbers);
  }
}
