#!/usr/bin/python3
# quantities.py - record what PyTorch has of each weight beside its value
#
# SPDX-License-Identifier: MIT
#
# Writes quantities.json beside itself; README.md says what it holds. Needs Debian's
# python3-torch:
#
#   tests/golden/quantities.py

import json
import os
import sys
from pathlib import Path

# As in seed.py: the kernels that nearly every machine runs.
os.environ["ATEN_CPU_CAPABILITY"] = "avx2"
os.environ["OPENBLAS_CORETYPE"] = "Prescott"

import torch  # noqa: E402
from seed import Net  # noqa: E402

HERE = Path(__file__).resolve().parent
STEPS = 7

# By Nudge's name: settings, which are PyTorch's, too; and the names of the moments.
CASES = {
    "sgd": (torch.optim.SGD, {"lr": 0.001, "momentum": 0.9}, ["momentum_buffer"]),
    "adam": (torch.optim.Adam, {"lr": 0.01}, ["exp_avg", "exp_avg_sq"]),
    "adamw": (torch.optim.AdamW, {"lr": 0.01}, ["exp_avg", "exp_avg_sq"]),
    "rmsprop": (
        torch.optim.RMSprop,
        {"lr": 0.001, "centered": True, "momentum": 0.5},
        ["square_avg", "momentum_buffer", "grad_avg"],
    ),
    "adagrad": (torch.optim.Adagrad, {"lr": 0.01}, ["sum"]),
}


def flat(tensors):
    """All values in order, as %.9g, which reads back to the same bits."""
    values = torch.cat([tensor.detach().flatten() for tensor in tensors])
    return [float("%.9g" % value) for value in values.tolist()]


def run(name):
    kind, settings, moments = CASES[name]
    torch.manual_seed(1)
    net = Net()
    features = torch.rand((3, 1))
    parameters = list(net.parameters())
    initial = [p.detach().clone() for p in parameters]
    optimizer = kind(parameters, foreach=False, **settings)
    for _ in range(STEPS):
        optimizer.zero_grad()
        torch.mean(torch.square(5 - torch.sum(net(features)))).backward()
        before = [p.detach().clone() for p in parameters]
        optimizer.step()
        after = [p.detach().clone() for p in parameters]
        with torch.no_grad():
            net.fc2.weight.mul_(0.99)
    values = [features[1]]
    with torch.no_grad():
        for layer in (net.fc1, net.fc2):
            values.append(torch.relu(layer(values[-1])))
        values.append(net.fc3(values[-1]))
    return {
        "optimizer": name,
        "settings": settings,
        "steps": STEPS,
        "gradient": flat(p.grad for p in parameters),
        "optimizer_change": flat(a - b for a, b in zip(after, before)),
        "nudge_change": flat(p - a for p, a in zip(parameters, after)),
        "sample": flat(values),
        "sample_loss": torch.square(5 - values[-1].sum()).item(),
        "since_start": flat(p - i for p, i in zip(parameters, initial)),
        "moments": {
            m: flat(optimizer.state[p][m] for p in parameters) for m in moments
        },
    }


def main():
    if "avx2" not in Path("/proc/cpuinfo").read_text().split():
        return "quantities.py: this processor has no AVX2: nothing written"
    torch.set_num_threads(1)
    records = [run(name) for name in CASES]
    lines = ",\n".join(json.dumps(record) for record in records)
    (HERE / "quantities.json").write_text('{ "cases": [\n%s\n] }\n' % lines)


if __name__ == "__main__":
    sys.exit(main())
