/* nudge-list.c - the command `nudge list`: the names that there are
 *
 * SPDX-License-Identifier: MIT
 *
 * One to a line, the name first, so that a script can read them.
 */

#include "app/command/nudge-list.h"

#include <stdio.h>
#include <string.h>

#include "app/command/nudge-complain.h"
#include "app/command/nudge-own-functions.h"
#include "app/command/nudge-run.h"
#include "nn/base/nn-number.h"
#include "nn/experiment/nn-experiment.h"

#define GAP 2 /* spaces between columns */

/* What is known of a function, a string for each column. */
typedef struct {
  const char *name;
  const char *symbol;
  char *amount; /* (owned) */
  const char *sentence;
} Row;

static void
row_clear (gpointer data)
{
  g_free (((Row *) data)->amount);
}

/* "0.0001 to 1, usually 0.001, logarithmic" */
static char *
dup_amount (const NnFunction *function)
{
  GString *text;

  if (!function->has_amount)
    return g_strdup ("no amount");
  text = g_string_new ("a from ");
  nn_number_append_float (text, function->least);
  g_string_append (text, " to ");
  nn_number_append_float (text, function->most);
  g_string_append (text, ", usually ");
  nn_number_append_float (text, function->usual);
  if (function->logarithmic)
    g_string_append (text, ", logarithmic");
  return g_string_free (text, FALSE);
}

static void
add_row (GArray *rows, const NnFunction *function, const char *sentence)
{
  const Row row = { function->name, function->symbol, dup_amount (function), sentence };

  g_array_append_val (rows, row);
}

static void
print_padded (const char *text, glong width)
{
  printf ("%s%*s", text, (int) (width - g_utf8_strlen (text, -1)) + GAP, "");
}

static void
print_rows (const GArray *rows)
{
  glong name = 0, symbol = 0, amount = 0;

  for (guint i = 0; i < rows->len; i++) {
    const Row *row = &g_array_index (rows, Row, i);

    name = MAX (name, g_utf8_strlen (row->name, -1));
    symbol = MAX (symbol, g_utf8_strlen (row->symbol, -1));
    amount = MAX (amount, g_utf8_strlen (row->amount, -1));
  }
  for (guint i = 0; i < rows->len; i++) {
    const Row *row = &g_array_index (rows, Row, i);

    print_padded (row->name, name);
    print_padded (row->symbol, symbol);
    print_padded (row->amount, amount);
    puts (row->sentence);
  }
}

/* The catalogue's, and then the person's own. */
static gboolean
list_functions (GError **error)
{
  g_autoptr (NnFunctions) own = nudge_own_functions_load (error);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (Row));
  const NnFunction *functions;
  gsize n;

  if (own == NULL)
    return FALSE;
  g_array_set_clear_func (rows, row_clear);
  functions = nn_catalogue_get (&n);
  for (gsize i = 0; i < n; i++)
    add_row (rows, &functions[i], functions[i].sentence);
  for (gsize i = 0; i < nn_functions_get_length (own); i++)
    add_row (rows, nn_functions_get (own, i), "your own");
  print_rows (rows);
  return TRUE;
}

static gboolean
list_demos (GError **error)
{
  const char *const *names = nn_experiment_get_demo_names ();
  glong width = 0;

  for (gsize i = 0; names[i] != NULL; i++)
    width = MAX (width, g_utf8_strlen (names[i], -1));
  for (gsize i = 0; names[i] != NULL; i++) {
    g_autoptr (NnExperiment) demo = nn_experiment_new_demo (names[i], error);

    if (demo == NULL)
      return FALSE;
    print_padded (names[i], width);
    puts (demo->title);
  }
  return TRUE;
}

static gboolean
list_optimizers (GError **error)
{
  for (guint i = 0; i < NN_N_OPTIMIZERS; i++)
    puts (nn_optimizer_get_name (i));
  return TRUE;
}

static gboolean
list_losses (GError **error)
{
  for (guint i = 0; i < NN_N_LOSSES; i++)
    puts (nn_loss_get_name (i));
  return TRUE;
}

static gboolean
list_activations (GError **error)
{
  for (guint i = 0; i < NN_N_ACTIVATIONS; i++)
    puts (nn_activation_get_name (i));
  return TRUE;
}

static gboolean
list_data (GError **error)
{
  for (guint i = 0; i < NN_N_DATA_SOURCES; i++)
    puts (nn_data_source_get_name (i));
  return TRUE;
}

static const struct {
  const char *kind;
  gboolean (*list) (GError **error);
} kinds[] = {
  { "demos", list_demos },
  { "functions", list_functions },
  { "optimizers", list_optimizers },
  { "losses", list_losses },
  { "activations", list_activations },
  { "data", list_data },
};

#define KINDS "demos, functions, optimizers, losses, activations or data"

/**
 * nudge_list:
 * @argv: (array length=argc): "list" and what follows it
 *
 * Returns: the program's exit status
 */
int
nudge_list (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  const char *kind = argc > 1 ? argv[1] : "";

  if (strcmp (kind, "--help") == 0 || strcmp (kind, "-h") == 0) {
    puts ("Usage:\n  nudge list KIND   the names of a kind: " KINDS);
    return NUDGE_EXIT_DONE;
  }
  for (gsize i = 0; i < G_N_ELEMENTS (kinds) && argc == 2; i++) {
    if (strcmp (kinds[i].kind, kind) != 0)
      continue;
    if (kinds[i].list (&error))
      return fflush (stdout) == 0 ? NUDGE_EXIT_DONE : NUDGE_EXIT_FAILED;
    nudge_complain ("list", error->message);
    return NUDGE_EXIT_USAGE;
  }
  nudge_complain ("list", argc > 2   ? "one kind is listed at a time: " KINDS
                          : argc > 1 ? "there is no such kind: name " KINDS
                                     : "no kind is given: name " KINDS);
  return NUDGE_EXIT_USAGE;
}
