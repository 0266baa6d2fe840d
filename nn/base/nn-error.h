/* nn-error.h - the one error domain of the engine
 *
 * SPDX-License-Identifier: MIT
 *
 * For failures that a user, a file or the system can cause; misuse by a caller is a
 * g_return_if_fail (). Messages are translated, lower case, without a period, and name
 * the thing, where it is, and the remedy.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  NN_ERROR_SHAPE,      /* sizes or shapes that do not match */
  NN_ERROR_GRAD_MODE,  /* a parameter changed in place outside a gradient-free section */
  NN_ERROR_STALE,      /* backward needs a value that was changed after forward */
  NN_ERROR_DIVERGED,   /* a loss or gradient that is not finite */
  NN_ERROR_NOT_FINITE, /* a nudge that would make a weight infinite or NaN */
  NN_ERROR_SYNTAX,     /* text that cannot be parsed, or a value out of its range */
  NN_ERROR_UNKNOWN,    /* a name that is not defined */
  NN_ERROR_FILE,       /* a file that could not be read or written */
  NN_ERROR_CANCELLED,  /* stopped by the user */
  NN_ERROR_MEMORY,     /* more memory needed than is available */
} NnError;

#define NN_ERROR (nn_error_quark ())
GQuark nn_error_quark (void);

const char *nn_error_describe (int number);

G_END_DECLS
