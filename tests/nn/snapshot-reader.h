/* snapshot-reader.h - what a program that shares no code with us finds in a snapshot
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "nn/model/nn-architecture.h"

G_BEGIN_DECLS

char *snapshot_describe (const NnArchitecture *architecture, const float *values);
char *snapshot_read_by_python (const char *path);

G_END_DECLS
