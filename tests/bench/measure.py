#!/usr/bin/python3
# measure.py - run the benchmark programs in turns, and print the table of their ratios
#
# SPDX-License-Identifier: MIT
#
# tests/bench/run builds the programs and then runs this. Every measurement goes to standard
# error as a JSON object, the table to standard output.

import argparse
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parent
TORCH = ["/usr/bin/python3", str(HERE / "torch-train.py")]
WORKLOADS = ("W1", "W2", "W3", "W4", "W5")
BY_HAND = ("W1", "W2", "W3")  # the others' limit is a library's matrix products
THREADS = (1, 2)

CHECK_STEPS = 200
# Of losses between 0.08 and 24; PyTorch's own kernels differ among themselves by as much.
TOLERANCE = 2e-5


def parse():
    parser = argparse.ArgumentParser(prog="tests/bench/run")
    parser.add_argument("rounds", nargs="?", type=int, default=5)
    parser.add_argument("seconds", nargs="?", type=float, default=1)
    parser.add_argument("--workload", choices=WORKLOADS)
    parser.add_argument("--threads", type=int, choices=THREADS)
    parser.add_argument("--markdown", action="store_true")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--build", type=Path, required=True, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.rounds < 1 or not options.seconds > 0:
        parser.error("ROUNDS is at least 1, and SECONDS more than 0")
    return options


def run(command):
    result = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    if result.returncode:
        sys.exit("tests/bench/run: %s: failed: see above" % " ".join(map(str, command)))
    return result.stdout.splitlines()


def check(programs, workload):
    """The loop by hand is a limit only if it computes what PyTorch computes."""
    arguments = ["--workload", workload, "--losses", str(CHECK_STEPS)]
    torch = [float(line) for line in run(TORCH + arguments)]
    hand = [float(line) for line in run([programs / "hand-train"] + arguments)]
    worst = max(abs(a - b) for a, b in zip(torch, hand))
    print(
        "%s by hand: the first %d losses are PyTorch's to %.2g"
        % (workload, CHECK_STEPS, worst),
        file=sys.stderr,
    )
    if not worst <= TOLERANCE or len(torch) != len(hand):
        sys.exit("tests/bench/run: %s by hand is wrong: over %g" % (workload, TOLERANCE))


def contestants(programs, workload):
    """Name and command of each; one called limit may have several programs."""
    yield "nudge", [programs / "bench-train"]
    yield "torch", TORCH
    if workload != "W5":  # whose step takes FANN nine seconds
        yield "fann", [programs / "fann-train"]
    if workload in BY_HAND:
        yield "hand", [programs / "hand-train"]
    else:
        yield "openblas", [programs / "limit-blas", "openblas"]
        yield "dnnl", [programs / "limit-blas", "dnnl"]


def measure(name, command, workload, threads, seconds):
    arguments = ["--workload", workload, "--threads", str(threads)]
    line = run(command + arguments + ["--seconds", str(seconds)])[-1]
    record = {"program": name, **json.loads(line)}
    print(json.dumps(record, separators=(",", ":")), file=sys.stderr, flush=True)
    return record["steps_per_second"], record.get("way", "")


def play_round(programs, workload, threads, seconds):
    """All contestants once, one after the other: name to (steps per second, way)."""
    rates = {
        name: measure(name, command, workload, threads, seconds)
        for name, command in contestants(programs, workload)
    }
    limits = {name: rates.pop(name) for name in ("hand", "openblas", "dnnl") if name in rates}
    best = max(limits, key=lambda name: limits[name][0])
    rates["limit"] = (limits[best][0], best)
    return rates


def rate_text(rounds, name):
    if name not in rounds[0]:
        return ""
    rate = median(rates[name][0] for rates in rounds)
    for unit, size in (("M", 1e6), ("k", 1e3), ("", 1)):
        if rate >= size:
            break
    text = "%.3g" % (rate / size) if rate / size < 100 else "%.0f" % (rate / size)
    way = Counter(rates[name][1] for rates in rounds).most_common(1)[0][0]
    shows_way = name in ("torch", "limit") and way
    return text + unit + (" (%s)" % way if shows_way else "")


def ratio_text(rounds, name):
    if name not in rounds[0]:
        return ""
    ratios = [rates["nudge"][0] / rates[name][0] for rates in rounds]
    places = "%.2f" if median(ratios) < 10 else "%.0f"
    return ("%s (%s–%s)" % (places, places, places)) % (
        median(ratios),
        min(ratios),
        max(ratios),
    )


def table(results):
    rows = [
        ["", "threads", "Nudge", "PyTorch", "FANN", "limit"]
        + ["Nudge / PyTorch", "Nudge / FANN", "Nudge / limit"]
    ]
    for (workload, threads), rounds in results.items():
        row = [workload, str(threads)]
        row += [rate_text(rounds, name) for name in ("nudge", "torch", "fann", "limit")]
        row += [ratio_text(rounds, name) for name in ("torch", "fann", "limit")]
        rows.append(row)
    return rows


def print_plain(rows):
    widths = [max(map(len, column)) for column in zip(*rows)]
    for row in rows:
        print("  ".join(cell.ljust(n) for cell, n in zip(row, widths)).rstrip())


def print_markdown(rows):
    for row in [rows[0], ["---"] * len(rows[0])] + rows[1:]:
        print("| " + " | ".join(row) + " |")


def main():
    options = parse()
    programs = options.build / "tests" / "bench"
    workloads = [options.workload] if options.workload else WORKLOADS
    threads = [options.threads] if options.threads else THREADS

    for workload in workloads:
        if workload in BY_HAND:
            check(programs, workload)
    if options.check:
        return
    results = {(workload, n): [] for workload in workloads for n in threads}
    for _ in range(options.rounds):
        for (workload, n), rounds in results.items():
            rounds.append(play_round(programs, workload, n, options.seconds))
    rows = table(results)
    if options.markdown:
        print_markdown(rows)
    else:
        print_plain(rows)
    print()
    print(
        "Steps per second, and ratios within a round: median (least–greatest) of %d."
        % options.rounds
    )


if __name__ == "__main__":
    main()
