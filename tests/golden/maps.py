#!/usr/bin/python3
# maps.py - record what each neuron of some small networks puts out over its map
#
# SPDX-License-Identifier: MIT
#
# Writes maps.json beside itself; README.md says what it holds. Needs Debian's
# python3-torch:
#
#   tests/golden/maps.py

import json
import os
import sys
from pathlib import Path

# As in seed.py: the kernels that nearly every machine runs.
os.environ["ATEN_CPU_CAPABILITY"] = "avx2"
os.environ["OPENBLAS_CORETYPE"] = "Prescott"

import torch  # noqa: E402
from torch import nn  # noqa: E402
from torch.nn.utils import parameters_to_vector  # noqa: E402

HERE = Path(__file__).resolve().parent
POINTS = 33  # of a line
# Of a plane: points of a side, in training and at rest, and of all points every how many is
# kept. Neither divides a side, so that they are from all rows and all columns.
SIDES = ((32, 3), (128, 97))
MARGIN = 0.1  # around the examples of a plane, as a share of their range
ACTIVATIONS = {"tanh": nn.Tanh, "relu": nn.ReLU, "identity": nn.Identity}

# Units and activation of each layer; loss; the features across and up, and the example that
# has the others, of more than two.
CASES = {
    "tanh": (2, [(8, "tanh"), (8, "tanh"), (1, "identity")], "mse", None),
    "classes": (2, [(5, "relu"), (3, "identity")], "cross_entropy", None),
    "line": (1, [(6, "tanh"), (1, "identity")], "mse", None),
    "chosen": (4, [(6, "relu"), (2, "identity")], "mse", ([3, 1], 5)),
}


def as_bits(tensor):
    return tensor.detach().flatten().view(torch.int32).tolist()


def as_numbers(tensor):
    return [float("%.7g" % value) for value in tensor.detach().flatten().tolist()]


def get_range(values, margin):
    low, high = values.min(), values.max()
    return low - margin * (high - low), high + margin * (high - low)


def make_line(inputs):
    return torch.linspace(*(v.item() for v in get_range(inputs[:, 0], 0)), POINTS)[:, None]


def make_plane(inputs, across, up, example, side):
    """Rows from the top down, of points from left to right."""
    x, y = (
        torch.linspace(*(v.item() for v in get_range(inputs[:, i], MARGIN)), side)
        for i in (across, up)
    )
    points = inputs[example].repeat(side * side, 1)
    points[:, across] = x.repeat(side)
    points[:, up] = y.flip(0).repeat_interleave(side)
    return points


def make_network(n_inputs, layers):
    """Weights large enough that a tanh bends and that a relu has both its halves."""
    linear = []
    for units, _ in layers:
        linear.append(nn.Linear(n_inputs, units))
        nn.init.normal_(linear[-1].weight, 0, 1.5 / n_inputs**0.5)
        nn.init.normal_(linear[-1].bias, 0, 0.5)
        n_inputs = units
    return linear


@torch.no_grad()
def evaluate(linear, layers, points):
    """(units, points): the outputs of every layer, one after the other."""
    rows, values = [], points
    for layer, (_, activation) in zip(linear, layers):
        values = ACTIVATIONS[activation]()(layer(values))
        rows.append(values.T)
    return torch.cat(rows)


def make_experiment(inputs, layers, loss):
    n = len(inputs)
    classes = layers[-1][0]
    targets = [i % classes for i in range(n)]
    if loss != "cross_entropy":
        targets = [[0.0] * classes for _ in range(n)]
    return {
        "nudge": 1,
        "data": {"source": "inline", "inputs": inputs.tolist(), "targets": targets},
        "network": {"layers": [{"units": u, "activation": a} for u, a in layers]},
        "loss": {"type": loss},
    }


def record(name):
    n_inputs, layers, loss, chosen = CASES[name]
    torch.manual_seed(list(CASES).index(name))
    # Off the centre and of other ranges, so that no two axes can be mistaken.
    inputs = torch.randn(9, n_inputs) * torch.linspace(1, 2, n_inputs) + 0.25
    linear = make_network(n_inputs, layers)
    (across, up), example = chosen or ([0, 1], 0)
    if n_inputs == 1:
        maps = [(make_line(inputs), 1)]
    else:
        maps = [(make_plane(inputs, across, up, example, s), e) for s, e in SIDES]
    return {
        "name": name,
        "experiment": make_experiment(inputs, layers, loss),
        "plane": {"features": [across, up], "example": example} if chosen else None,
        "parameters": as_bits(
            parameters_to_vector([p for layer in linear for p in layer.parameters()])
        ),
        "maps": [
            {
                "points": len(points),
                "every": every,
                "inputs": [as_numbers(row[::every]) for row in points.T],
                "outputs": [
                    as_numbers(row[::every])
                    for row in evaluate(linear, layers, points)
                ],
            }
            for points, every in maps
        ],
    }


def main():
    if "avx2" not in Path("/proc/cpuinfo").read_text().split():
        return "maps.py: this processor has no AVX2: nothing written"
    torch.set_num_threads(1)
    lines = ",\n".join(json.dumps(record(name)) for name in CASES)
    (HERE / "maps.json").write_text('{ "networks": [\n%s\n] }\n' % lines)


if __name__ == "__main__":
    sys.exit(main())
