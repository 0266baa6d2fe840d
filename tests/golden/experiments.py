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
import variants

HERE = Path(__file__).resolve().parent
USUAL_STEPS = 100
STEPS = {"seed-nudged": 300, "arithmetic": 60}
# An experiment whose rounding errors grow beyond this shows nothing.
WORST_DIFFERENCE = 1e-4


def vector(run):
    return torch.nn.utils.parameters_to_vector(run.network.parameters()).detach()


def slow_vector(run):
    """The slow copies; the parameters where there is none."""
    copies = [run.slow.get(name, p) for name, p in run.network.named_parameters()]
    return torch.nn.utils.parameters_to_vector(copies).detach()


def largest_difference(values, exact):
    difference = (torch.as_tensor(values).double() - torch.as_tensor(exact)).abs().max()
    return float("%.3g" % difference)


def record(described, n_steps):
    """The run, beside the same run in float64."""
    run = experiment.Run(described)
    losses, refusal = run.train(n_steps)
    exact = experiment.Run(described, torch.float64)
    exact_losses, _ = exact.train(len(losses))
    result = {
        "float64_difference": largest_difference(losses or [0], exact_losses or [0]),
    }
    if refusal is not None:
        result["refused"] = {"step": refusal.step, "why": refusal.why}
    final = vector(run)
    result["final"] = experiment.data.bits(final)
    result["final_float64_difference"] = largest_difference(final, vector(exact))
    result["losses"] = losses
    if run.slow:
        result["slow"] = experiment.data.bits(slow_vector(run))
        farther = largest_difference(slow_vector(run), slow_vector(exact))
        farther = max(farther, result["final_float64_difference"])
        result["final_float64_difference"] = farther
    if len(run.held_out) > 0 and None not in run.validations:
        result["validations"] = run.validations
    sizes = (max([1, *map(abs, losses)]), max(1, final.abs().max().item()))
    for key, size in zip(("float64_difference", "final_float64_difference"), sizes):
        if result[key] > WORST_DIFFERENCE * size:
            raise ArithmeticError("%s is %g" % (key, result[key]))
    return result


def record_file(path):
    described = experiment.load(path)
    return {"name": path.stem, **record(described, STEPS.get(path.stem, USUAL_STEPS))}


def record_variant(name, variant):
    """A variant's experiment, which has no file, stands beside what came of it."""
    result = record(experiment.check(variant["experiment"]), variant["steps"])
    given = {key: value for key, value in variant.items() if key != "steps"}
    return {"name": name, **given, **result}


def as_json(key, value):
    """A key's value, wrapped so that a change shows as a few lines."""
    if key not in ("losses", "validations", "final", "slow"):
        return json.dumps(value)
    if not value:
        return "[]"
    bits = key in ("final", "slow")
    numbers = [number if bits else "%.9g" % number for number in value]
    rows = [", ".join(map(str, numbers[i : i + 8])) for i in range(0, len(numbers), 8)]
    return "[\n      " + ",\n      ".join(rows) + "\n    ]"


def write(runs, name):
    objects = []
    for run in runs:
        lines = ['    "%s": %s' % (k, as_json(k, v)) for k, v in run.items()]
        objects.append("  {\n" + ",\n".join(lines) + "\n  }")
    text = '{ "runs": [\n%s\n] }\n' % ",\n".join(objects)
    json.loads(text)
    (HERE / name).write_text(text)


def why_not_here():
    """What keeps the recorded values from being the same here, or None."""
    if "avx2" not in Path("/proc/cpuinfo").read_text().split():
        return "this processor has no AVX2: nothing written"
    if "openblas" not in Path("/proc/self/maps").read_text():
        return "PyTorch does without OpenBLAS here: nothing written"
    return None


def record_variants(found):
    """The runs, and what of them shows nothing."""
    runs, bad = [], []
    for name, variant in found.items():
        try:
            runs.append(record_variant(name, variant))
        except ArithmeticError as error:
            bad.append("%s: %s" % (name, error))
    return runs, bad


def main():
    why_not = why_not_here()
    if why_not is not None:
        return "experiments.py: " + why_not
    experiment.be_the_same_everywhere()
    files = sorted((HERE / "experiments").glob("*.nudge"))
    runs = [record_file(path) for path in files]
    more, bad = record_variants(variants.get_all())
    if bad:
        return "experiments.py: badly conditioned:\n" + "\n".join(bad)
    write(runs + more, "experiments.json")
    return None


if __name__ == "__main__":
    sys.exit(main())
