#!/usr/bin/python3
# torch-train.py - how many steps a second PyTorch trains each workload
#
# SPDX-License-Identifier: MIT
#
#   torch-train.py [--workload W1] [--threads 1] [--seconds 1] [--way NAME] [--losses N]
#
# Briefly tries each of its ways to write the loop, measures the plain one and the fastest, and
# prints a JSON object for each, as the other programs here do. The workloads and the ways
# are described in README.md. With --losses it prints the losses of the first N steps instead.

import argparse
import json
import os
import time

parser = argparse.ArgumentParser()
parser.add_argument("--workload", default="W1")
parser.add_argument("--threads", type=int, default=1)
parser.add_argument("--seconds", type=float, default=1)
parser.add_argument("--way")
parser.add_argument("--losses", type=int, default=0)
options = parser.parse_args()

# OpenBLAS reads this when PyTorch loads it; set_num_threads does not reach it.
os.environ["OPENBLAS_NUM_THREADS"] = str(options.threads)

import torch  # noqa: E402
from torch import Tensor, nn  # noqa: E402
from torch.nn import functional as F  # noqa: E402

SEED = 1
W1_RESTART = 1000
SHORTEST_LOOK = 0.02
TRIAL = 0.3  # seconds for each way before the fastest is chosen

# sizes, activation, loss, batch, examples
WORKLOADS = {
    "W1": ((1, 2, 3, 1), torch.relu, "squared_sum", 3, 3),
    "W2": ((2, 8, 8, 1), torch.tanh, "mse", 10, 200),
    "W3": ((64, 32, 10), torch.relu, "cross_entropy", 32, 1792),
    "W4": ((784, 512, 512, 10), torch.relu, "cross_entropy", 128, 2048),
    "W5": ((1024, 2048, 2048, 1024), torch.relu, "mse", 256, 1024),
}


def squared_sum(out, target):
    return torch.mean(torch.square(5 - torch.sum(out)))


LOSSES = {
    "squared_sum": squared_sum,
    "mse": F.mse_loss,
    "cross_entropy": F.cross_entropy,
}


class Net(nn.Module):
    def __init__(self, sizes, activation):
        super().__init__()
        self.layers = nn.ModuleList(map(nn.Linear, sizes, sizes[1:]))
        self.activation = activation

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = self.activation(layer(x))
        return self.layers[-1](x)


class WithLoss(nn.Module):
    def __init__(self, net, loss):
        super().__init__()
        self.net = net
        self.loss = loss

    def forward(self, x, target):
        return self.loss(self.net(x), target)


class Run:
    """The network and the data that every way starts from."""

    def __init__(self, name):
        sizes, activation, loss, batch, examples = WORKLOADS[name]
        torch.manual_seed(SEED)
        self.net = Net(sizes, activation)
        inputs = torch.rand((examples, sizes[0]))
        if loss == "cross_entropy":
            targets = (torch.rand(examples) * sizes[-1]).long()
        elif loss == "mse":
            targets = torch.rand((examples, sizes[-1]))
        else:
            targets = torch.zeros(examples)  # not read
        self.model = WithLoss(self.net, LOSSES[loss])
        self.batches = list(zip(inputs.split(batch), targets.split(batch)))
        self.restarts = name == "W1"
        self.initial = [p.detach().clone() for p in self.net.parameters()]
        self.n_steps = 0

    def next_batch(self):
        batch = self.batches[self.n_steps % len(self.batches)]
        self.n_steps += 1
        return batch


class Eager(Run):
    """An ordinary loop over an optimizer of torch.optim."""

    def __init__(self, name, set_to_none=False, **adam):
        super().__init__(name)
        self.set_to_none = set_to_none
        self.optimizer = torch.optim.Adam(self.net.parameters(), **adam)

    def start_over(self):
        with torch.no_grad():
            for p, value in zip(self.net.parameters(), self.initial):
                p.copy_(value)
            for state in self.optimizer.state.values():
                for value in state.values():
                    value.zero_()

    def step(self):
        if self.restarts and self.n_steps % W1_RESTART == 0:
            self.start_over()
        x, target = self.next_batch()
        self.optimizer.zero_grad(set_to_none=self.set_to_none)
        loss = self.model(x, target)
        loss.backward()
        self.optimizer.step()
        return loss

    def train(self, steps):
        for _ in range(steps):
            self.step()

    def losses(self, steps):
        return [self.step().item() for _ in range(steps)]


class Traced(Eager):
    """The model and its loss as one TorchScript graph."""

    def __init__(self, name, **adam):
        super().__init__(name, **adam)
        torch.set_flush_denormal(True)
        self.model = torch.jit.trace(self.model, self.batches[0])


class Flat(Eager):
    """The same, with all parameters and all gradients views of one tensor each, so that
    Adam has one parameter to change and not one for each weight and bias."""

    def __init__(self, name, **adam):
        super().__init__(name)
        torch.set_flush_denormal(True)
        self.flat = nn.Parameter(torch.cat([value.flatten() for value in self.initial]))
        self.flat.grad = torch.zeros_like(self.flat)
        start = 0
        for p in self.net.parameters():
            end = start + p.numel()
            p.data = self.flat.data[start:end].view_as(p)
            p.grad = self.flat.grad[start:end].view_as(p)
            start = end
        self.optimizer = torch.optim.Adam([self.flat], **adam)
        self.model = torch.jit.trace(self.model, self.batches[0])


# What torch.jit.script makes of this knows no Python: the loop, autograd and Adam, written
# as torch.optim.adam writes it, run in TorchScript's interpreter.
def scripted_steps(
    steps: int,
    n_steps: int,
    restart: int,
    loss_name: str,
    tanh: bool,
    inputs: Tensor,
    targets: Tensor,
    batch: int,
    initial: Tensor,
    flat: Tensor,
    mean: Tensor,
    square: Tensor,
    parameters: list[Tensor],
    losses: Tensor,
) -> int:
    n_batches = inputs.size(0) // batch
    for k in range(steps):
        if restart > 0 and n_steps % restart == 0:
            with torch.no_grad():
                flat.copy_(initial)
                mean.zero_()
                square.zero_()
        first = (n_steps % n_batches) * batch
        n_steps += 1
        x = inputs.narrow(0, first, batch)
        target = targets.narrow(0, first, batch)
        n_layers = len(parameters) // 2
        for layer in range(n_layers):
            x = F.linear(x, parameters[2 * layer], parameters[2 * layer + 1])
            if layer + 1 < n_layers:
                x = torch.tanh(x) if tanh else torch.relu(x)
        if loss_name == "cross_entropy":
            loss = F.cross_entropy(x, target)
        elif loss_name == "mse":
            loss = F.mse_loss(x, target)
        else:
            loss = torch.mean(torch.square(5 - torch.sum(x)))
        gradients: list[Tensor] = []
        for gradient in torch.autograd.grad([loss], parameters):
            if gradient is not None:
                gradients.append(gradient.reshape(-1))
        with torch.no_grad():
            t = n_steps if restart == 0 else (n_steps - 1) % restart + 1
            g = torch.cat(gradients)
            mean.mul_(0.9).add_(g, alpha=0.1)
            square.mul_(0.999).addcmul_(g, g, value=0.001)
            size = 0.001 / (1 - 0.9**t)
            root = (1 - 0.999**t) ** 0.5
            flat.addcdiv_(mean, (square.sqrt() / root).add_(1e-8), value=-size)
            if losses.numel() > 0:
                losses[k] = loss.detach()
    return n_steps


class Scripted(Run):
    """The whole loop in TorchScript, over flat parameters."""

    def __init__(self, name):
        super().__init__(name)
        torch.set_flush_denormal(True)
        sizes, activation, loss, batch, _ = WORKLOADS[name]
        initial = torch.cat([value.flatten() for value in self.initial])
        flat = initial.clone()
        parameters, start = [], 0
        for value in self.initial:
            end = start + value.numel()
            p = flat[start:end].view_as(value).detach().requires_grad_()
            parameters.append(p)
            start = end
        self.call = torch.jit.script(scripted_steps)
        self.arguments = (
            W1_RESTART if self.restarts else 0,
            loss,
            activation is torch.tanh,
            torch.cat([x for x, _ in self.batches]),
            torch.cat([target for _, target in self.batches]),
            batch,
            initial,
            flat,
            torch.zeros_like(flat),
            torch.zeros_like(flat),
            parameters,
        )

    def train(self, steps, losses=torch.zeros(0)):
        self.n_steps = self.call(steps, self.n_steps, *self.arguments, losses)

    def losses(self, steps):
        values = torch.zeros(steps)
        self.train(steps, values)
        return values.tolist()


WAYS = {
    "plain": lambda name: Eager(name),
    "foreach": lambda name: Eager(name, set_to_none=True, foreach=True),
    "traced": lambda name: Traced(name, set_to_none=True),
    "flat": Flat,
    "scripted": Scripted,
}
# Adam as one kernel: on a GPU only before PyTorch 2.4.
if tuple(map(int, torch.__version__.split(".")[:2])) >= (2, 4):
    WAYS |= {
        "fused": lambda name: Eager(name, set_to_none=True, fused=True),
        "traced-fused": lambda name: Traced(name, set_to_none=True, fused=True),
        "flat-fused": lambda name: Flat(name, fused=True),
    }


def measure(run, seconds):
    """Takes steps for so long, after some that are not counted; returns steps per second."""
    per_look = 1
    while True:
        start = time.monotonic()
        run.train(per_look)
        if time.monotonic() - start >= SHORTEST_LOOK and run.n_steps >= 3:
            break
        per_look *= 2
    steps = 0
    start = time.monotonic()
    while (spent := time.monotonic() - start) < seconds or not steps:
        run.train(per_look)
        steps += per_look
    return steps / spent


def make(way):
    torch.set_flush_denormal(False)
    return WAYS[way](options.workload)


def main():
    if options.workload not in WORKLOADS:
        parser.error("--workload: unknown; give one of " + ", ".join(WORKLOADS))
    if options.way and options.way not in WAYS:
        parser.error("--way: unknown; give one of " + ", ".join(WAYS))
    torch.set_num_threads(options.threads)
    if options.losses:
        for loss in make(options.way or "plain").losses(options.losses):
            print("%.9g" % loss)
        return
    if options.way:
        ways = [options.way]
    else:
        best = max(WAYS, key=lambda way: measure(make(way), TRIAL))
        ways = dict.fromkeys(["plain", best])
    for way in ways:
        record = {
            "program": "torch",
            "way": way,
            "workload": options.workload,
            "threads": options.threads,
            "steps_per_second": float("%.6g" % measure(make(way), options.seconds)),
        }
        print(json.dumps(record, separators=(",", ":")))


if __name__ == "__main__":
    main()
