/* nudge-window.c - the main window: a document, and the panels that show it
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/nudge-window.h"

#include <glib/gi18n.h>

#include "app/base/nudge-dialogs.h"
#include "app/base/nudge-function-store.h"
#include "app/base/nudge-settings.h"
#include "app/base/nudge-toast.h"
#include "app/base/nudge-window-actions.h"
#include "app/document/nudge-clock.h"
#include "app/nudge-export.h"
#include "app/nudge-go-to.h"
#include "app/nudge-goal-dialog.h"
#include "app/nudge-job-bar.h"
#include "app/nudge-lecture-mode.h"
#include "app/panels/nudge-cards-panel.h"
#include "app/panels/nudge-failure-bar.h"
#include "app/panels/nudge-file-bar.h"
#include "app/panels/nudge-hints.h"
#include "app/panels/nudge-lesson-bar.h"
#include "app/panels/nudge-limits.h"
#include "app/panels/nudge-lists-panel.h"
#include "app/panels/nudge-loss-panel.h"
#include "app/panels/nudge-network-panel.h"
#include "app/panels/nudge-notes-bar.h"
#include "app/panels/nudge-phases.h"
#include "app/panels/nudge-side-panel.h"
#include "app/panels/nudge-status.h"
#include "app/panels/nudge-story-bar.h"
#include "app/panels/nudge-tensors-panel.h"
#include "app/panels/nudge-transport.h"
#include "app/panels/nudge-window-memory.h"
#include "ui/base/nudge-menus.h"
#include "ui/base/nudge-panes.h"

struct _NudgeWindow {
  AdwApplicationWindow parent_instance;

  NudgeDocument *document;   /* (owned) (nullable) */
  NudgeClock *clock;         /* (owned) */
  GSignalGroup *signals;     /* (owned) of the document */
  GBindingGroup *bindings;   /* (owned) of the document's session, to actions */
  NudgeLectureMode *lecture; /* (owned) */

  GtkMenuButton *main_menu;
  GtkMenuButton *export_menu;
  GtkWidget *transport;
  GtkWidget *network_panel;
  GtkWidget *loss_panel;
  NudgePanes *pictures;
  NudgePanes *sides;
  AdwFlap *side;
  GtkWidget *toasts;
  AdwToast *toast; /* (nullable) the newest, until it goes away */
};

enum {
  PROP_DOCUMENT = 1,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (NudgeWindow, nudge_window, ADW_TYPE_APPLICATION_WINDOW)

static void
say (NudgeWindow *self, const char *text)
{
  /* A toast with the same text may still be shown. */
  if (self->toast && g_str_equal (nudge_toast_get_text (self->toast), text))
    return;
  g_set_weak_pointer (&self->toast,
                      nudge_toast_new (ADW_TOAST_OVERLAY (self->toasts), text));
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toasts), self->toast);
}

/* --- Along the run ----------------------------------------------------------------- */

static NudgeSession *
get_session (gpointer window)
{
  return nudge_document_get_session (NUDGE_WINDOW (window)->document);
}

static NudgeWalk *
get_walk (gpointer window)
{
  return nudge_document_get_walk (NUDGE_WINDOW (window)->document);
}

static void
step_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  nudge_walk_take_step (get_walk (window));
}

static void
step_phase_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  nudge_walk_take_phase (get_walk (window));
}

static void
step_epoch_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  nudge_session_run_to_epoch (get_session (window));
}

static void
run_to_step_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  NudgeLossPanel *panel = NUDGE_LOSS_PANEL (NUDGE_WINDOW (window)->loss_panel);

  nudge_goal_dialog_ask_step (window, get_session (window),
                              nudge_loss_panel_get_time (panel));
}

static void
run_to_loss_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  nudge_goal_dialog_ask_loss (window, get_session (window));
}

/* With an Undo button, until something else is done, which that would undo. */
static void
offer_undo (NudgeWindow *self, const char *text)
{
  say (self, text);
  adw_toast_set_button_label (self->toast, _ ("Undo"));
  adw_toast_set_action_name (self->toast, "win.undo");
  g_signal_connect_object (get_session (self), "did", G_CALLBACK (adw_toast_dismiss),
                           self->toast, G_CONNECT_SWAPPED);
}

static void
reset_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  const NnFrame *frame = nudge_session_get_frame (get_session (window));
  const gboolean has_run = frame && (frame->step > 0 || frame->n_landings > 0);

  nudge_session_reset (get_session (window));
  if (has_run)
    offer_undo (window, _ ("The run starts again"));
}

static void
undo_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  nudge_session_undo (get_session (window));
}

static void
redo_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  nudge_session_redo (get_session (window));
}

static void
hints_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  nudge_hints_show (window, NUDGE_WINDOW (window)->document);
}

/* --- Export ------------------------------------------------------------------------ */

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  NudgeWindow *self = NUDGE_WINDOW (source);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = nudge_export_finish (result, &error);

  if (path && self->toasts) {
    g_autofree char *name = g_filename_display_basename (path);
    g_autofree char *text = g_strdup_printf (_ ("Saved %s"), name);

    say (self, text);
  } else if (!path && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    nudge_dialogs_say (GTK_WINDOW (self), _ ("Could not save"), error->message);
  }
}

static void
export_frame (NudgeWindow *self, NudgeExportKind kind)
{
  const NudgeJob *job = nudge_document_get_job (self->document);
  NudgeExport what = { .kind = kind,
                       .frame = nudge_document_get_frame (self->document),
                       .experiment = nudge_document_get_experiment (self->document) };

  if (!what.frame)
    return; /* opened a moment ago: there is nothing to see yet either */
  if (job != NULL)
    what.socket = job->path;
  nudge_loss_panel_write_figure (NUDGE_LOSS_PANEL (self->loss_panel), &what.figure);
  nudge_network_panel_write_figure (NUDGE_NETWORK_PANEL (self->network_panel),
                                    &what.figure);
  nudge_export_async (GTK_WINDOW (self), &what, exported_cb, NULL);
}

static void
export_parameters_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  export_frame (window, NUDGE_EXPORT_PARAMETERS);
}

static void
export_figure_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  export_frame (window, NUDGE_EXPORT_FIGURE);
}

static void
export_series_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  export_frame (window, NUDGE_EXPORT_SERIES);
}

static void
export_log_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  export_frame (window, NUDGE_EXPORT_LOG);
}

static void
export_script_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  export_frame (window, NUDGE_EXPORT_SCRIPT);
}

static void
go_to_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  NudgeWindow *self = window;
  const struct {
    const char *name;
    GtkWidget *part;
  } parts[] = {
    { "data", adw_flap_get_flap (self->side) },
    { "network", self->toasts },
    { "loss", self->loss_panel },
    { "cards", gtk_paned_get_start_child (nudge_panes_get_paned (self->sides)) },
    { "log", gtk_paned_get_end_child (nudge_panes_get_paned (self->sides)) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (g_str_equal (g_variant_get_string (parameter, NULL), parts[i].name))
      nudge_go_to (parts[i].part);
}

/* --- The document ------------------------------------------------------------------ */

static const GActionEntry actions[] = {
  { "step", step_cb },
  { "step-phase", step_phase_cb },
  { "step-epoch", step_epoch_cb },
  { "run-to-step", run_to_step_cb },
  { "run-to-loss", run_to_loss_cb },
  { "reset", reset_cb },
  { "undo", undo_cb },
  { "redo", redo_cb },
  { "hints", hints_cb },
  { "go-to", go_to_cb, "s" },
  { "export-parameters", export_parameters_cb },
  { "export-figure", export_figure_cb },
  { "export-series", export_series_cb },
  { "export-log", export_log_cb },
  { "export-script", export_script_cb },
};

static void
add_property_action (NudgeWindow *self,
                     const char *name,
                     gpointer object,
                     const char *property)
{
  g_autoptr (GPropertyAction) action = g_property_action_new (name, object, property);

  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (action));
}

/* Actions for properties of the document or its session, in place of the last document's. */
static void
add_document_actions (NudgeWindow *self)
{
  NudgeSession *session = get_session (self);

  add_property_action (self, "run", session, "running");
  add_property_action (self, "ghost", session, "ghost");
  add_property_action (self, "guard", self->document, "guard");
}

static void
show_title (NudgeWindow *self)
{
  g_autofree char *name =
      self->document ? nudge_document_dup_title (self->document) : NULL;
  g_autofree char *title = name ? g_strdup_printf (_ ("%s – Nudge"), name) : NULL;

  gtk_window_set_title (GTK_WINDOW (self), title ? title : _ ("Nudge"));
}

static void
set_enabled (NudgeWindow *self, gboolean enabled)
{
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++) {
    GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), actions[i].name);

    g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
  }
}

/**
 * nudge_window_set_document:
 * @document: (nullable): shown from now on; gets a reference
 */
void
nudge_window_set_document (NudgeWindow *self, NudgeDocument *document)
{
  gboolean is_first;

  g_return_if_fail (NUDGE_IS_WINDOW (self));

  is_first = self->document == NULL;
  if (!g_set_object (&self->document, document))
    return;
  nudge_clock_set_document (self->clock, document);
  g_signal_group_set_target (self->signals, document);
  set_enabled (self, document != NULL);
  g_binding_group_set_source (self->bindings, document ? get_session (self) : NULL);
  if (document) {
    add_document_actions (self);
    nudge_limits_set_actions (G_ACTION_MAP (self), document);
    /* The focus of a window that is used again is on its first widget. */
    if (is_first || !gtk_window_get_focus (GTK_WINDOW (self)))
      gtk_widget_grab_focus (self->transport);
  } else {
    g_action_map_remove_action (G_ACTION_MAP (self), "run");
    g_action_map_remove_action (G_ACTION_MAP (self), "ghost");
    g_action_map_remove_action (G_ACTION_MAP (self), "guard");
  }
  show_title (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_DOCUMENT]);
}

/* Returns: (transfer none) (nullable) */
NudgeDocument *
nudge_window_get_document (NudgeWindow *self)
{
  g_return_val_if_fail (NUDGE_IS_WINDOW (self), NULL);

  return self->document;
}

/* --- Life -------------------------------------------------------------------------- */

static void
nudge_window_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_DOCUMENT)
    g_value_set_object (value, NUDGE_WINDOW (object)->document);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
nudge_window_set_property (GObject *object,
                           guint id,
                           const GValue *value,
                           GParamSpec *pspec)
{
  if (id == PROP_DOCUMENT)
    nudge_window_set_document (NUDGE_WINDOW (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
nudge_window_dispose (GObject *object)
{
  NudgeWindow *self = NUDGE_WINDOW (object);

  /* An action holds its object, and what shows actions is held by the window's children:
   * none would ever go. */
  if (self->clock) {
    g_clear_pointer (&self->lecture, nudge_lecture_mode_free);
    nudge_window_set_document (self, NULL);
    g_action_map_remove_action (G_ACTION_MAP (self), "log-scale");
    g_action_map_remove_action (G_ACTION_MAP (self), "side-panel");
  }
  g_clear_object (&self->clock);
  g_clear_object (&self->signals);
  g_clear_object (&self->bindings);
  g_clear_weak_pointer (&self->toast);
  gtk_widget_dispose_template (GTK_WIDGET (self), NUDGE_TYPE_WINDOW);
  G_OBJECT_CLASS (nudge_window_parent_class)->dispose (object);
}

static void
nudge_window_class_init (NudgeWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = nudge_window_get_property;
  object_class->set_property = nudge_window_set_property;
  object_class->dispose = nudge_window_dispose;
  props[PROP_DOCUMENT] = g_param_spec_object (
      "document", NULL, NULL, NUDGE_TYPE_DOCUMENT,
      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  g_type_ensure (NUDGE_TYPE_CARDS_PANEL);
  g_type_ensure (NUDGE_TYPE_FAILURE_BAR);
  g_type_ensure (NUDGE_TYPE_FILE_BAR);
  g_type_ensure (NUDGE_TYPE_LESSON_BAR);
  g_type_ensure (NUDGE_TYPE_JOB_BAR);
  g_type_ensure (NUDGE_TYPE_LISTS_PANEL);
  g_type_ensure (NUDGE_TYPE_LOSS_PANEL);
  g_type_ensure (NUDGE_TYPE_NETWORK_PANEL);
  g_type_ensure (NUDGE_TYPE_NOTES_BAR);
  g_type_ensure (NUDGE_TYPE_PANES);
  g_type_ensure (NUDGE_TYPE_PHASES);
  g_type_ensure (NUDGE_TYPE_SIDE_PANEL);
  g_type_ensure (NUDGE_TYPE_STATUS);
  g_type_ensure (NUDGE_TYPE_STORY_BAR);
  g_type_ensure (NUDGE_TYPE_TENSORS_PANEL);
  g_type_ensure (NUDGE_TYPE_TRANSPORT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/nudgelab/Nudge/ui/nudge-window.ui");
  gtk_widget_class_bind_template_child (widget_class, NudgeWindow, main_menu);
  gtk_widget_class_bind_template_child (widget_class, NudgeWindow, export_menu);
  gtk_widget_class_bind_template_child (widget_class, NudgeWindow, transport);
  gtk_widget_class_bind_template_child (widget_class, NudgeWindow, network_panel);
  gtk_widget_class_bind_template_child (widget_class, NudgeWindow, loss_panel);
  gtk_widget_class_bind_template_child (widget_class, NudgeWindow, pictures);
  gtk_widget_class_bind_template_child (widget_class, NudgeWindow, sides);
  gtk_widget_class_bind_template_child (widget_class, NudgeWindow, side);
  gtk_widget_class_bind_template_child (widget_class, NudgeWindow, toasts);
}

static void
bind_action (NudgeWindow *self, const char *property, const char *name)
{
  g_binding_group_bind (self->bindings, property,
                        g_action_map_lookup_action (G_ACTION_MAP (self), name), "enabled",
                        G_BINDING_SYNC_CREATE);
}

/* The window works without them. */
static void
say_missing_functions (NudgeWindow *self)
{
  g_autoptr (NudgeFunctionStore) store = nudge_function_store_ref_default ();
  const char *failure = nudge_function_store_get_failure (store);
  g_autofree char *text = NULL;

  if (failure == NULL)
    return;
  text = g_strdup_printf (_ ("Your own functions cannot be read: %s"), failure);
  say (self, text);
  if (self->toast) /* however long the window takes to be seen */
    adw_toast_set_timeout (self->toast, 0);
}

static void
remember (NudgeWindow *self)
{
  nudge_window_memory_add_window (GTK_WINDOW (self));
  nudge_settings_remember ("pictures-split", self->pictures, "position");
  nudge_settings_remember ("cards-split", self->sides, "position");
  nudge_window_memory_add_flap (self->side);
  nudge_settings_remember ("log-scale", self->loss_panel, "logarithmic");
  nudge_settings_remember ("smoothing", self->loss_panel, "smoothing");
}

static void
nudge_window_init (NudgeWindow *self)
{
  self->clock = nudge_clock_new (GTK_WIDGET (self));
  self->signals = g_signal_group_new (NUDGE_TYPE_DOCUMENT);
  g_signal_group_connect_swapped (self->signals, "message", G_CALLBACK (say), self);
  g_signal_group_connect_swapped (self->signals, "notify::file", G_CALLBACK (show_title),
                                  self);
  g_signal_group_connect_swapped (self->signals, "notify::unsaved",
                                  G_CALLBACK (show_title), self);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_menu_model (self->main_menu, nudge_menus_get ("main"));
  gtk_menu_button_set_menu_model (self->export_menu, nudge_menus_get ("export"));
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions),
                                   self);
  nudge_window_actions_add (GTK_APPLICATION_WINDOW (self));
  add_property_action (self, "log-scale", self->loss_panel, "logarithmic");
  add_property_action (self, "side-panel", self->side, "reveal-flap");
  self->lecture = nudge_lecture_mode_new (
      ADW_APPLICATION_WINDOW (self),
      &(NudgeLecturePictures){ .pictures = nudge_panes_get_paned (self->pictures),
                               .network = self->toasts,
                               .loss = self->loss_panel,
                               .network_panel = self->network_panel });
  self->bindings = g_binding_group_new ();
  bind_action (self, "can-undo", "undo");
  bind_action (self, "can-redo", "redo");
  set_enabled (self, FALSE);
  remember (self);
  say_missing_functions (self);
}

/**
 * nudge_window_new:
 *
 * A window without a document: nudge_window_set_document () gives it one.
 */
NudgeWindow *
nudge_window_new (GtkApplication *application)
{
  return g_object_new (NUDGE_TYPE_WINDOW, "application", application, NULL);
}
