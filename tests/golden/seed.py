#!/usr/bin/python3
# seed.py - record what PyTorch computes for the seed experiment
#
# SPDX-License-Identifier: MIT
#
# Writes seed.json and seed-nudged.json beside itself; README.md says what they
# hold. Needs Debian's python3-torch:
#
#   tests/golden/seed.py

import json
import os
import sys
from pathlib import Path

# PyTorch chooses its kernels by the processor, and they differ in the last bit. Those
# for AVX2 are what nearly every machine runs (AVX-512 gives the same bytes); they fuse
# multiplication and addition, in uniform_ too, so initial parameters depend on it.
# OpenBLAS is held to kernels that agree with the reference BLAS. Both variables are
# read when PyTorch is loaded.
os.environ["ATEN_CPU_CAPABILITY"] = "avx2"
os.environ["OPENBLAS_CORETYPE"] = "Prescott"

import torch  # noqa: E402
from torch import nn  # noqa: E402

HERE = Path(__file__).resolve().parent
STEPS = 1000
SEEDS = range(10)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(1, 2)
        self.fc2 = nn.Linear(2, 3)
        self.fc3 = nn.Linear(3, 1)

    def forward(self, x):
        x = torch.relu(self.fc1(x))
        x = torch.relu(self.fc2(x))
        return self.fc3(x)


def bits(tensor):
    """The float32 values in row-major order, each as an unsigned 32-bit integer."""
    words = tensor.detach().contiguous().view(torch.int32).flatten().tolist()
    return [word & 0xFFFFFFFF for word in words]


def parameters(net):
    return {name: bits(p) for name, p in net.named_parameters()}


def gradients(net):
    return {name: bits(p.grad) for name, p in net.named_parameters()}


def nudge(net):
    with torch.no_grad():
        w = net.fc1.weight
        w.copy_(w + 1e-3 * w)
        w = net.fc2.weight
        w.copy_(1e-2 * w)
        w = net.fc3.weight
        w.copy_(w - 1e-1 * w)


def train(net, features, nudged, each_step=lambda step: None):
    """Returns the loss of every step's forward pass."""
    opt = torch.optim.Adam(net.parameters())
    losses = []
    for step in range(1, STEPS + 1):
        opt.zero_grad()
        out = net(features)
        loss = torch.mean(torch.square(5 - torch.sum(out)))
        loss.backward()
        each_step(step)
        opt.step()
        if nudged:
            nudge(net)
        losses.append(loss.item())
    return losses


def run(seed, nudged):
    torch.manual_seed(seed)
    net = Net()
    features = torch.rand((3, 1))
    record = {
        "seed": seed,
        "initial": parameters(net),
        "features": bits(features),
    }
    exact = Net().double()
    exact.load_state_dict(net.state_dict())

    def keep_first_gradients(step):
        if step == 1:
            record["gradients"] = gradients(net)

    losses = train(net, features, nudged, keep_first_gradients)
    exact_losses = train(exact, features.double(), nudged)
    record["final"] = parameters(net)
    record["float64_difference"] = float(
        "%.3g" % max(abs(a - b) for a, b in zip(losses, exact_losses))
    )
    record["losses"] = losses
    return record


def as_json(key, value):
    """A key's value, wrapped so that a change shows as a few lines."""
    if key != "losses":
        return json.dumps(value)
    numbers = ["%.9g" % loss for loss in value]
    rows = [", ".join(numbers[i : i + 8]) for i in range(0, len(numbers), 8)]
    return "[\n      " + ",\n      ".join(rows) + "\n    ]"


def write(name, key, records):
    objects = []
    for record in records:
        lines = ['    "%s": %s' % (k, as_json(k, v)) for k, v in record.items()]
        objects.append("  {\n" + ",\n".join(lines) + "\n  }")
    text = '{ "%s": [\n%s\n] }\n' % (key, ",\n".join(objects))
    json.loads(text)
    (HERE / name).write_text(text)


def main():
    if "avx2" not in Path("/proc/cpuinfo").read_text().split():
        return "seed.py: this processor has no AVX2: nothing written"
    torch.set_num_threads(1)
    write("seed.json", "runs", [run(seed, False) for seed in SEEDS])
    write("seed-nudged.json", "runs", [run(seed, True) for seed in SEEDS])


if __name__ == "__main__":
    sys.exit(main())
