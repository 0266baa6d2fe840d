/* nudge-suggestions.c - completions under an entry, each with a sentence
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/base/nudge-suggestions.h"

#include <glib/gi18n.h>

#include "nn/expression/nn-completion.h"

/* As many rows are seen at once. */
#define MOST_HEIGHT 220
#define WIDTH       330

struct _NudgeSuggestions {
  GObject parent_instance;

  GtkEntry *entry;        /* (unowned) lives as long as this, or longer */
  GtkWidget *popover;     /* (unowned) the entry's child, until disposal */
  GtkListBox *list;       /* (unowned) in it */
  NnCompletionList *what; /* (owned) (nullable) as it is shown */
  gboolean taking;        /* the entry changes by what was taken */
  guint typed;            /* a source: the cursor is yet to follow what was typed */
};

G_DEFINE_FINAL_TYPE (NudgeSuggestions, nudge_suggestions, G_TYPE_OBJECT)

/* --- The list ---------------------------------------------------------------------- */

static GtkWidget *
new_row (const NnCompletion *completion)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *text = gtk_label_new (completion->text);
  GtkWidget *sentence = gtk_label_new (completion->sentence);
  g_autofree char *label =
      g_strdup_printf ("%s: %s", completion->text, completion->sentence);

  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_xalign (GTK_LABEL (sentence), 0);
  gtk_label_set_wrap (GTK_LABEL (sentence), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (sentence), 40);
  gtk_widget_add_css_class (sentence, "caption");
  gtk_widget_add_css_class (sentence, "dim-label");
  gtk_box_append (GTK_BOX (box), text);
  gtk_box_append (GTK_BOX (box), sentence);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_focusable (row, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
  return row;
}

static void
clear_rows (NudgeSuggestions *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))))
    gtk_list_box_remove (self->list, row);
}

static void
scroll_to (NudgeSuggestions *self, GtkListBoxRow *row)
{
  GtkAdjustment *adjustment = gtk_list_box_get_adjustment (self->list);
  graphene_rect_t bounds;

  if (adjustment &&
      gtk_widget_compute_bounds (GTK_WIDGET (row), GTK_WIDGET (self->list), &bounds))
    gtk_adjustment_clamp_page (adjustment, (double) bounds.origin.y,
                               (double) (bounds.origin.y + bounds.size.height));
}

/* @row: (nullable): what Enter takes, which those are told who cannot see it */
static void
select_row (NudgeSuggestions *self, GtkListBoxRow *row)
{
  gtk_list_box_select_row (self->list, row);
  if (row == NULL) {
    gtk_accessible_reset_relation (GTK_ACCESSIBLE (self->entry),
                                   GTK_ACCESSIBLE_RELATION_ACTIVE_DESCENDANT);
    return;
  }
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->entry),
                                  GTK_ACCESSIBLE_RELATION_ACTIVE_DESCENDANT, row, -1);
  scroll_to (self, row);
}

static void
show (NudgeSuggestions *self, gboolean visible)
{
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry),
                               GTK_ACCESSIBLE_STATE_EXPANDED, visible, -1);
  if (visible)
    gtk_popover_popup (GTK_POPOVER (self->popover));
  else
    gtk_popover_popdown (GTK_POPOVER (self->popover));
}

/**
 * nudge_suggestions_close:
 *
 * Until more is typed.
 */
void
nudge_suggestions_close (NudgeSuggestions *self)
{
  g_return_if_fail (NUDGE_IS_SUGGESTIONS (self));

  g_clear_handle_id (&self->typed, g_source_remove);
  if (!gtk_widget_get_visible (self->popover))
    return;
  select_row (self, NULL);
  show (self, FALSE);
}

static gsize
get_cursor (NudgeSuggestions *self, const char *text)
{
  const int position = gtk_editable_get_position (GTK_EDITABLE (self->entry));

  return (gsize) (g_utf8_offset_to_pointer (text, position) - text);
}

/* @any: where nothing was begun, too */
static void
offer (NudgeSuggestions *self, gboolean any)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  const gsize cursor = get_cursor (self, text);
  const NnCompletion *first;
  GArray *completions;
  gboolean begun, done;

  g_clear_pointer (&self->what, nn_completion_list_free);
  self->what = nn_completion_list_new_of_expression (text, cursor);
  completions = self->what->completions;
  begun = self->what->start < cursor;
  first = completions->len > 0 ? &g_array_index (completions, NnCompletion, 0) : NULL;
  /* A complete word opens no list, which would take Enter. */
  done = begun && completions->len == 1 &&
         strlen (first->text) == cursor - self->what->start;
  if (first == NULL || done || (!begun && !any)) {
    nudge_suggestions_close (self);
    return;
  }
  clear_rows (self);
  for (guint i = 0; i < completions->len; i++)
    gtk_list_box_append (self->list,
                         new_row (&g_array_index (completions, NnCompletion, i)));
  show (self, TRUE);
  /* Enter and Tab stay the entry's if the word may be complete. */
  select_row (self, strlen (first->text) > cursor - self->what->start
                        ? gtk_list_box_get_row_at_index (self->list, 0)
                        : NULL);
}

static gboolean
typed_cb (gpointer data)
{
  NudgeSuggestions *self = data;

  self->typed = 0;
  offer (self, FALSE);
  return G_SOURCE_REMOVE;
}

/**
 * nudge_suggestions_follow:
 *
 * After the person has changed the entry's text.
 */
void
nudge_suggestions_follow (NudgeSuggestions *self)
{
  g_return_if_fail (NUDGE_IS_SUGGESTIONS (self));

  if (!self->taking && !self->typed)
    self->typed = g_idle_add_full (G_PRIORITY_DEFAULT, typed_cb, self, NULL);
}

/* Keys may come faster. */
static void
catch_up (NudgeSuggestions *self)
{
  if (!self->typed)
    return;
  g_clear_handle_id (&self->typed, g_source_remove);
  offer (self, FALSE);
}

/* --- Keys -------------------------------------------------------------------------- */

static gboolean
move (NudgeSuggestions *self, int by)
{
  GtkListBoxRow *selected = gtk_list_box_get_selected_row (self->list);
  const int n = (int) self->what->completions->len;
  const int from = selected ? gtk_list_box_row_get_index (selected) : by > 0 ? -1 : n;

  select_row (self, gtk_list_box_get_row_at_index (self->list, (from + by + n) % n));
  return GDK_EVENT_STOP;
}

/* The word that was begun is replaced by the completion. */
static void
take (NudgeSuggestions *self, GtkListBoxRow *row)
{
  GtkEditable *editable = GTK_EDITABLE (self->entry);
  g_autofree char *text = g_strdup (gtk_editable_get_text (editable));
  const gsize cursor = get_cursor (self, text);
  const NnCompletion *taken = &g_array_index (self->what->completions, NnCompletion,
                                              (guint) gtk_list_box_row_get_index (row));
  int at = (int) g_utf8_strlen (text, (gssize) self->what->start);

  self->taking = TRUE;
  gtk_editable_delete_text (editable, at, (int) g_utf8_strlen (text, (gssize) cursor));
  gtk_editable_insert_text (editable, taken->text, -1, &at);
  gtk_editable_set_position (editable, at);
  self->taking = FALSE;
  nudge_suggestions_close (self);
}

static gboolean
take_selected (NudgeSuggestions *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (row == NULL)
    return GDK_EVENT_PROPAGATE;
  take (self, row);
  return GDK_EVENT_STOP;
}

/**
 * nudge_suggestions_press:
 *
 * Before the entry gets the key.
 *
 * Returns: whether it was the list's
 */
gboolean
nudge_suggestions_press (NudgeSuggestions *self, guint key, GdkModifierType modifiers)
{
  const gboolean control = (modifiers & GDK_CONTROL_MASK) != 0;

  g_return_val_if_fail (NUDGE_IS_SUGGESTIONS (self), GDK_EVENT_PROPAGATE);

  catch_up (self);
  if (control && key == GDK_KEY_space) {
    offer (self, TRUE);
    return GDK_EVENT_STOP;
  }
  if (!gtk_widget_get_visible (self->popover) || control)
    return GDK_EVENT_PROPAGATE;
  switch (key) {
  case GDK_KEY_Escape:
    nudge_suggestions_close (self);
    return GDK_EVENT_STOP;
  case GDK_KEY_Down:
    return move (self, 1);
  case GDK_KEY_Up:
    return move (self, -1);
  case GDK_KEY_Tab:
  case GDK_KEY_Return:
  case GDK_KEY_KP_Enter:
    return take_selected (self);
  default:
    return GDK_EVENT_PROPAGATE;
  }
}

static void
activated_cb (NudgeSuggestions *self, GtkListBoxRow *row)
{
  take (self, row);
}

/* --- Life -------------------------------------------------------------------------- */

static void
nudge_suggestions_dispose (GObject *object)
{
  NudgeSuggestions *self = NUDGE_SUGGESTIONS (object);

  g_clear_handle_id (&self->typed, g_source_remove);
  g_clear_pointer (&self->what, nn_completion_list_free);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  G_OBJECT_CLASS (nudge_suggestions_parent_class)->dispose (object);
}

static void
nudge_suggestions_class_init (NudgeSuggestionsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = nudge_suggestions_dispose;
}

static void
nudge_suggestions_init (NudgeSuggestions *self)
{
}

/* It takes neither the focus nor a click elsewhere from the entry. */
static void
build (NudgeSuggestions *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->popover = gtk_popover_new ();
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_popover_set_autohide (GTK_POPOVER (self->popover), FALSE);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
  gtk_popover_set_position (GTK_POPOVER (self->popover), GTK_POS_BOTTOM);
  gtk_widget_set_can_focus (self->popover, FALSE);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled),
                                              MOST_HEIGHT);
  gtk_widget_set_size_request (scrolled, WIDTH, -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->list));
  gtk_popover_set_child (GTK_POPOVER (self->popover), scrolled);
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self->entry));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("What can come next"),
                                  -1);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (activated_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * nudge_suggestions_new:
 * @entry: of an update function without a target
 */
NudgeSuggestions *
nudge_suggestions_new (GtkEntry *entry)
{
  NudgeSuggestions *self = g_object_new (NUDGE_TYPE_SUGGESTIONS, NULL);

  self->entry = entry;
  build (self);
  return self;
}
