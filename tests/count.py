#!/usr/bin/python3
# count.py - how many tests passed, in one line
#
# SPDX-License-Identifier: MIT
#
#   count.py testlog.json...
#
# Reads meson's logs, one test program a line, and counts the tests inside each program
# (its TAP lines). A program that fails without naming a failed test, because it crashed
# or ran out of time, counts as one failure. Exit status 1 if any failed or none ran.

import json
import re
import sys

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


def main(paths):
    totals = [0, 0, 0]
    for path in paths:
        try:
            with open(path, encoding="utf-8") as log:
                counts = [count(json.loads(line)) for line in log]
        except FileNotFoundError:
            counts = []
        if not counts:
            print("count.py: %s: no tests ran" % path, file=sys.stderr)
            counts = [(0, 1, 0)]
        totals = [sum(column) for column in zip(totals, *counts)]
    print("%d passed, %d failed, %d skipped" % tuple(totals))
    return 1 if totals[1] or not totals[0] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
