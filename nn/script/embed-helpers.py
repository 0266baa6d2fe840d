#!/usr/bin/python3
# embed-helpers.py - the functions of helpers.py as texts that are compiled into the program
#
# SPDX-License-Identifier: MIT
#
#   embed-helpers.py OUTPUT.h HELPERS.py
#
# OUTPUT.h defines helpers[], each with a name and a text, in the file's order.

import ast
import json
import pathlib
import sys

output, source = sys.argv[1:]
text = pathlib.Path(source).read_text(encoding="ascii")
lines = text.splitlines()

with open(output, "w", encoding="ascii") as file:
    print("/* Made of helpers.py by embed-helpers.py. */", file=file)
    print("static const struct {\n  const char *name;\n  const char *text;\n} helpers[] = {", file=file)
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef):
            first = min([node.lineno, *(d.lineno for d in node.decorator_list)])
            function = "".join(line + "\n" for line in lines[first - 1 : node.end_lineno])
            print("  { %s,\n    %s }," % (json.dumps(node.name), "\n    ".join(map(json.dumps, function.splitlines(True)))), file=file)
    print("};", file=file)
