#!/usr/bin/python3
# job.py - a PyTorch job of some kind, which knows nothing of Nudge
#
# SPDX-License-Identifier: MIT
#
#   job.py KIND STEPS OUT [PAUSE] [EDIT]
#
# Trains STEPS steps, PAUSE seconds apart, and writes the losses and a hash of the last
# parameters to OUT, or to OUT.RANK. EDIT, if there is one, is run after step 150, or EDIT_AT of
# the environment: Python, with the model and the optimizer, in a gradient-free section.

import hashlib
import os
import sys
import time

import torch
from torch import nn

EDIT_AT = int(os.environ.get("EDIT_AT", "150"))


def mlp():
    return nn.Sequential(nn.Linear(3, 8), nn.Tanh(), nn.Linear(8, 1))


class Tied(nn.Module):
    """The decoder's weights are the encoder's."""

    def __init__(self):
        super().__init__()
        self.encoder = nn.Linear(3, 3)
        self.decoder = nn.Linear(3, 3)
        self.decoder.weight = self.encoder.weight
        self.frozen = nn.Parameter(torch.ones(3), requires_grad=False)

    def forward(self, x):
        return (self.decoder(torch.tanh(self.encoder(x))) * self.frozen).sum(1, True)


class Sparse(nn.Module):
    """Whose gradients have but some rows."""

    def __init__(self):
        super().__init__()
        self.rows = nn.Embedding(16, 3, sparse=True)
        self.out = nn.Linear(3, 1)

    def forward(self, x):
        return self.out(self.rows((x[:, 0] * 5).abs().long()))


class Convolution(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 4, 3)
        self.norm = nn.BatchNorm2d(4)
        self.out = nn.Linear(16, 1)

    def forward(self, x):
        image = x.repeat(1, 6)[:, :16].reshape(-1, 1, 4, 4)
        return self.out(self.norm(self.conv(image)).flatten(1))


def adam(model):
    return torch.optim.Adam(model.parameters(), lr=0.01)


MODELS = {"tied": Tied, "conv": Convolution, "sparse": Sparse}
OPTIMIZERS = {
    "sgd": lambda m: torch.optim.SGD(m.parameters(), lr=0.01, momentum=0.9),
    "sparse": lambda m: torch.optim.SGD(m.parameters(), lr=0.01),
    "later": lambda m: torch.optim.SGD(m[0].parameters(), lr=0.01),
    "adagrad": lambda m: torch.optim.Adagrad(m.parameters(), lr=0.01),
    "lbfgs": lambda m: torch.optim.LBFGS(m.parameters(), lr=0.01, max_iter=3),
    "bfloat16": lambda m: torch.optim.SGD(m.parameters(), lr=0.01),
}


class Job:
    def __init__(self, kind):
        torch.manual_seed(1)
        torch.set_num_threads(1)
        self.kind = kind
        self.dtype = torch.bfloat16 if kind == "bfloat16" else torch.float32
        self.model = MODELS.get(kind, mlp)().to(self.dtype)
        self.bare = self.model
        if kind.startswith("ddp"):
            self.model = nn.parallel.DistributedDataParallel(self.model)
        if kind == "two":
            self.optimizers = [
                torch.optim.Adam(self.model[0].parameters(), lr=0.01),
                torch.optim.SGD(self.model[2].parameters(), lr=0.01),
            ]
        else:
            self.optimizers = [OPTIMIZERS.get(kind, adam)(self.model)]
        self.scheduler = None
        if kind == "scheduler":
            self.scheduler = torch.optim.lr_scheduler.StepLR(self.optimizers[0], 40, 0.9)
        self.x = torch.randn(16, 3).to(self.dtype)
        self.y = torch.randn(16, 1).to(self.dtype)
        self.losses = []

    def loss(self):
        rows = torch.randint(16, (4,))
        return ((self.model(self.x[rows]) - self.y[rows]) ** 2).mean()

    def closure(self):
        for optimizer in self.optimizers:
            optimizer.zero_grad()
        loss = ((self.model(self.x) - self.y) ** 2).mean()
        loss.backward()
        self.newest = loss.item()
        return loss

    def step(self):
        if self.kind == "lbfgs":
            self.optimizers[0].step(self.closure)
            self.losses.append(self.newest)
            return
        for optimizer in self.optimizers:
            optimizer.zero_grad()
        for _ in range(3 if self.kind == "accumulation" else 1):
            loss = self.loss()
            loss.backward()
        if self.kind == "later" and len(self.losses) == 2:
            self.optimizers[0].add_param_group({"params": self.model[2].parameters(), "lr": 0.5})
        for optimizer in self.optimizers:
            optimizer.step()
        if self.scheduler:
            self.scheduler.step()
        self.losses.append(loss.item())

    def run(self, n_steps, pause, edit):
        for step in range(1, n_steps + 1):
            self.step()
            if edit and step == EDIT_AT:
                with torch.no_grad():
                    names = {"model": self.bare, "optimizer": self.optimizers[0]}
                    exec(edit, {**names, "torch": torch})  # pylint: disable=exec-used
            time.sleep(pause)

    def write(self, path):
        sums = [
            hashlib.sha256(bytes(t.detach().flatten().view(torch.uint8).tolist()))
            if t.dim()
            else hashlib.sha256(str(t.item()).encode())
            for t in self.bare.state_dict().values()
        ]
        lines = ["%.17g" % loss for loss in self.losses] + [s.hexdigest() for s in sums]
        with open(path + ".new", "w", encoding="ascii") as file:
            file.write("\n".join(lines) + "\n")
        os.rename(path + ".new", path)


def main():
    kind, n_steps, out = sys.argv[1:4]
    pause = float(sys.argv[4]) if len(sys.argv) > 4 else 0
    edit = sys.argv[5] if len(sys.argv) > 5 else None
    n_steps = int(n_steps)
    if "RANK" in os.environ:
        torch.distributed.init_process_group("gloo")
        rank = torch.distributed.get_rank()
        out = "%s.%d" % (out, rank)
        if kind == "unequal":
            n_steps = n_steps // (rank + 1)
    job = Job(kind)
    job.run(n_steps, pause, edit)
    job.write(out)
    if kind == "exit":
        os._exit(0)


main()
