/* nn-names.h - the index of a name in a short list
 *
 * SPDX-License-Identifier: MIT
 *
 * For enumerations whose values a user writes by name ("adam", "relu"). Names are
 * compared exactly; the error for an unknown one lists them all.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean nn_names_find_row (gconstpointer rows,
                            gsize row_size,
                            guint n_rows,
                            const char *kind,
                            const char *name,
                            guint *index,
                            GError **error);
gboolean nn_names_find (const char *const *names,
                        guint n_names,
                        const char *kind,
                        const char *name,
                        guint *index,
                        GError **error);

G_END_DECLS
