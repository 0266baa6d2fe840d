#!/usr/bin/python3
# random-numbers.py - record PyTorch's random numbers and first weights
#
# SPDX-License-Identifier: MIT
#
# Writes random.json and init.json beside itself; README.md says what they hold.
# Run it with Debian's python3-torch:
#
#   python3 tests/golden/random-numbers.py

import hashlib
import json
import os
import sys
from pathlib import Path

# The kernels for AVX2 (see seed.py): those for older processors round uniform_ twice
# and compute large normal_ with libm.
os.environ["ATEN_CPU_CAPABILITY"] = "avx2"

import torch  # noqa: E402
from torch import nn  # noqa: E402
from torch.nn import init  # noqa: E402
from torch.utils.data import DataLoader  # noqa: E402

HERE = Path(__file__).resolve().parent
STREAM_SEEDS = (0, 1, 2, 5489, 2147483648, 4294967295)
STATE_WORDS = 624  # MT19937 makes new words when it has given this many

# Draws from one stream, in order: the calls that a test repeats.
MIXES = {
    "every small normal": [["normal", n, 0, 1] for n in range(1, 16)],
    "a second number waits": [
        ["normal", 1, 0, 1],
        ["uniform", 3, 0, 1],
        ["permutation", 5],
        ["normal", 16, 0, 1],
        ["normal", 2, 0, 1],
        ["uniform", 1, 0, 1],
        ["normal", 33, 0, 1],
        ["normal", 4, 0, 1],
        ["uniform", 2, 0, 1],
    ],
    "around the block of 16": [
        ["normal", n, 0, 1] for n in (15, 16, 17, 24, 31, 32, 33, 48, 63)
    ],
    "mean and deviation": [
        ["normal", 7, 0.3, 1.7],
        ["normal", 19, 0.3, 1.7],
        ["normal", 3, -2, 0.1],
        ["normal", 40, 1e-3, 1e-5],
        ["normal", 5, 4, 0],
        ["normal", 16, 4, 0],
        ["uniform", 9, -0.7, 0.1],
    ],
    "permutations": [["permutation", n] for n in (1, 2, 5, 16, 100, 2)],
    "epochs of a DataLoader": [
        ["normal", 1, 0, 1],
        *([["dataloader", n] for n in (1, 2, 5, 16, 100, 100)]),
        ["uniform", 3, 0, 1],
        ["permutation", 7],
        ["dataloader", 7],
        ["normal", 2, 0, 1],
    ],
}
# The same for many numbers, of which only a digest is kept.
LONG = [
    ["normal", 100003, 0, 1],
    ["permutation", 30000],
    ["normal", 65536, 0.3, 1.7],
    ["uniform", 100000, -3, 2],
    ["dataloader", 30000],
]

# Weights of fewer than 16 elements and of more are drawn by different algorithms.
SHAPES = {"small": (1, 2, 3, 1), "mixed": (5, 3, 7, 4, 2)}
CONSTANT = 0.3
KINDS = {
    "torch": None,
    "xavier_uniform": init.xavier_uniform_,
    "xavier_normal": init.xavier_normal_,
    "kaiming_uniform": lambda w: init.kaiming_uniform_(w, nonlinearity="relu"),
    "kaiming_normal": lambda w: init.kaiming_normal_(w, nonlinearity="relu"),
    "zeros": init.zeros_,
    "constant": lambda w: init.constant_(w, CONSTANT),
}


def bits(tensor):
    """The float32 values in row-major order, each as an unsigned 32-bit integer."""
    words = tensor.detach().contiguous().view(torch.int32).flatten().tolist()
    return [word & 0xFFFFFFFF for word in words]


def stream(seed):
    # The range is one short of 2^32, as from 2^32 on random_ would draw 64-bit words.
    torch.manual_seed(seed)
    words = torch.empty(STATE_WORDS + 8, dtype=torch.int64).random_(0, 2**32 - 1)
    words = words.tolist()
    torch.manual_seed(seed)
    floats = torch.rand(8)
    return {
        "seed": seed,
        "words": words[:8],
        "words_from_620": words[620:628],
        "rand": bits(floats),
    }


def draw(kind, n, *arguments):
    if kind == "permutation":
        return torch.randperm(n).tolist()
    if kind == "dataloader":
        return [int(row) for row in DataLoader(range(n), shuffle=True)]
    values = torch.empty(n)
    if kind == "normal":
        return bits(values.normal_(*arguments))
    return bits(values.uniform_(*arguments))


def as_call(kind, n, *arguments):
    return [kind, n] + [float(a) for a in arguments]


def mix(name, seed):
    torch.manual_seed(seed)
    calls = MIXES[name]
    return {
        "name": name,
        "seed": seed,
        "draws": [{"call": as_call(*c), "values": draw(*c)} for c in calls],
    }


def sha256(values):
    """Of the values as 32-bit words, the lowest byte first."""
    return hashlib.sha256(b"".join(v.to_bytes(4, "little") for v in values)).hexdigest()


def long(seed):
    torch.manual_seed(seed)
    draws = [{"call": as_call(*c), "sha256": sha256(draw(*c))} for c in LONG]
    return {"name": "long", "seed": seed, "draws": draws}


def network(shape, kind, seed, biases=(True, True, True, True)):
    torch.manual_seed(seed)
    sizes = SHAPES[shape]
    layers = [nn.Linear(i, o, bias=b) for i, o, b in zip(sizes, sizes[1:], biases)]
    for layer in layers if KINDS[kind] else []:
        KINDS[kind](layer.weight)
        if layer.bias is None:
            continue
        if kind == "constant":
            KINDS[kind](layer.bias)
        else:
            init.zeros_(layer.bias)
    values = torch.cat([p.flatten() for layer in layers for p in layer.parameters()])
    return {
        "init": kind,
        "seed": seed,
        "sizes": list(sizes),
        "biases": list(biases[: len(layers)]),
        "parameters": bits(values),
        "next": bits(torch.cat([torch.randn(1), torch.rand(1)])),
    }


def write(name, lists):
    """Each list's records one after the other, each of their keys on a line."""
    parts = []
    for key, records in lists.items():
        objects = []
        for record in records:
            lines = ['    "%s": %s' % (k, as_json(v)) for k, v in record.items()]
            objects.append("  {\n" + ",\n".join(lines) + "\n  }")
        parts.append('"%s": [\n%s\n]' % (key, ",\n".join(objects)))
    text = "{ %s }\n" % ", ".join(parts)
    json.loads(text)
    (HERE / name).write_text(text)


def as_json(value):
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "[\n      " + ",\n      ".join(json.dumps(v) for v in value) + "\n    ]"
    return json.dumps(value)


def main():
    if "avx2" not in Path("/proc/cpuinfo").read_text().split():
        return "random-numbers.py: this processor has no AVX2: nothing written"
    torch.set_num_threads(1)
    mixes = [mix(name, 7 + i) for i, name in enumerate(MIXES)]
    write(
        "random.json",
        {
            "streams": [stream(seed) for seed in STREAM_SEEDS],
            "mixes": mixes + [long(seed) for seed in (0, 2147483648)],
        },
    )
    runs = [network(s, k, seed) for s in SHAPES for k in KINDS for seed in (1, 2)]
    for biases in ((False, True, True, False), (True, False, False, True)):
        runs += [network("mixed", k, 3, biases) for k in KINDS]
    write("init.json", {"networks": runs})


if __name__ == "__main__":
    sys.exit(main())
