/* card-fixture.c - a layer card in a window, and who shows it what it says
 *
 * SPDX-License-Identifier: MIT
 */

#include "tests/ui/cards/card-fixture.h"

/**
 * card_fixture_show:
 *
 * Shows the card the fixture's state.
 */
void
card_fixture_show (CardFixture *f)
{
  nudge_layer_card_show (f->card, &f->state, f->frame);
}

void
card_fixture_set_frame (CardFixture *f, NnFrame *frame)
{
  nn_frame_ref (frame);
  g_clear_pointer (&f->frame, nn_frame_unref);
  f->frame = frame;
  card_fixture_show (f);
}

/* As the cards' owner does, but for the session. */
static void
changed_cb (CardFixture *f, int action, NnNudge *nudge)
{
  NudgeChanges changes =
      nudge_card_state_act (&f->state, (NudgeAction) action, nudge, NULL);

  f->n_applied += action == NUDGE_ACTION_APPLY;
  f->n_standing_changed += (changes & NUDGE_CHANGED_REPEATING) != 0;
  f->n_questions += (changes & NUDGE_CHANGED_QUESTION) != 0;
  f->n_previews += (changes & NUDGE_CHANGED_PREVIEW) != 0;
  if (action == NUDGE_ACTION_APPLY || (changes & NUDGE_CHANGED_REPEATING)) {
    g_free (f->text);
    f->text = nn_nudge_dup_text (nudge);
  }
  card_fixture_show (f);
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
 * Chooses it as a user does: opens the list, and clicks on the row.
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
  nudge_card_state_set_nudge (&f->state, nudge, NULL);
  card_fixture_show (f);
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
  nudge_card_state_init (&f->state, "fc1", 0);
  card_fixture_set_nudge (f, "fc1.weight: w + a*w @ by hand a=0.001");
  g_signal_connect_swapped (card, "changed", G_CALLBACK (changed_cb), f);

  /* Something else to have the focus, and space beside the card. */
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
  nudge_card_state_clear (&f->state);
  g_clear_pointer (&f->frame, nn_frame_unref);
  g_free (f->text);
}

void
card_fixture_assert_nudge (CardFixture *f, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnNudge) nudge = nn_nudge_parse (expected, &error);
  g_autofree char *wanted = NULL;
  g_autofree char *got = nn_nudge_dup_text (f->state.nudge);

  g_assert_no_error (error);
  wanted = nn_nudge_dup_text (nudge);
  g_assert_cmpstr (got, ==, wanted);
}

float
card_fixture_get_amount (CardFixture *f)
{
  return f->state.nudge->amount;
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
