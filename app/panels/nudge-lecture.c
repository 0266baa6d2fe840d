/* nudge-lecture.c - a document on a projector
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/panels/nudge-lecture.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "app/document/nudge-course.h"
#include "app/panels/nudge-cards-panel.h"
#include "app/panels/nudge-lecture-controls.h"
#include "app/panels/nudge-lecture-keys.h"
#include "app/panels/nudge-lesson-bar.h"
#include "app/panels/nudge-lesson-words.h"
#include "app/panels/nudge-pointing.h"
#include "app/panels/nudge-status.h"
#include "ui/base/nudge-hall.h"
#include "ui/base/nudge-pointer-ring.h"
#include "ui/base/nudge-untouched.h"

struct _NudgeLecture {
  NudgePanel parent_instance;

  GtkWidget *hall; /* the only child: disposal finds it by this */
  AdwBin *network;
  AdwBin *loss;
  GtkWidget *card;
  NudgeLectureControls *controls;
  GtkButton *next;
  NudgePointerRing *ring;
  GtkWidget *blank;

  GSignalGroup *learner;    /* (owned) the document's */
  GSignalGroup *session;    /* (owned) likewise */
  char *layer;              /* (owned) (nullable) */
  const NnLessonStep *step; /* (nullable) that is shown */
};

enum {
  PROP_LAYER = 1,
  N_PROPS,
};

enum {
  LEAVE,
  N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NudgeLecture, nudge_lecture, NUDGE_TYPE_PANEL)

/* --- What is shown ------------------------------------------------------------------ */

static NudgeDocument *
get_document (NudgeLecture *self)
{
  return nudge_panel_get_document (NUDGE_PANEL (self));
}

/* @layer: (nullable): whose */
static void
show_card (NudgeLecture *self, const char *layer)
{
  g_object_set (self->card, "layer", layer, NULL);
  gtk_widget_set_visible (self->card, layer != NULL);
}

/* The button's key is the space bar, so its label has no mnemonic, which in Chinese is at the
 * end in parentheses. */
static char *
dup_without_mnemonic (const char *word)
{
  GString *text = g_string_new (word);
  const char *behind = strstr (text->str, "(_");

  if (behind != NULL)
    g_string_truncate (text, (gsize) (behind - text->str));
  g_string_replace (text, "_", "", 0);
  return g_string_free (text, FALSE);
}

static void
show_next (NudgeLecture *self)
{
  NudgeDocument *document = get_document (self);
  NudgeLearner *learner = nudge_course_get_learner (document);
  g_autofree char *word = NULL;
  gboolean running = FALSE;

  if (document != NULL)
    g_object_get (nudge_document_get_session (document), "running", &running, NULL);
  word = dup_without_mnemonic (learner   ? nudge_lesson_get_next_word (learner)
                               : running ? _ ("Pause")
                                         : _ ("Run"));
  gtk_button_set_label (self->next, word);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->next),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, word, -1);
  gtk_widget_set_sensitive (GTK_WIDGET (self->next), !nudge_course_is_at_end (document));
}

static void
show_step (NudgeLecture *self)
{
  NudgeLearner *learner = nudge_course_get_learner (get_document (self));
  const NnLessonStep *step = learner ? nudge_learner_get_step (learner) : NULL;
  const char *point = step ? step->point : NULL;

  nudge_lecture_controls_show (self->controls, point);
  show_card (self, step == NULL ? self->layer
                   : point      ? nudge_pointing_get_layer (point)
                                : NULL);
  show_next (self);
  /* A control of the last step may have the focus: keys are the lecture's again. */
  if (step != self->step)
    gtk_widget_grab_focus (GTK_WIDGET (self));
  self->step = step;
}

/* --- What is done ------------------------------------------------------------------- */

static void
go_on (NudgeLecture *self)
{
  nudge_course_go_on (get_document (self));
}

static void
go_back (NudgeLecture *self)
{
  nudge_course_go_back (get_document (self));
}

/* A click on the loss counts only if a prediction is asked for. */
static gboolean
may_mark_cb (gpointer self)
{
  return nudge_course_asks (get_document (self), NN_LESSON_MARK);
}

static void
set_blank (NudgeLecture *self, gboolean blank)
{
  nudge_pointer_ring_hide (self->ring);
  gtk_widget_set_visible (self->blank, blank);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), blank ? "none" : NULL);
}

/* To the next card above or below, of those that the document has. */
static void
change_card (NudgeLecture *self, int by)
{
  NudgeDocument *document = get_document (self);
  NudgeCards *cards = document ? nudge_document_get_cards (document) : NULL;
  const int n = cards ? (int) nudge_cards_get_n (cards) : 0;

  if (nudge_course_get_learner (document) != NULL)
    return;
  for (int i = 1; i < n; i++) {
    const int to = i + by;
    const NudgeCardState *state = nudge_cards_get_state (cards, (guint) i);

    if (g_strcmp0 (state->nudge->target.layer, self->layer) || to < 1 || to >= n)
      continue;
    state = nudge_cards_get_state (cards, (guint) to);
    g_object_set (self, "layer", state->nudge->target.layer, NULL);
    return;
  }
}

static void
blank_pressed_cb (NudgeLecture *self)
{
  set_blank (self, FALSE);
}

static void
do_action (NudgeLecture *self, NudgeLectureAction action)
{
  nudge_pointer_ring_hide (self->ring);
  if (gtk_widget_get_visible (self->blank)) {
    set_blank (self, FALSE); /* and no more: the audience has to see what is done */
    return;
  }
  switch (action) {
  case NUDGE_LECTURE_PROPAGATE:
  case NUDGE_LECTURE_IGNORE:
    break;
  case NUDGE_LECTURE_NEXT:
    go_on (self);
    break;
  case NUDGE_LECTURE_BACK:
    go_back (self);
    break;
  case NUDGE_LECTURE_BLANK:
    set_blank (self, TRUE);
    break;
  case NUDGE_LECTURE_LEAVE:
    g_signal_emit (self, signals[LEAVE], 0);
    break;
  case NUDGE_LECTURE_CARD_ABOVE:
  case NUDGE_LECTURE_CARD_BELOW:
    change_card (self, action == NUDGE_LECTURE_CARD_ABOVE ? -1 : 1);
    break;
  default:
    nudge_course_choose (get_document (self), action - NUDGE_LECTURE_CHOOSE);
  }
}

static gboolean
key_cb (NudgeLecture *self, guint key, guint code, GdkModifierType state)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  const NudgeLectureAction action = nudge_lecture_keys_find (key, state, focus);

  if (action == NUDGE_LECTURE_PROPAGATE)
    return GDK_EVENT_PROPAGATE;
  do_action (self, action);
  return GDK_EVENT_STOP;
}

/**
 * nudge_lecture_set_pictures:
 * @network: (nullable): shown at the left; %NULL: no longer
 * @loss: (nullable): at the right
 */
void
nudge_lecture_set_pictures (NudgeLecture *self, GtkWidget *network, GtkWidget *loss)
{
  g_return_if_fail (NUDGE_IS_LECTURE (self));

  adw_bin_set_child (self->network, network);
  adw_bin_set_child (self->loss, loss);
}

/* --- Life --------------------------------------------------------------------------- */

/* The focus may have gone with the widget that had it, and keys with the focus. */
static void
focus_cb (NudgeLecture *self, GParamSpec *pspec, GtkRoot *root)
{
  GtkWidget *focus = gtk_root_get_focus (root);

  if (focus == NULL ||
      (focus != GTK_WIDGET (self) && !gtk_widget_is_ancestor (focus, GTK_WIDGET (self))))
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
nudge_lecture_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (nudge_lecture_parent_class)->root (widget);
  g_signal_connect_swapped (gtk_widget_get_root (widget), "notify::focus-widget",
                            G_CALLBACK (focus_cb), widget);
}

static void
nudge_lecture_unroot (GtkWidget *widget)
{
  g_signal_handlers_disconnect_by_func (gtk_widget_get_root (widget), focus_cb, widget);
  GTK_WIDGET_CLASS (nudge_lecture_parent_class)->unroot (widget);
}

/* The card of the first layer, if no other was chosen. */
static void
nudge_lecture_document_changed (NudgePanel *panel, NudgeDocument *document)
{
  NudgeLecture *self = NUDGE_LECTURE (panel);
  NudgeCards *cards = document ? nudge_document_get_cards (document) : NULL;

  g_signal_group_set_target (self->session,
                             document ? nudge_document_get_session (document) : NULL);
  g_signal_group_set_target (self->learner,
                             document ? nudge_document_get_learner (document) : NULL);
  if (self->layer == NULL && cards != NULL && nudge_cards_get_n (cards) > 1)
    self->layer = g_strdup (nudge_cards_get_state (cards, 1)->nudge->target.layer);
  self->step = NULL;
  show_step (self);
}

static void
nudge_lecture_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_LAYER)
    g_value_set_string (value, NUDGE_LECTURE (object)->layer);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
set_layer (NudgeLecture *self, const char *layer)
{
  if (g_strcmp0 (self->layer, layer) == 0)
    return;
  g_free (self->layer);
  self->layer = g_strdup (layer);
  show_step (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LAYER]);
}

static void
nudge_lecture_set_property (GObject *object,
                            guint id,
                            const GValue *value,
                            GParamSpec *pspec)
{
  if (id == PROP_LAYER)
    set_layer (NUDGE_LECTURE (object), g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
nudge_lecture_dispose (GObject *object)
{
  NudgeLecture *self = NUDGE_LECTURE (object);

  g_clear_object (&self->learner);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), NUDGE_TYPE_LECTURE);
  G_OBJECT_CLASS (nudge_lecture_parent_class)->dispose (object);
}

static void
nudge_lecture_finalize (GObject *object)
{
  g_free (NUDGE_LECTURE (object)->layer);
  G_OBJECT_CLASS (nudge_lecture_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (NUDGE_TYPE_CARDS_PANEL);
  g_type_ensure (NUDGE_TYPE_HALL);
  g_type_ensure (NUDGE_TYPE_LECTURE_CONTROLS);
  g_type_ensure (NUDGE_TYPE_LESSON_BAR);
  g_type_ensure (NUDGE_TYPE_POINTER_RING);
  g_type_ensure (NUDGE_TYPE_STATUS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/nudgelab/Nudge/ui/nudge-lecture.ui");
  gtk_widget_class_bind_template_child (widget_class, NudgeLecture, hall);
  gtk_widget_class_bind_template_child (widget_class, NudgeLecture, network);
  gtk_widget_class_bind_template_child (widget_class, NudgeLecture, loss);
  gtk_widget_class_bind_template_child (widget_class, NudgeLecture, card);
  gtk_widget_class_bind_template_child (widget_class, NudgeLecture, controls);
  gtk_widget_class_bind_template_child (widget_class, NudgeLecture, next);
  gtk_widget_class_bind_template_child (widget_class, NudgeLecture, ring);
  gtk_widget_class_bind_template_child (widget_class, NudgeLecture, blank);
  gtk_widget_class_bind_template_callback (widget_class, go_on);
  gtk_widget_class_bind_template_callback (widget_class, go_back);
}

static void
nudge_lecture_class_init (NudgeLectureClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = nudge_lecture_get_property;
  object_class->set_property = nudge_lecture_set_property;
  object_class->dispose = nudge_lecture_dispose;
  object_class->finalize = nudge_lecture_finalize;
  widget_class->root = nudge_lecture_root;
  widget_class->unroot = nudge_lecture_unroot;
  NUDGE_PANEL_CLASS (klass)->document_changed = nudge_lecture_document_changed;
  props[PROP_LAYER] = g_param_spec_string ("layer", NULL, NULL, NULL,
                                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                               G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[LEAVE] = g_signal_new ("leave", NUDGE_TYPE_LECTURE, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  bind_template (widget_class);
  gtk_widget_class_set_css_name (widget_class, "lecture");
}

static void
nudge_lecture_init (NudgeLecture *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->learner = g_signal_group_new (NUDGE_TYPE_LEARNER);
  g_signal_group_connect_swapped (self->learner, "changed", G_CALLBACK (show_step), self);
  self->session = g_signal_group_new (NUDGE_TYPE_SESSION);
  g_signal_group_connect_swapped (self->session, "notify::running",
                                  G_CALLBACK (show_next), self);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  nudge_pointer_ring_follow (self->ring, GTK_WIDGET (self));
  nudge_untouched_make (GTK_WIDGET (self->network), NULL, NULL);
  nudge_untouched_make (GTK_WIDGET (self->loss), may_mark_cb, self);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (blank_pressed_cb), self);
  gtk_widget_add_controller (self->blank, GTK_EVENT_CONTROLLER (click));
}

NudgeLecture *
nudge_lecture_new (void)
{
  return g_object_new (NUDGE_TYPE_LECTURE, NULL);
}
