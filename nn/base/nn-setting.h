/* nn-setting.h - what can be set about a thing of some kind, described once
 *
 * SPDX-License-Identifier: MIT
 *
 * An optimizer, a loss, an initialisation and a data source have settings. Each is one
 * constant row: its key, what it does, its default and its range. Reader and writer of
 * files, checks, messages and lists are made from the rows.
 *
 * The values themselves are fields of a struct that all things of the kind share; a row
 * says where in it.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  NN_SETTING_NUMBER, /* a double */
  NN_SETTING_PAIR,   /* two doubles, the second right behind the first */
  NN_SETTING_FLOAT,  /* a float */
  NN_SETTING_COUNT,  /* a gsize */
  NN_SETTING_FLAG,   /* a gboolean; neither it nor what follows has a range */
  NN_SETTING_SEED,   /* an NnSeed, which may not be given */
  NN_SETTING_TEXT,   /* a char *, owned; NULL if it is not given */
  NN_SETTING_FILE,   /* such a text: a path, in a file relative to that file's folder */
  NN_SETTING_NAMES,  /* a char **, owned, a name or more; NULL if none is given */
  NN_SETTING_CHOICE, /* a guint: which of some names */
  NN_SETTING_TABLE,  /* rows of numbers, which the kind itself reads, writes and checks */
} NnSettingType;

/* A seed of a thing's own. */
typedef struct {
  gboolean given;
  guint32 value; /* if it is */
} NnSeed;

typedef struct {
  const char *key;      /* in a file: PyTorch's where PyTorch has it */
  const char *sentence; /* what it is, in one line */
  NnSettingType type;
  gsize offset;      /* of the value, in the kind's struct; a table has none */
  gboolean required; /* in a file, as there is no default */
  double usual;      /* the default, or an example; of a flag 0 or 1, of a choice which */
  double usual2;     /* of a pair's second number */
  double least;      /* the range */
  double most;
  gboolean above_least; /* the end of the range is not in it */
  gboolean below_most;
  const char *range; /* (nullable) in words, where its ends do not say it well */

  /* (nullable) (array zero-terminated=1) of a choice, what can be chosen. One of two
   * that are "true" and "false" is written as JSON has it. */
  const char *const *choices;
  const char *example; /* (nullable) of a text or names */
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
char *nn_setting_dup_key (const NnSetting *self, gsize index);
char *nn_setting_dup_range (const NnSetting *self);
char *nn_setting_dup_usual (const NnSetting *self);

gboolean nn_settings_check (const NnSettings *self, gconstpointer values, GError **error);
void nn_settings_set_usual (const NnSettings *self, gpointer values);
gboolean nn_settings_are_equal (const NnSettings *self, gconstpointer a, gconstpointer b);
const NnSetting *
nn_settings_find_outside (const NnSettings *self, gconstpointer values, gsize *index);

G_END_DECLS
