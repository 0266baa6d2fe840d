/* nudge-log.c - the log: what was done to the weights, newest first
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/log/nudge-log.h"

#include <glib/gi18n.h>

#include "ui/base/nudge-context-menu.h"
#include "ui/log/nudge-log-row.h"

struct _NudgeLog {
  GtkWidget parent_instance;

  GtkSingleSelection *selection; /* (owned) of NudgeEntry, newest first */
  GtkWidget *stack;              /* the list, or a word where there is none */
  GtkWidget *list;
  NnNudge *marked;  /* (owned) (nullable) whose row is selected */
  gboolean showing; /* what is set from outside is not said back */
};

enum {
  MARKED,
  GO_TO,
  WHY,
  COPY_SCRIPT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NudgeLog, nudge_log, GTK_TYPE_WIDGET)

static NudgeEntry *
get_selected (NudgeLog *self)
{
  return gtk_single_selection_get_selected_item (self->selection);
}

/* A row that has only moved is the same one. */
static void
selected_cb (NudgeLog *self)
{
  NudgeEntry *entry = get_selected (self);
  NnNudge *nudge = entry ? nudge_entry_get_nudge (entry) : NULL;

  if (self->marked == nudge)
    return;
  g_clear_pointer (&self->marked, nn_nudge_unref);
  if (nudge)
    self->marked = nn_nudge_ref (nudge);
  if (!self->showing)
    g_signal_emit (self, signals[MARKED], 0, nudge);
}

static void
activated_cb (NudgeLog *self, guint position)
{
  g_autoptr (NudgeEntry) entry =
      g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (entry && !nudge_entry_get_coming (entry))
    g_signal_emit (self, signals[GO_TO], 0, nudge_entry_get_step (entry));
}

static void
go_to_cb (GtkWidget *widget, const char *action, GVariant *step)
{
  g_signal_emit (widget, signals[GO_TO], 0, g_variant_get_uint64 (step));
}

static void
why_cb (GtkWidget *widget, const char *action, GVariant *step)
{
  g_signal_emit (widget, signals[WHY], 0, g_variant_get_uint64 (step));
}

static void
copy_script_cb (NudgeLog *self, NnNudge *nudge)
{
  g_signal_emit (self, signals[COPY_SCRIPT], 0, nudge);
}

static gboolean
why_key_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  NudgeEntry *entry = get_selected (NUDGE_LOG (widget));

  if (entry == NULL || nudge_entry_get_coming (entry))
    return FALSE;
  g_signal_emit (widget, signals[WHY], 0, nudge_entry_get_step (entry));
  return TRUE;
}

/* The focus is on the list's own widget around a row. */
static gboolean
menu_key_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  GtkWidget *row = focus ? gtk_widget_get_first_child (focus) : NULL;

  return row && NUDGE_IS_LOG_ROW (row) && nudge_context_menu_open (row);
}

static void
add_menu_keys (NudgeLog *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("Menu|<Shift>F10"),
                        gtk_callback_action_new (menu_key_cb, NULL, NULL)));
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("w"),
                        gtk_callback_action_new (why_key_cb, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

/* The list would keep in view what it shows; but the newest is what was attended to. */
static void
items_changed_cb (NudgeLog *self, guint position, guint removed, guint added)
{
  GtkAdjustment *place = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->list));
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  gboolean is_at_top = gtk_adjustment_get_value (place) < 1;

  if (position == 0 && added > 0 && n > added && is_at_top)
    gtk_widget_activate_action (self->list, "list.scroll-to-item", "u", 0);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), n > 0 ? "list" : "none");
}

/**
 * nudge_log_set_model:
 * @landings: (nullable): of NudgeEntry, newest first; gets a reference
 */
void
nudge_log_set_model (NudgeLog *self, GListModel *landings)
{
  g_return_if_fail (NUDGE_IS_LOG (self));

  self->showing = TRUE;
  gtk_single_selection_set_model (self->selection, landings);
  self->showing = FALSE;
}

/**
 * nudge_log_set_marked:
 * @nudge: (nullable): whose row to select; no signal is emitted
 */
void
nudge_log_set_marked (NudgeLog *self, const NnNudge *nudge)
{
  guint position = GTK_INVALID_LIST_POSITION;

  g_return_if_fail (NUDGE_IS_LOG (self));

  if (self->marked == nudge)
    return;
  nudge_list_find (G_LIST_MODEL (self->selection), nudge, &position);
  self->showing = TRUE;
  gtk_single_selection_set_selected (self->selection, position);
  self->showing = FALSE;
  if (position != GTK_INVALID_LIST_POSITION)
    gtk_widget_activate_action (self->list, "list.scroll-to-item", "u", position);
}

static void
setup_cb (NudgeLog *self, GtkListItem *item)
{
  GtkWidget *row = nudge_log_row_new ();

  g_signal_connect_object (row, "copy-script", G_CALLBACK (copy_script_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_list_item_set_child (item, row);
}

static void
bind_cb (NudgeLog *self, GtkListItem *item)
{
  nudge_log_row_set_entry (NUDGE_LOG_ROW (gtk_list_item_get_child (item)),
                           gtk_list_item_get_item (item));
}

static void
unbind_cb (NudgeLog *self, GtkListItem *item)
{
  nudge_log_row_set_entry (NUDGE_LOG_ROW (gtk_list_item_get_child (item)), NULL);
}

/* Tab leaves the list: it would stop at each of its rows, where arrows go. */
static gboolean
nudge_log_focus (GtkWidget *widget, GtkDirectionType direction)
{
  gboolean is_tab = direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD;

  if (is_tab && gtk_widget_get_focus_child (widget))
    return FALSE;
  return GTK_WIDGET_CLASS (nudge_log_parent_class)->focus (widget, direction);
}

static void
nudge_log_dispose (GObject *object)
{
  NudgeLog *self = NUDGE_LOG (object);

  g_clear_pointer (&self->stack, gtk_widget_unparent);
  g_clear_pointer (&self->marked, nn_nudge_unref);
  g_clear_object (&self->selection);
  G_OBJECT_CLASS (nudge_log_parent_class)->dispose (object);
}

static void
nudge_log_class_init (NudgeLogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nudge_log_dispose;
  widget_class->focus = nudge_log_focus;
  signals[MARKED] = g_signal_new ("marked", NUDGE_TYPE_LOG, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[GO_TO] = g_signal_new ("go-to", NUDGE_TYPE_LOG, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT64);
  signals[WHY] = g_signal_new ("why", NUDGE_TYPE_LOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 1, G_TYPE_UINT64);
  signals[COPY_SCRIPT] =
      g_signal_new ("copy-script", NUDGE_TYPE_LOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 1, G_TYPE_POINTER);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "log.go-to", "t", go_to_cb);
  gtk_widget_class_install_action (widget_class, "log.why", "t", why_cb);
  gtk_widget_class_set_css_name (widget_class, "nudge-log");
}

static GtkWidget *
new_list (NudgeLog *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  g_signal_connect_swapped (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect_swapped (factory, "bind", G_CALLBACK (bind_cb), self);
  g_signal_connect_swapped (factory, "unbind", G_CALLBACK (unbind_cb), self);
  self->list =
      gtk_list_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection)), factory);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Log"), -1);
  g_signal_connect_swapped (self->list, "activate", G_CALLBACK (activated_cb), self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->list);
  return scrolled;
}

static void
nudge_log_init (NudgeLog *self)
{
  GtkWidget *none = gtk_label_new (_ ("Nothing has been done yet"));

  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  g_signal_connect_swapped (self->selection, "notify::selected-item",
                            G_CALLBACK (selected_cb), self);
  gtk_widget_add_css_class (none, "nudge-none");
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), none, "none");
  gtk_stack_add_named (GTK_STACK (self->stack), new_list (self), "list");
  gtk_widget_set_parent (self->stack, GTK_WIDGET (self));
  add_menu_keys (self);
  g_signal_connect_swapped (self->selection, "items-changed",
                            G_CALLBACK (items_changed_cb), self);
}

GtkWidget *
nudge_log_new (void)
{
  return g_object_new (NUDGE_TYPE_LOG, NULL);
}
