/* test-nudge-window-attach-preview.c - what a nudge would do to a job, before it is applied
 *
 * SPDX-License-Identifier: MIT
 *
 * By real clicks, on scripts that know nothing of Nudge (tests/attach/job.py).
 */

#include "tests/app/attach/window-attached.h"

/* A slider that is held previews. */
static GtkWidget *
hold (Attached *a, const char *name)
{
  GtkWidget *slider = find (&a->f, name, GTK_ACCESSIBLE_ROLE_SLIDER);

  drive_press (slider, 0.25, 0.5);
  return slider;
}

static gboolean
has_preview (gpointer data)
{
  return frame_of (data)->preview != NULL;
}

static void
test_chain (Attached *a, gconstpointer data)
{
  const NnPreview *preview;
  GtkWidget *slider;

  attached_start_one (a, "sgd");
  attached_attach (a);
  slider = hold (a, "Amount for 0");
  g_assert_true (drive_until (has_preview, &a->f));
  preview = frame_of (&a->f)->preview;
  g_assert_cmpstr (preview->refusal, ==, NULL);
  g_assert_cmpstr (preview->nudge->target.layer, ==, "0");
  drive_release (slider);
}

/* ---- tensors ------------------------------------------------------------------------ */

/* The opened tensor's, or NULL. */
static const NnTensorFacts *
get_opened (Attached *a)
{
  const NnTensors *tensors = frame_of (&a->f)->tensors;

  return tensors->opened < 0 ? NULL : &tensors->facts[tensors->opened];
}

static gboolean
is_opened (gpointer data)
{
  return get_opened (data) != NULL;
}

static gboolean
can_open (Attached *a, const char *name)
{
  GtkWidget *button =
      drive_find (GTK_WIDGET (a->f.window), name, GTK_ACCESSIBLE_ROLE_BUTTON);

  return button != NULL && gtk_widget_get_mapped (button);
}

static gboolean
has_opened_preview (gpointer data)
{
  const NnTensorFacts *opened = get_opened (data);

  return opened != NULL && opened->preview != NULL;
}

static void
check_preview (Attached *a, const char *slider_name, const char *tensor)
{
  GtkWidget *slider = hold (a, slider_name);

  g_assert_true (drive_until (has_opened_preview, a));
  g_assert_cmpstr (get_opened (a)->name, ==, tensor);
  drive_release (slider);
}

static void
test_tensors (Attached *a, gconstpointer data)
{
  attached_start_one (a, "conv");
  attached_attach (a);
  g_assert_true (drive_until (is_opened, a));
  check_preview (a, "Amount for conv", "conv.weight");
  g_assert_false (can_open (a, "Open the tensor of conv"));
  drive_click (find (&a->f, "Open the tensor of norm", GTK_ACCESSIBLE_ROLE_BUTTON), 0.5,
               0.5);
  check_preview (a, "Amount for norm", "norm.weight");
  g_assert_true (can_open (a, "Open the tensor of conv"));
}

/* ---- several at once ----------------------------------------------------------------- */

static gboolean
says_there_are_others (gpointer data)
{
  return drive_find_label (
             GTK_WIDGET (((Attached *) data)->f.window),
             "→ and 2 other tensors are nudged · float32 · 4 × 1 × 3 × 3 · 36 values") !=
         NULL;
}

/* What is opened has its own part of it, and it is said that this is not all. */
static void
test_several (Attached *a, gconstpointer data)
{
  g_autoptr (NnNudge) nudge =
      nn_nudge_parse ("conv.weight, norm.weight, out.bias: a*w a=3", NULL);
  const NnTensorFacts *opened;

  attached_start_one (a, "conv");
  attached_attach (a);
  g_assert_true (drive_until (is_opened, a));
  nudge_session_preview (
      nudge_document_get_session (nudge_window_get_document (a->f.window)), 0, nudge);
  g_assert_true (drive_until (has_opened_preview, a));
  opened = get_opened (a);
  g_assert_cmpstr (opened->name, ==, "conv.weight");
  g_assert_cmpfloat_with_epsilon (opened->preview->norm, 3 * opened->summary->norm, 1e-5);
  g_assert_true (drive_until (says_there_are_others, a));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
#define ADD(name, test)                                                                  \
  g_test_add ("/app/window-attach-preview/" name, Attached, NULL, attached_set_up, test, \
              attached_tear_down)
  ADD ("chain", test_chain);
  ADD ("tensors", test_tensors);
  ADD ("several", test_several);
  return fixture_run ();
}
