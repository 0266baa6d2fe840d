/* nn-script-names.h - names of layers and parameters, as Python can have them
 *
 * SPDX-License-Identifier: MIT
 *
 * A layer is an attribute of the model, or where its name has dots, of a module in
 * it. A name that is no Python identifier is changed to one. All texts are the
 * caller's to free.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *nn_script_dup_quoted (const char *text) G_GNUC_WARN_UNUSED_RESULT;
char *nn_script_dup_layer (const char *name) G_GNUC_WARN_UNUSED_RESULT;
gboolean nn_script_is_attribute (const char *name);
char *nn_script_dup_path (const char *owner, const char *name) G_GNUC_WARN_UNUSED_RESULT;
char *nn_script_dup_parameter (const char *name) G_GNUC_WARN_UNUSED_RESULT;
gboolean nn_script_mentions (const char *text, const char *name);

G_END_DECLS
