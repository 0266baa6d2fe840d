/* nn-csv-classes.h - numbers distinct names in the order of their first appearance
 *
 * SPDX-License-Identifier: MIT
 *
 * For columns of class names, in which few names occur often. One owner.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define NN_CSV_NO_CLASS G_MAXUINT16

typedef struct _NnCsvClasses NnCsvClasses;

NnCsvClasses *nn_csv_classes_new (void) G_GNUC_WARN_UNUSED_RESULT;
void nn_csv_classes_free (NnCsvClasses *self);

guint nn_csv_classes_get_n (const NnCsvClasses *self);
guint16 nn_csv_classes_add (NnCsvClasses *self, const char *text, gsize n_bytes);
GPtrArray *nn_csv_classes_dup_names (const NnCsvClasses *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnCsvClasses, nn_csv_classes_free)

G_END_DECLS
