#!/usr/bin/python3
# count.py - which tests failed and, in the last line, how many passed
#
# SPDX-License-Identifier: MIT
#
#   count.py testlog.json...
#
# Reads meson's logs, one test program a line, and counts the tests inside each program
# (its TAP lines). A program that fails without naming a failed test, because it crashed
# or ran out of time, counts as one failure. What a failed program said last stands here once
# more, as meson prints it before all that runs afterwards, which may be all that is kept of a
# long log. Exit status 1 if any failed or none ran.

import json
import re
import sys

# What is shown of a program that failed: its last lines, shortened.
LINES = 25
COLUMNS = 200

RESULT = re.compile(r"^(not )?ok\b[^#\n]*(?:#\s*(skip|todo))?", re.IGNORECASE | re.MULTILINE)


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
    good = program["result"] in ("OK", "SKIP", "EXPECTEDFAIL")
    if not good and not failed:
        failed = 1
    elif good and not passed + failed + skipped:
        passed, skipped = (1, 0) if program["result"] == "OK" else (0, 1)
    return passed, failed, skipped


def tell(path, program):
    """Prints which tests of PROGRAM, of the log PATH, failed, and what it said last."""
    print("%s in %s: %s" % (program["name"], path, program["result"]))
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


def main(paths):
    totals = [0, 0, 0]
    for path in paths:
        try:
            with open(path, encoding="utf-8") as log:
                programs = [json.loads(line) for line in log]
        except FileNotFoundError:
            programs = []
        counts = [count(program) for program in programs]
        for program, (_, failed, _) in zip(programs, counts):
            if failed:
                tell(path, program)
        if not counts:
            print("count.py: %s: no tests ran" % path, file=sys.stderr)
            counts = [(0, 1, 0)]
        totals = [sum(column) for column in zip(totals, *counts)]
    print("%d passed, %d failed, %d skipped" % tuple(totals))
    return 1 if totals[1] or not totals[0] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
