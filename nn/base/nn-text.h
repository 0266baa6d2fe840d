/* nn-text.h - errors with a column, for the parsers of short texts
 *
 * SPDX-License-Identifier: MIT
 *
 * Shared by the parsers of nudges, expressions and times, and tested through them: they
 * keep a pointer into the text (@at) and report errors as "column 7: found ')', expected
 * a number". Columns count characters, not bytes, from 1.
 */

#pragma once

#include <glib.h>

#include "nn/base/nn-error.h"

G_BEGIN_DECLS

#define NN_TEXT_BYTES 4096 /* longer texts are refused by nn_text_check () */

gboolean nn_text_check (const char *text, GError **error);
const char *nn_text_get_translated (const char *text);
const char *nn_text_skip_space (const char *at);
void nn_text_replace_controls (char *text, char with);
char *nn_text_dup_quoted (const char *text);
char *nn_text_dup_found (const char *at);
void nn_text_set_error (GError **error,
                        NnError code,
                        const char *text,
                        const char *at,
                        const char *format,
                        ...) G_GNUC_PRINTF (5, 6);
void nn_text_set_found_error (GError **error,
                              const char *text,
                              const char *at,
                              const char *expected);

G_END_DECLS
