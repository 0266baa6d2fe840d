/* nn-script-loop.c - the training loop of a script
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/script/nn-script-loop.h"

#include <string.h>

#include "nn/script/nn-script-batches.h"
#include "nn/script/nn-script-names.h"
#include "nn/script/nn-script-text.h"

/* The nudges of one phase are in one block under torch.no_grad. */
typedef struct {
  const NnScriptCourse *course;
  GString *text;
  /* (nullable) an expression for the rows of the mini-batch; NULL: all */
  const char *rows;
  const NnScriptSteps *within; /* the steps in which these lines are executed */
} Loop;

static gboolean
has_repeating (const NnScriptEntry *entry, gboolean examples, gboolean before)
{
  return (entry->time.when == NN_WHEN_EVERY_EXAMPLE) == examples &&
         entry->time.before_backward == before &&
         !(entry->time.when == NN_WHEN_AT_STEP && entry->time.interval == 0 &&
           entry->time.also.n == 0);
}

/* @first: (nullable): a further condition */
static void
append_entry (const Loop *self,
              GString *block,
              const NnScriptEntry *entry,
              const char *first)
{
  g_autofree char *when = NULL;

  if (!nn_script_entry_dup_condition (entry, self->within, self->course->all,
                                      self->course->one_batch, &when))
    return;
  if (when == NULL && first == NULL) {
    nn_script_append_indented (block, entry->lines, 1);
    return;
  }
  g_string_append_printf (block, "    if %s%s%s:\n", first ? first : "",
                          first && when ? " and " : "", when ? when : "");
  nn_script_append_indented (block, entry->lines, 2);
}

static void
append_block (const Loop *self, const GString *block, guint depth)
{
  if (block->len == 0)
    return;
  nn_script_append_indented (self->text, "with torch.no_grad():\n", depth);
  nn_script_append_indented (self->text, block->str, depth);
}

/* The section of a whole mini-batch; or, if @walking, of one example. */
static void
append_section (const Loop *self, gboolean before, gboolean walking, guint depth)
{
  const GPtrArray *entries = self->course->timetable.entries;
  g_autoptr (GString) block = g_string_new (NULL);

  for (guint i = 0; i < entries->len; i++) {
    const NnScriptEntry *entry = entries->pdata[i];

    if (walking && has_repeating (entry, TRUE, before))
      append_entry (self, block, entry, NULL);
    else if (has_repeating (entry, FALSE, before) && (!walking || before))
      append_entry (self, block, entry, walking ? "not losses" : NULL);
  }
  append_block (self, block, depth);
}

/* ---- forward and backward ---------------------------------------------------------- */

static char *
dup_loss (const Loop *self, const char *rows)
{
  g_autofree char *index = rows ? g_strdup_printf ("[%s]", rows) : g_strdup ("");

  return self->course->parts.has_targets
             ? g_strdup_printf ("criterion(model(x%s), y%s)", index, index)
             : g_strdup_printf ("criterion(model(x%s))", index);
}

static void
append_forward (const Loop *self, const char *rows, guint depth)
{
  const NnScriptCourse *course = self->course;
  g_autofree char *loss = dup_loss (self, rows);
  g_autofree char *line = g_strdup_printf ("loss = %s\n", loss);
  g_autofree char *when = nn_script_steps_dup_condition (&course->shielded, course->all);
  g_autofree char *with = NULL;

  if (course->shielded.spans->len == 0) {
    nn_script_append_indented (self->text, line, depth);
    return;
  }
  with =
      course->bare.spans->len > 0 && when
          ? g_strdup_printf ("with shield if %s else contextlib.nullcontext():\n", when)
          : g_strdup ("with shield:\n");
  nn_script_append_indented (self->text, with, depth);
  nn_script_append_indented (self->text, line, depth + 1);
}

static void
append_check (const Loop *self, guint depth)
{
  nn_script_append_indented (self->text,
                             "if not loss.isfinite():\n"
                             "    sys.exit(f\"the loss of step {step} is not finite\")\n",
                             depth);
}

static void
append_batch (const Loop *self, guint depth)
{
  append_forward (self, self->rows, depth);
  append_check (self, depth);
  append_section (self, TRUE, FALSE, depth);
  nn_script_append_indented (self->text, "loss.backward()\n", depth);
}

/* One example at a time, each with its own backward; the loss is their mean. */
static void
append_walk (const Loop *self, guint depth)
{
  const char *rows = self->rows ? self->rows : "torch.arange(len(x))";
  g_autofree char *head =
      g_strdup_printf ("losses = []\nfor row in %s.split(1):\n", rows);
  g_autofree char *backward =
      g_strdup_printf ("(loss / len(%s)).backward()\n", self->rows ? "rows" : "x");

  nn_script_append_indented (self->text, head, depth);
  append_forward (self, "row", depth + 1);
  append_check (self, depth + 1);
  append_section (self, TRUE, TRUE, depth + 1);
  nn_script_append_indented (self->text, backward, depth + 1);
  append_section (self, FALSE, TRUE, depth + 1);
  nn_script_append_indented (self->text, "losses.append(loss.detach())\n", depth + 1);
  nn_script_append_indented (self->text, "loss = torch.stack(losses).mean()\n", depth);
}

static void
append_differentiation (const Loop *self)
{
  const NnScriptCourse *course = self->course;
  g_autoptr (GArray) others = nn_script_steps_dup_others (&course->walked, course->all);
  const NnScriptSteps rest = { others };
  const Loop walk = { course, self->text, self->rows, &course->walked };
  const Loop batch = { course, self->text, self->rows, &rest };
  g_autofree char *when = NULL;
  g_autofree char *line = NULL;

  if (course->walked.spans->len == 0) {
    append_batch (&batch, 1);
    return;
  }
  when = nn_script_steps_dup_condition (&course->walked, course->all);
  if (when == NULL) {
    append_walk (&walk, 1);
    return;
  }
  line = g_strdup_printf ("if %s:\n", when);
  nn_script_append_indented (self->text, line, 1);
  append_walk (&walk, 2);
  nn_script_append_indented (self->text, "else:\n", 1);
  append_batch (&batch, 2);
}

/* ---- around them ------------------------------------------------------------------- */

static gboolean
counts_epochs (const NnScriptCourse *course)
{
  const GPtrArray *entries = course->timetable.entries;

  for (guint i = 0; i < entries->len; i++) {
    const NnWhen when = ((const NnScriptEntry *) entries->pdata[i])->time.when;

    if (when == NN_WHEN_EVERY_EPOCH || when == NN_WHEN_AT_EPOCH)
      return TRUE;
  }
  return FALSE;
}

static void
append_rows (const Loop *self, const NnExperiment *experiment)
{
  g_autofree char *epoch = self->course->edits_batch
                               ? g_strdup ("new_epoch(len(x), batch_size, shuffle)")
                               : nn_script_write_epoch (experiment);

  if (self->rows == NULL)
    return;
  g_string_append_printf (self->text,
                          "    if not waiting:  # a new epoch\n"
                          "        waiting = %s\n"
                          "    rows = waiting.pop(0)\n",
                          epoch);
  if (counts_epochs (self->course))
    g_string_append (self->text,
                     "    epoch += not waiting  # epochs that end by this step\n");
}

static void
append_optimizer (const Loop *self)
{
  const GPtrArray *entries = self->course->timetable.entries;
  gboolean keeps = nn_script_mentions (self->course->log->str, "previous") ||
                   nn_script_mentions (self->course->functions.text->str, "previous");

  for (guint i = 0; i < entries->len; i++)
    keeps |= nn_script_mentions (((const NnScriptEntry *) entries->pdata[i])->lines,
                                 "previous");
  if (keeps)
    g_string_append (self->text, "    previous = copies()\n");
  g_string_append (self->text, "    optimizer.step()\n");
}

static void
append_print (const Loop *self)
{
  const NnScriptParts *parts = &self->course->parts;
  const char *loss = parts->has_targets
                         ? "criterion(model(x_held_out), y_held_out).item()"
                         : "criterion(model(x_held_out)).item()";

  if (!parts->holds_out) {
    g_string_append (self->text, "    print(\"%d,%.9g\" % (step, loss))\n");
    return;
  }
  g_string_append_printf (
      self->text,
      "    with torch.no_grad():\n"
      "        validation = %s%s\n",
      loss, self->course->may_lack_held_out ? " if len(x_held_out) else math.nan" : "");
  g_string_append (self->text,
                   "    print(\"%d,%.9g,%.9g\" % (step, loss, validation))\n");
}

/**
 * nn_script_write_variables:
 *
 * Returns: (transfer full): the lines that set the loop's variables first
 */
char *
nn_script_write_variables (const NnScriptCourse *course, const NnExperiment *experiment)
{
  GString *text = g_string_new (NULL);

  if (course->edits_batch)
    nn_script_append_batch_settings (text, experiment);
  if (!course->one_batch)
    g_string_append (
        text, "waiting = []  # the rows of the batches that this epoch has left\n");
  if (!course->one_batch && counts_epochs (course))
    g_string_append (text, "epoch = 0\n");
  return g_string_free (text, FALSE);
}

static void
append_shield (const Loop *self)
{
  if (self->course->shielded.spans->len > 0)
    g_string_append (
        self->text,
        "# What is changed before backward does not change the gradients.\n"
        "shield = torch.autograd.graph.saved_tensors_hooks(torch.clone, lambda "
        "saved: saved)\n");
}

/**
 * nn_script_write_loop:
 *
 * Returns: (transfer full): the loop, to the end of the program
 */
char *
nn_script_write_loop (const NnScriptCourse *course, const NnExperiment *experiment)
{
  g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (NnScriptSpan));
  const NnScriptSteps nothing = { none };
  g_autoptr (GArray) spans = nn_script_steps_dup_others (&nothing, course->all);
  const NnScriptSteps all = { spans };
  const Loop self = { course, g_string_new (NULL), course->one_batch ? NULL : "rows",
                      &all };

  append_shield (&self);
  g_string_append_printf (self.text,
                          "print(\"step,loss%s\")\n"
                          "for step in range(1, %" G_GUINT64_FORMAT "):\n",
                          course->parts.holds_out ? ",validation" : "",
                          course->all.last + 1);
  append_rows (&self, experiment);
  g_string_append (self.text, "    optimizer.zero_grad()\n");
  append_differentiation (&self);
  append_optimizer (&self);
  append_section (&self, FALSE, FALSE, 1);
  nn_script_append_indented (self.text, course->log->str, 1);
  append_print (&self);
  return g_string_free (self.text, FALSE);
}
