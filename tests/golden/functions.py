#!/usr/bin/python3
# functions.py - record PyTorch's activations and losses, with their gradients
#
# SPDX-License-Identifier: MIT
#
# Writes functions.json beside itself; README.md says what it holds. Run it with
# Debian's python3-torch:
#
#   python3 tests/golden/functions.py

import json
import math
import os
import sys
from pathlib import Path

# As in seed.py: the kernels that nearly every machine runs, and the same bytes on each.
os.environ["ATEN_CPU_CAPABILITY"] = "avx2"

import torch  # noqa: E402
from torch.nn import functional as F  # noqa: E402

HERE = Path(__file__).resolve().parent

AWKWARD = [0.0, 1e-45, 1e-40, 1.1754944e-38, 1e-30, 1e-8, 1e-4, 0.5, 0.55, 1.0, 2.0, 5.0]
AWKWARD += [9.0, 9.1, 20.0, 20.000002, 87.0, 88.0, 88.72283, 88.8, 100.0, 104.0, 1e4]
AWKWARD += [1e30, 3.4028235e38, math.inf]
N_VALUES = 160  # a multiple of what PyTorch's vector code takes at once

ACTIVATIONS = {
    "relu": torch.relu,
    "leaky_relu": F.leaky_relu,
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "gelu": F.gelu,
    "softplus": F.softplus,
}


def bits(tensor):
    """The float32 values in row-major order, each as an unsigned 32-bit integer."""
    words = tensor.detach().contiguous().view(torch.int32).flatten().tolist()
    return [word & 0xFFFFFFFF for word in words]


def awkward(n=None):
    values = AWKWARD + [-x for x in AWKWARD] + [math.nan]
    return torch.tensor([x for x in values if n is None or abs(x) <= n])


def activation(name):
    x = awkward()
    x = torch.cat([x, 3 * torch.randn(N_VALUES - len(x))]).requires_grad_()
    dy = torch.randn(N_VALUES)
    y = ACTIVATIONS[name](x)
    y.backward(dy)
    return {
        "name": name,
        "x": bits(x),
        "y": bits(y),
        "dy": bits(dy),
        "dx": bits(x.grad),
    }


def squared_sum(target):
    return lambda out, targets: torch.mean(torch.square(target - torch.sum(out)))


# Of each output, whether its class is the right one: torch.argmax takes the first of several.
def is_right(out, targets):
    classes = targets.argmax(1) if targets.shape == out.shape else targets.flatten()
    return out.argmax(1) == classes


RIGHT = {
    "cross_entropy": is_right,
    "bce_logits": lambda out, targets: (out > 0) == (targets > 0.5),
}


def loss(name, function, out, targets=None, **settings):
    out = out.clone().requires_grad_()
    value = function(out, targets)
    value.backward()
    if targets is not None:
        settings["targets"] = bits(targets.float())
    if name in RIGHT:
        right = RIGHT[name](out.detach(), targets).float().mean().item()
        settings["accuracy"] = bits(torch.tensor(right))
    return {
        "name": name,
        "shape": list(out.shape),
        **settings,
        "out": bits(out),
        "loss": bits(value),
        "gradient": bits(out.grad),
    }


def elementwise(name, function, draw_targets, most, **settings):
    x = awkward(most).reshape(-1, 2)
    cases = [loss(name, function, x, draw_targets(x.shape), **settings)]
    for shape in ((1, 1), (3, 1), (10, 4), (7, 17)):
        out = 2 * torch.randn(shape)
        cases.append(loss(name, function, out, draw_targets(shape), **settings))
    return cases


def huber(delta):
    return lambda out, targets: F.huber_loss(out, targets, delta=delta)


def cross_entropies():
    def one(out):
        classes = torch.randint(out.shape[1], (out.shape[0],))
        return loss(
            "cross_entropy",
            lambda o, y: F.cross_entropy(o, y.flatten()),
            out,
            classes.reshape(-1, 1),
        )

    for shape in ((1, 1), (1, 3), (5, 2), (16, 3), (32, 10), (3, 40)):
        yield one(3 * torch.randn(shape))
    for scale in (1e-40, 1e-30, 20.0, 88.0, 100.0, 1e4, 1e30):
        yield one(scale * torch.randint(-1, 2, (7, 5)))


def soft_cross_entropies():
    def one(out, targets):
        return loss("cross_entropy", F.cross_entropy, out, targets)

    for shape in ((1, 2), (1, 3), (5, 2), (16, 3), (32, 10), (3, 40)):
        yield one(3 * torch.randn(shape), torch.rand(shape).softmax(1))
    for scale in (1e-40, 1e-30, 20.0, 88.0, 100.0, 1e4):
        out = scale * torch.randint(-1, 2, (7, 5))
        yield one(out, F.one_hot(torch.arange(7) % 5, 5).float())
        yield one(out, torch.rand(7, 5))
    # Nothing asks that they be probabilities.
    yield one(torch.randn(9, 4), torch.randn(9, 4))


def losses():
    def with_two_ties(shape):
        # Two targets that equal an output's awkward value, 0, where l1 has its corner.
        targets = torch.randn(shape)
        targets.view(-1)[:2] = 0
        return targets

    cases = elementwise("mse", F.mse_loss, with_two_ties, 1e4)
    cases += elementwise("l1", F.l1_loss, with_two_ties, 1e4)
    for delta in (1.0, 0.25):
        cases += elementwise("huber", huber(delta), with_two_ties, 1e4, delta=delta)
    cases += elementwise(
        "bce_logits", F.binary_cross_entropy_with_logits, torch.rand, 1e30
    )
    cases += elementwise(
        "bce_logits",
        F.binary_cross_entropy_with_logits,
        lambda shape: torch.rand(shape).round(),
        1e30,
    )
    cases += cross_entropies()
    for shape, target in (((3, 1), 5.0), ((10, 4), -0.5), ((1, 1), 0.0)):
        out = torch.randn(shape)
        cases.append(loss("squared_sum", squared_sum(target), out, target=target))
    cases += soft_cross_entropies()
    return cases


def rows(records):
    objects = []
    for record in records:
        lines = ['    "%s": %s' % (k, json.dumps(v)) for k, v in record.items()]
        objects.append("  {\n" + ",\n".join(lines) + "\n  }")
    return "[\n%s\n]" % ",\n".join(objects)


def main():
    if "avx2" not in Path("/proc/cpuinfo").read_text().split():
        return "functions.py: this processor has no AVX2: nothing written"
    torch.set_num_threads(1)
    torch.manual_seed(1)
    # oneDNN has code for every processor of its own.
    with torch.backends.mkldnn.flags(enabled=False):
        activations = rows(activation(name) for name in ACTIVATIONS)
        text = '{ "activations": %s,\n"losses": %s }\n' % (activations, rows(losses()))
    json.loads(text)
    (HERE / "functions.json").write_text(text)


if __name__ == "__main__":
    sys.exit(main())
