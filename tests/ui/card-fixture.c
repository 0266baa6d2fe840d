/* card-fixture.c - a layer card in a window, with an ear at its signals
 *
 * SPDX-License-Identifier: MIT
 */

#include "tests/ui/card-fixture.h"

static char *
dup_text (NudgeLayerCard *card)
{
  g_autoptr (NnNudge) nudge = nudge_layer_card_dup_nudge (card);

  return nn_nudge_dup_text (nudge);
}

static void
apply_cb (CardFixture *f)
{
  f->n_applied++;
  g_free (f->text);
  f->text = dup_text (f->card);
}

static void
standing_changed_cb (CardFixture *f)
{
  f->n_standing_changed++;
  g_free (f->text);
  f->text = dup_text (f->card);
}

static void
question_changed_cb (CardFixture *f)
{
  f->n_questions++;
}

static void
preview_changed_cb (CardFixture *f)
{
  f->n_previews++;
}

/**
 * card_fixture_find:
 *
 * Returns: (transfer none): what is called so in the card, of whichever role
 */
GtkWidget *
card_fixture_find (CardFixture *f, const char *name, GtkAccessibleRole role)
{
  GtkWidget *found = drive_find (GTK_WIDGET (f->card), name, role);

  if (!found)
    g_error ("there is nothing called %s", name);
  return found;
}

/* Returns: (transfer none) (nullable): the first label in @widget that is shown: of a
 *   drop-down, the chosen item's */
GtkLabel *
card_fixture_find_label (GtkWidget *widget)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);
  GtkLabel *label = GTK_IS_LABEL (widget) ? GTK_LABEL (widget) : NULL;

  for (; child && !label; child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_child_visible (child))
      label = card_fixture_find_label (child);
  return label;
}

/* The row of an open list that is called @name. */
static GtkWidget *
find_row (GtkWidget *root, const char *name)
{
  if (g_str_equal (gtk_widget_get_css_name (root), "row")) {
    g_autofree char *differs = gtk_test_accessible_check_property (
        GTK_ACCESSIBLE (root), GTK_ACCESSIBLE_PROPERTY_LABEL, name);

    return differs ? NULL : root;
  }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_row (child, name);

    if (found)
      return found;
  }
  return NULL;
}

static GtkWidget *
find_list (GtkWidget *root)
{
  GtkWidget *found = GTK_IS_LIST_VIEW (root) ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child && !found;
       child = gtk_widget_get_next_sibling (child))
    found = find_list (child);
  return found;
}

/* A long list has rows only for what is in view, so it is scrolled until the row is. */
static GtkWidget *
scroll_to_row (GtkWidget *popover, guint n_rows, const char *name)
{
  GtkWidget *list = find_list (popover);
  GtkWidget *found = find_row (popover, name);

  for (guint i = 0; i < n_rows && !found; i++) {
    gtk_widget_activate_action (list, "list.scroll-to-item", "u", i);
    drive_settle (list);
    found = find_row (popover, name);
  }
  if (!found)
    g_error ("there is no row %s", name);
  gtk_widget_grab_focus (found);
  drive_settle (found);
  return found;
}

/**
 * card_fixture_choose:
 * @row: the words of one of the list's rows
 *
 * Chooses it as a hand does: opens the list, and clicks on the row.
 */
void
card_fixture_choose (GtkDropDown *drop_down, const char *row)
{
  GtkWidget *popover = gtk_widget_get_last_child (GTK_WIDGET (drop_down));
  GtkWidget *found;

  drive_click (gtk_widget_get_first_child (GTK_WIDGET (drop_down)), 0.5, 0.5);
  drive_settle (GTK_WIDGET (drop_down));
  g_assert_true (gtk_widget_get_mapped (popover));
  found = scroll_to_row (
      popover, g_list_model_get_n_items (gtk_drop_down_get_model (drop_down)), row);
  drive_click (found, 0.3, 0.5);
  drive_settle (GTK_WIDGET (drop_down));
  g_assert_false (gtk_widget_get_mapped (popover));
}

void
card_fixture_set_nudge (CardFixture *f, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnNudge) nudge = nn_nudge_parse (text, &error);

  g_assert_no_error (error);
  nudge_layer_card_set_nudge (f->card, nudge);
}

void
card_fixture_set_up (CardFixture *f, gconstpointer data)
{
  GtkWidget *card = nudge_layer_card_new ("fc1");
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  f->card = NUDGE_LAYER_CARD (card);
  f->slider =
      GTK_RANGE (card_fixture_find (f, "Amount for fc1", GTK_ACCESSIBLE_ROLE_SLIDER));
  f->entry = GTK_EDITABLE (
      card_fixture_find (f, "Amount for fc1", GTK_ACCESSIBLE_ROLE_TEXT_BOX));
  f->function = GTK_DROP_DOWN (
      card_fixture_find (f, "Function for fc1", GTK_ACCESSIBLE_ROLE_COMBO_BOX));
  f->target = GTK_DROP_DOWN (
      card_fixture_find (f, "Target for fc1", GTK_ACCESSIBLE_ROLE_COMBO_BOX));
  f->repeat =
      GTK_DROP_DOWN (card_fixture_find (f, "Repeat fc1", GTK_ACCESSIBLE_ROLE_COMBO_BOX));
  f->apply = card_fixture_find (f, "Apply to fc1", GTK_ACCESSIBLE_ROLE_BUTTON);
  g_signal_connect_swapped (card, "apply", G_CALLBACK (apply_cb), f);
  g_signal_connect_swapped (card, "standing-changed", G_CALLBACK (standing_changed_cb),
                            f);
  g_signal_connect_swapped (card, "question-changed", G_CALLBACK (question_changed_cb),
                            f);
  g_signal_connect_swapped (card, "preview-changed", G_CALLBACK (preview_changed_cb), f);

  /* Something else to have the focus, and room beside the card. */
  f->elsewhere = gtk_button_new_with_label ("Elsewhere");
  f->window = GTK_WINDOW (gtk_window_new ());
  gtk_widget_set_size_request (card, 320, -1);
  gtk_widget_set_valign (card, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (column), f->elsewhere);
  gtk_box_append (GTK_BOX (column), card);
  gtk_window_set_child (f->window, column);
  gtk_window_set_default_size (f->window, 400, 300);
  drive_present (f->window);
}

void
card_fixture_tear_down (CardFixture *f, gconstpointer data)
{
  gpointer card = f->card;

  g_object_add_weak_pointer (G_OBJECT (card), &card);
  drive_close (f->window);
  g_assert_null (card);
  g_free (f->text);
}

void
card_fixture_assert_nudge (CardFixture *f, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnNudge) nudge = nn_nudge_parse (expected, &error);
  g_autofree char *wanted = NULL;
  g_autofree char *got = dup_text (f->card);

  g_assert_no_error (error);
  wanted = nn_nudge_dup_text (nudge);
  g_assert_cmpstr (got, ==, wanted);
}

float
card_fixture_get_amount (CardFixture *f)
{
  g_autoptr (NnNudge) nudge = nudge_layer_card_dup_nudge (f->card);

  return nudge->amount;
}

void
card_fixture_type_amount (CardFixture *f, const char *text)
{
  gtk_editable_set_text (f->entry, text);
  g_signal_emit_by_name (f->entry, "activate");
}

/* Returns: at which fraction of the slider's width its handle is */
double
card_fixture_get_handle (CardFixture *f)
{
  GtkWidget *slider = GTK_WIDGET (f->slider);
  GtkWidget *handle = gtk_widget_get_last_child (gtk_widget_get_first_child (slider));
  graphene_rect_t whole;
  graphene_rect_t part;

  drive_settle (slider);
  g_assert_cmpstr (gtk_widget_get_css_name (handle), ==, "slider");
  g_assert_true (gtk_widget_compute_bounds (slider, slider, &whole));
  g_assert_true (gtk_widget_compute_bounds (handle, slider, &part));
  return (double) ((part.origin.x + part.size.width / 2 - whole.origin.x) /
                   whole.size.width);
}
