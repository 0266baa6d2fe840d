/* nn-error.h - the one error domain of the engine
 *
 * SPDX-License-Identifier: MIT
 *
 * For what a user or the world can cause. Messages are lower case, without a
 * period, and name the thing, where it is, and the remedy.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  NN_ERROR_SHAPE,      /* sizes that do not fit each other */
  NN_ERROR_GRAD_MODE,  /* an in-place change of a parameter outside a section */
  NN_ERROR_STALE,      /* backward needs a value that has been changed since */
  NN_ERROR_DIVERGED,   /* a loss or gradient that is not finite */
  NN_ERROR_NOT_FINITE, /* a nudge that would make a weight infinite or NaN */
  NN_ERROR_SYNTAX,     /* text that does not read as what it should be */
  NN_ERROR_UNKNOWN,    /* a name that stands for nothing here */
  NN_ERROR_FILE,       /* a file that could not be read or written */
  NN_ERROR_CANCELLED,  /* stopped by the user */
  NN_ERROR_MEMORY,     /* more of it than there is */
} NnError;

#define NN_ERROR (nn_error_quark ())
GQuark nn_error_quark (void);

const char *nn_error_describe (int number);

G_END_DECLS
