/* nn-catalogue.h - the table of named update functions: grow, shrink, noise, prune …
 *
 * SPDX-License-Identifier: MIT
 *
 * A constant table, from which the window's list, `nudge list functions`, the parser and
 * completion are made. Adding a row adds a function. Any thread.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The amounts for which a function is defined; the slider's range may be smaller. */
typedef struct {
  float least;
  float most;
  gboolean excludes_least;
  const char *words; /* marked with N_ (): "from 0 to 1" */
} NnDomain;

typedef struct {
  const char *name;       /* "grow": the identifier, never translated */
  const char *expression; /* "w + a*w" */
  const char *symbol;     /* "w + a·w", as shown to users */
  const char *sentence;   /* what it does, in one line, marked with N_ () */
  gboolean has_amount;    /* if FALSE, the range is 0 to 1 and not used */
  float least;            /* the slider's range */
  float most;
  float usual;              /* the default amount of a nudge's text */
  float first;              /* the initial amount in the window: visible but harmless */
  gboolean logarithmic;     /* the slider's scale; least is then above 0 */
  gboolean needs_repeating; /* has an effect only as a standing nudge */
  const NnDomain *domain;   /* (nullable) NULL: any finite amount */
  const char *synonym;      /* (nullable) another name */
} NnFunction;

const NnFunction *nn_catalogue_get (gsize *n_functions);
const NnFunction *nn_catalogue_find (const char *name, GError **error);
const NnFunction *nn_catalogue_find_nearest (const char *name);
void nn_catalogue_fail (const char *name, const NnFunction *meant, GError **error);
const NnFunction *nn_catalogue_find_expression (const char *expression);
const NnFunction *nn_catalogue_find_symbol (const char *text, const char **end);

G_END_DECLS
