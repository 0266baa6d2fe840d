/* mutate.h - the seeds of tests/fuzz, changed in random ways, the same ones every time
 *
 * SPDX-License-Identifier: MIT
 *
 * What libFuzzer does, without clang and without learning what leads where:
 * see tests/fuzz/README.md.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  GPtrArray *seeds;     /* (element-type GBytes) one or more */
  const char *alphabet; /* (nullable) bytes to insert; NULL: any */
  guint n_inputs;
  gboolean (*try) (const void *bytes, gsize size); /* whether they were accepted */
} Mutation;

GPtrArray *mutate_read_lines (const char *name) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *mutate_read_folder (const char *name) G_GNUC_WARN_UNUSED_RESULT;
guint mutate_try (const Mutation *mutation);
void mutate_add_tests (const char *name,
                       const char *alphabet,
                       guint n_inputs,
                       gboolean (*try) (const void *bytes, gsize size));

G_END_DECLS
