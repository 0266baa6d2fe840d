#!/usr/bin/python3
# tables.py - data of a file as PyTorch prepares them, recorded
#
# SPDX-License-Identifier: MIT
#
# Iris with a part held out, some values missing or none, standardised by the mean and the
# standard deviation (torch.std, which divides by one less than the count) of the training
# part. Writes tables.json beside itself. Run it with Debian's python3-torch:
#
#   python3 tests/golden/tables.py

import csv
import json
from pathlib import Path

import torch

HERE = Path(__file__).resolve().parent
SEED = 5
N_TRAINING = 120  # a fifth is held out
MISSING = [(0, 1), (7, 0), (70, 2), (149, 3), (3, 1)]  # row and column of the file


def read():
    path = HERE.parent.parent / "resources" / "data" / "iris.csv"
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))[1:]
    return torch.tensor([[float(value) for value in row[:-1]] for row in rows])


def prepare(x, standardise):
    torch.manual_seed(SEED)
    order = torch.randperm(len(x))
    x = x[order]
    training = x[:N_TRAINING]
    x = torch.where(x.isnan(), training.double().nanmean(0).float(), x)
    training = x[:N_TRAINING]
    return (x - training.mean(0)) / training.std(0) if standardise else x


def main():
    whole = read()
    holed = whole.clone()
    for row, column in MISSING:
        holed[row, column] = float("nan")
    record = {
        "seed": SEED,
        "missing": MISSING,
        "standardised": [float(v) for v in prepare(whole, True).flatten()],
        "filled": [float(v) for v in prepare(holed, False).flatten()],
        "both": [float(v) for v in prepare(holed, True).flatten()],
    }
    lines = [f'  "{key}": {json.dumps(value)}' for key, value in record.items()]
    (HERE / "tables.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main()
