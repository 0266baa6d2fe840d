#!/usr/bin/python3
# pickle.py - makes the seeds in pickle/: the same value in each protocol
#
# SPDX-License-Identifier: MIT
#
# test-nn-pickle.c says what each must read as.

import collections
import pathlib
import sys

folder = pathlib.Path(__file__).resolve().parent
sys.path.remove(str(folder))  # or this file would be what the next line imports

import pickle  # noqa: E402

VALUE = {
    "numbers": [1, -2, 300, 70000, -70000, 1 << 40, -(1 << 40), 1 << 80, 1.5, -0.0],
    "others": (None, True, False),
    "ordered": collections.OrderedDict([("x", ()), ("y", (1,)), ("z", (1, 2, 3))]),
    "set": {1},
    "bytes": b"abc",
    "text": "plain",
}
# One list three times, one of them within itself.
shared = [1]
shared.append(shared)

for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
    (folder / "pickle" / f"values-{protocol}.pkl").write_bytes(pickle.dumps(VALUE, protocol))
    (folder / "pickle" / f"shared-{protocol}.pkl").write_bytes(pickle.dumps([shared, shared], protocol))
