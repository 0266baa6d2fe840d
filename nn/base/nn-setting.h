/* nn-setting.h - a table of settings: key, type, default and range of each
 *
 * SPDX-License-Identifier: MIT
 *
 * Optimizers, losses, initialisations and data sources have settings. Each is one
 * constant row (an NnSetting), from which the readers and writers of files, the checks,
 * the error messages and `nudge list` are made; there is no second list.
 *
 * The values are fields of a struct that all things of a kind share (NnOptimizerSettings,
 * NnLoss, NnInit, NnDataSpec); a row has the field's offset, as a GOptionEntry has the
 * address of its variable. Below, @values is always that struct.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  NN_SETTING_NUMBER, /* a double */
  NN_SETTING_PAIR,   /* two doubles, one after the other: PyTorch's betas */
  NN_SETTING_FLOAT,  /* a float */
  NN_SETTING_COUNT,  /* a gsize */
  NN_SETTING_FLAG,   /* a gboolean; from here on types have no range */
  NN_SETTING_SEED,   /* an NnSeed */
  NN_SETTING_TEXT,   /* a char *, owned; NULL if not given */
  NN_SETTING_FILE,   /* such a text: a path, in a file relative to that file's folder */
  NN_SETTING_NAMES,  /* a char **, owned, one name or more; NULL if not given */
  NN_SETTING_CHOICE, /* a guint: an index into choices */
  NN_SETTING_TABLE,  /* rows of numbers; the kind has its own reader, writer and check */
} NnSettingType;

/* An optional seed. */
typedef struct {
  gboolean given;
  guint32 value; /* only if given */
} NnSeed;

typedef struct {
  const char *key;      /* in a file; PyTorch's name where PyTorch has the setting */
  const char *sentence; /* what it does, in one line, marked with N_ () */
  NnSettingType type;
  gsize offset;      /* of the field in the kind's struct; not used by a table */
  gboolean required; /* a file must give it; usual is then only an example */
  double usual;      /* the default; of a flag 0 or 1, of a choice its index */
  double usual2;     /* the default of a pair's second number */
  double least;      /* the range, from least to most … */
  double most;
  gboolean above_least; /* … without least itself */
  gboolean below_most;  /* … without most itself */
  const char *range;    /* (nullable) the range in words, where numbers say it badly */

  /* (nullable) (array zero-terminated=1) of a choice. If they are "true" and "false",
   * JSON's true and false are written and read. */
  const char *const *choices;
  const char *example; /* (nullable) of a text or names, which have no default */
} NnSetting;

typedef struct {
  const NnSetting *rows;
  gsize n_rows;
} NnSettings;

#define NN_SETTINGS(rows)                                                                \
  {                                                                                      \
    (rows), G_N_ELEMENTS (rows)                                                          \
  }
#define NN_SETTING_LARGEST_FLOAT ((double) G_MAXFLOAT)

gboolean nn_setting_has_range (const NnSetting *self);
gboolean nn_setting_find_choice (const NnSetting *self,
                                 const char *name,
                                 guint *choice,
                                 GError **error);
gsize nn_setting_get_n_numbers (const NnSetting *self);
double nn_setting_get_number (const NnSetting *self, gconstpointer values, gsize index);
gboolean nn_setting_check_number (const NnSetting *self, double number, GError **error);
char *nn_setting_dup_key (const NnSetting *self, gsize index);
char *nn_setting_dup_range (const NnSetting *self);
char *nn_setting_dup_usual (const NnSetting *self);

gboolean nn_settings_check (const NnSettings *self, gconstpointer values, GError **error);
void nn_settings_set_number (const NnSettings *self,
                             gpointer values,
                             const char *key,
                             gsize index,
                             double number);
void nn_settings_set_usual (const NnSettings *self, gpointer values);
gboolean nn_settings_are_equal (const NnSettings *self, gconstpointer a, gconstpointer b);
const NnSetting *
nn_settings_find_outside (const NnSettings *self, gconstpointer values, gsize *index);

G_END_DECLS
