/* test-nudge-figure.c - the figure as a file of three kinds
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/nudge-figure.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/io/nn-experiment-demo.h"
#include "nn/run/nn-timeline.h"
#include "nn/session/nn-frame-of-run.h"
#include "tests/ui/frame-fixture.h"

typedef struct {
  char *folder;
  NnFrame *frame;
  NudgeFigureStyle style;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("nudge-figure-XXXXXX", &error);
  g_assert_no_error (error);
  self->style = (NudgeFigureStyle){ .palette = nudge_palette_get (FALSE, FALSE),
                                    .logarithmic = TRUE };
  self->frame = fixture_frame_new_seed ();
  for (int i = 0; i < 100; i++)
    fixture_frame_append (self->frame, 24 - 0.2f * (float) i);
  fixture_frame_land (self->frame, "fc1: w*0.9 @ by hand", FALSE, 50, 50, NULL);
}

/* Also shows that nothing was left in the folder: rmdir () refuses otherwise. */
static void
tear_down (Fixture *self, gconstpointer data)
{
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->folder);
  nn_frame_unref (self->frame);
}

static gboolean
save (Fixture *self, const char *path, GError **error)
{
  return nudge_figure_save (self->frame,
                            "Change weights, keep gradients & <more>\033\001",
                            &self->style, path, error);
}

static char *
save_and_read (Fixture *self, const char *name, gsize *length)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr (GError) error = NULL;
  char *bytes = NULL;

  g_assert_true (save (self, path, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &bytes, length, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_unlink (path), ==, 0);
  return bytes;
}

static void
test_kind_by_ending (Fixture *self, gconstpointer data)
{
  static const struct {
    const char *name;
    const char *magic;
  } kinds[] = { { "a.png", "\x89PNG" },
                { "b.SVG", "<?xml" },
                { "c.pdf", "%PDF-" },
                { "d.Png", "\x89PNG" } };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++) {
    gsize length;
    g_autofree char *bytes = save_and_read (self, kinds[i].name, &length);

    g_assert_cmpuint (length, >, 1000);
    g_assert_cmpint (memcmp (bytes, kinds[i].magic, strlen (kinds[i].magic)), ==, 0);
  }
}

static void
test_png_is_twice_as_large (Fixture *self, gconstpointer data)
{
  gsize length;
  g_autofree char *bytes = save_and_read (self, "a.png", &length);

  /* The header chunk holds width and height, big-endian. */
  g_assert_cmpint (memcmp (bytes + 16, "\0\0\x07\x80\0\0\x05\xa0", 8), ==, 0);
}

/* The height of a PNG, in pixels: two for each unit. */
static guint
get_height (Fixture *self, NudgeFigureParts parts)
{
  gsize length;
  g_autofree char *bytes = NULL;

  self->style.parts = parts;
  bytes = save_and_read (self, "a.png", &length);
  return (guint) (guchar) bytes[22] << 8 | (guchar) bytes[23];
}

static void
test_a_part_alone_is_less_high (Fixture *self, gconstpointer data)
{
  const guint both = get_height (self, NUDGE_FIGURE_BOTH);
  const guint network = get_height (self, NUDGE_FIGURE_NETWORK);
  const guint loss = get_height (self, NUDGE_FIGURE_LOSS);

  g_assert_cmpuint (both, ==, 1440);
  g_assert_cmpuint (network, <, both);
  g_assert_cmpuint (loss, <, network);
}

/* Each of them is seen: another picture than without it. */
static void
test_style_is_seen (Fixture *self, gconstpointer data)
{
  const NudgeFigureStyle plain = self->style;
  gsize n, length;
  g_autofree char *before = save_and_read (self, "a.png", &n);
  NudgeFigureStyle styles[] = { plain, plain, plain, plain, plain };

  styles[0].palette = nudge_palette_get (TRUE, FALSE);
  styles[1].logarithmic = !plain.logarithmic;
  styles[2].smoothing = 0.9;
  styles[3].span = (NudgeTimeSpan){ NUDGE_TIME_STRETCH, 20, 30 };
  styles[4].threshold = 1e3; /* no edge is so large */
  for (gsize i = 0; i < G_N_ELEMENTS (styles); i++) {
    g_autofree char *after = NULL;

    self->style = styles[i];
    after = save_and_read (self, "a.png", &length);
    g_assert_false (n == length && memcmp (before, after, n) == 0);
  }
}

/* Words and numbers can be found and changed in an SVG, and control characters, which XML
 * has no way to write, are none of them. */
static void
test_text_is_text (Fixture *self, gconstpointer data)
{
  static const char *const words[] = {
    ">Change weights, keep gradients &amp; &lt;more&gt;  <", ">fc1<", ">loss<", ">step<",
    ">weight<"
  };
  gsize length;
  g_autofree char *bytes = save_and_read (self, "a.svg", &length);

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (!strstr (bytes, words[i]))
      g_error ("there is no text %s", words[i]);
  g_assert_true (g_str_has_suffix (bytes, "</svg>\n"));
}

/* The map of the output is beside the network, and leaves it and the title as they are. */
static void
test_map_is_beside_the_network (Fixture *self, gconstpointer data)
{
  g_autoptr (NnExperiment) experiment = nn_experiment_new_demo ("heal", NULL);
  g_autoptr (NnTimeline) timeline = nn_timeline_new (experiment, 0, NULL);
  g_autofree char *path = g_build_filename (self->folder, "a.png", NULL);
  const unsigned char *pixels;
  cairo_surface_t *surface;
  gsize n_title = 0, n_map = 0;

  nn_frame_unref (self->frame);
  self->frame = nn_frame_of_timeline (timeline);
  g_assert_true (save (self, path, NULL));
  surface = cairo_image_surface_create_from_png (path);
  g_assert_cmpint (g_unlink (path), ==, 0);
  pixels = cairo_image_surface_get_data (surface);
  for (int y = 0; y < 800; y++)
    for (int x = 0; x < 1920; x++) {
      const unsigned char *pixel =
          pixels + y * cairo_image_surface_get_stride (surface) + 4 * x;

      n_title += y < 90 && x < 600 && pixel[1] < 100;
      n_map += y > 200 && x > 1500 && x < 1700 && pixel[1] < 250;
    }
  cairo_surface_destroy (surface);
  g_assert_cmpuint (n_title, >, 500);
  g_assert_cmpuint (n_map, >, 10000);
}

static void
test_same_frame_same_bytes (Fixture *self, gconstpointer data)
{
  static const char *const names[] = { "a.png", "a.svg", "a.pdf" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    gsize n;
    gsize m;
    g_autofree char *one = save_and_read (self, names[i], &n);
    g_autofree char *other = save_and_read (self, names[i], &m);

    g_assert_cmpmem (one, n, other, m);
  }
}

static void
test_ending_is_checked (Fixture *self, gconstpointer data)
{
  static const char *const bad[] = { "", "figure", "figure.jpg", "png",
                                     "figure.png.txt" };

  g_assert_true (nudge_figure_check_path ("x.PDF", NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_false (nudge_figure_check_path (bad[i], &error));
    g_assert_error (error, NN_ERROR, NN_ERROR_FILE);
    g_assert_nonnull (strstr (error->message, ".png, .svg or .pdf"));
    g_clear_error (&error);
    g_assert_false (save (self, bad[i], &error));
    g_assert_error (error, NN_ERROR, NN_ERROR_FILE);
  }
}

static void
test_failure_leaves_nothing (Fixture *self, gconstpointer data)
{
  g_autofree char *missing =
      g_build_filename (self->folder, "no-such-folder", "a.svg", NULL);
  g_autofree char *folder = g_build_filename (self->folder, "folder.png", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (save (self, missing, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_FILE);
  g_clear_error (&error);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_false (save (self, folder, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_FILE);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test) g_test_add (name, Fixture, NULL, set_up, test, tear_down)
  ADD ("/ui/figure/kind-by-ending", test_kind_by_ending);
  ADD ("/ui/figure/png-is-twice-as-large", test_png_is_twice_as_large);
  ADD ("/ui/figure/a-part-alone-is-less-high", test_a_part_alone_is_less_high);
  ADD ("/ui/figure/style-is-seen", test_style_is_seen);
  ADD ("/ui/figure/text-is-text", test_text_is_text);
  ADD ("/ui/figure/map-is-beside-the-network", test_map_is_beside_the_network);
  ADD ("/ui/figure/same-frame-same-bytes", test_same_frame_same_bytes);
  ADD ("/ui/figure/ending-is-checked", test_ending_is_checked);
  ADD ("/ui/figure/failure-leaves-nothing", test_failure_leaves_nothing);
#undef ADD
  return g_test_run ();
}
