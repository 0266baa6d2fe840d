#!/usr/bin/python3
# circles.py - no file needs one that needs it
#
# SPDX-License-Identifier: MIT
#
#   circles.py TOP FOLDER...
#
# For the C files of each FOLDER below TOP, without those in folders below it. A file is
# NAME.c with NAME.h; it needs the files whose headers either of them includes. Two rules:
#
#   - following needs never leads back to a file;
#   - what NAME.c defines for others NAME.h declares, so that the includes tell the truth.
#
# Prints each offence, and exits with 1 if there is one.

import os
import re
import sys

INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.M)
# A definition, as the house style writes it: its name begins a line, after its type's.
DEFINED = re.compile(r"^(?!static\b|typedef\b|G_DEFINE|#|/\*| )\S.*\n([a-z]\w*) \(", re.M)
DECLARED = re.compile(r"\b([a-z]\w*) \(")


def read_files(top, folders):
    """NAME (with its folder) -> {".c" and ".h": text}"""
    files = {}
    for folder in folders:
        for entry in sorted(os.listdir(os.path.join(top, folder))):
            name, ending = os.path.splitext(entry)
            if ending in (".c", ".h"):
                with open(os.path.join(top, folder, entry), encoding="utf-8") as file:
                    files.setdefault(f"{folder}/{name}", {})[ending] = file.read()
    return files


def find_needs(files):
    needs = {}
    for name, texts in files.items():
        found = {include[:-2] for text in texts.values() for include in INCLUDE.findall(text)}
        needs[name] = sorted((found & files.keys()) - {name})
    return needs


def find_circle(needs):
    """A list of names that begins and ends with the same one, or None."""
    done = set()

    def follow(name, path):
        if name in path:
            return path[path.index(name):] + [name]
        if name in done:
            return None
        for needed in needs[name]:
            circle = follow(needed, path + [name])
            if circle:
                return circle
        done.add(name)
        return None

    for name in needs:
        circle = follow(name, [])
        if circle:
            return circle
    return None


def find_strays(files):
    """(file, function) of each that another header declares, or none."""
    for name, texts in files.items():
        declared = set(DECLARED.findall(texts.get(".h", "")))
        for function in DEFINED.findall(texts.get(".c", "")):
            prefix = function.split("_")[0]
            if prefix in ("nudge", "nn") and function not in declared:
                yield name, function


def main(top, folders):
    files = read_files(top, folders)
    offences = [f"{name}.c: {function} () is not declared in {name}.h"
                for name, function in find_strays(files)]
    circle = find_circle(find_needs(files))
    if circle:
        offences.append("circle: " + " -> ".join(circle))
    for offence in offences:
        print(offence)
    return 1 if offences else 0


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit("usage: circles.py TOP FOLDER...")
    sys.exit(main(sys.argv[1], sys.argv[2:]))
