#!/usr/bin/python3
# phases.py - record what each phase of some steps leaves in PyTorch
#
# SPDX-License-Identifier: MIT
#
# Writes phases.json beside itself: the seed experiment with its three nudges, its first
# steps; README.md says what the file holds. Needs Debian's python3-torch:
#
#   tests/golden/phases.py

import json
import sys
from pathlib import Path

import seed  # first: it chooses PyTorch's kernels
import torch

STEPS = 3
SEEDS = [1, 3]


def values(tensors):
    """All their float32 values in order, as bits."""
    return [word for tensor in tensors for word in seed.bits(tensor)]


def forward(net, features):
    """Returns the units of the first example, features first, and the output of all."""
    hidden = torch.relu(net.fc1(features))
    hidden_2 = torch.relu(net.fc2(hidden))
    out = net.fc3(hidden_2)
    return [features[0], hidden[0], hidden_2[0], out[0]], out


def step(net, features, optimizer):
    record = {"forward": values(net.parameters())}
    optimizer.zero_grad()
    units, out = forward(net, features)
    loss = torch.mean(torch.square(5 - torch.sum(out)))
    record["example"] = values(units)
    record["loss"] = float("%.9g" % loss.item())
    loss.backward()
    record["gradients"] = values([p.grad for p in net.parameters()])
    optimizer.step()
    record["optimizer"] = values(net.parameters())
    seed.nudge(net)
    record["section"] = values(net.parameters())
    return record


def run(number):
    torch.manual_seed(number)
    net = seed.Net()
    features = torch.rand((3, 1))
    optimizer = torch.optim.Adam(net.parameters())
    return {"seed": number, "steps": [step(net, features, optimizer) for _ in range(STEPS)]}


def main():
    if "avx2" not in Path("/proc/cpuinfo").read_text().split():
        return "phases.py: this processor has no AVX2: nothing written"
    torch.set_num_threads(1)
    lines = []
    for number in SEEDS:
        record = run(number)
        steps = ",\n    ".join(json.dumps(one) for one in record["steps"])
        lines.append('{ "seed": %d, "steps": [\n    %s ] }' % (number, steps))
    text = '{ "runs": [\n  %s\n] }\n' % ",\n  ".join(lines)
    json.loads(text)
    (seed.HERE / "phases.json").write_text(text)


if __name__ == "__main__":
    sys.exit(main())
