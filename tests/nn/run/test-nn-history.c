/* test-nn-history.c - the losses of a run in bounded memory
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/run/nn-history.h"

#define MOST_COLUMNS 300

/* Whole numbers, so that every sum is exact, in whatever order. */
static float
draw_loss (GRand *dice)
{
  return (float) g_rand_int_range (dice, -1000, 1000);
}

static float
get (const GArray *model, guint64 step)
{
  return g_array_index (model, float, step - 1);
}

/* ---- against a plain array --------------------------------------------------------- */

static void
check_stretch (const NnStretch *stretch, const GArray *model)
{
  const guint64 last = stretch->from + stretch->n_steps - 1;
  float least = G_MAXFLOAT;
  float greatest = -G_MAXFLOAT;
  double sum = 0;

  g_assert_cmpuint (stretch->from, >=, 1);
  g_assert_cmpuint (stretch->n_steps, >=, 1);
  g_assert_cmpuint (last, <=, model->len);
  for (guint64 step = stretch->from; step <= last; step++) {
    least = MIN (least, get (model, step));
    greatest = MAX (greatest, get (model, step));
    sum += (double) get (model, step);
  }
  g_assert_cmpfloat (stretch->first, ==, get (model, stretch->from));
  g_assert_cmpfloat (stretch->last, ==, get (model, last));
  g_assert_cmpfloat (stretch->least, ==, least);
  g_assert_cmpfloat (stretch->greatest, ==, greatest);
  g_assert_cmpfloat (stretch->sum, ==, sum);
}

/* They follow each other and are all of what was asked for, and no one has steps of several
 * columns unless it is the narrowest bucket there. */
static void
check_query (const NnHistory *history,
             const GArray *model,
             guint64 first,
             guint64 last,
             gsize n_columns)
{
  NnStretch stretches[MOST_COLUMNS];
  const gsize n = nn_history_query (history, first, last, n_columns, stretches);
  const guint64 width = (last - first + 1) / n_columns + 1;
  guint64 next = first;

  g_assert_cmpuint (n, <=, n_columns);
  if (first > model->len) {
    g_assert_cmpuint (n, ==, 0);
    return;
  }
  for (gsize i = 0; i < n; i++) {
    NnStretch begin, end;

    check_stretch (&stretches[i], model);
    if (i == 0)
      g_assert_cmpuint (stretches[i].from, <=, first);
    else
      g_assert_cmpuint (stretches[i].from, ==, next);
    next = stretches[i].from + stretches[i].n_steps;
    g_assert_true (nn_history_find (history, stretches[i].from, &begin));
    g_assert_true (nn_history_find (history, next - 1, &end));
    g_assert_cmpuint (stretches[i].n_steps, <, width + begin.n_steps + end.n_steps);
  }
  g_assert_cmpuint (next, >, MIN (last, model->len));
}

/* From the first step on that is kept, all are, and as they were appended. */
static void
check_read (const NnHistory *history, const GArray *model, GRand *dice)
{
  float losses[40000];
  const guint64 first = (guint64) g_rand_int_range (dice, 1, (gint) model->len + 1);
  const gsize most = (gsize) g_rand_int_range (dice, 1, G_N_ELEMENTS (losses));
  const gsize n = nn_history_read (history, first, most, losses);
  NnStretch stretch;

  g_assert_true (nn_history_find (history, first, &stretch));
  if (stretch.n_steps == 1)
    g_assert_cmpuint (n, ==, MIN (most, model->len - first + 1));
  for (gsize i = 0; i < n; i++)
    g_assert_cmpfloat (losses[i], ==, get (model, first + i));
  g_assert_cmpuint (nn_history_read (history, model->len + 1, most, losses), ==, 0);
}

static void
check_losses (const NnHistory *history, const GArray *model, GRand *dice)
{
  for (guint i = 0; i < 20; i++) {
    const guint64 step = (guint64) g_rand_int_range (dice, 1, (gint) model->len + 1);
    NnStretch stretch;
    float loss;

    g_assert_true (nn_history_find (history, step, &stretch));
    check_stretch (&stretch, model);
    if (nn_history_get_loss (history, step, &loss))
      g_assert_cmpfloat (loss, ==, get (model, step));
    else
      g_assert_cmpuint (stretch.n_steps, >, 2);
  }
}

static void
check (const NnHistory *history, const GArray *model, GRand *dice)
{
  g_assert_cmpuint (nn_history_get_n_steps (history), ==, model->len);
  if (model->len == 0)
    return;
  check_query (history, model, 1, model->len, MOST_COLUMNS);
  for (guint i = 0; i < 10; i++) {
    const guint64 one = (guint64) g_rand_int_range (dice, 1, (gint) model->len + 100);
    const guint64 other =
        g_rand_boolean (dice)
            ? one + (guint64) g_rand_int_range (dice, 0, 1000)
            : (guint64) g_rand_int_range (dice, 1, (gint) model->len + 100);

    check_query (history, model, MIN (one, other), MAX (one, other),
                 (gsize) g_rand_int_range (dice, 1, MOST_COLUMNS + 1));
  }
  check_read (history, model, dice);
  check_losses (history, model, dice);
}

/* A run, what it should be, and states that it may go back to. */
typedef struct {
  NnHistory *history;
  GArray *model;    /* float */
  GPtrArray *marks; /* NnHistoryMark, in the order of their steps */
  NnHistory *copy;  /* (nullable) … */
  GArray *copied;   /* … and what it should stay */
} Line;

static void
append (Line *line, GRand *dice, guint n)
{
  for (guint i = 0; i < n; i++) {
    const float loss = draw_loss (dice);

    nn_history_append (line->history, loss);
    g_array_append_val (line->model, loss);
  }
}

static void
keep_mark (Line *line)
{
  g_autoptr (NnHistoryMark) mark = nn_history_mark_new ();

  nn_history_write_mark (line->history, mark);
  g_assert_cmpuint (nn_history_mark_get_n_steps (mark), ==, line->model->len);
  g_ptr_array_add (line->marks, nn_history_mark_copy (mark));
}

/* Back to a mark, on from there by some steps that were taken before, and another way. */
static void
branch (Line *line, GRand *dice)
{
  const gint index = g_rand_int_range (dice, 0, (gint) line->marks->len);
  g_autoptr (NnHistoryMark) mark = nn_history_mark_new ();
  guint64 step;

  nn_history_mark_assign (mark, line->marks->pdata[index]);
  step = nn_history_mark_get_n_steps (mark);
  for (guint i = 0, n = (guint) g_rand_int_range (dice, 0, 600);
       i < n && step < line->model->len; i++)
    nn_history_mark_append (mark, get (line->model, ++step));
  nn_history_cut_to_mark (line->history, mark);
  g_array_set_size (line->model, (guint) step);
  g_ptr_array_set_size (line->marks, index + 1);
}

static void
keep_copy (Line *line)
{
  g_clear_pointer (&line->copy, nn_history_free);
  g_clear_pointer (&line->copied, g_array_unref);
  line->copy = nn_history_copy (line->history);
  line->copied = g_array_copy (line->model);
}

static void
pack_and_unpack (Line *line)
{
  g_autoptr (NnHistory) copy = nn_history_copy (line->history);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GBytes) packed = NULL;
  NnUnpack unpack;

  nn_history_pack (copy, bytes);
  packed = g_bytes_new (bytes->data, bytes->len);
  nn_unpack_init (&unpack, packed);
  g_assert_true (nn_history_unpack (line->history, &unpack));
  g_assert_true (nn_unpack_is_done (&unpack));
}

static void
pack_and_unpack_mark (Line *line)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (NnHistoryMark) mark = nn_history_mark_new ();
  NnHistoryMark **last = (NnHistoryMark **) &line->marks->pdata[line->marks->len - 1];
  g_autoptr (GBytes) packed = NULL;
  NnUnpack unpack;

  nn_history_mark_pack (*last, bytes);
  packed = g_bytes_new (bytes->data, bytes->len);
  nn_unpack_init (&unpack, packed);
  g_assert_true (nn_history_mark_unpack (mark, &unpack));
  g_assert_true (nn_unpack_is_done (&unpack));
  g_clear_pointer (last, nn_history_mark_free);
  *last = nn_history_mark_copy (mark);
}

static void
do_something (Line *line, GRand *dice)
{
  static const gint lengths[] = { 2, 20, 300, 5000, 70000 };

  switch (g_rand_int_range (dice, 0, 9)) {
  case 0:
    branch (line, dice);
    break;
  case 1:
    keep_copy (line);
    break;
  case 2:
    pack_and_unpack (line);
    break;
  case 3:
    pack_and_unpack_mark (line);
    break;
  case 4:
    nn_history_set_limit (line->history, (guint) g_rand_int_range (dice, 1, 4));
    break;
  default:
    append (line, dice,
            (guint) g_rand_int_range (
                dice, 0, lengths[g_rand_int_range (dice, 0, G_N_ELEMENTS (lengths))]));
    keep_mark (line);
  }
}

static void
test_is_what_a_plain_array_is (void)
{
  g_autoptr (GRand) dice = g_rand_new_with_seed (5);

  for (guint round = 0; round < (g_test_quick () ? 6 : 60); round++) {
    Line line = {
      .history = nn_history_new (1),
      .model = g_array_new (FALSE, FALSE, sizeof (float)),
      .marks = g_ptr_array_new_with_free_func ((GDestroyNotify) nn_history_mark_free),
    };

    keep_mark (&line);
    for (guint i = 0; i < 40; i++) {
      do_something (&line, dice);
      check (line.history, line.model, dice);
      if (line.copy)
        check (line.copy, line.copied, dice);
    }
    nn_history_free (line.history);
    g_clear_pointer (&line.copy, nn_history_free);
    g_clear_pointer (&line.copied, g_array_unref);
    g_array_unref (line.model);
    g_ptr_array_unref (line.marks);
  }
}

/* ---- what is kept ------------------------------------------------------------------ */

static float
get_ramp (guint64 step)
{
  return (float) (step % 65536);
}

static NnHistory *
new_ramp (guint limit, guint64 n_steps)
{
  NnHistory *history = nn_history_new (limit);

  for (guint64 step = 1; step <= n_steps; step++)
    nn_history_append (history, get_ramp (step));
  return history;
}

static void
test_newest_million_is_exact (void)
{
  const guint64 n_steps = 3 * NN_HISTORY_EXACT + 12345;
  g_autoptr (NnHistory) history = new_ramp (NN_HISTORY_WHOLE, n_steps);
  float loss;

  for (guint64 step = n_steps - NN_HISTORY_EXACT + 1; step <= n_steps; step++) {
    g_assert_true (nn_history_get_loss (history, step, &loss));
    g_assert_cmpfloat (loss, ==, get_ramp (step));
  }
  g_assert_false (nn_history_get_loss (history, 0, &loss));
  g_assert_false (nn_history_get_loss (history, 2, &loss));
  g_assert_false (nn_history_get_loss (history, n_steps + 1, &loss));
}

#define BUDGET (64 * 1024 * 1024)
#define RUNS   4 /* at once, with the branches of each, as in nn/run/nn-timeline.h */

/* One run, one beside it, and all that are left take less than the budget, however long
 * they are: a level that is full stays as it is. */
static void
test_memory_is_bounded (void)
{
  const guint64 n_steps = g_test_quick () ? 300000000 : 1000000000;
  g_autoptr (NnHistory) whole = new_ramp (NN_HISTORY_WHOLE, n_steps);
  g_autoptr (NnHistory) beside = nn_history_copy (whole);
  g_autoptr (NnHistory) left = nn_history_copy (whole);
  NnStretch stretch;

  nn_history_set_limit (beside, NN_HISTORY_GHOST);
  nn_history_set_limit (left, NN_HISTORY_LEFT);
  g_test_message ("%zu, %zu, %zu bytes", nn_history_get_size (whole),
                  nn_history_get_size (beside), nn_history_get_size (left));
  g_assert_cmpuint (nn_history_get_size (whole) + nn_history_get_size (beside) +
                        (4 * RUNS - 1) * nn_history_get_size (left),
                    <, BUDGET);
  g_assert_true (nn_history_find (whole, n_steps / 3, &stretch));
  g_assert_cmpuint (stretch.n_steps, <=, 4096);
}

/* A spike of one step among a million is in some column's extremes. */
static void
test_no_spike_is_lost (void)
{
  g_autoptr (NnHistory) history = nn_history_new (1);
  NnStretch stretches[MOST_COLUMNS];
  guint n_spikes = 0;

  for (guint i = 1; i <= 1000000; i++)
    nn_history_append (history, i == 123456 ? 9.0f : 0.5f);
  for (gsize i = nn_history_query (history, 1, 1000000, MOST_COLUMNS, stretches);
       i-- > 0;) {
    g_assert_cmpfloat (stretches[i].least, ==, 0.5f);
    n_spikes += stretches[i].greatest > 0.5f;
  }
  g_assert_cmpuint (n_spikes, ==, 1);
}

/* ---- parts of it ------------------------------------------------------------------- */

/* Without a mark, a bucket that goes on beyond the step is left out. */
static void
test_cut_forgets_what_is_not_known (void)
{
  const guint64 n_steps = 2000000;
  g_autoptr (NnHistory) history = new_ramp (1, n_steps);

  for (guint64 step = n_steps; step > 0; step -= step / 7 + 1) {
    g_autoptr (NnHistory) cut = nn_history_copy (history);
    NnStretch stretch;
    guint64 left;

    nn_history_cut (cut, step);
    left = nn_history_get_n_steps (cut);
    g_assert_cmpuint (left, <=, step);
    if (left < step) {
      g_assert_true (nn_history_find (history, step, &stretch));
      g_assert_cmpuint (stretch.from, ==, left + 1);
      g_assert_cmpuint (stretch.n_steps, >, step - left);
    }
    for (guint64 next = left + 1; next <= left + 5000; next++)
      nn_history_append (cut, get_ramp (next));
    if (left > 0) {
      g_assert_true (nn_history_find (cut, left, &stretch));
      g_assert_cmpfloat (stretch.last, ==, get_ramp (stretch.from + stretch.n_steps - 1));
    }
  }
}

/* Where a step is the first of a wide bucket, levels between that and the losses have nothing. */
static void
test_levels_without_entries_are_passed_over (void)
{
  const guint64 steps[] = { 256 + 5, 4096 + 5, 4096 + 32, 65536 + 1,
                            3 * 65536 + 4096 + 7 };

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++) {
    g_autoptr (NnHistory) history = new_ramp (1, 2000000);
    g_autoptr (NnHistory) before = new_ramp (1, steps[i]);
    g_autoptr (NnHistoryMark) mark = nn_history_mark_new ();
    g_autoptr (GArray) model = g_array_new (FALSE, FALSE, sizeof (float));

    for (guint64 step = 1; step <= steps[i]; step++) {
      const float loss = get_ramp (step);

      g_array_append_val (model, loss);
    }
    nn_history_write_mark (before, mark);
    nn_history_cut_to_mark (history, mark);
    check_query (history, model, 1, steps[i], 2);
    check_query (history, model, 1, steps[i], MOST_COLUMNS);
  }
}

static void
test_common_step_is_known_to_both (void)
{
  const guint64 lengths[] = { 0, 1, 17, 4096, 40000, 70001, 1234567 };

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (lengths); k++) {
      g_autoptr (NnHistory) one = new_ramp (1, lengths[i]);
      g_autoptr (NnHistory) other = new_ramp (2, lengths[k]);
      const guint64 step = nn_history_find_common_step (one, other);
      float loss;

      g_assert_cmpuint (step, <=, MIN (lengths[i], lengths[k]));
      if (step == 0) {
        g_assert_cmpuint (MIN (lengths[i], lengths[k]), ==, 0);
        continue;
      }
      g_assert_true (nn_history_get_loss (one, step, &loss));
      g_assert_cmpfloat (loss, ==, get_ramp (step));
      g_assert_true (nn_history_get_loss (other, step, &loss));
      if (i == k)
        g_assert_cmpuint (step, ==, lengths[i]);
    }
}

/* However a packed history is cut off, it is refused. */
static void
test_damaged_bytes_are_refused (void)
{
  g_autoptr (NnHistory) history = new_ramp (1, 5000);
  g_autoptr (NnHistory) copy = nn_history_copy (history);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  nn_history_pack (copy, bytes);
  for (guint n = 0; n < bytes->len; n += 1 + n / 50) {
    g_autoptr (GBytes) part = g_bytes_new (bytes->data, n);
    NnUnpack unpack;

    nn_unpack_init (&unpack, part);
    g_assert_false (nn_history_unpack (history, &unpack));
    g_assert_cmpuint (nn_history_get_n_steps (history), ==, 0);
  }
}

/* One that begins later is the same, but for what is not known. */
static void
test_begins_at_any_step (void)
{
  static const guint64 begins[] = { 0, 1, 15, 16, 17, 4095, 100003, 5000000001 };

  for (gsize k = 0; k < G_N_ELEMENTS (begins); k++) {
    g_autoptr (NnHistory) history = nn_history_new (NN_HISTORY_LEFT);
    const guint64 begin = begins[k];
    const gsize n_steps = 70001; /* of which the first are known in buckets alone */
    NnStretch stretches[50];
    gsize n;
    float loss;

    nn_history_begin (history, begin);
    for (gsize i = 0; i < n_steps; i++)
      nn_history_append (history, (float) i);
    g_assert_cmpuint (nn_history_get_n_steps (history), ==, begin + n_steps);
    g_assert_cmpuint (nn_history_get_first_step (history), >=, begin + 1);
    g_assert_cmpuint (nn_history_get_first_step (history), <, begin + 1 + 16);
    g_assert_false (nn_history_get_loss (history, begin, &loss));
    g_assert_true (nn_history_get_loss (history, begin + n_steps, &loss));
    g_assert_cmpfloat (loss, ==, (float) (n_steps - 1));
    n = nn_history_query (history, 1, begin + n_steps, 50, stretches);
    g_assert_cmpuint (n, >=, 1);
    g_assert_cmpuint (stretches[0].from, ==, nn_history_get_first_step (history));
    g_assert_cmpfloat (stretches[0].first, ==, (float) (stretches[0].from - begin - 1));
    for (gsize i = 1; i < n; i++)
      g_assert_cmpuint (stretches[i].from, ==,
                        stretches[i - 1].from + stretches[i - 1].n_steps);
    g_assert_cmpfloat (stretches[n - 1].last, ==, (float) (n_steps - 1));
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/history/is-what-a-plain-array-is", test_is_what_a_plain_array_is);
  g_test_add_func ("/nn/history/newest-million-is-exact", test_newest_million_is_exact);
  g_test_add_func ("/nn/history/memory-is-bounded", test_memory_is_bounded);
  g_test_add_func ("/nn/history/no-spike-is-lost", test_no_spike_is_lost);
  g_test_add_func ("/nn/history/cut-forgets-what-is-not-known",
                   test_cut_forgets_what_is_not_known);
  g_test_add_func ("/nn/history/begins-at-any-step", test_begins_at_any_step);
  g_test_add_func ("/nn/history/levels-without-entries-are-passed-over",
                   test_levels_without_entries_are_passed_over);
  g_test_add_func ("/nn/history/common-step-is-known-to-both",
                   test_common_step_is_known_to_both);
  g_test_add_func ("/nn/history/damaged-bytes-are-refused",
                   test_damaged_bytes_are_refused);
  return g_test_run ();
}
