#!/usr/bin/python3
# embed-demos.py - experiments as text that is compiled into the program
#
# SPDX-License-Identifier: MIT
#
#   embed-demos.py OUTPUT.h FILE.nudge...
#
# OUTPUT.h defines demo_names, which ends with NULL, and demo_texts, in the order of the files.

import json
import pathlib
import sys

output, *sources = sys.argv[1:]


def quoted(text):
    """As a string of C; JSON escapes what C does, if it is ASCII."""
    return json.dumps(text)


with open(output, "w", encoding="utf-8") as file:
    print("/* Made of resources/demos by embed-demos.py. */", file=file)
    print("static const char *const demo_names[] = {", file=file)
    for source in sources:
        print(f"  {quoted(pathlib.Path(source).stem)},", file=file)
    print("  NULL,\n};", file=file)
    print("static const char *const demo_texts[] = {", file=file)
    for source in sources:
        text = pathlib.Path(source).read_text(encoding="ascii")
        print("\n".join(f"  {quoted(line)}" for line in text.splitlines(keepends=True)) + ",", file=file)
    print("};", file=file)
