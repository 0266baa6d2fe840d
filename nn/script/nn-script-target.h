/* nn-script-target.h - what a nudge changes, as Python names it
 *
 * SPDX-License-Identifier: MIT
 *
 * A target such as "fc1[0:3], fc2.bias" as a list of parts, one for each parameter
 * or part of one, in the order in which the engine changes them. A plain value with
 * one owner.
 */

#pragma once

#include "nn/model/nn-architecture.h"
#include "nn/nudge/nn-nudge.h"

G_BEGIN_DECLS

/* What a nudge changes in one parameter. */
typedef struct {
  char *name;  /* (owned) "fc1.weight" */
  char *path;  /* (owned) "model.fc1.weight" */
  char *index; /* (owned) "[0:3, 1:2]"; "" for all of it */
  char *key;   /* (owned) (nullable) that as an object: "(slice(0, 3), slice(1, 2))" */
} NnScriptPart;

typedef struct {
  GArray *parts;      /* (owned) (element-type NnScriptPart) */
  gboolean is_all;    /* it is all of the network's parameters */
  gboolean has_edges; /* a part is of chosen edges: it has a key, and no index */
  gsize least_size;   /* values of the smallest part */
  GError *refusal;    /* (owned) (nullable) why the nudge can never be applied */
} NnScriptTarget;

void nn_script_target_init (NnScriptTarget *self,
                            const NnNudge *nudge,
                            const NnArchitecture *architecture);
void nn_script_target_clear (NnScriptTarget *self);

G_END_DECLS
