# ends.py - a job that ends, in some way, as soon as it has been nudged
#
# SPDX-License-Identifier: MIT
#
#   ends.py last-line|sys.exit|exception|os._exit|signal
#
# What it trains is so large that its receipt takes longer than that.

import os
import signal
import sys

import torch

model = torch.nn.Linear(2000, 1000)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
x = torch.randn(1, 2000)
while model.weight.any():
    optimizer.zero_grad()
    model(x).square().mean().backward()
    optimizer.step()

if sys.argv[1] == "sys.exit":
    sys.exit(3)
if sys.argv[1] == "exception":
    sys.excepthook = lambda *_: None
    raise ValueError
if sys.argv[1] == "os._exit":
    os._exit(4)
if sys.argv[1] == "signal":
    os.kill(os.getpid(), signal.SIGTERM)
