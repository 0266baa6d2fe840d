/* try-nudge.c - what any text must do when it is read as a nudge
 *
 * SPDX-License-Identifier: MIT
 */

#include "tests/fuzz/try-nudge.h"

#include <string.h>

#include "nn/expression/nn-completion.h"
#include "nn/nudge/nn-nudge.h"

#define N_ROWS    4
#define N_COLUMNS 3
#define N         (N_ROWS * N_COLUMNS)

/* Some of each kind: a block of a matrix, chosen edges, a bias. */
typedef enum {
  TARGET_BLOCK,
  TARGET_EDGES,
  TARGET_BIAS,
  N_TARGETS,
} Target;

typedef struct {
  float w[N];
  float slow[N];
} Values;

static const float w[N] = {
  0.5f, -0.25f, 0, -0.0f, 1, -2, 3e38f, 1e-45f, 7, 0.1f, -9, 4
};
static const float others[N] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, -10, -11, 1e-3f };
static const NnEdge edges[N] = { { 0, 0 }, { 3, 1 }, { 2, 2 }, { 1000000, 0 } };

static void
evaluate (const NnNudge *nudge, Target target, float *scratch, Values *result)
{
  const NnInit init = { .type = NN_INIT_XAVIER_NORMAL };
  g_autoptr (NnRandom) random = nn_random_new (1);
  const NnOperands operands = {
    .n = N,
    .w = w,
    .initial = others,
    .grad = others,
    .before = w,
    .slow = others,
    .new_slow = result->slow,
    .amount = nudge->amount,
    .step = G_MAXUINT64,
    .rate = 0.01f,
    .global_rank = others,
    .first_row = 2,
    .first_column = 1,
    .n_columns = target == TARGET_BLOCK ? N_COLUMNS : 1,
    .edges = target == TARGET_EDGES ? edges : NULL,
    .is_bias = target == TARGET_BIAS,
    .init = &init,
    .fan_in = 5,
    .fan_out = 7,
    .random = random,
    .scratch = scratch,
  };

  memset (result, 0, sizeof *result); /* it sets one, the other or both */
  nn_expression_evaluate (nudge->expression, &operands, result->w);
}

/* The list at any cursor, of text that is cut there. */
static void
complete (const char *text)
{
  const gsize length = strlen (text);
  const char *middle = text + length / 2;

  if (!g_utf8_validate (text, -1, NULL) || length > 4096)
    return;
  while (middle > text && ((guchar) *middle & 0xc0) == 0x80)
    middle--;
  for (guint i = 0; i < 2; i++) {
    const gsize cursor = i == 0 ? length : (gsize) (middle - text);
    g_autoptr (NnCompletionList) list = nn_completion_list_new (text, cursor, NULL, NULL);

    g_assert_cmpuint (list->start, <=, cursor);
  }
}

/* What a message offers reads as it stands. */
static void
assert_offer_reads (const char *message)
{
  const char *offer = strstr (message, "; try: ");
  g_autoptr (NnNudge) nudge = NULL;

  if (offer == NULL)
    return;
  nudge = nn_nudge_parse (offer + strlen ("; try: "), NULL);
  g_assert_nonnull (nudge);
}

/* The same text, the same bits. */
static void
assert_alike (const NnNudge *nudge, const NnNudge *again)
{
  const gsize n_arrays = nn_expression_get_n_arrays (nudge->expression);
  g_autofree float *scratch = g_new (float, n_arrays *N);
  Values first, second;

  g_assert_cmpuint (n_arrays, ==, nn_expression_get_n_arrays (again->expression));
  for (Target target = 0; target < N_TARGETS; target++) {
    evaluate (nudge, target, scratch, &first);
    evaluate (again, target, scratch, &second);
    g_assert_cmpmem (&first, sizeof first, &second, sizeof second);
  }
}

/* Each time after the one before it, and one of those that there are. */
static void
assert_times_rise (const NnNudge *nudge)
{
  const NnClock clock = { .step = 7, .epoch = 2, .n_left = 2, .n_per_epoch = 3 };
  guint64 step = clock.step;

  for (guint k = 0; k < 3; k++) {
    const guint64 next = nn_time_find_next (&nudge->time, step, &clock);
    const guint64 in_epoch = next > clock.step ? next - clock.step + 1 : 1;

    if (next == 0)
      return;
    g_assert_cmpuint (next, >, step);
    g_assert_true (
        nn_time_has_step (&nudge->time, next, in_epoch % 3 == 0 ? 2 + in_epoch / 3 : 0));
    step = next;
  }
}

/**
 * try_nudge:
 * @bytes: (array length=size): anything; a text ends at the first 0, if there is one
 *
 * Aborts unless @bytes either are refused with an error that can be shown, or are a nudge
 * whose text reads as itself and whose update function can be evaluated.
 *
 * Returns: whether they are a nudge
 */
gboolean
try_nudge (const void *bytes, gsize size)
{
  g_autofree char *text = g_strndup (bytes, size);
  g_autofree char *said = NULL;
  g_autofree char *said_again = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (NnNudge) nudge = nn_nudge_parse (text, &error);
  g_autoptr (NnNudge) again = NULL;

  g_assert_true ((nudge == NULL) == (error != NULL));
  complete (text);
  if (nudge == NULL) {
    assert_offer_reads (error->message);
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
    g_assert_cmpuint (strlen (error->message), <, 1000);
    return FALSE;
  }
  said = nn_nudge_dup_text (nudge);
  again = nn_nudge_parse (said, &error);
  g_assert_no_error (error);
  said_again = nn_nudge_dup_text (again);
  g_assert_cmpstr (said, ==, said_again);
  assert_alike (nudge, again);
  g_assert_true (nn_time_is_equal (&nudge->time, &again->time));
  assert_times_rise (nudge);
  return TRUE;
}
