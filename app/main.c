/* main.c - the program nudge: the command line
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/command/nudge-command-line.h"

int
main (int argc, char *argv[])
{
  return nudge_command_line (argc, argv, NULL);
}
