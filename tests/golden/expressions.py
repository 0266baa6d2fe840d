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
import re
import struct

# The kernels that the other recorded values come from (see seed.py).
os.environ["ATEN_CPU_CAPABILITY"] = "avx2"

import torch  # noqa: E402

# (expression, a, units in the last place that may differ[, the same in Python])
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
    ("abs(w)", 0, 0),
    ("sign(w)", 0, 0),
    ("sqrt(w)", 0, 0),
    ("relu(w)", 0, 0),
    ("floor(w)", 0, 0),
    ("round(w)", 0, 0),
    ("floor(w*8)/8", 0, 0),
    ("round(w/a)*a", 0.125, 0),
    ("exp(w)", 0, 2),
    ("log(w)", 0, 2),
    ("log(abs(w))", 0, 2),
    ("sin(w)", 0, 2),
    ("cos(w)", 0, 2),
    ("sin(1e4*w)", 0, 2),
    ("cos(1e30*w)", 0, 2),
    ("tanh(w)", 0, 2),
    ("sigmoid(w)", 0, 2),
    ("sigmoid(20*w)", 0, 2),
    ("exp(30*w)", 0, 2),
    ("clamp(w, -1, 1)", 0, 0),
    ("clamp(w, a, -a)", 1, 0),
    ("clamp(w, -w*w, 2*w)", 0, 0),
    ("min(w, 0.5)", 0, 0),
    ("max(w, a)", -0.25, 0),
    ("max(w, 0)", 0, 0),
    ("min(w, -w)", 0, 0),
    ("max(-w, w*w)", 0, 0),
    ("pi*w + e", 0, 0),
    ("w < 0.1", 0, 0, "lt(w, 0.1)"),
    ("w <= 0.5", 0, 0, "le(w, 0.5)"),
    ("w > w*w", 0, 0, "gt(w, w*w)"),
    ("w >= a", 1, 0, "ge(w, a)"),
    ("w == -w", 0, 0, "eq(w, -w)"),
    ("w != w", 0, 0, "ne(w, w)"),
    ("3/(w > 0)", 0, 0, "3/gt(w, 0)"),
    ("(w > 0) + (w > 1) - 2", 0, 0, "gt(w, 0) + gt(w, 1) - 2"),
    ("w > 0 ? w : a*w", 0.01, 0, "where(gt(w, 0), w, a*w)"),
    ("w ? 1 : 2", 0, 0, "where(w, 1, 2)"),
    ("w > 0 ? sqrt(w) : 0", 0, 0, "where(gt(w, 0), sqrt(w), 0)"),
    ("w == 0 ? 0 : 1/w", 0, 0, "where(eq(w, 0), 0, 1/w)"),
    ("3/(w > 0 ? 7 : 11)", 0, 0, "3/where(gt(w, 0), 7, 11)"),
    ("(w > 0 ? 7 : 11)/w", 0, 0, "where(gt(w, 0), 7, 11)/w"),
    ("(a > 0 ? 7 : w)/w", 1, 0, "where(gt(a, 0), 7, w)/w"),
    ("7/(a > 0 ? w : 3)", 1, 0, "7/where(gt(a, 0), w, 3)"),
    ("w^(a > 0 ? 2 : w)", 1, 0, "w**where(gt(a, 0), 2, w)"),
    ("w < -1 ? -1 : w > 1 ? 1 : w", 0, 0, "where(lt(w, -1), -1, where(gt(w, 1), 1, w))"),
    ("abs(w) < a ? 0 : w", 0.3, 0, "where(lt(abs(w), a), 0, w)"),
]

# What an update function may look at, of a parameter of so many rows and columns, and what
# is chosen of it. A bias is the first column, as a parameter of its own.
N_ROWS, N_COLUMNS = 9, 8
EDGES = [(0, 0), (8, 7), (3, 1), (1, 3), (4, 4)]
AREAS = ["whole", "part", "bias", "edges"]
PART = (2, 7, 3, 6)  # rows and columns, from and to
STEP = 3

# (expression, a, units in the last place that may differ[, the same in Python])
TARGET_CASES = [
    ("w0", 0, 0),
    ("g", 0, 0),
    ("before", 0, 0),
    ("i", 0, 0),
    ("j", 0, 0),
    ("n", 0, 0),
    ("rank", 0, 0),
    ("mean", 0, 2),
    ("std", 0, 2),
    ("norm", 0, 2),
    ("min", 0, 0),
    ("max", 0, 0),
    ("w + a*(w0 - w)", 0.25, 0),
    ("w - a*g/(1 + n)", 0.1, 0),
    ("w*(i + 1) - j/3", 0, 0),
    ("i == j ? 1 : 0", 0, 0, "where(eq(i, j), 1, 0)"),
    ("rank < a ? 0 : w", 0.3, 0, "where(lt(rank, a), 0, w)"),
    ("n/w", 0, 0),
    ("w^n", 0, 0),
    ("w/min", 0, 0),
    ("min/w", 0, 0),
    ("3/max", 0, 0),
    ("max/3", 0, 0),
    ("0.1*max + w", 0, 0),
    ("max - 0.1", 0, 0),
    ("w*max - min", 0, 0),
    ("(w - min)/(max - min)", 0, 0),
    ("max^2", 0, 0),
    ("max^-0.5", 0, 0),
    ("2^max", 0, 2),
    ("abs(w)^max", 0, 2),
    ("(max - max + 2)^w", 0, 2),
    ("w^(max - max + 2)", 0, 2),
    ("(max > 0 ? 3 : 4)/w", 0, 0, "where(gt(max, 0), 3, 4)/w"),
    ("3/(max > 0 ? 7 : 4)", 0, 0, "3/where(gt(max, 0), 7, 4)"),
    ("w^(max > 0 ? 2.5 : 4)", 0, 2, "w**where(gt(max, 0), 2.5, 4)"),
    ("max > 0 ? w : 1", 0, 0, "where(gt(max, 0), w, 1)"),
    ("max(w, max)", 0, 0),
    ("clamp(w, min/2, max/2)", 0, 0),
    ("w > max/2 ? 0 : w", 0, 0, "where(gt(w, max/2), 0, w)"),
]

# Likewise, of what is drawn; all to the bit.
DRAWN_CASES = [
    ("shuffled", 0, 0),
    ("fresh", 0, 0),
    ("noise + 2*shuffled - fresh*rand + shuffled", 0, 0),
    ("w > 0 ? fresh : noise", 0, 0, "where(gt(w, 0), fresh, noise)"),
]

# (expression, a, units in the last place that may differ, the same in PyTorch); sums are
# float64's, rounded once. Along a dimension, only of what has it.
STATISTIC_CASES = [
    ("sum(w)", 0, 2, "f(d(w).sum())"),
    ("prod(w)", 0, 2, "f(d(w).prod())"),
    ("mean(w*g)", 0, 2, "f(d(w*g).mean())"),
    ("std(abs(w))", 0, 2, "f(d(abs(w)).std())"),
    ("std(w, correction=0)", 0, 2, "f(d(w).std(unbiased=False))"),
    ("np.std(w - g)", 0, 2, "f(d(w - g).std(unbiased=False))"),
    ("norm(w - w0)", 0, 2, "f(d(w - w0).norm())"),
    ("min(abs(w))", 0, 0, "abs(w).min()"),
    ("max(w*w0)", 0, 0, "(w*w0).max()"),
    ("median(w)", 0, 0, "w.median()"),
    ("median(w*g - w0)", 0, 0, "(w*g - w0).median()"),
    ("np.median(w)", 0, 0, "torch.quantile(w, 0.5)"),
    ("quantile(w, 0.3)", 0, 0, "torch.quantile(w, 0.3)"),
    ("quantile(abs(w), a)", 0.9, 0, "torch.quantile(abs(w), a)"),
    ("quantile(w, 0)", 0, 0, "torch.quantile(w, 0)"),
    ("quantile(w, 1)", 0, 0, "torch.quantile(w, 1)"),
    ("any(w > 2)", 0, 0, "f((w > 2).any())"),
    ("all(w < 2)", 0, 0, "f((w < 2).all())"),
    ("count(w > 0)", 0, 0, "f(torch.count_nonzero(w > 0))"),
    ("w.abs().max()/w", 0, 0, "w.abs().max()/w"),
    ("torch.clamp(w, min=-0.5)", 0, 0, "torch.clamp(w, min=-0.5)"),
    ("w.clamp_(max=0.25)", 0, 0, "w.clamp(max=0.25)"),
    ("w*lr", 0, 0, "w*lr"),
    ("w - lr*w.grad", 0, 0, "w - lr*g"),
    ("w.lerp(w0, 0.25)", 0, 2, "w.lerp(w0, 0.25)"),
    ("w.sub(g, alpha=0.5)", 0, 0, "w.sub(g, alpha=0.5)"),
    ("ceil(4*w)", 0, 0, "torch.ceil(4*w)"),
    ("torch.square(w)", 0, 0, "torch.square(w)"),
    ("w.reciprocal()", 0, 0, "w.reciprocal()"),
    ("abs(w).rsqrt()", 0, 0, "abs(w).rsqrt()"),
    ("w.where(w > 0, g)", 0, 0, "torch.where(w > 0, w, g)"),
    ("w.masked_fill(w < 0, 0.5)", 0, 0, "w.masked_fill(w < 0, 0.5)"),
    ("leaky_relu(w)", 0, 0, "torch.nn.functional.leaky_relu(w)"),
    ("0 if -0.5 < w < 0.5 else w", 0, 0, "torch.where((-0.5 < w) & (w < 0.5), o, w)"),
    ("w < -1 or w > 1 and not g > 0", 0, 0, "f((w < -1) | (w > 1) & ~(g > 0))"),
    ("(w < 0) & (g < 0) | (w0 > 0)", 0, 0, "f((w < 0) & (g < 0) | (w0 > 0))"),
    ("w = 2*w; w = w - max; w*w", 0, 0, "torch.square(2*w - (2*w).max())"),
    ("w = w*g; rank < 0.5 ? 0 : w", 0, 0, "smallest(w*g)"),
    ("normal(0, 0.5)", 0, 0, "0.5*randn()"),
    ("normal(mean=w, std=0.5)", 0, 0, "w + 0.5*randn()"),
    ("uniform(-0.25, 0.5)", 0, 0, "-0.25 + 0.75*rand()"),
    ("w = w + randn; max(w)*randn", 0, 0, "(w + randn()).max()*randn()"),
    ("min(noise) + noise*rand", 0, 0, "randn().min() + randn()*rand()"),
    ("0 < randn < 1", 0, 0, "between(randn())"),
]
LANE_CASES = [
    ("w - mean(w, dim=%d)", 2, "w - f(d(w).mean({0}, keepdim=True))"),
    ("w/w.norm(dim=%d, keepdim=True)", 2, "w/f(d(w).norm(dim={0}, keepdim=True))"),
    ("sum(abs(w), axis=%d)", 2, "f(d(abs(w)).sum({0}, keepdim=True))"),
    ("prod(w, dim=%d)", 2, "f(d(w).prod({0}, keepdim=True))"),
    ("std(w, dim=%d)", 2, "f(d(w).std({0}, keepdim=True))"),
    ("max(w, dim=%d)", 0, "w.amax({0}, keepdim=True)"),
    ("amin(w, dim=%d)", 0, "w.amin({0}, keepdim=True)"),
    ("median(w*g, dim=%d)", 0, "(w*g).median({0}, keepdim=True)[0]"),
    ("quantile(w, 0.3, dim=%d)", 0, "torch.quantile(w, 0.3, {0}, keepdim=True)"),
    ("any(w > 1.5, dim=%d)", 0, "f((w > 1.5).any({0}, keepdim=True))"),
    ("all(w < 1, dim=%d)", 0, "f((w < 1).all({0}, keepdim=True))"),
    ("count(w > 0, dim=%d)", 0, "f((w > 0).sum({0}, keepdim=True))"),
]
RATE = 0.05

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


def as_tensor(value):
    return torch.as_tensor(value, dtype=torch.float32)


def where(condition, yes, no):
    """c ? x : y, which is Python's own choice where c is a number."""
    if not torch.is_tensor(condition):
        return yes if condition else no
    return torch.where(condition != 0, as_tensor(yes), as_tensor(no))


def relation(name):
    def compare(x, y):
        truth = getattr(x, "__%s__" % name)(y)
        return truth.to(torch.float32) if torch.is_tensor(truth) else float(truth)

    return compare


FUNCTIONS = {
    name: getattr(torch, name)
    for name in "abs sign sqrt exp log sin cos tanh sigmoid relu floor round".split()
}
FUNCTIONS.update({name: relation(name) for name in "lt le gt ge eq ne".split()})
FUNCTIONS["where"] = where
FUNCTIONS["clamp"] = lambda x, low, high: torch.clamp(
    x, as_tensor(low), as_tensor(high)
)
FUNCTIONS["function_min"] = lambda x, y: torch.minimum(as_tensor(x), as_tensor(y))
FUNCTIONS["function_max"] = lambda x, y: torch.maximum(as_tensor(x), as_tensor(y))
CONSTANTS = {"pi": rounded(math.pi), "e": rounded(math.e)}


def evaluate(case, names):
    text, amount = case[0], rounded(case[1])
    python = case[3] if len(case) > 3 else text.replace("^", "**")
    python = re.sub(r"\b(min|max)\(", r"function_\1(", python)
    names.update(a=amount)
    return eval(python, {**FUNCTIONS, **CONSTANTS}, names)


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


class Target(dict):
    """What is chosen of a parameter, by name. Random arrays are drawn at each mention."""

    def __init__(self, area, arrays):
        rows, columns = torch.meshgrid(
            torch.arange(N_ROWS), torch.arange(N_COLUMNS), indexing="ij"
        )
        self.area = area
        super().__init__({name: self.choose(array) for name, array in arrays.items()})
        self["i"] = self.choose(rows).float()
        self["j"] = self.choose(columns).float()
        w = self["w"]
        order = torch.argsort(w.abs().flatten(), stable=True)
        places = torch.empty_like(order)
        places[order] = torch.arange(w.numel())
        exact = w.double()
        self["rank"] = (places / w.numel()).reshape(w.shape)
        self["mean"] = exact.mean().float()
        self["std"] = exact.std().float()
        self["norm"] = exact.norm().float()
        self["min"] = w.min()
        self["max"] = w.max()
        self["n"] = STEP

    def choose(self, array):
        if self.area == "part":
            return array[PART[0]:PART[1], PART[2]:PART[3]].clone()
        if self.area == "bias":
            return array[:, 0].clone()
        if self.area == "edges":
            return torch.stack([array[edge] for edge in EDGES])
        return array

    def __missing__(self, name):
        w = self["w"]
        if name == "shuffled":
            return w.flatten()[torch.randperm(w.numel())].reshape(w.shape)
        if name != "fresh":
            return {"noise": torch.randn, "rand": torch.rand}[name](w.shape)
        fresh = torch.empty(w.shape)
        if self.area == "whole":
            return torch.nn.init.kaiming_uniform_(fresh, a=math.sqrt(5))
        bound = 1 / math.sqrt(N_COLUMNS)
        if self.area != "bias":
            gain = torch.nn.init.calculate_gain("leaky_relu", math.sqrt(5))
            bound = math.sqrt(3.0) * (gain / math.sqrt(N_COLUMNS))
        return torch.nn.init.uniform_(fresh, -bound, bound)


def smallest(w):
    """w with the smaller half of its values set to zero."""
    order = torch.argsort(w.abs().flatten(), stable=True)
    fractions = torch.arange(len(order), dtype=torch.float32) / len(order)
    kept = w.flatten().clone()
    kept[order[fractions < 0.5]] = 0
    return kept.reshape(w.shape)


WORDS = {
    "torch": torch,
    "d": lambda x: x.double(),
    "f": lambda x: x.float(),
    "smallest": smallest,
    "between": lambda x: ((0 < x) & (x < 1)).float(),
}


def evaluate_in_words(case, target):
    """A case of STATISTIC_CASES or LANE_CASES, as PyTorch's users write it."""
    w = target["w"]
    names = {name: target[name] for name in ("w", "w0", "g")}
    names.update(a=rounded(case[1]), lr=rounded(RATE), o=torch.zeros(()))
    names.update(randn=lambda: torch.randn(w.shape), rand=lambda: torch.rand(w.shape))
    return eval(case[3], {**WORDS, **names})


def get_worded_cases(area):
    """STATISTIC_CASES, and LANE_CASES along the dimensions that there are."""
    yield from STATISTIC_CASES
    for dim in (0, 1, -1) if area in ("whole", "part") else (0, -1):
        for text, tolerance, python in LANE_CASES:
            yield text % dim, 0, tolerance, python.format(dim)


def orthogonal(w):
    """As torch.nn.init.orthogonal_ does it, in float64."""
    if w.dim() < 2:
        return w
    wide = w.size(0) < w.size(1)
    q, r = torch.linalg.qr(w.double().t() if wide else w.double())
    q *= torch.diag(r).sign()
    return (q.t() if wide else q).float()


def print_targets():
    arrays = {
        name: torch.randn(N_ROWS, N_COLUMNS, generator=torch.Generator().manual_seed(k))
        for k, name in enumerate(["w", "w0", "g", "before"])
    }
    arrays["w"][1, 4] = -arrays["w"][6, 2]  # a tie in magnitude
    print("\n#define GOLDEN_ROWS %d" % N_ROWS)
    print("#define GOLDEN_COLUMNS %d" % N_COLUMNS)
    print("#define GOLDEN_SIZE (GOLDEN_ROWS * GOLDEN_COLUMNS)")
    print("#define GOLDEN_STEP %d" % STEP)
    print("#define GOLDEN_RATE %sf" % RATE)
    print("#define GOLDEN_EDGES %d\n" % len(EDGES))
    print("static const NnEdge golden_edges[GOLDEN_EDGES] = { %s };"
          % ", ".join("{ %d, %d }" % edge for edge in EDGES))
    print("static const gsize golden_part[4] = { %d, %d, %d, %d };\n" % PART)
    for name, array in arrays.items():
        print("static const guint32 golden_%s_of_target[GOLDEN_SIZE] = %s;\n"
              % (name, row(array.flatten())))
    print("typedef enum {\n  GOLDEN_%s_AREA,\n} GoldenArea;\n"
          % "_AREA,\n  GOLDEN_".join(area.upper() for area in AREAS))
    print("static const struct {\n  const char *expression;\n  guint32 amount;")
    print("  guint tolerance;\n  GoldenArea area;\n  guint32 seed;")
    print("  guint32 result[GOLDEN_SIZE];")
    print("  guint32 next; /* torch.randn (1), drawn after them */")
    print("} golden_targets[] = {")
    for area in AREAS:
        for seed, case in enumerate(TARGET_CASES + DRAWN_CASES):
            target = Target(area, arrays)
            torch.manual_seed(seed)
            result = as_tensor(evaluate(case, target)).expand(target["w"].shape)
            print('  { "%s", %s, %d, GOLDEN_%s_AREA, %d, %s, %s },'
                  % (case[0], bits(rounded(case[1])), case[2], area.upper(), seed,
                     row(result.flatten()), bits(torch.randn(1).item())))
        for seed, case in enumerate(get_worded_cases(area)):
            target = Target(area, arrays)
            torch.manual_seed(seed)
            result = as_tensor(evaluate_in_words(case, target)).expand(target["w"].shape)
            print('  { "%s", %s, %d, GOLDEN_%s_AREA, %d, %s, %s },'
                  % (case[0], bits(rounded(case[1])), case[2], area.upper(), seed,
                     row(result.flatten()), bits(torch.randn(1).item())))
    print("};\n")
    print("/* In the areas' order. */")
    print("static const guint32 golden_orthogonal[][GOLDEN_SIZE] = {")
    for area in AREAS:
        print("  %s," % row(orthogonal(Target(area, arrays)["w"]).flatten()))
    print("};\n")
    print("/* Of rows 2 to 4, fewer than columns. */")
    print("static const guint32 golden_orthogonal_wide[3 * GOLDEN_COLUMNS] = %s;"
          % row(orthogonal(arrays["w"][2:5]).flatten()))


def main():
    random.seed(1)
    values = SPECIAL + [random.gauss(0, 1) for _ in range(N_VALUES - len(SPECIAL))]
    w = torch.tensor(values, dtype=torch.float32)
    print("/* Made by expressions.py with PyTorch %s. */\n" % torch.__version__)
    print("#define GOLDEN_VALUES %d\n" % N_VALUES)
    print("static const guint32 golden_w[GOLDEN_VALUES] = %s;\n" % row(w))
    print("static const struct {\n  const char *expression;\n  guint32 amount;")
    print("  guint tolerance;\n  guint32 result[GOLDEN_VALUES];\n} golden[] = {")
    for case in CASES:
        text, amount, tolerance = case[:3]
        result = evaluate(case, {"w": w})
        print('  { "%s", %s, %d, %s },'
              % (text, bits(rounded(amount)), tolerance, row(result)))
    print("};\n")
    print_random(w)
    print_targets()


main()
