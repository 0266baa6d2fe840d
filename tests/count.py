#!/usr/bin/python3
# count.py - which tests failed and, in the last line, how many passed
#
# SPDX-License-Identifier: MIT
#
#   count.py testlog.json...
#   count.py --again testlog.json      the names of the programs with a window that failed
#
# Reads meson's logs, one test program a line, and counts the tests inside each program
# (its TAP lines). A program that fails without naming a failed test, because it crashed
# or ran out of time, counts as one failure. Exit status 1 if any failed or none ran.
#
# What a failed program said last stands here once more, as meson prints it before all that
# runs afterwards, which may be all that is kept of a long log. Where testlog-again.json is
# beside testlog.json, a program counts as it did there; that it failed before is said.

import json
import re
import sys

# What is shown of a program that failed: its last lines, shortened.
LINES = 25
COLUMNS = 200

RESULT = re.compile(r"^(not )?ok\b[^#\n]*(?:#\s*(skip|todo))?", re.IGNORECASE | re.MULTILINE)


def is_good(program):
    return program["result"] in ("OK", "SKIP", "EXPECTEDFAIL")


def count(program):
    passed = failed = skipped = 0
    for match in RESULT.finditer(program.get("stdout", "")):
        bad, directive = match.groups()
        if directive:
            skipped += 1
        elif bad:
            failed += 1
        else:
            passed += 1
    good = is_good(program)
    if not good and not failed:
        failed = 1
    elif good and not passed + failed + skipped:
        passed, skipped = (1, 0) if program["result"] == "OK" else (0, 1)
    return passed, failed, skipped


def tell(path, program, again):
    """Prints which tests of PROGRAM, of the log PATH, failed, and what it said last."""
    passed = ", and OK when it was run again" if again and is_good(again) else ""
    print("%s in %s: %s%s" % (program["name"], path, program["result"], passed))
    said = (program.get("stdout", "") + "\n" + program.get("stderr", "")).split("\n")
    failed = []
    rest = []
    for line in said:
        match = RESULT.match(line)
        if not match:
            rest.append(line)
        elif match.group(1) and not match.group(2):
            failed.append(line)
    for line in failed + [line for line in rest if line.strip()][-LINES:]:
        print("    " + line[:COLUMNS])


def read(path):
    try:
        with open(path, encoding="utf-8") as log:
            return [json.loads(line) for line in log]
    except FileNotFoundError:
        return []


def count_log(path):
    programs = read(path)
    again = {program["name"]: program for program in read(path.replace(".json", "-again.json"))}
    if not programs:
        print("count.py: %s: no tests ran" % path, file=sys.stderr)
        return [(0, 1, 0)]
    for program in programs:
        if not is_good(program):
            tell(path, program, again.get(program["name"]))
    return [count(again.get(program["name"], program)) for program in programs]


def list_again(path):
    """Prints the names of the failed programs that have a screen, as meson takes them."""
    for program in read(path):
        if not is_good(program) and any(word.endswith("with-display") for word in program["command"]):
            print(program["name"].rpartition(" / ")[2])


def main(paths):
    totals = [0, 0, 0]
    for path in paths:
        totals = [sum(column) for column in zip(totals, *count_log(path))]
    print("%d passed, %d failed, %d skipped" % tuple(totals))
    return 1 if totals[1] or not totals[0] else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--again"]:
        list_again(sys.argv[2])
    else:
        sys.exit(main(sys.argv[1:]))
