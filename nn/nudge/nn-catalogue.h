/* nn-catalogue.h - the update functions that have a name
 *
 * SPDX-License-Identifier: MIT
 *
 * A constant table. The window's chooser and `nudge run` show the same entries.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What an amount may be, apart from the slider's range. */
typedef struct {
  float least;
  float most;
  gboolean excludes_least;
  const char *words; /* "from 0 to 1" */
} NnDomain;

typedef struct {
  const char *name;       /* "grow": untranslated, also its identity */
  const char *expression; /* "w + a*w" */
  const char *symbol;     /* "w + a·w", for people */
  const char *sentence;   /* what it does, in one line */
  gboolean has_amount;    /* FALSE: the range is 0 to 1 and means nothing */
  float least;            /* the amount's range, and what it is where a text has none */
  float most;
  float usual;
  float first;          /* what a card begins with: to be seen, and no network's end */
  gboolean logarithmic; /* then least is above 0 */
  gboolean needs_repeating; /* does something only as a standing nudge */
  const NnDomain *domain;   /* (nullable) NULL: any finite amount */
  const char *synonym;      /* (nullable) another name */
} NnFunction;

const NnFunction *nn_catalogue_get (gsize *n_functions);
const NnFunction *nn_catalogue_find (const char *name, GError **error);
const NnFunction *nn_catalogue_find_nearest (const char *name);
const NnFunction *nn_catalogue_find_expression (const char *expression);
const NnFunction *nn_catalogue_find_symbol (const char *text, const char **end);

G_END_DECLS
