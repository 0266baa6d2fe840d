/* test-nudge-window-chinese.c - nothing that is shown is left in English
 *
 * SPDX-License-Identifier: MIT
 *
 * The words of the nudge language, PyTorch's names, keys and formats stay as they are.
 */

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "app/panels/nudge-hints.h"
#include "nn/expression/nn-catalogue.h"
#include "nn/io/nn-experiment-demo.h"
#include "tests/app/window-fixture.h"
#include "tests/app/window/window-language.h"
#include "ui/text/nudge-words.h"

/* What has no translation; with those of the engine's tables. */
static const char *const names[] = {
  "Nudge",    "PyTorch",   "NumPy",  "Python",     "TensorBoard", "DataLoader",
  "Adam",     "AdamW",     "SGD",    "RMSprop",    "Adagrad",     "Nesterov",
  "Beta",     "Alpha",     "Delta",  "Epsilon",    "ReLU",        "FILE",
  "Ctrl",     "Shift",     "Alt",    "Esc",        "Reptile",     "Tanh",
  "CSV",      "PNG",       "SVG",    "PDF",        "MNIST",       "JSON",
  "data",     "clamp",     "sign",   "rank",       "norm",        "mean",
  "std",      "noise",     "rand",   "weight",     "bias",        "shuffled",
  "fresh",    "before",    "where",  "orthogonal", "max",         "min",
  "round",    "count",     "abs",    "pin",        "restore",     "inf",
  "momentum", "buffer",    "square", "sum",        "English",     "grad",
  "softmax",  "sepal",     "petal",  "length",     "width",       "log",
  "exp",      "avg",       "page",   "up",         "down",        "delete",
  "home",     "end",       "space",  "return",     "the",         "bits",
  "nudge",    "optimizer", "GiB",    "MiB",        "NaN",         "safetensors",
  "mul",      "memory",    "linear", "zero",       "Tab",
};

static GHashTable *known; /* (owned) (element-type utf8 utf8) in lower case */

static void
add_known (const char *text)
{
  g_auto (GStrv) words = g_regex_split_simple ("[^A-Za-z]+", text, 0, 0);

  for (gsize i = 0; words[i] != NULL; i++)
    g_hash_table_add (known, g_ascii_strdown (words[i], -1));
}

static void
fill_known (void)
{
  gsize n;
  const NnFunction *functions = nn_catalogue_get (&n);

  known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    add_known (names[i]);
  for (gsize i = 0; i < n; i++)
    add_known (functions[i].name);
  for (guint i = 0; i < NN_N_ACTIVATIONS; i++)
    add_known (nn_activation_get_name (i));
  for (guint i = 0; i < NN_N_DATA_SOURCES; i++)
    add_known (nn_data_source_get_name (i));
  for (guint i = 0; i < NN_N_LOSSES; i++)
    add_known (nn_loss_get_name (i));
  for (guint i = 0; i < NN_N_INITS; i++)
    add_known (nn_init_get_name (i));
}

/* Returns: (transfer full) (nullable): the first word of @text that is English */
static char *
find_english (const char *text)
{
  g_auto (GStrv) words = g_regex_split_simple ("[^A-Za-z]+", text, 0, 0);

  for (gsize i = 0; words[i] != NULL; i++) {
    g_autofree char *lower = g_ascii_strdown (words[i], -1);

    if (strlen (lower) > 2 && !g_hash_table_contains (known, lower))
      return g_steal_pointer (&lower);
  }
  return NULL;
}

static void
visit_cb (GtkWidget *widget, const char *what, const char *text, gpointer data)
{
  GHashTable *faults = data;
  g_autofree char *word = NULL;

  /* A widget without a name of its own is called by its class in GTK. */
  if (g_str_has_prefix (text, "Gtk") || g_str_has_prefix (text, "Adw"))
    return;
  word = find_english (text);
  if (word != NULL)
    g_hash_table_add (faults, g_strdup_printf ("%s of a %s: “%s” (%s)", what,
                                               G_OBJECT_TYPE_NAME (widget), text, word));
}

static void
assert_chinese (void)
{
  g_autoptr (GHashTable) faults =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer fault;

  language_walk_all (visit_cb, faults);
  g_hash_table_iter_init (&iter, faults);
  while (g_hash_table_iter_next (&iter, &fault, NULL))
    g_test_message ("%s", (const char *) fault);
  g_assert_cmpuint (g_hash_table_size (faults), ==, 0);
}

static gboolean
is_past_ten (gpointer data)
{
  return frame_of (data)->step >= 10;
}

static void
test_english_is_found (void)
{
  g_autofree char *found = find_english ("按 Apply 一次");

  g_assert_cmpstr (found, ==, "apply");
  g_assert_null (find_english ("fc1.weight：w + a*w，每步"));
}

/* Where the whole rate has no space, the short one has. */
static void
test_short_rate_is_short (void)
{
  g_autofree char *whole = nudge_words_for_rate (60);
  g_autofree char *brief = g_strdup_printf (_ ("%g/s"), 60.0);

  g_assert_cmpint (g_utf8_strlen (brief, -1), <, g_utf8_strlen (whole, -1));
}

static void
test_window (Fixture *f, gconstpointer data)
{
  GActionGroup *actions = G_ACTION_GROUP (f->window);

  assert_chinese ();
  g_object_set (nudge_document_get_session (nudge_window_get_document (f->window)),
                "speed", 60.0, NULL);
  drive_click (f->run, 0.5, 0.5);
  g_assert_true (drive_until (is_past_ten, f));
  drive_click (f->run, 0.5, 0.5);
  g_assert_true (drive_until (is_paused, f));
  g_action_group_activate_action (actions, "ghost", NULL);
  g_action_group_activate_action (actions, "step-phase", NULL);
  drive_settle (GTK_WIDGET (f->window));
  assert_chinese ();
}

static gboolean
is_ready (gpointer data)
{
  return nudge_learner_get_state (get_learner (data)) != NUDGE_LEARNER_BUSY;
}

static void
test_lesson (Fixture *f, gconstpointer data)
{
  const gsize n = nudge_learner_get_lesson (get_learner (f))->n_steps;

  for (gsize at = 0; at < n; at++) {
    g_assert_true (drive_until (is_ready, f));
    nudge_learner_answer (get_learner (f), 0);
    drive_settle (GTK_WIDGET (f->window));
    g_test_message ("step %" G_GSIZE_FORMAT, at);
    assert_chinese ();
    nudge_learner_next (get_learner (f));
  }
  g_assert_cmpint (nudge_learner_get_state (get_learner (f)), ==, NUDGE_LEARNER_LEFT);
}

static gboolean
has_hint (gpointer data)
{
  NudgeHints *hints = nudge_hints_find (data);

  return hints != NULL && gtk_widget_get_mapped (GTK_WIDGET (hints));
}

static void
test_hints (Fixture *f, gconstpointer data)
{
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.hints", NULL);
  for (guint i = 0; i < 3; i++) {
    g_assert_true (drive_until (has_hint, f->window));
    drive_settle (GTK_WIDGET (f->window));
    assert_chinese ();
    drive_key (GTK_WIDGET (f->window), "alt+n");
  }
}

static gboolean
has_second_window (gpointer data)
{
  GListModel *windows = gtk_window_get_toplevels ();

  return g_list_model_get_n_items (windows) > 1;
}

static void
set_up_first (Fixture *f, gconstpointer data)
{
  set_up (f, NULL);
}

/* Opened by @data, an action of the window or of the application. */
static void
test_other_window (Fixture *f, gconstpointer data)
{
  g_autoptr (GListModel) windows = g_object_ref (gtk_window_get_toplevels ());
  /* GTK 4.8 warns of the numbers of the pages in its own window of shortcuts, in every
   * language: "reported min width -3". */
  const GLogLevelFlags fatal = g_log_set_always_fatal (G_LOG_FATAL_MASK);

  gtk_widget_activate_action (GTK_WIDGET (f->window), data, NULL);
  g_assert_true (drive_until (has_second_window, f));
  drive_settle (GTK_WIDGET (f->window));
  assert_chinese ();
  for (guint i = g_list_model_get_n_items (windows); i-- > 0;) {
    g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

    if (window != GTK_WINDOW (f->window))
      gtk_window_destroy (window);
  }
  g_log_set_always_fatal (fatal);
}

int
main (int argc, char *argv[])
{
  static const char *const others[] = { "app.preferences", "app.help",
                                        "win.show-help-overlay", "win.run-to-step",
                                        "win.run-to-loss" };

  g_test_init (&argc, &argv, NULL);
  language_start ("zh_CN");
  adw_init ();
  fill_known ();
  g_test_add_func ("/app/window-chinese/english-is-found", test_english_is_found);
  g_test_add_func ("/app/window-chinese/short-rate-is-short", test_short_rate_is_short);
  for (const char *const *demo = nn_experiment_get_demo_names (); *demo; demo++) {
    g_autofree char *path = g_strconcat ("/app/window-chinese/window/", *demo, NULL);

    g_test_add (path, Fixture, *demo, set_up, test_window, tear_down);
  }
  for (const char *const *lesson = nn_experiment_get_lesson_names (); *lesson; lesson++) {
    g_autofree char *path = g_strconcat ("/app/window-chinese/", *lesson, NULL);

    g_test_add (path, Fixture, *lesson, set_up, test_lesson, tear_down);
  }
  g_test_add ("/app/window-chinese/hints", Fixture, NULL, set_up, test_hints, tear_down);
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++) {
    g_autofree char *path = g_strconcat ("/app/window-chinese/other/", others[i], NULL);

    g_test_add (path, Fixture, others[i], set_up_first, test_other_window, tear_down);
  }
  return fixture_run ();
}
