#!/usr/bin/python3
# tensors.py - record what PyTorch and NumPy say of some tensors
#
# SPDX-License-Identifier: MIT
#
# Writes tensors.json beside itself; README.md says what it holds. Needs Debian's
# python3-torch and python3-numpy:
#
#   tests/golden/tensors.py

import json
import sys
from pathlib import Path

import numpy as np
import torch

HERE = Path(__file__).resolve().parent
BINS = 64
SIDE = 256

# name: type, shape, scale, offset, and what is put at an index instead.
CASES = {
    "matrix": ("float32", [7, 5], 2.0, 0.25, {}),
    "blocks": ("float32", [300, 1000], 0.02, 0.0, {}),
    "filter": ("float32", [64, 3, 7, 7], 0.3, 0.0, {17: 0.0, 18: -0.0}),
    "vector": ("float32", [1000], 1.0, 0.0, {}),
    "positive": ("float64", [40, 40], 1.0, 1000000.0, {}),
    "negative": ("float64", [11, 3], 1.0, -2.0, {}),
    "special": ("float32", [20, 20], 1.0, 0.0, {3: "nan", 4: "inf", 45: "-inf", 399: "nan"}),
    "number": ("float64", [], 1.0, 0.5, {}),
    "tiny": ("float64", [50], 1e-300, 0.0, {}),
}


def make(kind, shape, scale, offset, instead):
    """What test-nn-tensor-summary.c makes, too: a hash of the index, its cube."""
    n = int(np.prod(shape, dtype=np.int64))
    u = (np.arange(n, dtype=np.uint64) * np.uint64(2654435761) % np.uint64(2**32)) / 2.0**31 - 1
    values = u * u * u * scale + offset
    for index, value in instead.items():
        values[index] = float(value)
    return values.astype(kind).reshape(shape)


def edges(low, high):
    if not low < 0 < high:
        return low + np.arange(BINS + 1) * ((high - low) / BINS)
    n = min(max(round(-low / (high - low) * BINS), 1), BINS - 1)
    return np.arange(-n, BINS - n + 1) * max(-low / n, high / (BINS - n))


def histogram(values):
    low, high = values.min(), values.max()
    if low == high:
        return {"low": low, "high": high, "counts": [values.size] + [0] * (BINS - 1)}
    bounds = edges(low, high)
    bounds[0], bounds[-1] = min(bounds[0], low), max(bounds[-1], high)
    counts, _ = np.histogram(values, bounds)
    return {"low": bounds[0], "high": bounds[-1], "counts": counts.tolist()}


def number(value):
    value = float(value)
    return value if np.isfinite(value) else str(value)


def picture(values):
    """Some cells: [row, column, mean, extreme]; and the sums of the finite ones of all."""
    matrix = values.reshape(values.shape[0], -1) if values.ndim > 1 else values.reshape(1, -1)
    rows, columns = (min(n, SIDE) for n in matrix.shape)
    means = np.full((rows, columns), np.nan)
    extremes = np.full((rows, columns), np.nan)
    for i in range(rows):
        band = matrix[i * matrix.shape[0] // rows : (i + 1) * matrix.shape[0] // rows]
        for k in range(columns):
            first, end = (j * matrix.shape[1] // columns for j in (k, k + 1))
            block = band[:, first:end].flatten()
            finite = block[np.isfinite(block)]
            if finite.size:
                means[i, k] = finite.mean()
            if not np.isnan(block).any():
                extremes[i, k] = block[np.abs(block).argmax()]
    some = [(i * 37 % rows, i * 91 % columns) for i in range(40)]
    return {
        "rows": rows,
        "columns": columns,
        "means": float(means[np.isfinite(means)].sum()),
        "extremes": float(extremes[np.isfinite(extremes)].sum()),
        "cells": [[i, k, number(means[i, k]), number(extremes[i, k])] for i, k in some],
    }


def describe(name, case):
    kind, shape, scale, offset, instead = case
    values = make(*case).astype(np.float64)
    finite = values[np.isfinite(values)]
    tensor = torch.from_numpy(finite)
    return {
        "name": name,
        "type": kind,
        "shape": shape,
        "scale": scale,
        "offset": offset,
        "instead": [[index, value] for index, value in instead.items()],
        "zeros": int((values == 0).sum()),
        "nans": int(np.isnan(values).sum()),
        "infinities": int(np.isinf(values).sum()),
        "min": tensor.min().item(),
        "max": tensor.max().item(),
        "mean": tensor.mean().item(),
        "std": number(tensor.std().item()) if tensor.numel() > 1 else "nan",
        "norm": tensor.norm().item(),
        "histogram": histogram(finite),
        "picture": picture(values),
    }


def main():
    lines = ",\n".join(json.dumps(describe(*item)) for item in CASES.items())
    (HERE / "tensors.json").write_text('{ "tensors": [\n%s\n] }\n' % lines)


if __name__ == "__main__":
    sys.exit(main())
