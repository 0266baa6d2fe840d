/* drive.c - a real mouse and keyboard for tests, and waits with a deadline
 *
 * SPDX-License-Identifier: MIT
 */

#include "tests/ui/drive.h"

#include <gdk/x11/gdkx.h>

#define DRAG_MOTIONS 8
#define AGAIN_MS     2000

/* Events that a window has seen, by type. Lives with the window. */
typedef struct {
  guint n_seen[GDK_EVENT_LAST];
} Counts;

typedef struct {
  const guint *n_seen,
      *n_below; /* by the widget's own window, and by the one below that */
  guint wanted;
} Wait;

static gboolean
deadline_cb (gpointer data)
{
  gboolean *passed = data;

  *passed = TRUE;
  return G_SOURCE_REMOVE;
}

static gboolean
run_until (DriveCondition condition, gpointer data, guint deadline_ms)
{
  gboolean passed = FALSE;
  guint deadline = g_timeout_add (deadline_ms, deadline_cb, &passed);
  gboolean holds;

  while (!(holds = condition (data)) && !passed)
    g_main_context_iteration (NULL, TRUE);
  if (!passed)
    g_source_remove (deadline);
  return holds;
}

/**
 * drive_until:
 *
 * Runs the main loop until @condition holds.
 *
 * Returns: whether it did before the deadline
 */
gboolean
drive_until (DriveCondition condition, gpointer data)
{
  return run_until (condition, data, DRIVE_DEADLINE_MS);
}

static gboolean
is_set (gpointer data)
{
  gboolean *flag = data;

  return *flag;
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  guint *n_frames = data;

  return ++*n_frames < 3 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static gboolean
has_three_frames (gpointer data)
{
  guint *n_frames = data;

  return *n_frames >= 3;
}

/**
 * drive_settle:
 *
 * Waits until @widget has been laid out and redrawn.
 */
void
drive_settle (GtkWidget *widget)
{
  g_autoptr (GtkWidget) kept = g_object_ref (widget);
  guint n_frames = 0;

  gtk_widget_queue_draw (widget);
  gtk_widget_add_tick_callback (widget, tick_cb, &n_frames, NULL);
  if (!drive_until (has_three_frames, &n_frames))
    g_error ("a %s that is %s is not drawn", G_OBJECT_TYPE_NAME (kept),
             gtk_widget_get_mapped (kept) ? "mapped" : "not mapped");
}

static gboolean
event_cb (Counts *counts, GdkEvent *event)
{
  counts->n_seen[gdk_event_get_event_type (event)]++;
  return GDK_EVENT_PROPAGATE;
}

static Counts *
get_counts (GtkNative *native)
{
  Counts *counts = g_object_get_data (G_OBJECT (native), "drive-counts");
  GtkEventController *onlooker;

  if (counts)
    return counts;
  counts = g_new0 (Counts, 1);
  g_object_set_data_full (G_OBJECT (native), "drive-counts", counts, g_free);
  onlooker = gtk_event_controller_legacy_new ();
  gtk_event_controller_set_propagation_phase (onlooker, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (onlooker, "event", G_CALLBACK (event_cb), counts);
  gtk_widget_add_controller (GTK_WIDGET (native), onlooker);
  return counts;
}

static gboolean
has_seen (gpointer data)
{
  Wait *wait = data;

  return *wait->n_seen + *wait->n_below >= wait->wanted;
}

static void
xdotool_done_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  gboolean *done = data;
  g_autoptr (GError) error = NULL;

  g_subprocess_wait_check_finish (G_SUBPROCESS (object), result, &error);
  g_assert_no_error (error);
  *done = TRUE;
}

/* Runs xdotool with @line's words and waits until @widget's window has seen @n more
 * events of @type. GTK gives some that are a bubble's to the window below it.
 *
 * Returns: whether it has, before the deadline */
static gboolean
try_xdotool (GtkWidget *widget,
             GdkEventType type,
             guint n,
             const char *line,
             guint deadline_ms)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  g_autoptr (GtkNative) native = g_object_ref (gtk_widget_get_native (widget));
  GtkNative *below = GTK_NATIVE (gtk_widget_get_root (widget));
  const guint none = 0, *n_seen = &get_counts (native)->n_seen[type];
  const guint *n_below = native == below ? &none : &get_counts (below)->n_seen[type];
  Wait wait = { n_seen, n_below, *n_seen + *n_below + n };
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  gboolean done = FALSE;

  process =
      g_subprocess_newv ((const char *const *) words, G_SUBPROCESS_FLAGS_NONE, &error);
  g_assert_no_error (error);
  g_subprocess_wait_check_async (process, NULL, xdotool_done_cb, &done);
  g_assert_true (drive_until (is_set, &done));
  return run_until (has_seen, &wait, deadline_ms);
}

static void
run_xdotool (GtkWidget *widget, GdkEventType type, guint n, const char *line)
{
  if (!try_xdotool (widget, type, n, line, DRIVE_DEADLINE_MS))
    g_error ("the window saw no event of type %d after: %s", type, line);
}

static gboolean
is_active (gpointer window)
{
  return gtk_window_is_active (window);
}

/* As a pager asks for it, which a window manager does not refuse; from a program it may count as
 * stealing the keyboard from the window that was used last. */
static void
activate (GtkWindow *window)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (window));
  g_autofree char *id =
      g_strdup_printf ("%lu", (gulong) gdk_x11_surface_get_xid (surface));
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_new (
      G_SUBPROCESS_FLAGS_NONE, &error, "xdotool", "windowactivate", id, NULL);
  gboolean done = FALSE;

  g_assert_no_error (error);
  g_subprocess_wait_check_async (process, NULL, xdotool_done_cb, &done);
  g_assert_true (drive_until (is_set, &done));
}

/**
 * drive_present:
 *
 * Shows @window above the others and waits until it has its size, a picture and the keyboard.
 */
void
drive_present (GtkWindow *window)
{
  gtk_window_present (window);
  get_counts (GTK_NATIVE (window));
  drive_settle (GTK_WIDGET (window));
  if (!run_until (is_active, window, AGAIN_MS))
    activate (window);
  g_assert_true (drive_until (is_active, window));
}

/**
 * drive_close:
 *
 * Destroys @window and makes sure that nothing keeps it. (What is destroyed forgets its
 * weak pointers though it be kept: the last reference tells.)
 */
void
drive_close (GtkWindow *window)
{
  g_object_ref (window);
  gtk_window_destroy (window);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (window);
}

/**
 * drive_load_style:
 *
 * Loads what AdwApplication would: our style sheets.
 */
void
drive_load_style (gboolean dark)
{
  static const char *const paths[] = { "/org/nudgelab/Nudge/style.css",
                                       "/org/nudgelab/Nudge/style-dark.css" };

  for (int i = 0; i <= !!dark; i++) {
    g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

    gtk_css_provider_load_from_resource (provider, paths[i]);
    gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                                GTK_STYLE_PROVIDER (provider),
                                                GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  }
}

/* Where a part of @widget is in its X window, in the server's pixels. */
static char *
dup_place (GtkWidget *widget, double x, double y)
{
  GtkNative *native = gtk_widget_get_native (widget);
  GdkSurface *surface = gtk_native_get_surface (native);
  int scale = gdk_surface_get_scale_factor (surface);
  graphene_rect_t bounds;
  double surface_x;
  double surface_y;

  g_assert_true (gtk_widget_compute_bounds (widget, GTK_WIDGET (native), &bounds));
  gtk_native_get_surface_transform (native, &surface_x, &surface_y);
  surface_x += (double) bounds.origin.x + x * (double) bounds.size.width;
  surface_y += (double) bounds.origin.y + y * (double) bounds.size.height;
  return g_strdup_printf ("%lu %d %d", (gulong) gdk_x11_surface_get_xid (surface),
                          (int) (surface_x * scale), (int) (surface_y * scale));
}

/**
 * drive_move:
 *
 * Moves the pointer there in a few motions, as a user does, with the buttons as they are;
 * and again if another window was above for a moment, as a bubble is before it is placed.
 */
void
drive_move (GtkWidget *widget, double x, double y)
{
  /* From a pixel beside it, so that there is a motion even if it is there already. */
  g_autofree char *beside = dup_place (widget, x - 0.02, y);
  g_autofree char *there = dup_place (widget, x, y);
  g_autofree char *line = g_strdup_printf (
      "xdotool mousemove --window %s mousemove --window %s", beside, there);

  if (!try_xdotool (widget, GDK_MOTION_NOTIFY, 1, line, AGAIN_MS))
    run_xdotool (widget, GDK_MOTION_NOTIFY, 1, line);
  drive_settle (widget);
}

/**
 * drive_press:
 *
 * Moves the pointer there and holds the first button down, until what that changed is
 * drawn: GTK asks then where the pointer is, and if the button were up by that time it
 * would take the click for broken off.
 */
void
drive_press (GtkWidget *widget, double x, double y)
{
  drive_move (widget, x, y);
  run_xdotool (widget, GDK_BUTTON_PRESS, 1, "xdotool mousedown 1");
  drive_settle (widget);
}

/**
 * drive_release:
 * @widget: in the window that saw the press
 */
void
drive_release (GtkWidget *widget)
{
  run_xdotool (widget, GDK_BUTTON_RELEASE, 1, "xdotool mouseup 1");
}

void
drive_click (GtkWidget *widget, double x, double y)
{
  drive_press (widget, x, y);
  drive_release (widget);
}

/* The same with the secondary button. */
void
drive_click_secondary (GtkWidget *widget, double x, double y)
{
  drive_move (widget, x, y);
  run_xdotool (widget, GDK_BUTTON_PRESS, 1, "xdotool mousedown 3");
  drive_settle (widget);
  run_xdotool (widget, GDK_BUTTON_RELEASE, 1, "xdotool mouseup 3");
}

/**
 * drive_drag:
 *
 * Presses at half height at @from_x, moves to @to_x and releases there.
 */
void
drive_drag (GtkWidget *widget, double from_x, double to_x)
{
  drive_press (widget, from_x, 0.5);
  for (int i = 1; i <= DRAG_MOTIONS; i++)
    drive_move (widget, from_x + (to_x - from_x) * i / DRAG_MOTIONS, 0.5);
  drive_release (widget);
}

/**
 * drive_wheel:
 *
 * Turns the wheel by one notch over the middle of @widget.
 */
void
drive_wheel (GtkWidget *widget, gboolean up)
{
  drive_move (widget, 0.5, 0.5);
  run_xdotool (widget, GDK_SCROLL, 1, up ? "xdotool click 4" : "xdotool click 5");
}

/* A window that has just been shown gets the keyboard's focus a moment later, and a key that
 * is pressed before that goes elsewhere. */
static void
wait_for_keyboard (GtkWidget *widget)
{
  GtkRoot *window = gtk_widget_get_root (widget);

  if (GTK_IS_WINDOW (window) && !run_until (is_active, window, DRIVE_DEADLINE_MS))
    g_error ("the window of a %s has not the keyboard", G_OBJECT_TYPE_NAME (widget));
}

/**
 * drive_key:
 * @widget: in the window that has the keyboard's focus, or gets it
 * @key: as X calls it: "Escape", "ctrl+Right"
 */
void
drive_key (GtkWidget *widget, const char *key)
{
  g_autofree char *line = g_strconcat ("xdotool key ", key, NULL);

  wait_for_keyboard (widget);
  run_xdotool (widget, GDK_KEY_RELEASE, 1, line);
}

static gboolean
entry_has_focus (gpointer window)
{
  GtkWidget *focus = gtk_root_get_focus (window);

  return GTK_IS_TEXT (focus) && gtk_widget_get_mapped (focus);
}

/**
 * drive_wait_for_entry:
 *
 * Waits until what is typed goes to an entry in @widget's window, or in a bubble of it.
 */
void
drive_wait_for_entry (GtkWidget *widget)
{
  g_assert_true (drive_until (entry_has_focus, gtk_widget_get_root (widget)));
  drive_settle (widget);
}

/**
 * drive_type:
 * @widget: in the window that has the keyboard's focus, or gets it
 * @text: ASCII, without a space: xdotool types nothing else reliably
 */
void
drive_type (GtkWidget *widget, const char *text)
{
  g_autofree char *line = g_strconcat ("xdotool type --delay 1 ", text, NULL);

  wait_for_keyboard (widget);
  run_xdotool (widget, GDK_KEY_RELEASE, (guint) strlen (text), line);
}

/**
 * drive_find:
 * @label: an accessible name
 *
 * Returns: (transfer none) (nullable): the first such widget below @root
 */
GtkWidget *
drive_find (GtkWidget *root, const char *label, GtkAccessibleRole role)
{
  g_autofree char *differs = NULL;

  if (gtk_test_accessible_has_property (GTK_ACCESSIBLE (root),
                                        GTK_ACCESSIBLE_PROPERTY_LABEL) &&
      gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (root)) == role)
    differs = gtk_test_accessible_check_property (GTK_ACCESSIBLE (root),
                                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label);
  else
    differs = g_strdup ("");
  if (!differs)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = drive_find (child, label, role);

    if (found)
      return found;
  }
  return NULL;
}

static const char *
get_text (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return gtk_label_get_text (GTK_LABEL (widget));
  return GTK_IS_INSCRIPTION (widget) ? gtk_inscription_get_text (GTK_INSCRIPTION (widget))
                                     : NULL;
}

/**
 * drive_find_label:
 *
 * Returns: (transfer none) (nullable): the first label below @root that reads @text, or
 *   cell of a table
 */
GtkWidget *
drive_find_label (GtkWidget *root, const char *text)
{
  if (g_strcmp0 (get_text (root), text) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = drive_find_label (child, text);

    if (found)
      return found;
  }
  return NULL;
}

/**
 * drive_dup_pixels:
 * @png: (nullable): a file to keep the picture in
 *
 * Returns: (transfer full): @widget as it is drawn now, without its surroundings
 */
GBytes *
drive_dup_pixels (GtkWidget *widget, const char *png)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  g_autoptr (GskRenderer) renderer = gsk_cairo_renderer_new ();
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GdkTexture) texture = NULL;
  GskRenderNode *node;
  gsize stride = (gsize) gtk_widget_get_width (widget) * 4;
  gsize size = stride * (gsize) gtk_widget_get_height (widget);
  g_autofree guchar *pixels = g_malloc (size);

  drive_settle (widget);
  g_assert_true (gsk_renderer_realize (
      renderer, gtk_native_get_surface (gtk_widget_get_native (widget)), NULL));
  gdk_paintable_snapshot (paintable, GDK_SNAPSHOT (snapshot),
                          gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  node = gtk_snapshot_to_node (snapshot);
  texture = gsk_renderer_render_texture (
      renderer, node,
      &GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (widget),
                           (float) gtk_widget_get_height (widget)));
  gsk_render_node_unref (node);
  gdk_texture_download (texture, pixels, stride);
  if (png)
    gdk_texture_save_to_png (texture, png);
  gsk_renderer_unrealize (renderer);
  return g_bytes_new_take (g_steal_pointer (&pixels), size);
}
