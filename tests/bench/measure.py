#!/usr/bin/python3
# measure.py - run the benchmark programs in turns, and print tables of rates and ratios
#
# SPDX-License-Identifier: MIT
#
# tests/bench/run builds the programs and then runs this. Every measurement goes to standard
# error as a JSON object, the tables to standard output.

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
HAND_WAYS = ("c", "vectors")
THREADS = (1, 2)

# What a round measures of each workload, and what the tables call it.
COLUMNS = {
    "nudge": "Nudge",
    "torch": "PyTorch",
    "plain": "PyTorch, plain loop",
    "fann": "FANN",
    "c": "hand-written in C",
    "vectors": "hand-written with vectors",
    "dnnl": "over oneDNN",
    "openblas": "over OpenBLAS",
}

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


def losses(command, workload):
    lines = run(command + ["--workload", workload, "--losses", str(CHECK_STEPS)])
    return [float(line) for line in lines]


def check(programs, workload):
    """A hand-written loop is a limit only if it computes what PyTorch computes."""
    torch = losses(TORCH, workload)
    for way in HAND_WAYS:
        hand = losses([programs / "hand-train", "--way", way], workload)
        worst = max(abs(a - b) for a, b in zip(torch, hand))
        print(
            "%s %s: the first %d losses are PyTorch's to %.2g"
            % (workload, COLUMNS[way], CHECK_STEPS, worst),
            file=sys.stderr,
        )
        if not worst <= TOLERANCE or not len(torch) == len(hand) == CHECK_STEPS:
            sys.exit(
                "tests/bench/run: %s %s is wrong: over %g"
                % (workload, COLUMNS[way], TOLERANCE)
            )


def measure(name, command, workload, threads, seconds):
    """A program's ways, each with its steps per second."""
    arguments = ["--workload", workload, "--threads", str(threads)]
    rates = {}
    for line in run(command + arguments + ["--seconds", str(seconds)]):
        record = {"program": name, **json.loads(line)}
        print(json.dumps(record, separators=(",", ":")), file=sys.stderr, flush=True)
        rates[record.get("way", "")] = record["steps_per_second"]
    return rates


def play_round(programs, workload, threads, seconds):
    """All contestants once, one after the other: column to (steps per second, way)."""

    def fastest(name, *command):
        ways = measure(name, list(command), workload, threads, seconds)
        way = max(ways, key=ways.get)
        return ways, (ways[way], way)

    rates = {}
    _, rates["nudge"] = fastest("nudge", programs / "bench-train")
    ways, rates["torch"] = fastest("torch", *TORCH)
    rates["plain"] = (ways["plain"], "plain")
    if workload != "W5":  # whose step takes FANN nine seconds
        _, rates["fann"] = fastest("fann", programs / "fann-train")
    if workload in BY_HAND:
        ways, _ = fastest("hand", programs / "hand-train")
        rates.update({way: (ways[way], way) for way in HAND_WAYS})
    else:
        for library in ("dnnl", "openblas"):
            _, rates[library] = fastest(library, programs / "limit-blas", library)
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
    return text + unit + (" (%s)" % way if name == "torch" else "")


def ratio_text(rounds, name):
    if name not in rounds[0]:
        return ""
    ratios = [rates["nudge"][0] / rates[name][0] for rates in rounds]
    places = "%.2f" if median(ratios) < 10 else "%.0f"
    text = places % median(ratios)
    if len(ratios) > 1:
        text += (" (%s–%s)" % (places, places)) % (min(ratios), max(ratios))
    return text


def table(results, names, cell):
    """A row for each workload and number of threads; no column without a cell."""
    names = [name for name in names if any(name in rounds[0] for rounds in results.values())]
    rows = [["", "threads"] + [COLUMNS[name] for name in names]]
    for (workload, threads), rounds in results.items():
        rows.append([workload, str(threads)] + [cell(rounds, name) for name in names])
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
    others = [name for name in COLUMNS if name != "nudge"]
    show = print_markdown if options.markdown else print_plain
    print("Steps per second, the median of the rounds (%d).\n" % options.rounds)
    show(table(results, COLUMNS, rate_text))
    print("\nNudge's steps for each of theirs, within a round: median (least–greatest).\n")
    show(table(results, others, ratio_text))


if __name__ == "__main__":
    main()
