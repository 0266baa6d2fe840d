#!/usr/bin/python3
# experiments.py - record what PyTorch computes for the experiments beside it
#
# SPDX-License-Identifier: MIT
#
# Trains every file in experiments/ and writes experiments.json; README.md says what it
# holds. Run it with Debian's python3-torch:
#
#   python3 tests/golden/experiments.py

import json
import sys
from pathlib import Path

import experiment
import torch

HERE = Path(__file__).resolve().parent
USUAL_STEPS = 100
STEPS = {"seed-nudged": 300, "arithmetic": 60}
# An experiment whose rounding errors grow beyond this shows nothing.
WORST_DIFFERENCE = 1e-4


def vector(run):
    return torch.nn.utils.parameters_to_vector(run.network.parameters()).detach()


def largest_difference(values, exact):
    difference = (torch.as_tensor(values).double() - torch.as_tensor(exact)).abs().max()
    return float("%.3g" % difference)


def record(path):
    """The run, beside the same run in float64."""
    described = experiment.load(path)
    run = experiment.Run(described)
    losses, refusal = run.train(STEPS.get(path.stem, USUAL_STEPS))
    exact = experiment.Run(described, torch.float64)
    exact_losses, _ = exact.train(len(losses))
    result = {
        "name": path.stem,
        "float64_difference": largest_difference(losses or [0], exact_losses or [0]),
    }
    if refusal is not None:
        result["refused"] = {"step": refusal.step, "why": refusal.why}
    final = vector(run)
    result["final"] = experiment.data.bits(final)
    result["final_float64_difference"] = largest_difference(final, vector(exact))
    result["losses"] = losses
    if len(run.held_out) > 0:
        result["validations"] = run.validations
    size = max(1, *(abs(loss) for loss in losses)) if losses else 1
    if result["float64_difference"] > WORST_DIFFERENCE * size:
        raise ArithmeticError("%s is badly conditioned" % path.name)
    return result


def as_json(key, value):
    """A key's value, wrapped so that a change shows as a few lines."""
    if key not in ("losses", "validations", "final"):
        return json.dumps(value)
    numbers = [number if key == "final" else "%.9g" % number for number in value]
    rows = [", ".join(map(str, numbers[i : i + 8])) for i in range(0, len(numbers), 8)]
    return "[\n      " + ",\n      ".join(rows) + "\n    ]"


def main():
    if "avx2" not in Path("/proc/cpuinfo").read_text().split():
        return "experiments.py: this processor has no AVX2: nothing written"
    experiment.be_the_same_everywhere()
    objects = []
    for path in sorted((HERE / "experiments").glob("*.nudge")):
        lines = ['    "%s": %s' % (k, as_json(k, v)) for k, v in record(path).items()]
        objects.append("  {\n" + ",\n".join(lines) + "\n  }")
    text = '{ "runs": [\n%s\n] }\n' % ",\n".join(objects)
    json.loads(text)
    (HERE / "experiments.json").write_text(text)


if __name__ == "__main__":
    sys.exit(main())
