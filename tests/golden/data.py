#!/usr/bin/python3
# data.py - what generated data are, and values of them recorded from PyTorch
#
# SPDX-License-Identifier: MIT
#
# The functions below define Nudge's data sources: the order of their draws and every
# operation. Writes data.json beside itself; README.md says what it holds. Run it with
# Debian's python3-torch:
#
#   python3 tests/golden/data.py

import json
import math
import os
import sys
from pathlib import Path

# The kernels for AVX2 (see seed.py); large normal_ depends on it.
os.environ["ATEN_CPU_CAPABILITY"] = "avx2"

import torch  # noqa: E402

HERE = Path(__file__).resolve().parent
FEATURES = 3  # of uniform, which alone can have any number
CASES = [(7, 0, 0), (7, 0.25, 0.3), (40, 0, 0), (40, 0.25, 0), (40, 0.25, 0.3)]


# Each source takes the number of examples and the noise, and returns features (n, …)
# and targets (n, 1). The last draw of each is the jitter, normal, in units of the noise.
# It is drawn without noise too, so that noise moves the points and draws no others.
# Where there are two classes, they take turns (in xor, chance decides), so that batches
# in order hold both.


def uniform(n, noise):
    return torch.rand((n, FEATURES)), None


def xor(n, noise):
    """One class where the two features have one sign, and a gap along the axes."""
    points = torch.rand((n, 2)) * 10 - 5
    points = points + torch.where(points > 0, 0.3, -0.3)
    targets = (points[:, :1] > 0) != (points[:, 1:] > 0)
    return points + noise * torch.randn((n, 2)), targets.float()


def circle(n, noise):
    """A disc in a ring. Trigonometry is in float64, here and below."""
    draws = torch.rand((n, 2)).double()
    inner = torch.arange(n) % 2 == 1
    radius = torch.where(inner, 2.5 * draws[:, 0], 3.5 + 1.5 * draws[:, 0])
    angle = 2 * math.pi * draws[:, 1]
    points = polar(radius, angle)
    return points + noise * torch.randn((n, 2)), inner.float()[:, None]


def gauss(n, noise):
    """Two normal clouds of deviation 1."""
    targets = (torch.arange(n) % 2).float()[:, None]
    points = 4 * targets - 2 + torch.randn((n, 2))
    return points + noise * torch.randn((n, 2)), targets


def spiral(n, noise):
    """Two arms, each of one and three quarter turns."""
    draws = torch.rand(n).double()
    arm = torch.arange(n) % 2
    points = polar(0.5 + 4.5 * draws, math.pi * (3.5 * draws + arm))
    return points + noise * torch.randn((n, 2)), arm.float()[:, None]


def moons(n, noise):
    """Two half circles, each with an end in the other's hollow."""
    angle = math.pi * torch.rand(n).double()
    inner = torch.arange(n) % 2 == 1
    x = torch.where(inner, 1 - torch.cos(angle), torch.cos(angle))
    y = torch.where(inner, 0.5 - torch.sin(angle), torch.sin(angle))
    points = torch.stack([x, y], 1).float()
    return points + noise * torch.randn((n, 2)), inner.float()[:, None]


def plane(n, noise):
    """A slope from -1 to 1; the noise is the target's."""
    points = torch.rand((n, 2)) * 10 - 5
    targets = (points[:, :1] + points[:, 1:]) / 10
    return points, targets + noise * torch.randn((n, 1))


def sine(n, noise):
    """One period; the noise is the target's."""
    points = torch.rand((n, 1)) * (2 * math.pi) - math.pi
    targets = torch.sin(points.double()).float()
    return points, targets + noise * torch.randn((n, 1))


def polar(radius, angle):
    x = radius * torch.cos(angle)
    y = radius * torch.sin(angle)
    return torch.stack([x, y], 1).float()


def hold_out(features, targets, validation):
    """Shuffles the rows if some are held out; those are the last."""
    n = len(features)
    if validation == 0:
        return features, targets, n
    order = torch.randperm(n)
    features = features[order]
    targets = None if targets is None else targets[order]
    return features, targets, max(1, n - math.floor(n * validation + 0.5))


SOURCES = (uniform, xor, circle, gauss, spiral, moons, plane, sine)


def bits(tensor):
    """The float32 values in row-major order, each as an unsigned 32-bit integer."""
    words = tensor.contiguous().view(torch.int32).flatten().tolist()
    return [word & 0xFFFFFFFF for word in words]


def record(source, seed, n, noise, validation):
    torch.manual_seed(seed)
    made = source(n, noise)
    features, targets, n_training = hold_out(*made, validation)
    return {
        "source": source.__name__,
        "seed": seed,
        "examples": n,
        "noise": float(noise),
        "validation": float(validation),
        "training": n_training,
        "inputs": bits(features),
        "targets": [] if targets is None else bits(targets),
        "next": bits(torch.rand(1)),
    }


def main():
    if "avx2" not in Path("/proc/cpuinfo").read_text().split():
        return "data.py: this processor has no AVX2: nothing written"
    torch.set_num_threads(1)
    sets = []
    for source in SOURCES:
        for seed, case in enumerate(CASES):
            lines = record(source, seed, *case).items()
            lines = ['    "%s": %s' % (k, json.dumps(v)) for k, v in lines]
            sets.append("  {\n" + ",\n".join(lines) + "\n  }")
    text = '{ "sets": [\n%s\n] }\n' % ",\n".join(sets)
    json.loads(text)
    (HERE / "data.json").write_text(text)


if __name__ == "__main__":
    sys.exit(main())
