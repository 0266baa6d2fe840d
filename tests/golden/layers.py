#!/usr/bin/python3
# layers.py - record how large PyTorch's weights, gradients and updates are, by layer
#
# SPDX-License-Identifier: MIT
#
# Writes layers.json beside itself; README.md says what it holds. Needs Debian's
# python3-torch:
#
#   tests/golden/layers.py

import json
import os
import sys
from pathlib import Path

# As in seed.py: the kernels that nearly every machine runs.
os.environ["ATEN_CPU_CAPABILITY"] = "avx2"
os.environ["OPENBLAS_CORETYPE"] = "Prescott"

import torch  # noqa: E402
from seed import Net  # noqa: E402
from torch.nn.utils import parameters_to_vector  # noqa: E402

HERE = Path(__file__).resolve().parent
STEPS = 25
SEEDS = range(6)
BINS = 48


def vector(layer):
    return parameters_to_vector(layer.parameters()).detach().clone()


def number(tensor):
    return float("%.9g" % tensor.item())


def dead(outputs):
    """The share of units that are 0 for every example."""
    return number((outputs == 0).all(dim=0).float().mean())


def histogram(now, start):
    both = torch.cat([now.flatten(), start.flatten()])
    low, high = both.min().item(), both.max().item()
    return {
        "low": float("%.9g" % low),
        "high": float("%.9g" % high),
        "now": torch.histc(now, BINS, low, high).int().tolist(),
        "start": torch.histc(start, BINS, low, high).int().tolist(),
    }


def run(seed):
    torch.manual_seed(seed)
    net = Net()
    features = torch.rand((3, 1))
    layers = [net.fc1, net.fc2, net.fc3]
    start = [layer.weight.detach().clone() for layer in layers]
    optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
    for _ in range(STEPS):
        optimizer.zero_grad()
        torch.mean(torch.square(5 - torch.sum(net(features)))).backward()
        before = [vector(layer) for layer in layers]
        optimizer.step()
    first = torch.relu(net.fc1(features))
    second = torch.relu(net.fc2(first))
    outputs = [first, second, net.fc3(second)]
    return {
        "seed": seed,
        "steps": STEPS,
        "layers": [
            {
                "weight_norm": number(vector(layer).norm()),
                "gradient_norm": number(
                    torch.cat([p.grad.flatten() for p in layer.parameters()]).norm()
                ),
                "update_over_weight": number(
                    (vector(layer) - old).norm() / vector(layer).norm()
                ),
                "dead_units": dead(output),
                "histogram": histogram(layer.weight.detach(), weight),
            }
            for layer, old, output, weight in zip(layers, before, outputs, start)
        ],
    }


def main():
    if "avx2" not in Path("/proc/cpuinfo").read_text().split():
        return "layers.py: this processor has no AVX2: nothing written"
    torch.set_num_threads(1)
    lines = ",\n".join(json.dumps(run(seed)) for seed in SEEDS)
    (HERE / "layers.json").write_text('{ "runs": [\n%s\n] }\n' % lines)


if __name__ == "__main__":
    sys.exit(main())
