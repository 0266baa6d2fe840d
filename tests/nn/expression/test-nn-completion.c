/* test-nn-completion.c - what can come next in a nudge's text
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/expression/nn-completion.h"

#include <string.h>

#include "nn/nudge/nn-nudge.h"

static NnArchitecture *
architecture_new (void)
{
  const NnLayerSpec layers[] = { { .name = "fc1", .n_units = 2 },
                                 { .name = "out", .n_units = 1, .without_bias = TRUE } };

  return nn_architecture_new (1, layers, G_N_ELEMENTS (layers));
}

static NnCompletionList *
complete (const char *text)
{
  g_autoptr (NnArchitecture) architecture = architecture_new ();

  return nn_completion_list_new (text, strlen (text), architecture, NULL);
}

static const NnCompletion *
get (const NnCompletionList *list, guint i)
{
  return &g_array_index (list->completions, NnCompletion, i);
}

static char *
dup_all (const NnCompletionList *list)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < list->completions->len; i++)
    g_string_append_printf (all, "%s%s", i > 0 ? " | " : "", get (list, i)->text);
  return g_string_free (all, FALSE);
}

static void
test_what_was_begun_is_completed (void)
{
  static const char *const cases[][2] = {
    { "", "fc1 | fc1.weight | fc1.bias | out | out.weight | * | *.weight | *.bias" },
    { "fc1.b", "fc1.bias" },
    { "fc1, o", "out | out.weight" },
    { "*.w", "*.weight" },
    { "fc1.weight ", ": | *= | += | -= | , | [" },
    { "fc1.weight[", "" },
    { "fc1: gro", "grow" },
    { "fc1: no", "noise | normalise | noise | norm | normal( | norm(" },
    { "fc1: w*me", "mean | mean( | median(" },
    { "fc1: w.cl", "clamp( | clamp_min( | clamp_max(" },
    { "fc1: w > 0 a", "and | a=" },
    { "fc1: prune m", "memory=" },
    { "fc1: w @ every 1", "every 10 steps" },
    { "fc1: w @",
      "every step | every 10 steps | every step from 10 to 20 | every epoch | "
      "every 2 epochs | every example | every step before backward | step 10 | "
      "step 10, 20 | epoch 3 | at the start | by hand" },
    { "fc1: grow a=", "0.5 | 1/2 | 50%" },
    { "fc1: grow a=1 ", "@ | a= | memory= | else=skip" },
    { "fc1: w memory=z", "zero | zero-all" },
    { "fc1: w else=", "skip" },
    { "fc1 *= lr", "lr" },
    { "fc1: w = 2*w; sh", "shrink | shuffled" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (NnCompletionList) list = complete (cases[i][0]);
    g_autofree char *all = dup_all (list);

    g_test_message ("%s", cases[i][0]);
    g_assert_cmpstr (all, ==, cases[i][1]);
  }
}

/* What is offered may stand there: if what follows is missing, that is at the end. */
static void
test_what_is_offered_reads (void)
{
  static const char *const heads[] = {
    "",     "fc1",           "fc1: ",    "fc1: w + ",           "fc1: w ",
    "*= 2", "fc1.weight: (", "fc1: w @", "fc1: w memory=",      "fc1: w else=",
    "a: w", "fc1: grow ",    "fc1: w.",  "fc1: w > 0 and not ",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (heads); i++) {
    g_autoptr (NnCompletionList) list = complete (heads[i]);

    for (guint k = 0; k < list->completions->len; k++) {
      g_autofree char *before = g_strndup (heads[i], list->start);
      g_autofree char *text = g_strconcat (before, get (list, k)->text, NULL);
      g_autofree char *end =
          g_strdup_printf ("column %ld:", g_utf8_strlen (text, -1) + 1);
      g_autoptr (GError) error = NULL;
      g_autoptr (NnNudge) nudge = nn_nudge_parse (text, &error);

      g_test_message ("%s: %s", text, error ? error->message : "");
      g_assert_cmpstr (get (list, k)->sentence, !=, "");
      g_assert_true (nudge != NULL || g_str_has_prefix (error->message, end));
    }
  }
}

/* At any cursor in any text. */
static void
test_any_text_is_survived (void)
{
  static const char *const texts[] = {
    "fc1.weight[0,1; 2,1]: w + a*noise @ every 3 steps before backward a=1/2 memory=zero",
    "\"a b\".weight[w > 0] -= 0.5·w; w = [[[((( @@@ a=a=a= else=else=",
    "........,,,,,,::::====;;;;",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    for (const char *at = texts[i]; *at != '\0'; at = g_utf8_next_char (at)) {
      g_autoptr (NnCompletionList) list =
          nn_completion_list_new (texts[i], (gsize) (at - texts[i]), NULL, NULL);

      g_assert_cmpuint (list->start, <=, (gsize) (at - texts[i]));
    }
}

static char *
dup_of_expression (const char *text)
{
  g_autoptr (NnCompletionList) list =
      nn_completion_list_new_of_expression (text, strlen (text));
  GString *all = g_string_new (NULL);

  g_string_append_printf (all, "%" G_GSIZE_FORMAT ":", list->start);
  for (guint i = 0; i < list->completions->len; i++)
    g_string_append_printf (all, " %s",
                            g_array_index (list->completions, NnCompletion, i).text);
  return g_string_free (all, FALSE);
}

/* Neither a target nor a name of the catalogue, nor what stands behind a function. */
static void
test_expressions_are_completed (void)
{
  static const char *const cases[][2] = {
    { "cla", "0: clamp( clamp_min( clamp_max(" },
    { "w*no", "2: noise norm normal( norm(" },
    { "w.cl", "2: clamp( clamp_min( clamp_max(" },
    { "m = 0.9*m + 0.1*w; w = sh", "23: shuffled" },
    { "noise an", "6: and" },
    { "w + 1 @ ", "8:" },
    { "grow", "0:" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *all = dup_of_expression (cases[i][0]);

    g_test_message ("%s", cases[i][0]);
    g_assert_cmpstr (all, ==, cases[i][1]);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/completion/what-was-begun-is-completed",
                   test_what_was_begun_is_completed);
  g_test_add_func ("/nn/completion/what-is-offered-reads", test_what_is_offered_reads);
  g_test_add_func ("/nn/completion/any-text-is-survived", test_any_text_is_survived);
  g_test_add_func ("/nn/completion/expressions-are-completed",
                   test_expressions_are_completed);
  return g_test_run ();
}
