#!/usr/bin/python3
# lessons.py - record what PyTorch comes to where two lessons say what it does
#
# SPDX-License-Identifier: MIT
#
# Writes lessons.json beside itself: the numbers that the lessons keep, by the names that they
# keep them under. Needs Debian's python3-torch:
#
#   tests/golden/lessons.py

import json
import os

import torch
from torch import nn


def train(net, optimizer, x, y, n):
    for _ in range(n):
        optimizer.zero_grad()
        nn.functional.mse_loss(net(x), y).backward()
        optimizer.step()


def guard_net():
    torch.manual_seed(1)
    net = nn.Sequential(nn.Linear(1, 6), nn.Tanh(), nn.Linear(6, 1))
    x = torch.tensor([[0.0], [0.25], [0.5], [0.75], [1.0]])
    y = torch.tensor([[0.0], [0.5], [1.0], [0.5], [0.0]])
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    train(net, optimizer, x, y, 50)
    optimizer.zero_grad()
    return net, nn.functional.mse_loss(net(x), y)


def guard():
    """Step 51, whose forward is done, with and without a change before backward."""
    net, loss = guard_net()
    with torch.no_grad():
        net[2].weight.mul_(0.5)
    try:
        loss.backward()
        failed = False
    except RuntimeError as error:
        assert "modified by an inplace operation" in str(error)
        failed = True
    net, loss = guard_net()
    net[2].weight.data.mul_(0.5)
    loss.backward()
    off = net[0].weight.grad.norm().item()
    net, loss = guard_net()
    loss.backward()
    assert failed
    return {"off": off, "shielded": net[0].weight.grad.norm().item()}


def memory(make, zero):
    """The weight five steps after it was set to 2 at step 10."""
    torch.manual_seed(1)
    net = nn.Linear(1, 1, bias=False)
    x = torch.tensor([[-1.0], [-0.5], [0.5], [1.0]])
    optimizer = make(net.parameters())
    train(net, optimizer, x, 2 * x, 10)
    with torch.no_grad():
        net.weight.fill_(2)
    if zero:
        optimizer.state.clear()
    train(net, optimizer, x, 2 * x, 5)
    return net.weight.item()


def sgd(parameters):
    return torch.optim.SGD(parameters, lr=0.02, momentum=0.9)


values = {
    "lesson-guard": guard(),
    "lesson-memory": {
        "kept": memory(sgd, False),
        "zeroed": memory(sgd, True),
        "adam": memory(lambda p: torch.optim.Adam(p, lr=0.1), False),
    },
}
with open(os.path.splitext(__file__)[0] + ".json", "w", encoding="utf-8") as file:
    json.dump({"torch": torch.__version__, "values": values}, file, indent=1)
    file.write("\n")
