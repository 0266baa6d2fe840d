#!/usr/bin/python3
# embed-experiments.py - experiments as text that is compiled into the program
#
# SPDX-License-Identifier: MIT
#
#   embed-experiments.py KIND OUTPUT.h FILE.nudge...
#
# OUTPUT.h defines KIND_names, which ends with NULL, and KIND_texts, in the order of the files.

import json
import pathlib
import sys

kind, output, *sources = sys.argv[1:]


def quoted(text):
    """As a string of C; JSON escapes what C does."""
    return json.dumps(text)


with open(output, "w", encoding="utf-8") as file:
    print(f"/* Made of resources/{kind}s by embed-experiments.py. */", file=file)
    print(f"static const char *const {kind}_names[] = {{", file=file)
    for source in sources:
        print(f"  {quoted(pathlib.Path(source).stem)},", file=file)
    print("  NULL,\n};", file=file)
    print(f"static const char *const {kind}_texts[] = {{", file=file)
    for source in sources:
        text = pathlib.Path(source).read_text(encoding="utf-8")
        print("\n".join(f"  {quoted(line)}" for line in text.splitlines(keepends=True)) + ",", file=file)
    print("};", file=file)
