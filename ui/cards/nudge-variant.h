/* nudge-variant.h - a copy of a nudge with a part changed
 *
 * SPDX-License-Identifier: MIT
 *
 * Nudges are immutable: to change one is to make another from its parts, some of
 * them changed.
 */

#pragma once

#include "nn/nudge/nn-nudge.h"

G_BEGIN_DECLS

char *nudge_variant_begin (const NnNudge *of, NnNudgeSpec *spec);
NnNudge *nudge_variant_make (const NnNudgeSpec *spec) G_GNUC_WARN_UNUSED_RESULT;
NnNudge *nudge_variant_once (const NnNudge *of) G_GNUC_WARN_UNUSED_RESULT;
NnNudge *
nudge_variant_aimed (const NnNudge *of, const char *target) G_GNUC_WARN_UNUSED_RESULT;
gboolean nudge_variant_same_function (const NnNudge *a, const NnNudge *b);
gboolean nudge_variant_same_target (const NnNudge *a, const NnNudge *b);
gboolean nudge_variant_same_but_amount (const NnNudge *a, const NnNudge *b);

G_END_DECLS
