/* help-pictures.c - the pictures in the help, taken of the window as it is
 *
 * SPDX-License-Identifier: MIT
 *
 *   NUDGE_PICTURES=FOLDER [NUDGE_LANGUAGE=zh_CN NUDGE_TRANSLATIONS=FOLDER]
 *     tests/with-display --wm help-pictures
 *
 * resources/help/draw-pictures does so for every language. A picture is a part of the
 * window, in light, without pointer or focus: the same experiment, the same pixels.
 */

#include <adwaita.h>
#include <libintl.h>

#include "app/panels/nudge-loss-panel.h"
#include "app/panels/nudge-network-panel.h"
#include "app/panels/nudge-phases.h"
#include "nn/io/nn-experiment-demo.h"
#include "nn/io/nn-experiment-file.h"
#include "tests/app/window-fixture.h"
#include "tests/app/window/window-language.h"
#include "ui/log/nudge-account-view.h"

#define WIDTH  1000
#define HEIGHT 720
#define HIGH   900  /* all cards are seen whole, and the accuracy below the loss */
#define MARGIN 6.0f /* around what has no background of its own */

/* What start.page tells to do. */
static const char first_nudge[] =
    "{ \"nudge\": 1, \"title\": \"First nudges\","
    "  \"data\": { \"source\": \"uniform\", \"examples\": 3, \"features\": 1 },"
    "  \"network\": { \"layers\": ["
    "    { \"name\": \"fc1\", \"units\": 2, \"activation\": \"relu\" },"
    "    { \"name\": \"fc2\", \"units\": 3, \"activation\": \"relu\" },"
    "    { \"name\": \"fc3\", \"units\": 1 } ] },"
    "  \"loss\": { \"type\": \"squared_sum\", \"target\": 5 },"
    "  \"optimizer\": { \"type\": \"adam\" },"
    "  \"nudges\": [ \"fc3.weight: a*w @ by hand a=0.5\" ] }";

/* ---- the window -------------------------------------------------------------------- */

static GtkWidget *
find_type (GtkWidget *root, GType type)
{
  const gboolean is = G_TYPE_CHECK_INSTANCE_TYPE (root, type);
  GtkWidget *found = is && gtk_widget_get_mapped (root) ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child && !found;
       child = gtk_widget_get_next_sibling (child))
    found = find_type (child, type);
  return found;
}

static NudgeSession *
session_of (Fixture *f)
{
  return nudge_document_get_session (nudge_window_get_document (f->window));
}

/* To where nothing answers to the pointer. */
static void
move_away (Fixture *f)
{
  drive_move (GTK_WIDGET (f->window), 0.5, 0.02);
}

/* @experiment: (transfer full) */
static void
open (Fixture *f, NnExperiment *experiment)
{
  g_clear_pointer (&experiment->story, g_free);
  scratch_set_up (&f->scratch, NULL);
  open_experiment (f, experiment);
  gtk_window_set_default_size (GTK_WINDOW (f->window), WIDTH, HEIGHT);
  drive_settle (GTK_WIDGET (f->window));
  move_away (f);
}

static void
open_demo (Fixture *f, gconstpointer name)
{
  open (f, nn_experiment_new_demo (name, NULL));
}

static void
open_first (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  NnExperiment *experiment =
      nn_experiment_file_parse (first_nudge, sizeof first_nudge - 1, "first", &error);

  g_assert_no_error (error);
  open (f, experiment);
}

static void
run_to (Fixture *f, guint64 step)
{
  AtStep at = { f, step };

  g_object_set (session_of (f), "speed", 0.0, "stop-step", step, "running", TRUE, NULL);
  g_assert_true (drive_until (is_at_step, &at));
  g_assert_true (drive_until (is_paused, f));
  drive_settle (GTK_WIDGET (f->window));
}

static void
activate (Fixture *f, const char *action)
{
  g_action_group_activate_action (G_ACTION_GROUP (f->window), action, NULL);
}

/* ---- the picture ------------------------------------------------------------------- */

/* @area: of @widget */
static void
keep (GtkWidget *widget, const graphene_rect_t *area, const char *name)
{
  g_autofree char *path =
      g_strdup_printf ("%s/%s.png", g_getenv ("NUDGE_PICTURES"), name);
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  g_autoptr (GskRenderer) renderer = gsk_cairo_renderer_new ();
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GdkTexture) texture = NULL;
  GskRenderNode *node;

  drive_settle (widget);
  g_assert_true (gsk_renderer_realize (
      renderer, gtk_native_get_surface (gtk_widget_get_native (widget)), NULL));
  gdk_paintable_snapshot (paintable, GDK_SNAPSHOT (snapshot),
                          gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  node = gtk_snapshot_to_node (snapshot);
  texture = gsk_renderer_render_texture (renderer, node, area);
  gsk_render_node_unref (node);
  g_assert_true (gdk_texture_save_to_png (texture, path));
  gsk_renderer_unrealize (renderer);
}

static void
keep_window (Fixture *f, const char *name)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (f->window));
  graphene_rect_t area;

  g_assert_true (gtk_widget_compute_bounds (child, GTK_WIDGET (f->window), &area));
  keep (GTK_WIDGET (f->window), &area, name);
}

/* From the one to the other. */
static void
keep_part (Fixture *f, GtkWidget *first, GtkWidget *last, float margin, const char *name)
{
  graphene_rect_t area, other;

  g_assert_true (gtk_widget_compute_bounds (first, GTK_WIDGET (f->window), &area));
  g_assert_true (gtk_widget_compute_bounds (last, GTK_WIDGET (f->window), &other));
  graphene_rect_union (&area, &other, &area);
  graphene_rect_inset (&area, -margin, -margin);
  keep (GTK_WIDGET (f->window), &area, name);
}

/* Of the card of fc3, scrolled into sight. */
static GtkWidget *
reach_apply (Fixture *f)
{
  g_autofree char *name = g_strdup_printf (dgettext ("nudge", "Apply to %s"), "fc3");
  GtkWidget *apply = find (f, name, GTK_ACCESSIBLE_ROLE_BUTTON);

  gtk_widget_grab_focus (apply);
  drive_settle (GTK_WIDGET (f->window));
  return apply;
}

/* ---- the pictures ------------------------------------------------------------------ */

static gboolean
is_later (gpointer time_us)
{
  return g_get_monotonic_time () > *(gint64 *) time_us;
}

/* Not while the layer that was nudged still shines. */
static void
picture_start (Fixture *f, gconstpointer data)
{
  gint64 later;

  run_to (f, 400);
  drive_click (reach_apply (f), 0.5, 0.5);
  g_assert_true (drive_until (has_landed, f));
  later = g_get_monotonic_time () + 2 * G_USEC_PER_SEC;
  move_away (f);
  run_to (f, 700);
  g_assert_true (drive_until (is_later, &later));
  keep_window (f, "start");
}

static void
picture_card (Fixture *f, gconstpointer data)
{
  GtkWidget *card;

  gtk_window_set_default_size (GTK_WINDOW (f->window), WIDTH, HIGH);
  run_to (f, 400);
  card = find (f, "fc3", GTK_ACCESSIBLE_ROLE_GROUP);
  keep_part (f, card, card, MARGIN, "card");
}

static gboolean
has_ghost (gpointer data)
{
  const NnFrame *frame = frame_of (data);

  return frame->ghost != NULL && frame->ghost_step == frame->step;
}

static void
picture_loss (Fixture *f, gconstpointer data)
{
  GtkWidget *panel = find_type (GTK_WIDGET (f->window), NUDGE_TYPE_LOSS_PANEL);

  gtk_window_set_default_size (GTK_WINDOW (f->window), WIDTH, HIGH);
  activate (f, "side-panel");
  activate (f, "ghost");
  run_to (f, 500);
  g_assert_true (drive_until (has_ghost, f));
  keep_part (f, panel, panel, 0, "loss");
}

static gboolean
is_backward (gpointer data)
{
  Fixture *f = data;
  NudgeWalk *walk = nudge_document_get_walk (nudge_window_get_document (f->window));

  return nudge_walk_get_phase (walk) == NUDGE_PHASE_BACKWARD;
}

static void
picture_phases (Fixture *f, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (f->window);

  activate (f, "side-panel");
  run_to (f, 300);
  drive_key (window, "F7");
  drive_key (window, "F7");
  g_assert_true (drive_until (is_backward, f));
  keep_part (f, find_type (window, NUDGE_TYPE_PHASES),
             find_type (window, NUDGE_TYPE_NETWORK_PANEL), 0, "phases");
}

static gboolean
is_answered (gpointer data)
{
  Fixture *f = data;
  GtkWidget *view = find_type (GTK_WIDGET (f->window), NUDGE_TYPE_ACCOUNT_VIEW);

  return view && nudge_account_view_get_account (NUDGE_ACCOUNT_VIEW (view)) != NULL;
}

static void
picture_why (Fixture *f, gconstpointer data)
{
  GtkWidget *view;

  run_to (f, 500);
  drive_click (find (f, "Why?", GTK_ACCESSIBLE_ROLE_BUTTON), 0.5, 0.5);
  g_assert_true (drive_until (is_answered, f));
  drive_settle (GTK_WIDGET (f->window));
  view =
      gtk_widget_get_parent (find_type (GTK_WIDGET (f->window), NUDGE_TYPE_ACCOUNT_VIEW));
  keep (view,
        &GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (view),
                             (float) gtk_widget_get_height (view)),
        "why");
}

int
main (int argc, char *argv[])
{
  const char *language = g_getenv ("NUDGE_LANGUAGE");

  g_test_init (&argc, &argv, NULL);
  if (language)
    language_start (language);
  adw_init ();
  g_assert_nonnull (g_getenv ("NUDGE_PICTURES"));
  g_test_add ("/help/start", Fixture, NULL, open_first, picture_start, tear_down);
  g_test_add ("/help/card", Fixture, NULL, open_first, picture_card, tear_down);
  g_test_add ("/help/loss", Fixture, "heal", open_demo, picture_loss, tear_down);
  g_test_add ("/help/phases", Fixture, "seed", open_demo, picture_phases, tear_down);
  g_test_add ("/help/why", Fixture, "heal", open_demo, picture_why, tear_down);
  return fixture_run ();
}
