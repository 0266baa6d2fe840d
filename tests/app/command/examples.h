/* examples.h - examples that are told to users, run
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "tests/app/program.h"

G_BEGIN_DECLS

/* Returns: (element-type utf8): the @group of each match of @pattern in @text */
GPtrArray *find_all (const char *text, const char *pattern, int group);

void examples_make_files (const Scratch *scratch);

/* Fails the test unless @example, a command line, does what it is to. */
void example_run (const Scratch *scratch, const char *example);

G_END_DECLS
