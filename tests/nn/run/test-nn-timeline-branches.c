/* test-nn-timeline-branches.c - no event is lost where a run branches off, unless it was undone
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/session/nn-frame-of-run.h"
#include "timeline-moves.h"

static const char keys[] = MSE "," SHUFFLED;

/* ---- any way there ----------------------------------------------------------------- */

typedef struct {
  guint64 step;
  gsize n_done;
} Place;

/* What the line should be, kept by other means: a list of what is done, and where one is
 * on it. */
typedef struct {
  GArray *events; /* NnEvent */
  gsize n_done;
  gsize n_known; /* the others are planned */
  guint64 step;
  guint64 end;
  GArray *undone;     /* Place */
  gboolean is_branch; /* of the one before, from fork on */
  Place fork;
  gboolean was_cut; /* the end is the timeline's, no farther than this */
} Line;

/* The present one, and others that undo or redo goes to. */
typedef struct {
  GPtrArray *before; /* Line, oldest first */
  GPtrArray *later;  /* Line, the next one last */
  Line *now;
} Model;

static Line *
line_new (void)
{
  Line *line = g_new0 (Line, 1);

  line->events = nn_event_new_array ();
  line->undone = g_array_new (FALSE, FALSE, sizeof (Place));
  return line;
}

static void
line_free (gpointer data)
{
  Line *line = data;

  g_array_unref (line->events);
  g_array_unref (line->undone);
  g_free (line);
}

static void
model_init (Model *model)
{
  model->before = g_ptr_array_new_with_free_func (line_free);
  model->later = g_ptr_array_new_with_free_func (line_free);
  model->now = line_new ();
}

static void
model_clear (Model *model)
{
  g_ptr_array_unref (model->before);
  g_ptr_array_unref (model->later);
  line_free (model->now);
}

static Place
get_place (const Line *line)
{
  return (Place){ line->step, line->n_done };
}

static gboolean
is_after (Place a, Place b)
{
  return a.step > b.step || (a.step == b.step && a.n_done > b.n_done);
}

static gboolean
is_same (Place a, Place b)
{
  return a.step == b.step && a.n_done == b.n_done;
}

static Place
get_undone (const Line *line)
{
  return g_array_index (line->undone, Place, line->undone->len - 1);
}

static void
forget_undone (Line *line)
{
  while (line->undone->len > 0 && !is_after (get_undone (line), get_place (line)))
    g_array_set_size (line->undone, line->undone->len - 1);
}

static guint64
get_step (const Line *line, gsize index)
{
  return g_array_index (line->events, NnEvent, index).step;
}

static gboolean
is_undone (const Line *line, gsize index)
{
  for (guint k = 0; k < line->undone->len; k++) {
    const Place place = g_array_index (line->undone, Place, k);

    if (place.n_done == index + 1 && is_after (place, get_place (line)))
      return TRUE;
  }
  return FALSE;
}

/* What follows that the user did not undo. */
static gboolean
has_coming (const Line *line)
{
  for (gsize i = line->n_done; i < line->events->len; i++)
    if (!is_undone (line, i))
      return TRUE;
  return FALSE;
}

static void
forget_oldest (Model *model)
{
  if (model->before->len <= NN_TIMELINE_BRANCHES)
    return;
  g_ptr_array_remove_index (model->before, 0);
  ((Line *) model->before->pdata[0])->is_branch = FALSE;
}

static void
forget_later (Model *model)
{
  Line *next = model->later->len > 0 ? model->later->pdata[model->later->len - 1] : NULL;

  if (next && has_coming (next)) { /* it comes before this one now */
    const Place fork = next->fork;

    g_ptr_array_steal_index (model->later, model->later->len - 1);
    next->is_branch = model->now->is_branch;
    if (model->now->is_branch && is_after (fork, model->now->fork))
      next->fork = model->now->fork;
    model->now->is_branch = TRUE;
    model->now->fork = fork;
    g_ptr_array_add (model->before, next);
  }
  g_ptr_array_set_size (model->later, 0);
  forget_oldest (model);
}

/* Of a line that is left, what was undone goes; what follows that is planned, unless that
 * is of the same step. */
static void
drop_undone (Line *line)
{
  g_autoptr (GArray) events = nn_event_new_array ();
  guint first = line->events->len;

  for (guint i = 0; i < line->events->len; i++) {
    const NnEvent *event = &g_array_index (line->events, NnEvent, i);

    if (i >= line->n_done && is_undone (line, i))
      first = MIN (first, i);
    else if (i > first && event->step == get_step (line, first))
      return;
    else
      nn_event_append (events, event, 1);
  }
  if (first == line->events->len)
    return;
  line->end = get_step (line, first);
  line->n_known = first;
  line->was_cut = TRUE;
  g_array_unref (line->events);
  line->events = g_steal_pointer (&events);
}

static void
branch_off (Model *model, gboolean drops)
{
  Line *old = model->now;
  Line *line = line_new ();

  nn_event_append (line->events, (const NnEvent *) (gconstpointer) old->events->data,
                   old->n_done);
  line->is_branch = TRUE;
  line->fork = get_place (old);
  line->n_done = old->n_done;
  line->step = old->step;
  line->n_known = old->n_done;
  if (drops)
    drop_undone (old);
  g_array_set_size (old->undone, 0);
  g_ptr_array_add (model->before, old);
  model->now = line;
  forget_oldest (model);
}

/* @n_unfit: before that */
static void
cut (Model *model, gsize n_unfit)
{
  const gboolean is_kept = has_coming (model->now);
  Line *line = model->now;

  forget_later (model);
  if (is_kept) {
    branch_off (model, n_unfit == 0);
    line = model->now;
  }
  g_array_set_size (line->events, (guint) line->n_done);
  g_array_set_size (line->undone, 0);
  line->n_known = line->n_done;
  line->end = line->step;
  if (is_after (line->fork, get_place (line)))
    line->fork = get_place (line);
}

/* Another trainer, which knows no way but onwards, at the same place. */
static NnTrainer *
run_plainly (const char *text, const Line *model, NnHistory *losses)
{
  NnTrainer *trainer = small_trainer (text);

  for (gsize i = 0; i < model->n_done; i++) {
    const NnEvent *event = &g_array_index (model->events, NnEvent, i);

    small_trainer_record (trainer, event->step - nn_trainer_get_n_steps (trainer),
                          losses);
    small_trainer_do (trainer, event);
  }
  small_trainer_record (trainer, model->step - nn_trainer_get_n_steps (trainer), losses);
  return trainer;
}

static gboolean
has_just_branched (const Model *model)
{
  const Line *line = model->now;
  const gsize n = line->fork.n_done;
  const Line *before;

  if (!line->is_branch || line->step < line->fork.step)
    return FALSE;
  before = model->before->pdata[model->before->len - 1];
  return line->n_done == n ||
         (line->n_done == n + 1 && get_step (line, n) == line->fork.step &&
          is_same (get_place (before), line->fork));
}

static void
check_against (NnTimeline *timeline, const char *text, const Model *all)
{
  const Line *model = all->now;
  g_autoptr (NnHistory) losses = nn_history_new (1);
  g_autoptr (NnTrainer) plain = run_plainly (text, model, losses);
  g_autoptr (NnFrame) frame = nn_frame_of_timeline (timeline);
  g_autoptr (NnFrame) expected = nn_frame_of_trainer (plain);

  small_trainer_assert_same (nn_timeline_get_trainer (timeline), plain);
  moves_assert_same_frames (frame, expected);
  g_assert_cmpuint (frame->end, ==, model->end);
  g_assert_cmpuint (nn_history_get_n_steps (frame->history), ==, frame->end);
  small_trainer_assert_same_losses (frame->history, losses);
  g_assert_cmpint (frame->can_undo, ==, model->n_done > 0 || has_just_branched (all));
  g_assert_cmpint (
      frame->can_redo, ==,
      all->later->len > 0 ||
          (model->undone->len > 0 &&
           is_after (g_array_index (model->undone, Place, 0), get_place (model))));
  g_assert_cmpuint (nn_log_get_n_events (frame->log), ==, model->n_done);
}

static void
do_both (NnTimeline *timeline, Model *model, const NnEvent *event)
{
  const gsize n_unfit = nn_timeline_get_n_unfit (timeline);
  NnEvent copy;

  g_assert_true (nn_timeline_do (timeline, event, NULL));
  cut (model, n_unfit);
  nn_event_copy (&copy, event);
  copy.step = model->now->step;
  g_array_append_val (model->now->events, copy);
  model->now->n_known = ++model->now->n_done;
}

static void
step_once (NnTimeline *timeline, Model *model)
{
  const gsize n_unfit = nn_timeline_get_n_unfit (timeline);
  Line *line;

  moves_run (timeline, 1);
  if (model->now->n_done < model->now->n_known)
    cut (model, n_unfit);
  line = model->now;
  if (++line->step > line->end)
    forget_later (model);
  line->end = MAX (line->end, line->step);
  while (line->n_done < line->events->len && get_step (line, line->n_done) == line->step)
    line->n_known = ++line->n_done;
}

static void
step_both (NnTimeline *timeline, Model *model, guint n)
{
  for (guint i = 0; i < n; i++)
    step_once (timeline, model);
}

/* How much of a line is known where events were dropped depends on its checkpoints. */
static void
take_end (NnTimeline *timeline, Line *line)
{
  const guint64 end = nn_timeline_get_end (timeline);

  if (!line->was_cut)
    return;
  g_assert_cmpuint (end, <=, line->end);
  g_assert_cmpuint (end, >=, line->step);
  line->was_cut = FALSE;
  line->end = end;
  while (line->n_known > line->n_done && get_step (line, line->n_known - 1) > end)
    line->n_known--;
  if (is_after (line->fork, (Place){ end, line->n_known }))
    line->fork = (Place){ end, line->n_known };
}

static void
undo_both (NnTimeline *timeline, Model *model)
{
  Line *line = model->now;

  moves_undo (timeline);
  if (has_just_branched (model)) {
    g_ptr_array_add (model->later, line);
    model->now = g_ptr_array_steal_index (model->before, model->before->len - 1);
    take_end (timeline, model->now);
  } else if (line->n_done > 0) {
    const Place place = get_place (line);

    forget_undone (line);
    g_array_append_val (line->undone, place);
    line->n_done--;
    line->step = get_step (line, line->n_done);
  }
}

static void
redo_both (NnTimeline *timeline, Model *model)
{
  Line *line = model->now;

  moves_redo (timeline);
  forget_undone (line);
  if (line->undone->len > 0) {
    line->step = get_undone (line).step;
    line->n_done = get_undone (line).n_done;
    forget_undone (line);
  } else if (model->later->len > 0) {
    g_ptr_array_add (model->before, line);
    model->now = g_ptr_array_steal_index (model->later, model->later->len - 1);
  }
}

static void
go_both (NnTimeline *timeline, Model *model, guint64 step)
{
  Line *line = model->now;

  moves_go_to (timeline, step);
  line->step = MIN (step, line->end);
  line->n_done = 0;
  while (line->n_done < line->n_known && get_step (line, line->n_done) <= line->step)
    line->n_done++;
  while (line->undone->len > 0 && get_undone (line).n_done <= line->n_done)
    g_array_set_size (line->undone, line->undone->len - 1);
}

static void
test_any_way_there_is_as_the_straight_one (gconstpointer data)
{
  const guint seed = GPOINTER_TO_UINT (data);
  g_autoptr (GRand) dice = g_rand_new_with_seed (seed);
  g_autoptr (NnTimeline) timeline =
      moves_new_timeline (keys, seed % 2 ? 60000 : NN_TIMELINE_BUDGET);
  g_autoptr (GPtrArray) nudges =
      g_ptr_array_new_with_free_func ((GDestroyNotify) nn_nudge_unref);
  Model model;

  model_init (&model);
  for (gsize i = 0; i < G_N_ELEMENTS (moves_texts); i++)
    g_ptr_array_add (nudges, nn_nudge_parse (moves_texts[i], NULL));
  for (int i = 0; i < 120; i++) {
    const NnEvent event =
        moves_make_event (dice, nn_timeline_get_trainer (timeline), nudges);

    switch (g_rand_int_range (dice, 0, 7)) {
    case 0:
    case 1:
      do_both (timeline, &model, &event);
      break;
    case 2:
    case 3:
      undo_both (timeline, &model);
      break;
    case 4:
      redo_both (timeline, &model);
      break;
    case 5:
      go_both (timeline, &model, (guint64) g_rand_int_range (dice, 0, 60));
      break;
    default:
      step_both (timeline, &model, (guint) g_rand_int_range (dice, 0, 9));
    }
    check_against (timeline, keys, &model);
  }
  model_clear (&model);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint seed = 0; seed < 100; seed++) {
    g_autofree char *path = g_strdup_printf (
        "/nn/timeline-branches/any-way-there-is-as-the-straight-one/%u", seed);

    g_test_add_data_func (path, GUINT_TO_POINTER (seed),
                          test_any_way_there_is_as_the_straight_one);
  }
  return g_test_run ();
}
