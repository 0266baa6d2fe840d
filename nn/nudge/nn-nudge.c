/* nn-nudge.c - a nudge: an update function with a target, an amount and a time
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/nudge/nn-nudge.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "nn/base/nn-number.h"
#include "nn/base/nn-text.h"
#include "nn/expression/nn-repair.h"
#include "nn/nudge/nn-nudge-reader.h"

/* A nudge's text must not exceed what a parser accepts: it is written to files. */
static gboolean
check_length (const NnNudge *self, GError **error)
{
  g_autofree char *text = nn_nudge_dup_text (self);

  return nn_text_check (text, error);
}

/* Whether a repaired text parses: an NnReads. */
static gboolean
can_read (const char *text, gpointer own)
{
  g_auto (NnFault) fault = { .text = text };
  g_autoptr (NnNudge) self = g_atomic_rc_box_new0 (NnNudge);

  return nn_nudge_read (self, text, own, &fault);
}

/* The same for a nudge of arrays in files. */
static gboolean
can_read_of_arrays (const char *text, gpointer own)
{
  g_auto (NnFault) fault = { .text = text };
  g_autoptr (NnNudge) self = g_atomic_rc_box_new0 (NnNudge);

  self->target.of_array = TRUE;
  return nn_nudge_read (self, text, own, &fault);
}

static NnNudge *
parse (const char *text, const NnFunctions *own, gboolean of_arrays, GError **error)
{
  g_autoptr (NnNudge) self = NULL;
  g_auto (NnFault) fault = { .text = text };

  self = g_atomic_rc_box_new0 (NnNudge);
  self->target.of_array = of_arrays;
  if (!nn_text_check (text, error))
    return NULL;
  if (!nn_nudge_read (self, text, own, &fault)) {
    nn_repair_propagate (&fault, of_arrays ? can_read_of_arrays : can_read,
                         (gpointer) (guintptr) own, error);
    return NULL;
  }
  self->written = g_strstrip (g_strdup (text));
  return check_length (self, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * nn_nudge_parse_with:
 * @text: any bytes
 * @own: (nullable): the user's own functions, besides the catalogue's
 *
 * The amount may be left out if the expression does not use it, or the named function has
 * a default. The nudge stores the function's expression, not its name.
 *
 * Returns: (transfer full) (nullable): NULL if @text is not a nudge (NN_ERROR_SYNTAX,
 *   NN_ERROR_UNKNOWN); the message has the column and, if possible, a corrected text
 */
NnNudge *
nn_nudge_parse_with (const char *text, const NnFunctions *own, GError **error)
{
  g_return_val_if_fail (text != NULL, NULL);

  return parse (text, own, FALSE, error);
}

/**
 * nn_nudge_parse_of_arrays:
 *
 * nn_nudge_parse_with () for targets that are arrays of a file: names need not end in
 * .weight or .bias, any array has rows and columns, and *.running_mean is a pattern.
 *
 * Returns: (transfer full) (nullable)
 */
NnNudge *
nn_nudge_parse_of_arrays (const char *text, const NnFunctions *own, GError **error)
{
  g_return_val_if_fail (text != NULL, NULL);

  return parse (text, own, TRUE, error);
}

/**
 * nn_nudge_parse:
 *
 * nn_nudge_parse_with () without the user's own functions: for files, which must not
 * depend on them.
 *
 * Returns: (transfer full) (nullable)
 */
NnNudge *
nn_nudge_parse (const char *text, GError **error)
{
  return nn_nudge_parse_with (text, NULL, error);
}

static gboolean
uses_interval (const NnTime *time)
{
  return time->when != NN_WHEN_MANUAL && time->when != NN_WHEN_EVERY_EXAMPLE;
}

static gboolean
uses_range (const NnTime *time)
{
  return time->when == NN_WHEN_EVERY_STEPS || time->when == NN_WHEN_EVERY_EXAMPLE ||
         time->when == NN_WHEN_EVERY_EPOCH;
}

static NnTime
get_used (const NnTime *time)
{
  NnTime used = { .when = time->when,
                  .before_backward = time->before_backward,
                  .interval = uses_interval (time) ? time->interval : 1 };

  if (uses_range (time)) {
    used.from = time->from;
    used.to = time->to;
  } else if (uses_interval (time)) {
    used.also = time->also;
  }
  return used;
}

static gboolean
check_numbers (const NnNudgeSpec *spec, GError **error)
{
  if (!isfinite (spec->amount)) {
    g_set_error_literal (error, NN_ERROR, NN_ERROR_SYNTAX,
                         _ ("the amount is not a finite number"));
    return FALSE;
  }
  if (uses_interval (&spec->time) && spec->time.when != NN_WHEN_AT_STEP &&
      spec->time.interval == 0) {
    g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX,
                 _ ("found 0 %s, expected a whole number from 1"),
                 spec->time.when == NN_WHEN_EVERY_STEPS ? "steps" : "epochs");
    return FALSE;
  }
  return TRUE;
}

static gboolean
make_target (NnNudge *self, const NnNudgeSpec *spec, GError **error)
{
  const char *text = spec->target;
  const char *at = text;

  if (!nn_text_check (text, error) ||
      !(spec->of_arrays ? nn_target_parse_of_array : nn_target_parse) (&self->target,
                                                                       text, &at, error))
    return FALSE;
  if (*at == '\0')
    return TRUE;
  nn_text_set_found_error (error, text, at, _ ("the end of the target"));
  return FALSE;
}

static gboolean
make_expression (NnNudge *self, const char *text, GError **error)
{
  g_auto (NnFault) fault = { .text = text };

  if (!nn_text_check (text, error))
    return FALSE;
  self->expression = nn_nudge_read_function (text, &fault);
  if (self->expression == NULL)
    g_propagate_error (error, g_steal_pointer (&fault.error));
  return self->expression != NULL;
}

/**
 * nn_nudge_make:
 *
 * Returns: (transfer full) (nullable): NULL if a part of @spec is not valid; the message
 *   says which
 */
NnNudge *
nn_nudge_make (const NnNudgeSpec *spec, GError **error)
{
  g_autoptr (NnNudge) self = NULL;

  g_return_val_if_fail (spec->target != NULL && spec->expression != NULL, NULL);
  g_return_val_if_fail (!spec->time.before_backward || spec->time.when != NN_WHEN_MANUAL,
                        NULL);

  self = g_atomic_rc_box_new0 (NnNudge);
  if (!check_numbers (spec, error) || !make_target (self, spec, error) ||
      !make_expression (self, spec->expression, error))
    return NULL;
  self->amount = nn_expression_uses_amount (self->expression) ? spec->amount : 0;
  self->exact_amount = nn_number_widen (self->amount);
  self->time = get_used (&spec->time);
  self->memory = spec->memory;
  self->skips = spec->skips;
  return check_length (self, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * nn_nudge_aim_with:
 * @target: the first of a list, which is copied
 *
 * Returns: (transfer full): the same, with these targets
 */
NnNudge *
nn_nudge_aim_with (const NnNudge *self, const NnTarget *target)
{
  NnNudge *copy = g_atomic_rc_box_new0 (NnNudge);

  *copy = *self;
  copy->written = NULL;
  nn_target_copy (&copy->target, target);
  copy->expression = nn_expression_ref (self->expression);
  return copy;
}

/**
 * nn_nudge_aim_at:
 * @layers: for each target, the name of a layer or a pattern that replaces it
 *
 * Returns: (transfer full): a copy with other targets
 */
NnNudge *
nn_nudge_aim_at (const NnNudge *self, const char *const *layers)
{
  NnNudge *copy = nn_nudge_aim_with (self, &self->target);

  for (NnTarget *target = &copy->target; target != NULL; target = target->next) {
    g_free (target->layer);
    target->layer = g_strdup (*layers++);
  }
  return copy;
}

NnNudge *
nn_nudge_ref (NnNudge *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  NnNudge *self = data;

  g_clear_pointer (&self->expression, nn_expression_unref);
  g_clear_pointer (&self->written, g_free);
  nn_target_clear (&self->target);
}

void
nn_nudge_unref (NnNudge *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

static gboolean
is_its_section (const NnNudge *self, const NnSection *section)
{
  const gboolean each_example = self->time.when == NN_WHEN_EVERY_EXAMPLE;

  switch (section->kind) {
  case NN_SECTION_BEFORE_BACKWARD: /* once per step: before the first example's */
    return self->time.before_backward && (each_example || section->first_example);
  case NN_SECTION_AFTER_EXAMPLE:
    return !self->time.before_backward && each_example;
  case NN_SECTION_AFTER_STEP:
    return !self->time.before_backward && !each_example;
  }
  g_return_val_if_reached (FALSE);
}

/**
 * nn_nudge_is_due:
 *
 * Returns: whether @self's time says that it is applied in @section
 */
gboolean
nn_nudge_is_due (const NnNudge *self, const NnSection *section)
{
  return is_its_section (self, section) &&
         nn_time_has_step (&self->time, section->step, section->epoch);
}

/**
 * nn_nudge_dup_target:
 *
 * Returns: (transfer full): the target's text: "fc1.weight"
 */
char *
nn_nudge_dup_target (const NnNudge *self)
{
  return nn_target_dup_text (&self->target);
}

/**
 * nn_nudge_dup_text:
 *
 * Returns: (transfer full): the canonical text, from which nn_nudge_parse () makes an
 *   equal nudge; the same in every locale
 */
char *
nn_nudge_dup_text (const NnNudge *self)
{
  static const char *const memories[] = {
    [NN_MEMORY_KEEP] = "",
    [NN_MEMORY_ZERO] = " memory=zero",
    [NN_MEMORY_ZERO_ALL] = " memory=zero-all",
  };
  g_autofree char *target = nn_nudge_dup_target (self);
  GString *text = g_string_new (target);

  g_string_append_printf (text, ": %s", nn_expression_get_text (self->expression));
  if (!nn_time_is_always (&self->time)) {
    g_autofree char *time = nn_time_dup_text (&self->time);

    g_string_append_printf (text, " @ %s", time);
  }
  if (nn_expression_uses_amount (self->expression)) {
    g_string_append (text, " a=");
    nn_number_append_float (text, self->amount);
  }
  g_string_append (text, memories[self->memory]);
  g_string_append (text, self->skips ? " else=skip" : "");
  return g_string_free (text, FALSE);
}

/**
 * nn_nudge_dup_written:
 *
 * Returns: (transfer full): the text that it was parsed from, for messages; if there is
 *   none, nn_nudge_dup_text ()
 */
char *
nn_nudge_dup_written (const NnNudge *self)
{
  return self->written ? g_strdup (self->written) : nn_nudge_dup_text (self);
}
