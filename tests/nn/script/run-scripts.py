#!/usr/bin/python3
# run-scripts.py - runs scripts of experiments, and compares what they print with the runs
#
# SPDX-License-Identifier: MIT
#
#   run-scripts.py FOLDER
#
# Each NAME.py in FOLDER is run, all in this one process, as PyTorch takes longer to load
# than they do, and has to print the losses in NAME.csv, for as long as NAME.near.csv, the same
# run with its weights moved by their rounding, stays near them. Exit status 1 if one does not,
# 77 if there is no PyTorch.

import contextlib
import io
import math
import sys
import traceback
from pathlib import Path

try:
    import torch
except ImportError:
    sys.exit(77)

CLOSE = 1e-5  # relative, or of 1
CHAOTIC = 2e-3  # where rounding is made larger by the run itself
TOO_CHAOTIC = 1e-5  # how far rounding may carry a run for the rest of it to be compared
LEAST_COMPARED = 0.75  # of all rows


def run(path):
    """What it prints, and what stopped it, if anything did."""
    printed = io.StringIO()
    stopped = None
    code = compile(path.read_text(), str(path), "exec")
    with contextlib.redirect_stdout(printed):
        try:
            exec(code, {"__name__": "__main__", "__file__": str(path)})
        except SystemExit as end:
            stopped = str(end)
        except Exception:
            stopped = traceback.format_exc()
    return printed.getvalue().splitlines(), stopped


def distance(row, other):
    """The largest difference, relative or of 1; of what is not finite there must be none."""
    pairs = list(zip(map(float, row.split(",")), map(float, other.split(","))))
    if any(math.isfinite(a) != math.isfinite(b) for a, b in pairs):
        return math.inf
    return max(abs(a - b) / max(1, abs(a)) for a, b in pairs if math.isfinite(a))


def count_comparable(expected, near):
    """How many rows there are before rounding alone makes another run of it."""
    for k, (row, other) in enumerate(zip(expected[1:], near[1:])):
        if distance(row, other) > TOO_CHAOTIC:
            return k
    return min(len(expected), len(near)) - 1


def main(folder):
    torch.set_num_threads(1)
    wrong = rough = n = n_compared = n_rows = 0
    for path in sorted(Path(folder).glob("*.py")):
        expected = path.with_suffix(".csv").read_text().splitlines()
        near = path.with_suffix(".near.csv").read_text().splitlines()
        found, stopped = run(path)
        n_comparable = count_comparable(expected, near)
        distances = [distance(*rows) for rows in zip(expected[1 : n_comparable + 1], found[1:])]
        n += 1
        n_compared += n_comparable
        n_rows += len(expected) - 1
        rough += max(distances, default=0) > CLOSE
        if found[:1] != expected[:1] or len(distances) < n_comparable or max(distances, default=0) > CHAOTIC:
            wrong += 1
            print("%s: %s after %d of %d rows: %s" % (path.name, max(distances, default=None), len(distances), n_comparable, stopped))
    print("%d of %d are wrong, %d only as close as %g; %d of %d rows compared" % (wrong, n, rough, CHAOTIC, n_compared, n_rows))
    return 1 if wrong or n_compared < LEAST_COMPARED * max(1, n_rows) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
