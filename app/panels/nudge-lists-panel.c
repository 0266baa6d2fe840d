/* nudge-lists-panel.c - the log, and the nudges that repeat
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/panels/nudge-lists-panel.h"

#include <glib/gi18n.h>

#include "app/document/nudge-copy.h"
#include "app/panels/nudge-limits.h"
#include "ui/cards/nudge-standing-list.h"
#include "ui/draw/base/nudge-frame.h"
#include "ui/log/nudge-log.h"

struct _NudgeListsPanel {
  NudgePanel parent_instance;

  GtkWidget *column; /* the only child: disposal finds it by this */
  GtkStack *stack;
  NudgeLog *log;
  NudgeStandingList *standing;
  GtkWidget *why;
  GtkWidget *redo;
  GSignalGroup *signals; /* (owned) of the document's lists */
};

G_DEFINE_FINAL_TYPE (NudgeListsPanel, nudge_lists_panel, NUDGE_TYPE_PANEL)

/* Returns: (nullable) */
static NudgeLists *
get_lists (NudgeListsPanel *self)
{
  NudgeDocument *document = nudge_panel_get_document (NUDGE_PANEL (self));

  return document ? nudge_document_get_lists (document) : NULL;
}

static void
edited_cb (NudgeListsPanel *self, int kind, guint64 id, int by)
{
  nudge_lists_edit (get_lists (self), (NnEventKind) kind, id, by);
}

static void
log_marked_cb (NudgeListsPanel *self, NnNudge *nudge)
{
  if (get_lists (self))
    nudge_lists_set_marked (get_lists (self), nudge);
}

static void
log_go_to_cb (NudgeListsPanel *self, guint64 step)
{
  NudgeDocument *document = nudge_panel_get_document (NUDGE_PANEL (self));

  nudge_session_go_to (nudge_document_get_session (document), step);
}

static void
log_why_cb (NudgeListsPanel *self, guint64 step)
{
  nudge_document_ask_why (nudge_panel_get_document (NUDGE_PANEL (self)), step);
}

static void
copy_script_cb (NudgeListsPanel *self, NnNudge *nudge)
{
  nudge_copy_as_pytorch (self, nudge_panel_get_document (NUDGE_PANEL (self)), nudge);
}

/* Of the nudge that is selected in a list or the plot, else of nudge_frame_find_jump (). */
static void
why_clicked_cb (NudgeListsPanel *self)
{
  NudgeDocument *document = nudge_panel_get_document (NUDGE_PANEL (self));
  const NnFrame *frame = nudge_document_get_frame (document);
  const NnLanding *marked = nudge_frame_find_landing (
      frame, nudge_lists_get_marked (nudge_document_get_lists (document)));

  nudge_document_ask_why (document,
                          marked ? marked->first : nudge_frame_find_jump (frame));
}

static void
show_marked (NudgeListsPanel *self, GParamSpec *pspec, NudgeLists *lists)
{
  nudge_log_set_marked (self->log, nudge_lists_get_marked (lists));
}

/* The tab has their number, as the log may be shown in place of them. */
static void
nudge_lists_panel_show_words (NudgePanel *panel, NnFrame *frame)
{
  NudgeListsPanel *self = NUDGE_LISTS_PANEL (panel);
  GtkStackPage *page = gtk_stack_get_page (self->stack, GTK_WIDGET (self->standing));
  gsize n = frame->n_standing;
  g_autofree char *title =
      n > 0 ? g_strdup_printf (_ ("Repeating %zu"), n) : g_strdup (_ ("Repeating"));

  if (nudge_session_can (nudge_document_get_session (nudge_panel_get_document (panel)),
                         NN_CAN_REPEAT))
    gtk_widget_set_sensitive (self->why, frame->step > 0 || frame->n_landings > 0);
  if (g_strcmp0 (gtk_stack_page_get_title (page), title) != 0)
    gtk_stack_page_set_title (page, title);
}

static void
nudge_lists_panel_document_changed (NudgePanel *panel, NudgeDocument *document)
{
  NudgeListsPanel *self = NUDGE_LISTS_PANEL (panel);
  NudgeLists *lists = get_lists (self);

  g_signal_group_set_target (self->signals, lists);
  nudge_limits_set (self->why, document, NN_CAN_REPEAT);
  nudge_limits_set (self->redo, document, NN_CAN_TRAVEL);
  nudge_log_set_model (self->log, lists ? nudge_lists_get_landings (lists) : NULL);
  nudge_standing_list_set_model (self->standing,
                                 lists ? nudge_lists_get_repeating (lists) : NULL);
  if (lists)
    show_marked (self, NULL, lists);
}

static void
nudge_lists_panel_dispose (GObject *object)
{
  g_clear_object (&NUDGE_LISTS_PANEL (object)->signals);
  gtk_widget_dispose_template (GTK_WIDGET (object), NUDGE_TYPE_LISTS_PANEL);
  G_OBJECT_CLASS (nudge_lists_panel_parent_class)->dispose (object);
}

static void
nudge_lists_panel_class_init (NudgeListsPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nudge_lists_panel_dispose;
  NUDGE_PANEL_CLASS (klass)->document_changed = nudge_lists_panel_document_changed;
  NUDGE_PANEL_CLASS (klass)->show_words = nudge_lists_panel_show_words;
  g_type_ensure (NUDGE_TYPE_LOG);
  g_type_ensure (NUDGE_TYPE_STANDING_LIST);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/nudgelab/Nudge/ui/nudge-lists-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, NudgeListsPanel, column);
  gtk_widget_class_bind_template_child (widget_class, NudgeListsPanel, stack);
  gtk_widget_class_bind_template_child (widget_class, NudgeListsPanel, log);
  gtk_widget_class_bind_template_child (widget_class, NudgeListsPanel, standing);
  gtk_widget_class_bind_template_callback (widget_class, edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, log_marked_cb);
  gtk_widget_class_bind_template_callback (widget_class, log_go_to_cb);
  gtk_widget_class_bind_template_child (widget_class, NudgeListsPanel, why);
  gtk_widget_class_bind_template_child (widget_class, NudgeListsPanel, redo);
  gtk_widget_class_bind_template_callback (widget_class, log_why_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_script_cb);
  gtk_widget_class_bind_template_callback (widget_class, why_clicked_cb);
}

static void
nudge_lists_panel_init (NudgeListsPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->signals = g_signal_group_new (NUDGE_TYPE_LISTS);
  g_signal_group_connect_swapped (self->signals, "notify::marked",
                                  G_CALLBACK (show_marked), self);
}
