#!/usr/bin/python3
# embed.py - a data set as numbers that are compiled into the program
#
# SPDX-License-Identifier: MIT
#
#   embed.py NAME FILE.csv OUTPUT.h
#
# OUTPUT.h defines NAME_data, an NnShipped (nn-shipped.h). The last column is the classes:
# names, numbered in the order of their first appearance, or numbers from 0. The others have
# at most one decimal, and fit into a byte when that is taken away.

import csv
import decimal
import sys

name, source, output = sys.argv[1:]
with open(source, newline="", encoding="utf-8") as file:
    header, *rows = csv.reader(file)

inputs = [[decimal.Decimal(value) for value in row[:-1]] for row in rows]
scale = 10 if any(value % 1 for row in inputs for value in row) else 1
classes = [row[-1] for row in rows]
names = list(dict.fromkeys(classes)) if not classes[0].isdigit() else sorted(set(classes), key=int)


def quoted(texts):
    return ", ".join(f'"{text}"' for text in texts)


with open(output, "w", encoding="utf-8") as file:
    print(f"/* Made of {name}.csv by embed.py. */", file=file)
    print(f"static const guint8 {name}_inputs[] = {{", file=file)
    for row in inputs:
        print(",".join(str(int(value * scale)) for value in row) + ",", file=file)
    print("};", file=file)
    print(f"static const guint8 {name}_classes[] = {{", file=file)
    print(",".join(str(names.index(label)) for label in classes), file=file)
    print("};", file=file)
    print(f"static const char *const {name}_features[] = {{ {quoted(header[:-1])}, NULL }};", file=file)
    print(f"static const char *const {name}_names[] = {{ {quoted(names)}, NULL }};", file=file)
    print(f"static const NnShipped {name}_data = {{", file=file)
    print(f"  {len(rows)}, {len(header) - 1}, {scale}, {name}_inputs, {name}_classes,", file=file)
    print(f'  {name}_features, "{header[-1]}", {name}_names,', file=file)
    print("};", file=file)
