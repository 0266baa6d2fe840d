#!/usr/bin/env python3
# expressions.py - record what PyTorch makes of update functions
#
# SPDX-License-Identifier: MIT
#
# Prints expressions.inc, which test-nn-expression.c includes, as bits of float32:
#
#   python3 expressions.py > expressions.inc

import math
import os
import random
import struct

# The kernels that the other recorded values come from (see seed.py).
os.environ["ATEN_CPU_CAPABILITY"] = "avx2"

import torch  # noqa: E402

# (expression, a, units in the last place that may differ)
CASES = [
    ("w + 1e-3*w", 0, 0),
    ("1e-2*w", 0, 0),
    ("w - 1e-1*w", 0, 0),
    ("w + a*w", 0.001, 0),
    ("a*w", 0.01, 0),
    ("w - a*w", 0.1, 0),
    ("w/3", 0, 0),
    ("3/w", 0, 0),
    ("a/w - w/a", 0.7, 0),
    ("(w+1)/(w-1)", 0, 0),
    ("1 - w*w/w", 0, 0),
    ("-(-w) + +w", 0, 0),
    ("0.1 - w", 0, 0),
    ("w^2", 0, 0),
    ("-w^2", 0, 0),
    ("w^3", 0, 0),
    ("w^0.5", 0, 0),
    ("w^-0.5", 0, 0),
    ("w^-1", 0, 0),
    ("w^-2", 0, 0),
    ("w^a", 2, 0),
    ("w^0", 0, 0),
    ("w^1", 0, 0),
    ("1^w", 0, 0),
    ("2^w", 0, 2),
    ("(-2)^w", 0, 2),
    ("0.25^w", 0, 2),
    ("w^4", 0, 2),
    ("w^-3", 0, 2),
    ("w^0.75", 0, 2),
    ("w^a", 1.5, 2),
    ("w^w", 0, 2),
    ("w**2**-w", 0, 2),
]

# (expression, a, how many of the last w); all to the bit
RANDOM_CASES = [
    (text, amount, n)
    for n in (1, 5, 15, 16, 17, 71)
    for text, amount in [
        ("w + a*noise", 0.01),
        ("rand*w - rand", 0),
        ("noise/(1 + rand) + 2*noise", 0),
    ]
]

SPECIAL = [
    0.0, -0.0, 1.0, -1.0, 2.0, -2.0, 0.5, -0.5, 3.0, 10.0, 1e-3, -1e-3,
    1e-45, -1e-45, 1e-40, -3e-39, 1.1754944e-38, 3.4028235e38, -3.4028235e38,
    1e20, -1e20, 1e-20, math.inf, -math.inf, math.nan,
]
N_VALUES = 96  # a multiple of what PyTorch's vector code takes at once


def bits(value):
    return "0x%08x" % struct.unpack("<I", struct.pack("<f", value))[0]


def rounded(value):
    return torch.tensor(value, dtype=torch.float32).item()


def row(tensor):
    words = [bits(value) for value in tensor.tolist()]
    lines = [", ".join(words[i:i + 6]) for i in range(0, len(words), 6)]
    return "{\n" + "".join("    %s,\n" % line for line in lines) + "  }"


class Draws(dict):
    """Names, of which noise and rand are drawn anew at each mention."""

    def __init__(self, seed, w, amount):
        super().__init__(w=w, a=amount)
        self.generator = torch.Generator().manual_seed(seed)

    def __missing__(self, name):
        draw = {"noise": torch.randn, "rand": torch.rand}[name]
        return draw(self["w"].shape, generator=self.generator)


def print_random(w):
    print("static const struct {\n  const char *expression;\n  guint32 amount;")
    print("  guint32 seed;\n  gsize n;\n  guint32 result[GOLDEN_VALUES];")
    print("  guint32 next; /* torch.randn (1), drawn after them */")
    print("} golden_random[] = {")
    for seed, (text, amount, n) in enumerate(RANDOM_CASES):
        amount = rounded(amount)
        names = Draws(seed, w[-n:], amount)
        result = row(eval(text, {}, names))
        after = bits(torch.randn(1, generator=names.generator).item())
        head = '"%s", %s, %d, %d' % (text, bits(amount), seed, n)
        print("  { %s, %s, %s }," % (head, result, after))
    print("};")


def main():
    random.seed(1)
    values = SPECIAL + [random.gauss(0, 1) for _ in range(N_VALUES - len(SPECIAL))]
    w = torch.tensor(values, dtype=torch.float32)
    print("/* Made by expressions.py with PyTorch %s. */\n" % torch.__version__)
    print("#define GOLDEN_VALUES %d\n" % N_VALUES)
    print("static const guint32 golden_w[GOLDEN_VALUES] = %s;\n" % row(w))
    print("static const struct {\n  const char *expression;\n  guint32 amount;")
    print("  guint tolerance;\n  guint32 result[GOLDEN_VALUES];\n} golden[] = {")
    for text, amount, tolerance in CASES:
        amount = rounded(amount)
        result = eval(text.replace("^", "**"), {"w": w, "a": amount})
        print('  { "%s", %s, %d, %s },' % (text, bits(amount), tolerance, row(result)))
    print("};\n")
    print_random(w)


main()
