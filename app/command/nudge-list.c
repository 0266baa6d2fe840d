/* nudge-list.c - the command `nudge list`: the names that there are
 *
 * SPDX-License-Identifier: MIT
 *
 * One to a line, the name first, so that a script can read them. Of one thing: what it is,
 * and its settings.
 */

#include "app/command/nudge-list.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "app/command/nudge-complain.h"
#include "app/command/nudge-own-functions.h"
#include "app/command/nudge-run.h"
#include "app/command/nudge-width.h"
#include "nn/base/nn-number.h"
#include "nn/base/nn-text.h"
#include "nn/experiment/nn-experiment.h"
#include "nn/expression/nn-words.h"
#include "nn/io/nn-experiment-demo.h"

#define SPACING 2 /* between columns */

/* The properties of a function, a string for each column. */
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
    return g_strdup (_ ("no amount"));
  text = g_string_new (_ ("a from "));
  nn_number_append_float (text, function->least);
  g_string_append (text, _ (" to "));
  nn_number_append_float (text, function->most);
  g_string_append (text, _ (", usually "));
  nn_number_append_float (text, function->usual);
  if (function->logarithmic)
    g_string_append (text, _ (", logarithmic"));
  return g_string_free (text, FALSE);
}

static void
add_row (GArray *rows, const NnFunction *function, const char *sentence)
{
  const Row row = { function->name, function->symbol, dup_amount (function), sentence };

  g_array_append_val (rows, row);
}

static void
print_rows (const GArray *rows)
{
  int name = 0, symbol = 0, amount = 0;

  for (guint i = 0; i < rows->len; i++) {
    const Row *row = &g_array_index (rows, Row, i);

    name = MAX (name, nudge_width_measure (row->name));
    symbol = MAX (symbol, nudge_width_measure (row->symbol));
    amount = MAX (amount, nudge_width_measure (row->amount));
  }
  for (guint i = 0; i < rows->len; i++) {
    const Row *row = &g_array_index (rows, Row, i);

    nudge_width_print (row->name, name + SPACING);
    nudge_width_print (row->symbol, symbol + SPACING);
    nudge_width_print (row->amount, amount + SPACING);
    puts (_ (row->sentence));
  }
}

/* The catalogue's, and then the person's own, if their file can be read. */
static gboolean
list_functions (GError **error)
{
  g_autoptr (NnFunctions) own = nudge_own_functions_load (error);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (Row));
  const NnFunction *functions;
  gsize n;

  g_array_set_clear_func (rows, row_clear);
  functions = nn_catalogue_get (&n);
  for (gsize i = 0; i < n; i++)
    add_row (rows, &functions[i], functions[i].sentence);
  for (gsize i = 0; own && i < nn_functions_get_length (own); i++)
    add_row (rows, nn_functions_get (own, i), N_ ("your own"));
  print_rows (rows);
  return own != NULL;
}

/* "its last gradient (also grad)" */
static void
print_word (const char *name, int width, const char *sentence, const char *synonyms)
{
  nudge_width_print (name, width + SPACING);
  printf ("%s", _ (sentence));
  if (synonyms)
    printf (_ (" (also %s)"), synonyms);
  puts ("");
}

/* The words of update functions: names, and functions with their parentheses. */
static void
list_symbols (void)
{
  gsize n_words, n_calls;
  const NnWord *words = nn_words_get (&n_words);
  const NnCall *calls = nn_calls_get (&n_calls);
  int width = 0;

  for (gsize i = 0; i < n_words; i++)
    width = MAX (width, nudge_width_measure (words[i].name));
  for (gsize i = 0; i < n_calls; i++)
    width = MAX (width, nudge_width_measure (calls[i].name) + 2);
  for (gsize i = 0; i < n_words; i++)
    print_word (words[i].name, width, words[i].sentence, words[i].synonyms);
  for (gsize i = 0; i < n_calls; i++) {
    g_autofree char *name = g_strconcat (calls[i].name, "()", NULL);

    print_word (name, width, calls[i].sentence, calls[i].synonyms);
  }
}

/* Experiments that come with the program, with their stories. */
static gboolean
list_shipped (const char *const *names, GError **error)
{
  g_autoptr (GPtrArray) demos =
      g_ptr_array_new_with_free_func ((GDestroyNotify) nn_experiment_free);
  int name = 0, title = 0;

  for (gsize i = 0; names[i] != NULL; i++) {
    NnExperiment *demo = nn_experiment_new_demo (names[i], error);

    if (demo == NULL)
      return FALSE;
    g_ptr_array_add (demos, demo);
    name = MAX (name, nudge_width_measure (demo->name));
    title = MAX (title, nudge_width_measure (nn_text_get_translated (demo->title)));
  }
  for (guint i = 0; i < demos->len; i++) {
    const NnExperiment *demo = demos->pdata[i];

    nudge_width_print (demo->name, name + SPACING);
    nudge_width_print (nn_text_get_translated (demo->title), title + SPACING);
    puts (nn_text_get_translated (demo->story));
  }
  return TRUE;
}

static gboolean
list_demos (GError **error)
{
  return list_shipped (nn_experiment_get_demo_names (), error);
}

static gboolean
list_lessons (GError **error)
{
  return list_shipped (nn_experiment_get_lesson_names (), error);
}

/* ---- what has a row and settings --------------------------------------------------- */

typedef struct {
  const char *name;
  const char *sentence;
  const NnSettings *settings; /* (nullable) */
} Thing;

static Thing
get_optimizer (guint i)
{
  const NnOptimizerKind *kind = nn_optimizer_get_kind (i);

  return (Thing){ nn_optimizer_get_name (i), kind->sentence, &kind->settings };
}

static Thing
get_loss (guint i)
{
  const NnLossKind *kind = nn_loss_get_kind (i);

  return (Thing){ nn_loss_get_name (i), kind->sentence, &kind->settings };
}

static Thing
get_activation (guint i)
{
  return (Thing){ nn_activation_get_name (i), nn_activation_get_sentence (i), NULL };
}

static Thing
get_data (guint i)
{
  const NnDataKind *kind = nn_data_source_get_kind (i);

  return (Thing){ nn_data_source_get_name (i), kind->sentence, &kind->settings };
}

/* A kind has a function that lists it, or things that are got one by one. */
static const struct {
  const char *kind;
  gboolean (*list) (GError **error); /* (nullable) */
  guint n_things;
  Thing (*get_thing) (guint i);
} kinds[] = {
  { "demos", list_demos },
  { "lessons", list_lessons },
  { "functions", list_functions },
  { "optimizers", NULL, NN_N_OPTIMIZERS, get_optimizer },
  { "losses", NULL, NN_N_LOSSES, get_loss },
  { "activations", NULL, NN_N_ACTIVATIONS, get_activation },
  { "data", NULL, NN_N_DATA_SOURCES, get_data },
};

#define KINDS N_ ("demos, lessons, functions, optimizers, losses, activations or data")

static const char *const usage =
    N_ ("Usage:\n"
        "  nudge list demos|lessons|functions|optimizers|losses|activations|data\n"
        "                         list the names of a kind\n"
        "  nudge list KIND NAME   show one of them, and its settings\n"
        "  nudge list functions --symbols   list the words of update functions\n"
        "\n"
        "For example:\n"
        "  nudge list demos\n"
        "  nudge list optimizers adam\n"
        "  nudge list functions --symbols\n");

static gboolean
list_kind (gsize kind, GError **error)
{
  if (kinds[kind].list)
    return kinds[kind].list (error);
  for (guint i = 0; i < kinds[kind].n_things; i++)
    puts (kinds[kind].get_thing (i).name);
  return TRUE;
}

/* "usually 0.001, from 0 to 3.4e38" */
static char *
dup_values (const NnSetting *setting)
{
  g_autofree char *usual = nn_setting_dup_usual (setting);
  g_autofree char *range = nn_setting_dup_range (setting);
  GString *text;

  if (setting->type == NN_SETTING_TABLE)
    return g_strdup (setting->required ? _ ("a table") : _ ("a table, or none"));
  if (setting->type == NN_SETTING_SEED)
    return g_strdup (_ ("a whole number, or none"));
  if (setting->type == NN_SETTING_FLAG)
    return g_strdup_printf (_ ("usually %s"), usual);
  text = g_string_new (NULL);
  g_string_printf (text, setting->required ? _ ("for example %s") : _ ("usually %s"),
                   usual);
  if (*range != '\0')
    g_string_append_printf (text, _ (", %s"), range);
  return g_string_free (text, FALSE);
}

static void
print_settings (const NnSettings *settings)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
  int key = 0, value = 0;

  for (gsize i = 0; i < settings->n_rows; i++) {
    g_ptr_array_add (values, dup_values (&settings->rows[i]));
    key = MAX (key, nudge_width_measure (settings->rows[i].key));
    value = MAX (value, nudge_width_measure (values->pdata[i]));
  }
  for (gsize i = 0; i < settings->n_rows; i++) {
    nudge_width_print (settings->rows[i].key, key + SPACING);
    nudge_width_print (values->pdata[i], value + SPACING);
    puts (_ (settings->rows[i].sentence));
  }
}

/* Returns: FALSE if the kind has nothing of that name. */
static gboolean
show_thing (gsize kind, const char *name)
{
  for (guint i = 0; i < kinds[kind].n_things; i++) {
    const Thing thing = kinds[kind].get_thing (i);

    if (strcmp (thing.name, name) != 0)
      continue;
    puts (_ (thing.sentence));
    if (thing.settings)
      print_settings (thing.settings);
    return TRUE;
  }
  return FALSE;
}

/* Returns: G_N_ELEMENTS (kinds) if there is none called @name. */
static gsize
find_kind (const char *name)
{
  gsize i = 0;

  while (i < G_N_ELEMENTS (kinds) && strcmp (kinds[i].kind, name) != 0)
    i++;
  return i;
}

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
  g_autofree char *message = NULL;
  const char *name = argc > 1 ? argv[1] : "";
  const gsize kind = find_kind (name);

  if (strcmp (name, "--help") == 0 || strcmp (name, "-h") == 0) {
    fputs (_ (usage), stdout);
    return NUDGE_EXIT_DONE;
  }
  if (strcmp (name, "functions") == 0 && argc == 3 &&
      strcmp (argv[2], "--symbols") == 0) {
    list_symbols ();
    return NUDGE_EXIT_DONE;
  }
  if (kind < G_N_ELEMENTS (kinds) && argc == 3 && show_thing (kind, argv[2]))
    return NUDGE_EXIT_DONE;
  if (kind < G_N_ELEMENTS (kinds) && argc == 2) {
    if (list_kind (kind, &error))
      return NUDGE_EXIT_DONE;
    nudge_complain ("list", error->message);
    return NUDGE_EXIT_USAGE;
  }
  message = g_strdup_printf (
      argc > 2   ? _ ("only one kind can be listed at a time, or one name of it: %s")
      : argc > 1 ? _ ("there is no such kind: name %s")
                 : _ ("no kind is given: name %s"),
      _ (KINDS));
  nudge_complain ("list", message);
  return NUDGE_EXIT_USAGE;
}
