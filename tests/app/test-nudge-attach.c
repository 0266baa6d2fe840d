/* test-nudge-attach.c - Nudge attached to PyTorch jobs that are really running
 *
 * SPDX-License-Identifier: MIT
 *
 * Each test is a case of tests/attach/check.py, which says what it checks.
 */

#include <string.h>

#include "program.h"

/* What makes the test slow, and how often it is done then. */
typedef struct {
  const char *name;
  const char *count;      /* (nullable) how often it repeats something … */
  const char *slow_count; /* (nullable) … and how often with -m slow */
} Case;

static const Case cases[] = {
  { "language", NULL, NULL },
  { "language_bfloat16", NULL, NULL },
  { "language_convolution", NULL, NULL },
  { "kinds", NULL, NULL },
  { "two_optimizers", NULL, NULL },
  { "tied", NULL, NULL },
  { "watched", NULL, NULL },
  { "same_losses", NULL, NULL },
  { "refusals", NULL, NULL },
  { "take_back", NULL, NULL },
  { "standing", NULL, NULL },
  { "script", NULL, NULL },
  { "listing", NULL, NULL },
  { "ranks_2", NULL, NULL },
  { "ranks_4", NULL, NULL },
  { "torchrun", NULL, NULL },
  { "unequal", NULL, NULL },
  { "lost_rank", NULL, NULL },
  { "busy_rank", NULL, NULL },
  { "kills", "5", "50" },
  { "holding", NULL, NULL },
  { "rubbish", NULL, NULL },
  { "false_job", NULL, NULL },
};

static void
test_case (Scratch *scratch, gconstpointer data)
{
  const Case *one = data;
  const char *count = g_test_slow () ? one->slow_count : one->count;
  g_autofree char *script =
      g_test_build_filename (G_TEST_DIST, "attach", "check.py", NULL);
  g_autofree char *command = g_strdup_printf ("exec /usr/bin/python3 -B '%s' %s %s",
                                              script, one->name, count ? count : "");
  g_auto (Outcome) outcome = program_shell (scratch, command);

  if (outcome.status != 0)
    g_printerr ("%s: %s\n", one->name, outcome.err); /* a message is lost in Meson's log */
  g_assert_cmpint (outcome.status, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strdup_printf ("/app/attach/%s", cases[i].name);

    g_strdelimit (path, "_", '-');
    g_test_add (path, Scratch, &cases[i], scratch_set_up, test_case, scratch_remove_all);
  }
  return g_test_run ();
}
