#!/usr/bin/python3
# nudge-run.py - how fast `nudge run` trains, beside the trainer alone
#
# SPDX-License-Identifier: MIT
#
#   tests/bench/nudge-run.py [--build build-bench] [--rounds 9] [--seconds 1] [--folder .]
#       [--workload W1]
#
# Trains W1 to W3 by bench-train, by `nudge run`, with the losses written to a file in
# --folder, which should be on a disk, and, W2 and W3, with validation losses beside them:
# a quarter as many examples as are trained on are held out. They take turns; a rate is that
# of the steps alone, without the start of the program. Prints each one's greatest rate, and
# the median, least and greatest of its ratios to bench-train's of the same round, by the
# clock and, which holds beside other programs, for the same time of the processor.

import argparse
import json
import os
import random
import resource
import statistics
import subprocess
import tempfile
import time

WORKLOADS = {
    "W1": None,  # the demo
    "W2": {"sizes": (2, 8, 8, 1), "activation": "tanh", "loss": "mse", "batch": 10,
           "examples": 200},
    "W3": {"sizes": (64, 32, 10), "activation": "relu", "loss": "cross_entropy",
           "batch": 32, "examples": 1792},
}


def write_experiment(folder, name, workload, held_out):
    """Of random numbers; so many examples are held out besides. Returns its path."""
    path = os.path.join(folder, f"{name}.nudge")
    n_examples = workload["examples"] + held_out
    sizes = workload["sizes"]
    layers = [{"name": f"fc{i + 1}", "units": units, "activation": workload["activation"]}
              for i, units in enumerate(sizes[1:])]
    layers[-1]["activation"] = "identity"
    classes = workload["loss"] == "cross_entropy"
    inputs = [[random.random() for _ in range(sizes[0])] for _ in range(n_examples)]
    targets = [i % sizes[-1] if classes else [random.random()] for i in range(n_examples)]
    data = {"source": "inline", "inputs": inputs, "targets": targets}
    if held_out:
        data["validation"] = held_out / n_examples
    experiment = {"nudge": 1, "seed": 1, "data": data, "network": {"layers": layers},
                  "loss": {"type": workload["loss"]}, "optimizer": {"type": "adam"},
                  "batch": {"size": workload["batch"]}}
    with open(path, "w", encoding="utf-8") as file:
        json.dump(experiment, file)
    return path


def get_processor_time():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def bench_train(options, name):
    """Returns steps a second, by the clock and of the processor's time."""
    command = [os.path.join(options.build, "tests/bench/bench-train"),
               "--workload", name, "--seconds", str(options.seconds)]
    before = get_processor_time()
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    rate = json.loads(printed)["steps_per_second"]
    return rate, rate * options.seconds / (get_processor_time() - before)


def time_run(options, arguments, n_steps):
    command = [os.path.join(options.build, "app/nudge"), "run", *arguments, "--quiet",
               "--steps", str(n_steps)]
    start = time.monotonic()
    before = get_processor_time()
    subprocess.run(command, check=True)
    return time.monotonic() - start, get_processor_time() - before


def nudge_run(options, arguments, n_steps):
    """Likewise."""
    whole = time_run(options, arguments, n_steps)
    start = time_run(options, arguments, 1)
    return [n_steps / max(a - b, 1e-9) for a, b in zip(whole, start)]


def measure(options, name, workload, folder):
    losses = ["--losses", os.path.join(folder, "losses.csv")]
    experiment = ["seed", "--no-nudges"]
    rates = {"bench-train": []}

    if workload:
        experiment = [write_experiment(folder, name, workload, 0)]
    ways = {"nudge run": experiment, "with --losses": experiment + losses}
    if workload:
        held_out = write_experiment(folder, f"{name}-held-out", workload,
                                    workload["examples"] // 4)
        ways["and validation"] = [held_out, *losses]
    for _ in range(options.rounds):
        rates["bench-train"].append(bench_train(options, name))
        n_steps = int(rates["bench-train"][-1][0] * options.seconds)
        for way, arguments in ways.items():
            rates.setdefault(way, []).append(nudge_run(options, arguments, n_steps))
    return rates


def print_rates(what, rates, alone):
    ratios = [[ours / theirs for ours, theirs in zip(*pair)] for pair in zip(rates, alone)]
    clock, processor = zip(*ratios)
    print(f"{what}: {max(rates)[0]:.4g} steps a second, "
          f"{statistics.median(clock):.2f} of bench-train "
          f"({min(clock):.2f} to {max(clock):.2f}), "
          f"{statistics.median(processor):.2f} for the same processor time "
          f"({min(processor):.2f} to {max(processor):.2f})", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", default="build-bench")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--seconds", type=float, default=1)
    parser.add_argument("--folder", default=".")
    parser.add_argument("--workload", choices=WORKLOADS)
    options = parser.parse_args()

    random.seed(1)
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        for name, workload in WORKLOADS.items():
            if options.workload not in (None, name):
                continue
            rates = measure(options, name, workload, folder)
            for way, measured in rates.items():
                print_rates(f"{name} {way}", measured, rates["bench-train"])


main()
