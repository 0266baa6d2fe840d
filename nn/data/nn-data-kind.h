/* nn-data-kind.h - the table of data sources, one row for each
 *
 * SPDX-License-Identifier: MIT
 *
 * To add a source, add a row to sources.inc and write nn-data-NAME.c beside it; nothing
 * else knows the sources. There are two sorts: a generator has fill and draws its numbers
 * anew in each run; a table has load, or is in the experiment itself (inline), and is
 * read once.
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
#define NN_DATA_MAX_NOISE    1e6 /* keeps every number finite */
#define NN_DATA_MAX_OWN      4

typedef enum {
#define ROW(source, name) source,
#include "nn/data/sources.inc"
#undef ROW
  NN_N_DATA_SOURCES,
} NnDataSource;

/* What to do about an example with a missing value. */
typedef enum {
  NN_MISSING_REFUSE, /* an error */
  NN_MISSING_DROP,   /* leave the example out */
  NN_MISSING_MEAN,   /* fill in the mean of the column's training part */
} NnMissing;

/* The settings of all sources in one struct; a source reads those that its row lists. A
 * plain value: see nn-data-spec.h for init, copy and clear. */
typedef struct {
  NnDataSource source;
  gsize n_examples;
  gsize n_features;
  double noise;                /* standard deviation of the noise that is added */
  double validation;           /* fraction held out */
  double own[NN_DATA_MAX_OWN]; /* for a source's own settings: its file names them */
  NnSeed seed; /* of a generator for the data; if not given, the experiment's is used */

  /* Of files. */
  char *file;     /* (owned) (nullable) */
  char *labels;   /* (owned) (nullable) a second file, with the classes (idx) */
  char **inputs;  /* (owned) (nullable) names of columns; NULL: guessed */
  char **targets; /* (owned) (nullable) likewise */
  guint separator;
  guint decimal;
  guint header;
  guint encoding;
  guint missing; /* NnMissing */
  gboolean standardise;

  NnTable *table; /* (owned) (nullable) of a source with is_table, once it is loaded */
} NnDataSpec;

typedef struct {
  const char *sentence;
  NnSettings settings; /* of NnDataSpec, in the order in which they are written */
  gboolean is_table;   /* the examples are in the spec's table; else fill makes them */

  /* Only of a generator. */
  gsize n_features;                  /* 0: as in the spec */
  gsize n_targets;                   /* columns; 0 for none */
  gsize n_classes;                   /* 0 if the targets are numbers, not class numbers */
  float least_feature, most_feature; /* the range of inputs; equal: not known */

  /* (nullable) For tables that are not in the experiment: reads the file. All values are
   * finite, except that inputs may be NaN, missing, with NN_MISSING_MEAN.
   * Returns: (transfer full) (nullable) */
  NnTable *(*load) (const NnDataSpec *spec, const NnProgress *progress, GError **error);

  /* (nullable) load of a file that was read already, as from a pipe. Messages do not name
   * it.
   * @bytes: (transfer full) (array length=n_bytes): from g_malloc ()
   * Returns: (transfer full) (nullable) */
  NnTable *(*parse) (const NnDataSpec *spec,
                     char *bytes,
                     gsize n_bytes,
                     const NnProgress *progress,
                     GError **error);

  /* (nullable) For tables whose columns can be chosen: reads the file's preview.
   * Returns: (transfer full) (nullable) */
  NnSheet *(*load_sheet) (const NnDataSpec *spec,
                          const NnProgress *progress,
                          GError **error);

  /* (nullable) Checks what ranges cannot express. */
  gboolean (*check) (const NnDataSpec *spec, GError **error);

  /* (nullable) The generator.
   * @inputs: (out) (n_examples, n_features)
   * @targets: (out) (n_examples, n_targets); NULL if there are none */
  void (*fill) (const NnDataSpec *spec, NnRandom *random, float *inputs, float *targets);
} NnDataKind;

#define ROW(source, name) extern const NnDataKind nn_data_##name;
#include "nn/data/sources.inc"
#undef ROW

/* Rows that several sources share. */
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

/* Two rows, the last of every source. */
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
    .sentence = N_ ("of the data's random numbers, including the order of examples"),    \
    .type = NN_SETTING_SEED, .offset = NN_DATA_SETTING (seed), .example = "1",           \
  }

#define NN_DATA_INPUTS                                                                   \
  {                                                                                      \
    .key = "inputs",                                                                     \
    .sentence = N_ ("the columns to put into the network, one or a list"),               \
    .type = NN_SETTING_NAMES, .offset = NN_DATA_SETTING (inputs),                        \
    .example = N_ ("all but the targets")                                                \
  }

#define NN_DATA_TARGETS                                                                  \
  {                                                                                      \
    .key = "targets", .sentence = N_ ("the columns to learn, one or a list"),            \
    .type = NN_SETTING_NAMES, .offset = NN_DATA_SETTING (targets),                       \
    .example = N_ ("target, label, class, y, or the last")                               \
  }

#define NN_DATA_MISSING                                                                  \
  {                                                                                      \
    .key = "missing",                                                                    \
    .sentence =                                                                          \
        N_ ("what to do with missing values; mean is that of the training part"),        \
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
