#!/usr/bin/python3
# beside.py - how much of its pace training keeps beside other busy programs
#
# SPDX-License-Identifier: MIT
#
#   tests/bench/beside.py [--build build] [--workload W4] [--threads 2] [--rounds 3]
#
# Trains alone, beside as many busy processes as there are processors, beside one, and on a
# single processor, in turns, and prints steps a second and how many times longer a step
# takes than alone. Beside a busy process on each processor the system grants half of each.

import argparse
import json
import os
import statistics
import subprocess


def train(options, threads, prefix=()):
    command = [*prefix, os.path.join(options.build, "tests/bench/bench-train"),
               "--workload", options.workload, "--threads", str(threads),
               "--seconds", str(options.seconds)]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return json.loads(printed)["steps_per_second"]


def train_beside(options, n_busy):
    busy = [subprocess.Popen(["sh", "-c", "while :; do :; done"]) for _ in range(n_busy)]
    try:
        return train(options, options.threads)
    finally:
        for process in busy:
            process.kill()
            process.wait()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", default="build")
    parser.add_argument("--workload", default="W4")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=1)
    options = parser.parse_args()
    cores = len(os.sched_getaffinity(0))
    ways = {
        "alone": lambda: train(options, options.threads),
        f"beside {cores} busy": lambda: train_beside(options, cores),
        "beside 1 busy": lambda: train_beside(options, 1),
        "one thread alone": lambda: train(options, 1),
        "on one processor": lambda: train(options, options.threads, ("taskset", "-c", "0")),
    }
    rates = {way: [] for way in ways}

    for _ in range(options.rounds):
        for way, measure in ways.items():
            rates[way].append(measure())
    for way, measured in rates.items():
        slower = [alone / rate for alone, rate in zip(rates["alone"], measured)]
        print(f"{options.workload} {way}: {statistics.median(measured):.4g} steps a second, "
              f"{statistics.median(slower):.2f} times as long "
              f"({min(slower):.2f}-{max(slower):.2f})")


if __name__ == "__main__":
    main()
