#!/usr/bin/python3
# pickle.py - makes the seeds in pickle/ and torch/: values in each protocol, tensors
#
# SPDX-License-Identifier: MIT
#
# test-nn-pickle.c says what the values must read as. Tensors are of the files that
# ../../data/torch.py made; their pickles alone are in pickle/, as in a zip a changed one
# would not fit its checksum.

import collections
import pathlib
import shutil
import sys
import zipfile

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

torch = folder.parents[1] / "data" / "torch"
for name in ("checkpoint", "numbers", "views", "quantized", "sparse", "resnet", "protocol-4"):
    with zipfile.ZipFile(torch / f"{name}.pt") as archive:
        (folder / "pickle" / f"tensors-{name}.pkl").write_bytes(archive.read(f"{name}/data.pkl"))
(folder / "torch").mkdir(exist_ok=True)
for name in ("state-dict", "views", "zip64", "legacy", "legacy-views", "legacy-checkpoint", "legacy-numbers"):
    shutil.copy(torch / f"{name}.pt", folder / "torch")
