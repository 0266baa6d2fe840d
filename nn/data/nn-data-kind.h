/* nn-data-kind.h - what there is to know of a source of data, all in one row
 *
 * SPDX-License-Identifier: MIT
 *
 * One file, nn-data-NAME.c, holds all of a source: its settings, and how its tables are
 * filled.
 */

#pragma once

#include "nn/base/nn-progress.h"
#include "nn/base/nn-setting.h"
#include "nn/data/nn-sheet.h"
#include "nn/data/nn-table.h"
#include "nn/tensor/nn-random.h"

G_BEGIN_DECLS

#define NN_DATA_MAX_EXAMPLES 10000000
#define NN_DATA_MAX_COLUMNS  100000
#define NN_DATA_MAX_NOISE    1e6 /* far above any use; keeps every number finite */
#define NN_DATA_MAX_OWN      4

typedef enum {
#define ROW(source, name) source,
#include "nn/data/sources.inc"
#undef ROW
  NN_N_DATA_SOURCES,
} NnDataSource;

/* What becomes of an example of which a value is missing. */
typedef enum {
  NN_MISSING_REFUSE,
  NN_MISSING_DROP, /* the whole example */
  NN_MISSING_MEAN, /* the value becomes the mean of the column's training part */
} NnMissing;

/* What a user sets of the data. A plain value; copy and clear. A source ignores the
 * fields that its row does not have. */
typedef struct {
  NnDataSource source;
  gsize n_examples;
  gsize n_features;
  double noise;                /* deviation of what is added */
  double validation;           /* fraction held out */
  double own[NN_DATA_MAX_OWN]; /* what one source alone reads: its file names them */
  NnSeed seed; /* of a stream of their own; else they go on with the experiment's */

  /* Of files. */
  char *file;     /* (owned) (nullable) */
  char *labels;   /* (owned) (nullable) a file of its own, where there is one */
  char **inputs;  /* (owned) (nullable) names of columns; NULL: guessed */
  char **targets; /* (owned) (nullable) */
  guint separator;
  guint decimal;
  guint header;
  guint encoding;
  guint missing; /* NnMissing */
  gboolean standardise;

  NnTable *table; /* (owned) (nullable) where the rows are given, and no formula's */
} NnDataSpec;

typedef struct {
  const char *sentence;
  NnSettings settings; /* of NnDataSpec, in the order in which they are written */
  gboolean is_table;   /* the rows are given, in the spec's table, with all they say */

  /* Of what is no table. */
  gsize n_features;                  /* 0: as many as the settings say */
  gsize n_targets;                   /* columns; 0 for none */
  gsize n_classes;                   /* 0 if the targets are numbers, not class numbers */
  float least_feature, most_feature; /* equal: their range is not known before */

  /* (nullable) For tables that are not in the experiment: reads what the settings say.
   * Whole and finite, except that inputs may be missing if NN_MISSING_MEAN is asked for.
   * Returns: (transfer full) (nullable) */
  NnTable *(*load) (const NnDataSpec *spec, const NnProgress *progress, GError **error);

  /* (nullable) For tables whose columns can be chosen: reads what there is to choose.
   * Returns: (transfer full) (nullable) */
  NnSheet *(*load_sheet) (const NnDataSpec *spec,
                          const NnProgress *progress,
                          GError **error);

  /* (nullable) What no range says. */
  gboolean (*check) (const NnDataSpec *spec, GError **error);

  /* (nullable) For what is no table. @inputs: (n_examples, n_features) out; @targets:
   * (n_examples, n_targets) out, or NULL */
  void (*fill) (const NnDataSpec *spec, NnRandom *random, float *inputs, float *targets);
} NnDataKind;

#define ROW(source, name) extern const NnDataKind nn_data_##name;
#include "nn/data/sources.inc"
#undef ROW

/* Settings that most have. */
#define NN_DATA_SETTING(name) G_STRUCT_OFFSET (NnDataSpec, name)

#define NN_DATA_EXAMPLES                                                                 \
  {                                                                                      \
    .key = "examples", .sentence = N_ ("how many examples there are"),                   \
    .type = NN_SETTING_COUNT, .offset = NN_DATA_SETTING (n_examples), .required = TRUE,  \
    .usual = 200, .least = 1, .most = NN_DATA_MAX_EXAMPLES,                              \
  }

#define NN_DATA_NOISE                                                                    \
  {                                                                                      \
    .key = "noise", .sentence = N_ ("how far normal random numbers move the points"),    \
    .type = NN_SETTING_NUMBER, .offset = NN_DATA_SETTING (noise),                        \
    .most = NN_DATA_MAX_NOISE,                                                           \
  }

/* What every source has, last: two settings. */
#define NN_DATA_VALIDATION                                                               \
  {                                                                                      \
    .key = "validation",                                                                 \
    .sentence = N_ ("the fraction of the examples that is kept out of training"),        \
    .type = NN_SETTING_NUMBER,                                                           \
    .offset = NN_DATA_SETTING (validation),                                              \
    .most = 1,                                                                           \
    .below_most = TRUE,                                                                  \
    .range = N_ ("a fraction, at least 0 and less than 1"),                              \
  },                                                                                     \
  {                                                                                      \
    .key = "seed",                                                                       \
    .sentence = N_ ("of the data's own random numbers, orders of examples among them"),  \
    .type = NN_SETTING_SEED, .offset = NN_DATA_SETTING (seed), .example = "1",           \
  }

#define NN_DATA_FILE(key_, sentence_, field, example_)                                   \
  {                                                                                      \
    .key = key_, .sentence = sentence_, .type = NN_SETTING_FILE,                         \
    .offset = NN_DATA_SETTING (field), .example = example_                               \
  }

#define NN_DATA_INPUTS                                                                   \
  {                                                                                      \
    .key = "inputs",                                                                     \
    .sentence = N_ ("the columns that go into the network, one or a list"),              \
    .type = NN_SETTING_NAMES, .offset = NN_DATA_SETTING (inputs),                        \
    .example = N_ ("all but the targets")                                                \
  }

#define NN_DATA_TARGETS                                                                  \
  {                                                                                      \
    .key = "targets", .sentence = N_ ("the columns that it learns, one or a list"),      \
    .type = NN_SETTING_NAMES, .offset = NN_DATA_SETTING (targets),                       \
    .example = N_ ("target, label, class, y, or the last")                               \
  }

#define NN_DATA_MISSING                                                                  \
  {                                                                                      \
    .key = "missing",                                                                    \
    .sentence = N_ ("what becomes of missing values: mean is the training part's"),      \
    .type = NN_SETTING_CHOICE, .offset = NN_DATA_SETTING (missing),                      \
    .choices = (const char *const[])                                                     \
    {                                                                                    \
      "refuse", "drop", "mean", NULL                                                     \
    }                                                                                    \
  }

#define NN_DATA_STANDARDISE                                                              \
  {                                                                                      \
    .key = "standardise",                                                                \
    .sentence = N_ ("whether inputs get mean 0 and deviation 1 (of the training part)"), \
    .type = NN_SETTING_FLAG, .offset = NN_DATA_SETTING (standardise),                    \
  }

G_END_DECLS
