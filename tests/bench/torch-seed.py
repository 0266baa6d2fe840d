#!/usr/bin/python3
# torch-seed.py - how many steps a second PyTorch's plain loop trains the seed experiment
#
# SPDX-License-Identifier: MIT
#
#   torch-seed.py [--threads 1] [--seconds 2]
#
# The loop that a person would write, on PyTorch's own choice of kernels. Prints one JSON
# object, like bench-train.

import argparse
import json
import time

import torch
from torch import nn

WARM_UP_STEPS = 200
STEPS_PER_LOOK = 50  # between looks at the clock


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


def train(net, opt, features, steps):
    for _ in range(steps):
        opt.zero_grad()
        out = net(features)
        loss = torch.mean(torch.square(5 - torch.sum(out)))
        loss.backward()
        opt.step()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=2)
    options = parser.parse_args()

    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    net = Net()
    features = torch.rand((3, 1))
    opt = torch.optim.Adam(net.parameters())
    train(net, opt, features, WARM_UP_STEPS)

    steps = 0
    start = time.perf_counter()
    while (seconds := time.perf_counter() - start) < options.seconds or not steps:
        train(net, opt, features, STEPS_PER_LOOK)
        steps += STEPS_PER_LOOK
    record = {
        "workload": "W1",
        "threads": options.threads,
        "steps_per_second": round(steps / seconds, 1),
    }
    print(json.dumps(record, separators=(",", ":")))


if __name__ == "__main__":
    main()
