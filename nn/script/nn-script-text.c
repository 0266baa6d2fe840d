/* nn-script-text.c - lines of Python, indented
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/script/nn-script-text.h"

#include <string.h>

/**
 * nn_script_append_indented:
 * @lines: each with its newline
 * @depth: levels of four spaces
 */
void
nn_script_append_indented (GString *text, const char *lines, guint depth)
{
  while (*lines) {
    const char *end = strchr (lines, '\n');

    g_string_append_printf (text, "%*s%.*s\n", *lines == '\n' ? 0 : (int) depth * 4, "",
                            (int) (end - lines), lines);
    lines = end + 1;
  }
}
