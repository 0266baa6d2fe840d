/* test-nudge-layer-card-file.c - a card for a tensor of a file, and for several
 *
 * SPDX-License-Identifier: MIT
 */

#include <adwaita.h>

#include "tests/nn/scratch.h"
#include "tests/ui/cards/card-fixture.h"

typedef struct {
  Scratch scratch;
  NnFileVersion *file; /* (owned) */
  GtkWindow *window;
  NudgeLayerCard *card;
  NudgeCardState state; /* what it shows */
} Fixture;

static void
changed_cb (Fixture *f, int action, NnNudge *nudge)
{
  nudge_card_state_act (&f->state, (NudgeAction) action, nudge, NULL);
  nudge_layer_card_show (f->card, &f->state, NULL);
}

static NnFileVersion *
write_file (const Fixture *f)
{
  const guint64 shape[] = { 2, 3 };
  const float values[6] = { 1, 2, 3, 4, 5, 6 };
  g_autofree char *path = g_build_filename (f->scratch.folder, "x.safetensors", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnArrayFile) file =
      nn_array_file_new (nn_array_kind_find (path, TRUE, &error));
  NnFileVersion *version;

  g_ptr_array_add (file->arrays, nn_array_new_floats ("h.0.weight", 2, shape, values));
  g_ptr_array_add (file->arrays, nn_array_new_floats ("h.0.bias", 1, shape, values));
  g_assert_true (nn_array_file_save (file, path, &error));
  version = nn_file_version_open (path, f->scratch.folder, 0, &error);
  g_assert_no_error (error);
  return version;
}

/* @target: of the card */
static void
set_up (Fixture *f, gconstpointer target)
{
  scratch_set_up (&f->scratch, NULL);
  f->file = write_file (f);
  f->card = NUDGE_LAYER_CARD (nudge_layer_card_new_of_file (target, f->file));
  nudge_card_state_init_of_file (&f->state, target);
  g_signal_connect_swapped (f->card, "changed", G_CALLBACK (changed_cb), f);
  f->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_default_size (f->window, 360, 300);
  gtk_widget_set_valign (GTK_WIDGET (f->card), GTK_ALIGN_START);
  gtk_window_set_child (f->window, GTK_WIDGET (f->card));
  nudge_layer_card_show (f->card, &f->state, NULL);
  drive_present (f->window);
}

static void
tear_down (Fixture *f, gconstpointer target)
{
  drive_close (f->window);
  nudge_card_state_clear (&f->state);
  nn_file_version_unref (f->file);
  scratch_tear_down (&f->scratch, NULL);
}

static GtkWidget *
find (Fixture *f, const char *name, GtkAccessibleRole role)
{
  return drive_find (GTK_WIDGET (f->card), name, role);
}

static void
assert_nudge (Fixture *f, const char *expected)
{
  g_autofree char *text = nn_nudge_dup_text (f->state.nudge);

  g_assert_cmpstr (text, ==, expected);
}

static gboolean
offers (GtkDropDown *drop_down, const char *text)
{
  GListModel *model = gtk_drop_down_get_model (drop_down);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    if (g_str_equal (gtk_string_list_get_string (GTK_STRING_LIST (model), i), text))
      return TRUE;
  return FALSE;
}

static GtkDropDown *
find_drop_down (Fixture *f, const char *name)
{
  GtkWidget *found = find (f, name, GTK_ACCESSIBLE_ROLE_COMBO_BOX);

  g_assert_nonnull (found);
  return GTK_DROP_DOWN (found);
}

/* Nothing repeats, and what there is only in a run is not offered. */
static void
test_only_what_a_file_has (Fixture *f, gconstpointer target)
{
  GtkDropDown *function = find_drop_down (f, "Function for h.0.weight");
  GtkWidget *repeat = find (f, "Repeat h.0.weight", GTK_ACCESSIBLE_ROLE_COMBO_BOX);

  g_assert_true (repeat == NULL || !gtk_widget_get_mapped (repeat));
  g_assert_true (offers (function, "grow") && offers (function, "prune"));
  g_assert_true (offers (function, "blend")); /* w0 is what the file has */
  g_assert_false (offers (function, "pin"));
  g_assert_false (offers (function, "ema"));
  g_assert_false (offers (function, "reinitialise"));
  assert_nudge (f, "h.0.weight: w + a*w @ by hand a=0.2");
}

static GtkWidget *
open_line (Fixture *f, const char *card, const char *row)
{
  g_autofree char *target = g_strconcat ("Target for ", card, NULL);
  g_autofree char *part = g_strconcat ("Part of ", card, NULL);
  GtkWidget *entry;

  card_fixture_choose (find_drop_down (f, target), row);
  entry = find (f, part, GTK_ACCESSIBLE_ROLE_TEXT_BOX);
  g_assert_nonnull (entry);
  drive_settle (entry);
  return entry;
}

static void
type (GtkWidget *entry, const char *text)
{
  drive_key (entry, "ctrl+a");
  drive_type (entry, text);
  drive_settle (entry);
  drive_key (entry, "Return");
}

/* A part has to be one of this tensor, and to be there. */
static void
test_a_part_is_typed (Fixture *f, gconstpointer target)
{
  GtkWidget *entry = open_line (f, "h.0.weight", "Columns…");

  type (entry, "h.0.weight[:,3]");
  g_assert_true (gtk_widget_has_css_class (entry, "error"));
  type (entry, "h.0.bias");
  g_assert_true (gtk_widget_has_css_class (entry, "error"));
  assert_nudge (f, "h.0.weight: w + a*w @ by hand a=0.2");
  type (entry, "h.0.weight[:,2]");
  assert_nudge (f, "h.0.weight[:,2]: w + a*w @ by hand a=0.2");
}

static void
test_names_are_typed (Fixture *f, gconstpointer target)
{
  GtkWidget *entry = open_line (f, "several tensors", "Others…");

  type (entry, "g.*");
  g_assert_true (gtk_widget_has_css_class (entry, "error"));
  type (entry, "h.*.bias, h.0.weight");
  assert_nudge (f, "h.*.bias, h.0.weight: w + a*w @ by hand a=0.2");
}

#define ADD(name, target, function)                                                      \
  g_test_add ("/ui/layer-card/file/" name, Fixture, target, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  drive_load_style (FALSE);
  ADD ("only-what-a-file-has", "h.0.weight", test_only_what_a_file_has);
  ADD ("a-part-is-typed", "h.0.weight", test_a_part_is_typed);
  ADD ("names-are-typed", "*", test_names_are_typed);
  return g_test_run ();
}
