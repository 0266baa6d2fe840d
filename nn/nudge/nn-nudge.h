/* nn-nudge.h - a nudge: an update function with a target, an amount and a time
 *
 * SPDX-License-Identifier: MIT
 *
 * As text: TARGETS: FUNCTION [@ WHEN] [a=AMOUNT] [memory=WHAT] [else=skip], the last four
 * in any order, for example
 *
 *   fc1.weight: w + a*w @ every 10 steps a=0.001
 *
 * = and := may be written for the ':', and fc1.weight *= 0.9 is fc1.weight: w*0.9. A
 * target may be followed by a condition in brackets: fc1.weight[abs(w) < 0.1] = 0.
 *
 * FUNCTION is an expression (nn/expression/nn-expression.h), or a name from the catalogue
 * in upper or lower case. A name takes precedence: noise is w + a*noise, and (noise) the
 * random numbers themselves. A name may be followed by its amount: scale 0.9, prune(50%).
 * Without an amount the function's default is used.
 *
 * TARGETS  fc1 (weight and bias), fc1.weight, fc1.bias, * (all), *.weight, *.bias, a
 *          part of a layer, or several, separated by commas: nn/nudge/nn-target.h
 * WHEN     every step (the default), every 10 steps, every epoch, step 10 and more:
 *          nn/nudge/nn-time.h
 * AMOUNT   0.5, 1/2, 0,5 or 50%
 * WHAT     what happens to the optimizer's state: keep (the default), zero (the target's
 *          moments and count of steps; of a part of a parameter only the moments),
 *          zero-all (of the whole network)
 *
 * With else=skip, a parameter for which the function gives a value that is not finite is
 * skipped, and the others are changed; without it, none is changed.
 *
 * Immutable and shared (ref and unref from any thread). A nudge is independent of a
 * network: whether its target exists is checked when it is applied (nn-apply.h).
 */

#pragma once

#include <glib.h>

#include "nn/expression/nn-expression.h"
#include "nn/expression/nn-functions.h"
#include "nn/nudge/nn-target.h"
#include "nn/nudge/nn-time.h"

G_BEGIN_DECLS

/* The points of a training step at which nudges are applied. */
typedef enum {
  NN_SECTION_BEFORE_BACKWARD, /* between a forward pass and its backward pass */
  NN_SECTION_AFTER_EXAMPLE, /* after an example's backward pass, if they run one by one */
  NN_SECTION_AFTER_STEP,    /* after the optimizer */
} NnSectionKind;

typedef struct {
  NnSectionKind kind;
  guint64 step;           /* the present one, from 1 */
  gboolean first_example; /* of the batch; TRUE if the batch is not run one by one */
  guint64 epoch;          /* the one that ends with this step, from 1; 0: none */
} NnSection;

/* What happens to the optimizer's state when weights are changed. */
typedef enum {
  NN_MEMORY_KEEP,     /* later steps still apply momentum from before the change */
  NN_MEMORY_ZERO,     /* the target's is zeroed */
  NN_MEMORY_ZERO_ALL, /* the whole network's is zeroed */
} NnMemory;

typedef struct {
  NnTarget target;          /* (owned) */
  NnExpression *expression; /* (owned) */
  float amount;             /* `a`; 0 if it is not used */
  double exact_amount;      /* the amount before rounding to float32 */
  NnTime time;
  NnMemory memory;
  gboolean skips; /* else=skip */
  char *written;  /* (owned) (nullable) the text that it was parsed from */
} NnNudge;

/* A nudge's parts, as the window's widgets have them: for nn_nudge_make (). */
typedef struct {
  const char *target;     /* "fc1", "fc1.weight[2]", "*" … */
  const char *expression; /* an expression, or a name from the catalogue */
  float amount;           /* finite; ignored if the expression does not use it */
  NnTime time;            /* fields that its kind does not use are ignored */
  NnMemory memory;
  gboolean skips;
  gboolean of_arrays; /* the target is an array of a file: nn_nudge_parse_of_arrays () */
} NnNudgeSpec;

NnNudge *nn_nudge_parse (const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;
NnNudge *nn_nudge_parse_with (const char *text,
                              const NnFunctions *own,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
NnNudge *nn_nudge_parse_of_arrays (const char *text,
                                   const NnFunctions *own,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
NnNudge *
nn_nudge_make (const NnNudgeSpec *spec, GError **error) G_GNUC_WARN_UNUSED_RESULT;
NnNudge *nn_nudge_aim_at (const NnNudge *self,
                          const char *const *layers) G_GNUC_WARN_UNUSED_RESULT;
NnNudge *
nn_nudge_aim_with (const NnNudge *self, const NnTarget *target) G_GNUC_WARN_UNUSED_RESULT;
NnNudge *nn_nudge_ref (NnNudge *self);
void nn_nudge_unref (NnNudge *self);

gboolean nn_nudge_is_due (const NnNudge *self, const NnSection *section);
char *nn_nudge_dup_target (const NnNudge *self);
char *nn_nudge_dup_text (const NnNudge *self);
char *nn_nudge_dup_written (const NnNudge *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnNudge, nn_nudge_unref)

G_END_DECLS
