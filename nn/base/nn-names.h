/* nn-names.h - finding one of a few names
 *
 * SPDX-License-Identifier: MIT
 *
 * For enumerations whose values have names that a person writes.
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
