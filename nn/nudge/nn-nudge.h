/* nn-nudge.h - a nudge: an update function with a target, an amount and a time
 *
 * SPDX-License-Identifier: MIT
 *
 * As text: TARGETS: FUNCTION [@ WHEN] [a=AMOUNT] [memory=WHAT] [else=skip], the last four
 * in any order, for example
 *
 *   fc1.weight: w + a*w @ every 10 steps a=0.001
 *
 * = and := stand for the ':', and fc1.weight *= 0.9 is fc1.weight: w*0.9. In brackets
 * behind a target may be a condition: fc1.weight[abs(w) < 0.1] = 0.
 *
 * FUNCTION is an expression (nn/nudge/nn-expression.h), or a name from the catalogue in
 * any case, which comes first: noise is w + a*noise, and (noise) the random numbers
 * themselves. A name may have its amount behind it: scale 0.9, prune(50%). A function from
 * there may go without an amount: its usual one is meant.
 *
 * TARGETS  fc1 (weight and bias), fc1.weight, fc1.bias, * (all), *.weight, *.bias, a
 *          part of a layer, or several, separated by commas: nn/nudge/nn-target.h
 * WHEN     every step (the default), every 10 steps, every epoch, step 10 and more:
 *          nn/nudge/nn-time.h
 * AMOUNT   0.5, 1/2, 0,5 or 50%
 * WHAT     becomes of the optimizer's memory: keep (the default), zero (as if the target
 *          had never been trained; of a part of a parameter the moments, but not the
 *          count of steps), zero-all (of the whole network)
 *
 * With else=skip a parameter that the function has no finite values for stays as it is,
 * and the others are changed; without, none is.
 *
 * Immutable and shared (ref and unref from any thread). A nudge knows no network:
 * whether its target exists is found out where it is applied.
 */

#pragma once

#include <glib.h>

#include "nn/nudge/nn-expression.h"
#include "nn/nudge/nn-functions.h"
#include "nn/nudge/nn-target.h"
#include "nn/nudge/nn-time.h"

G_BEGIN_DECLS

/* Where in a training step there is a gradient-free section for nudges. */
typedef enum {
  NN_SECTION_BEFORE_BACKWARD, /* between a forward pass and its backward pass */
  NN_SECTION_AFTER_EXAMPLE,   /* after one's backward pass, where they go one at a time */
  NN_SECTION_AFTER_STEP,      /* after the optimizer */
} NnSectionKind;

typedef struct {
  NnSectionKind kind;
  guint64 step;           /* the one that is under way, or just taken; from 1 */
  gboolean first_example; /* of its batch; TRUE if the batch goes through as one */
  guint64 epoch;          /* the one that ends with this step, from 1; 0: none does */
} NnSection;

/* What becomes of the optimizer's memory of the weights that were changed. */
typedef enum {
  NN_MEMORY_KEEP,     /* momentum will drag an edited weight */
  NN_MEMORY_ZERO,     /* of the target */
  NN_MEMORY_ZERO_ALL, /* of the whole network */
} NnMemory;

typedef struct {
  NnTarget target;          /* (owned) */
  NnExpression *expression; /* (owned) */
  float amount;             /* what `a` stands for; 0 where it is not used */
  double exact_amount;      /* before it was rounded to float32 */
  NnTime time;
  NnMemory memory;
  gboolean skips; /* else=skip */
  char *written;  /* (owned) (nullable) the text it was read from */
} NnNudge;

/* What a person says of a nudge, in pieces. */
typedef struct {
  const char *target;     /* "fc1", "fc1.weight[2]", "*" … */
  const char *expression; /* an expression, or a name from the catalogue */
  float amount;           /* ignored where @expression does not use it, but finite */
  NnTime time;            /* what its kind does not use is ignored */
  NnMemory memory;
  gboolean skips;
  gboolean of_arrays; /* @target is in a file */
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
