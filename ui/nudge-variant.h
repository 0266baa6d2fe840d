/* nudge-variant.h - a nudge as another one, but for a part of it
 *
 * SPDX-License-Identifier: MIT
 *
 * Nudges never change, so to change one is to make another: of the pieces of the first,
 * some of them changed. By its pointer it is a new one.
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
