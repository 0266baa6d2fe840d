/* nudge-standing-list.c - the list of repeating nudges, in their order
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/cards/nudge-standing-list.h"

#include <glib/gi18n.h>

#include "nn/experiment/nn-event.h"
#include "ui/cards/nudge-standing-row.h"

struct _NudgeStandingList {
  GtkWidget parent_instance;

  GtkNoSelection *entries; /* (owned) of NudgeEntry, in their order */
  guint64 moved;           /* id: takes the focus along when it moves; 0: none does */
  GtkWidget *stack;        /* the list, or a word where there is none */
  GtkWidget *list;
};

enum {
  EDITED,
  COPY_SCRIPT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NudgeStandingList, nudge_standing_list, GTK_TYPE_WIDGET)

/* The list's own widget around the row that shows what events call @id. */
static GtkWidget *
find_item (NudgeStandingList *self, guint64 id)
{
  for (GtkWidget *item = gtk_widget_get_first_child (self->list); item;
       item = gtk_widget_get_next_sibling (item)) {
    GtkWidget *row = gtk_widget_get_first_child (item);
    NudgeEntry *entry = NUDGE_IS_STANDING_ROW (row)
                            ? nudge_standing_row_get_entry (NUDGE_STANDING_ROW (row))
                            : NULL;

    if (entry && nudge_entry_get_id (entry) == id)
      return item;
  }
  return NULL;
}

/* What was moved by a key takes the focus along to its new place. */
static void
items_changed_cb (NudgeStandingList *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->entries));
  GtkWidget *item = self->moved ? find_item (self, self->moved) : NULL;

  self->moved = 0;
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), n > 0 ? "list" : "none");
  if (item)
    gtk_widget_grab_focus (item);
}

/**
 * nudge_standing_list_set_model:
 * @repeating: (nullable): of NudgeEntry, in their order; gets a reference
 */
void
nudge_standing_list_set_model (NudgeStandingList *self, GListModel *repeating)
{
  g_return_if_fail (NUDGE_IS_STANDING_LIST (self));

  gtk_no_selection_set_model (self->entries, repeating);
}

static void
edited_cb (NudgeStandingList *self, int kind, guint64 id, int by)
{
  g_signal_emit (self, signals[EDITED], 0, kind, id, by);
}

static void
copy_script_cb (NudgeStandingList *self, NnNudge *nudge)
{
  g_signal_emit (self, signals[COPY_SCRIPT], 0, nudge);
}

/* The entry whose row, or what is in it, has the focus. */
static NudgeEntry *
get_focused (NudgeStandingList *self)
{
  GtkWidget *item = gtk_widget_get_focus_child (self->list);
  GtkWidget *row = item ? gtk_widget_get_first_child (item) : NULL;

  return NUDGE_IS_STANDING_ROW (row)
             ? nudge_standing_row_get_entry (NUDGE_STANDING_ROW (row))
             : NULL;
}

static void
move (NudgeStandingList *self, NudgeEntry *entry, int by)
{
  GListModel *entries = G_LIST_MODEL (self->entries);
  guint last = g_list_model_get_n_items (entries) - 1;
  guint position = 0;

  nudge_list_find (entries, nudge_entry_get_nudge (entry), &position);
  if (by < 0 ? position == 0 : position == last)
    return;
  self->moved = nudge_entry_get_id (entry);
  edited_cb (self, NN_EVENT_MOVE, self->moved, by);
}

static gboolean
key_pressed_cb (NudgeStandingList *self, guint key, guint code, GdkModifierType state)
{
  NudgeEntry *entry = get_focused (self);
  gboolean alt = (state & gtk_accelerator_get_default_mod_mask ()) == GDK_ALT_MASK;

  if (!entry)
    return GDK_EVENT_PROPAGATE;
  if (alt && (key == GDK_KEY_Up || key == GDK_KEY_Down)) {
    move (self, entry, key == GDK_KEY_Up ? -1 : 1);
    return GDK_EVENT_STOP;
  }
  if (key == GDK_KEY_Delete && !alt) {
    edited_cb (self, NN_EVENT_REMOVE, nudge_entry_get_id (entry), 0);
    return GDK_EVENT_STOP;
  }
  return GDK_EVENT_PROPAGATE;
}

static void
setup_cb (NudgeStandingList *self, GtkListItem *item)
{
  GtkWidget *row = nudge_standing_row_new ();

  g_signal_connect_object (row, "edited", G_CALLBACK (edited_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "copy-script", G_CALLBACK (copy_script_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_list_item_set_child (item, row);
}

static void
bind_cb (NudgeStandingList *self, GtkListItem *item)
{
  nudge_standing_row_set_entry (NUDGE_STANDING_ROW (gtk_list_item_get_child (item)),
                                gtk_list_item_get_item (item));
}

static void
unbind_cb (NudgeStandingList *self, GtkListItem *item)
{
  nudge_standing_row_set_entry (NUDGE_STANDING_ROW (gtk_list_item_get_child (item)),
                                NULL);
}

static void
nudge_standing_list_dispose (GObject *object)
{
  NudgeStandingList *self = NUDGE_STANDING_LIST (object);

  g_clear_pointer (&self->stack, gtk_widget_unparent);
  g_clear_object (&self->entries);
  G_OBJECT_CLASS (nudge_standing_list_parent_class)->dispose (object);
}

static void
nudge_standing_list_class_init (NudgeStandingListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nudge_standing_list_dispose;
  signals[EDITED] =
      g_signal_new ("edited", NUDGE_TYPE_STANDING_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 3, G_TYPE_INT, G_TYPE_UINT64, G_TYPE_INT);
  signals[COPY_SCRIPT] =
      g_signal_new ("copy-script", NUDGE_TYPE_STANDING_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "standing-list");
}

static GtkWidget *
new_list (NudgeStandingList *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect_swapped (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect_swapped (factory, "bind", G_CALLBACK (bind_cb), self);
  g_signal_connect_swapped (factory, "unbind", G_CALLBACK (unbind_cb), self);
  self->list =
      gtk_list_view_new (GTK_SELECTION_MODEL (g_object_ref (self->entries)), factory);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Repeating nudges"),
                                  -1);

  /* Before the list, which takes the arrows whatever is held with them. */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (self->list, keys);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->list);
  return scrolled;
}

static void
nudge_standing_list_init (NudgeStandingList *self)
{
  GtkWidget *none = gtk_label_new (_ ("No nudge repeats"));

  self->entries = gtk_no_selection_new (NULL);
  gtk_widget_add_css_class (none, "nudge-none");
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), none, "none");
  gtk_stack_add_named (GTK_STACK (self->stack), new_list (self), "list");
  gtk_widget_set_parent (self->stack, GTK_WIDGET (self));
  g_signal_connect_swapped (self->entries, "items-changed", G_CALLBACK (items_changed_cb),
                            self);
}

GtkWidget *
nudge_standing_list_new (void)
{
  return g_object_new (NUDGE_TYPE_STANDING_LIST, NULL);
}
