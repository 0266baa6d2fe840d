#!/usr/bin/python3
# optimizers.py - record what PyTorch's optimizers do to a few parameters
#
# SPDX-License-Identifier: MIT
#
# Writes optimizers.json beside itself; README.md says what it holds. Run it with
# Debian's python3-torch:
#
#   python3 tests/golden/optimizers.py

import json
import os
import sys
from pathlib import Path

# As in seed.py: the kernels that nearly every machine runs.
os.environ["ATEN_CPU_CAPABILITY"] = "avx2"

import torch  # noqa: E402

HERE = Path(__file__).resolve().parent

# The parameters of a network 4-3-1. The first is long enough for one of PyTorch's
# vectors and a rest, the others are rests.
SHAPES = ((3, 4), (3,), (1, 3), (1,))
STEPS = 30
LONG = 300  # steps of a long case, which goes through the gradients again and again
KEPT = 25  # of which every so many are kept

# From step to step, the first being 1, the third parameter's gradient is zero.
ZERO = range(12, 15)

# Those whose parameter "none" has no gradient in the steps from "from" to "to".
FIRST = {"parameter": 1, "from": 1, "to": 3}
LATER = {"parameter": 0, "from": 6, "to": 9}


def case(optimizer, settings, change=None, none=None, steps=STEPS, every=1):
    return {
        "optimizer": optimizer,
        "settings": settings,
        "change": change,  # settings from step 16 on
        "none": none,
        "steps": steps,
        "every": every,
    }


CASES = [
    case("sgd", {"lr": 0.1}),
    case("sgd", {"lr": 0.1, "weight_decay": 0.01}, {"lr": 0.03}, LATER),
    case("sgd", {"lr": 0.1, "momentum": 0.9}, {"lr": 0.01}, FIRST),
    case("sgd", {"lr": 0.1}, {"momentum": 0.5}, LATER),
    case("sgd", {"lr": 0.1, "momentum": 0.9, "nesterov": True}, {"momentum": 0.7}),
    case(
        "sgd",
        {"lr": 0.1, "momentum": 0.9, "nesterov": True, "weight_decay": 0.05},
        None,
        LATER,
    ),
    case("adam", {}),
    case("adam", {"weight_decay": 0.1}, {"lr": 0.01}, LATER),
    case("adam", {"betas": [0.5, 0.9], "eps": 1e-3}, {"betas": [0.6, 0.95]}, FIRST),
    case("adam", {"lr": 0.01}, None, LATER, LONG, KEPT),
    case("adamw", {}),
    case("adamw", {"lr": 0.02, "weight_decay": 0.5}, {"lr": 0.005}, LATER),
    case("adamw", {"weight_decay": 0}, None, None, LONG, KEPT),
    case("rmsprop", {}),
    case("rmsprop", {"momentum": 0.9}, {"lr": 0.001}, FIRST),
    case("rmsprop", {"centered": True}, {"alpha": 0.9}, LATER),
    case(
        "rmsprop",
        {"centered": True, "momentum": 0.8, "weight_decay": 0.1, "eps": 1e-4},
        None,
        LATER,
    ),
    case("adagrad", {}),
    case("adagrad", {"lr_decay": 0.1, "weight_decay": 0.1}, {"lr": 0.05}, LATER),
    case("adagrad", {"initial_accumulator_value": 0.5, "eps": 1e-3}, None, FIRST),
]

OPTIMIZERS = {
    "sgd": torch.optim.SGD,
    "adam": torch.optim.Adam,
    "adamw": torch.optim.AdamW,
    "rmsprop": torch.optim.RMSprop,
    "adagrad": torch.optim.Adagrad,
}


def flat(tensors):
    """All values in order, each as its bits, an unsigned 32-bit integer."""
    values = torch.cat([tensor.detach().flatten() for tensor in tensors])
    return [word & 0xFFFFFFFF for word in values.view(torch.int32).tolist()]


def make_gradients():
    """Of every size from 1e-4 to 10, as training has them."""
    steps = []
    for step in range(1, STEPS + 1):
        grads = [torch.randn(s) * 10 ** (torch.rand(s) * 5 - 4) for s in SHAPES]
        if step in ZERO:
            grads[2].zero_()
        steps.append(grads)
    return steps


def run(record, initial, gradients):
    parameters = [torch.nn.Parameter(p.clone()) for p in initial]
    make = OPTIMIZERS[record["optimizer"]]
    optimizer = make(parameters, foreach=False, **record["settings"])
    none = record["none"] or {"parameter": None, "from": 0, "to": 0}
    values = []
    for step in range(1, record["steps"] + 1):
        if step == 16 and record["change"]:
            optimizer.param_groups[0].update(record["change"])
        for i, parameter in enumerate(parameters):
            grad = gradients[(step - 1) % STEPS][i].clone()
            skip = i == none["parameter"] and none["from"] <= step <= none["to"]
            parameter.grad = None if skip else grad
        optimizer.step()
        if step % record["every"] == 0:
            values.append(flat(parameters))
    return dict(record, values=values)


def rows(arrays, indent):
    separator = ",\n" + indent
    return "[\n%s%s\n%s]" % (indent, separator.join(map(json.dumps, arrays)), indent[2:])


def as_json(record):
    lines = [
        '    "%s": %s' % (k, rows(v, " " * 6) if k == "values" else json.dumps(v))
        for k, v in record.items()
    ]
    return "  {\n" + ",\n".join(lines) + "\n  }"


def main():
    if "avx2" not in Path("/proc/cpuinfo").read_text().split():
        return "optimizers.py: this processor has no AVX2: nothing written"
    torch.set_num_threads(1)
    torch.manual_seed(1)
    initial = [torch.randn(s) for s in SHAPES]
    gradients = make_gradients()
    cases = [run(record, initial, gradients) for record in CASES]
    text = '{ "initial": %s,\n"gradients": %s,\n"cases": [\n%s\n] }\n' % (
        json.dumps(flat(initial)),
        rows([flat(grads) for grads in gradients], "  "),
        ",\n".join(map(as_json, cases)),
    )
    json.loads(text)
    (HERE / "optimizers.json").write_text(text)


if __name__ == "__main__":
    sys.exit(main())
