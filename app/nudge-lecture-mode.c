/* nudge-lecture-mode.c - shows a lecture in place of what is in a window
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/nudge-lecture-mode.h"

#include "app/panels/nudge-lecture.h"
#include "ui/cards/nudge-layer-card.h"

#define SIDE_PANEL "side-panel"

struct _NudgeLectureMode {
  AdwApplicationWindow *window; /* (unowned) outlives us */
  NudgeLecturePictures pictures;
  GAction *side;            /* (owned) (nullable) set aside meanwhile: it is not seen */
  NudgeLecture *lecture;    /* (owned) (nullable) while there is one … */
  GtkWidget *content;       /* (owned) (nullable) … and what else the window has, */
  GtkWidget *focus;         /* (nullable) weak: … what had the focus, */
  gboolean was_full_screen; /* … and whether it was that before */
};

static void
set_bare (NudgeLectureMode *self, gboolean bare)
{
  g_object_set (self->pictures.network_panel, "bare", bare, NULL);
  g_object_set (self->pictures.loss, "bare", bare, NULL);
}

/* The lecture shows the card that was used last. */
static void
choose_layer (NudgeLectureMode *self)
{
  GtkWidget *card =
      self->focus ? gtk_widget_get_ancestor (self->focus, NUDGE_TYPE_LAYER_CARD) : NULL;
  g_autofree char *layer = NULL;

  if (card == NULL)
    return;
  g_object_get (card, "layer", &layer, NULL);
  g_object_set (self->lecture, "layer", layer, NULL);
}

static void
move_pictures_to_lecture (NudgeLectureMode *self)
{
  g_autoptr (GtkWidget) network = g_object_ref (self->pictures.network);
  g_autoptr (GtkWidget) loss = g_object_ref (self->pictures.loss);

  gtk_paned_set_start_child (self->pictures.pictures, NULL);
  gtk_paned_set_end_child (self->pictures.pictures, NULL);
  set_bare (self, TRUE);
  nudge_lecture_set_pictures (self->lecture, network, loss);
}

static void
move_pictures_back (NudgeLectureMode *self)
{
  g_autoptr (GtkWidget) network = g_object_ref (self->pictures.network);
  g_autoptr (GtkWidget) loss = g_object_ref (self->pictures.loss);

  nudge_lecture_set_pictures (self->lecture, NULL, NULL);
  set_bare (self, FALSE);
  gtk_paned_set_start_child (self->pictures.pictures, network);
  gtk_paned_set_end_child (self->pictures.pictures, loss);
}

/* A property's action cannot be disabled. */
static void
set_side_aside (NudgeLectureMode *self)
{
  GAction *side = g_action_map_lookup_action (G_ACTION_MAP (self->window), SIDE_PANEL);

  g_set_object (&self->side, side);
  g_action_map_remove_action (G_ACTION_MAP (self->window), SIDE_PANEL);
}

static void
put_side_back (NudgeLectureMode *self)
{
  if (self->side != NULL)
    g_action_map_add_action (G_ACTION_MAP (self->window), self->side);
  g_clear_object (&self->side);
}

static void
leave (NudgeLectureMode *self)
{
  put_side_back (self);
  move_pictures_back (self);
  adw_application_window_set_content (self->window, self->content);
  g_clear_object (&self->content);
  g_clear_object (&self->lecture);
  if (!self->was_full_screen)
    gtk_window_unfullscreen (GTK_WINDOW (self->window));
  if (self->focus != NULL)
    gtk_widget_grab_focus (self->focus);
  g_clear_weak_pointer (&self->focus);
}

static void
enter (NudgeLectureMode *self)
{
  self->lecture = g_object_ref_sink (nudge_lecture_new ());
  g_signal_connect_swapped (self->lecture, "leave", G_CALLBACK (leave), self);
  g_set_weak_pointer (&self->focus, gtk_window_get_focus (GTK_WINDOW (self->window)));
  self->was_full_screen = gtk_window_is_fullscreen (GTK_WINDOW (self->window));
  set_side_aside (self);
  choose_layer (self);
  move_pictures_to_lecture (self);
  self->content = g_object_ref (adw_application_window_get_content (self->window));
  adw_application_window_set_content (self->window, GTK_WIDGET (self->lecture));
  g_object_bind_property (self->window, "document", self->lecture, "document",
                          G_BINDING_SYNC_CREATE);
  gtk_widget_grab_focus (GTK_WIDGET (self->lecture));
  gtk_window_fullscreen (GTK_WINDOW (self->window));
}

static void
lecture_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  NudgeLectureMode *self = data;

  if (self->lecture != NULL)
    leave (self);
  else
    enter (self);
}

/**
 * nudge_lecture_mode_new:
 * @window: which has a property "document"; gets the action
 * @pictures: copied
 */
NudgeLectureMode *
nudge_lecture_mode_new (AdwApplicationWindow *window,
                        const NudgeLecturePictures *pictures)
{
  static const GActionEntry actions[] = { { "lecture", lecture_cb } };
  NudgeLectureMode *self = g_new0 (NudgeLectureMode, 1);

  self->window = window;
  self->pictures = *pictures;
  g_action_map_add_action_entries (G_ACTION_MAP (window), actions, G_N_ELEMENTS (actions),
                                   self);
  return self;
}

/* To be called before the window gives up what is in it. */
void
nudge_lecture_mode_free (NudgeLectureMode *self)
{
  g_action_map_remove_action (G_ACTION_MAP (self->window), "lecture");
  if (self->lecture != NULL)
    leave (self);
  g_free (self);
}
