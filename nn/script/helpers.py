#!/usr/bin/python3
# helpers.py - functions that scripts of experiments are made with
#
# SPDX-License-Identifier: MIT
#
# A script has of these what it calls, and what that calls (embed-helpers.py). They use what
# every script has: torch, math, model, optimizer, and, if it mentions them, noise, first,
# previous and slow.

import math

import torch
from torch import nn


def xor(n, noise):
    """Class 1 where the two features differ in sign, with a gap along the axes."""
    x = torch.rand(n, 2) * 10 - 5
    x = x + torch.where(x > 0, 0.3, -0.3)
    y = ((x[:, :1] > 0) != (x[:, 1:] > 0)).float()
    return x + noise * torch.randn(n, 2), y


def circle(n, noise):
    """A disc, class 1, in a ring."""
    draws = torch.rand(n, 2).double()
    inner = torch.arange(n) % 2 == 1
    radius = torch.where(inner, 2.5 * draws[:, 0], 3.5 + 1.5 * draws[:, 0])
    x = polar(radius, 2 * math.pi * draws[:, 1])
    return x + noise * torch.randn(n, 2), inner.float()[:, None]


def gauss(n, noise):
    """Two normal clouds of deviation 1."""
    y = (torch.arange(n) % 2).float()[:, None]
    x = 4 * y - 2 + torch.randn(n, 2)
    return x + noise * torch.randn(n, 2), y


def spiral(n, noise):
    """Two arms, each of one and three quarter turns."""
    draws = torch.rand(n).double()
    arm = torch.arange(n) % 2
    x = polar(0.5 + 4.5 * draws, math.pi * (3.5 * draws + arm))
    return x + noise * torch.randn(n, 2), arm.float()[:, None]


def moons(n, noise):
    """Two half circles, each with an end in the other's hollow."""
    angle = math.pi * torch.rand(n).double()
    inner = torch.arange(n) % 2 == 1
    across = torch.where(inner, 1 - torch.cos(angle), torch.cos(angle))
    up = torch.where(inner, 0.5 - torch.sin(angle), torch.sin(angle))
    x = torch.stack([across, up], 1).float()
    return x + noise * torch.randn(n, 2), inner.float()[:, None]


def plane(n, noise):
    """A slope from -1 to 1."""
    x = torch.rand(n, 2) * 10 - 5
    return x, (x[:, :1] + x[:, 1:]) / 10 + noise * torch.randn(n, 1)


def sine(n, noise):
    """One period."""
    x = torch.rand(n, 1) * (2 * math.pi) - math.pi
    return x, torch.sin(x.double()).float() + noise * torch.randn(n, 1)


def polar(radius, angle):
    return torch.stack([radius * torch.cos(angle), radius * torch.sin(angle)], 1).float()


def hold_out(x, y, n_training):
    """The examples in a random order: those that are trained on, and the others."""
    order = torch.randperm(len(x))
    train, rest = order[:n_training], order[n_training:]
    if y is None:
        return x[train], None, x[rest], None
    return x[train], y[train], x[rest], y[rest]


def filled(x, train):
    """x with the mean of the training part where a number is missing."""
    return torch.where(x.isnan(), train.nanmean(0), x)


def standardised(x, train):
    """x with mean 0 and deviation 1 of the training part; a constant column is only centred."""
    deviation = train.std(0).nan_to_num()
    return (x - train.mean(0)) / torch.where(deviation > 0, deviation, 1.0)


def new_epoch(n, size, shuffle):
    """The rows of each of its batches."""
    if shuffle == "dataloader":
        rows = torch.arange(n)
        return list(torch.utils.data.DataLoader(rows, batch_size=size, shuffle=True))
    return list((torch.randperm(n) if shuffle else torch.arange(n)).split(size))


def cut_again(waiting, size, n, old_size, shuffled, shuffle):
    """What is left of an epoch in batches of another size; one that was drawn goes on."""
    if not waiting and shuffled:
        waiting = new_epoch(n, old_size, shuffled)
        if not shuffle:
            return []
    rest = torch.cat(waiting) if waiting else torch.arange(0)
    return list(rest.split(size or len(rest))) if waiting else []


def copies():
    """Of all parameters, by name."""
    return {name: p.detach().clone() for name, p in model.named_parameters()}


def gradient(p):
    """Its newest, which is 0 before there is one."""
    return torch.zeros_like(p) if p.grad is None else p.grad


def index(p, axis):
    """For each element of p, its index along an axis; 0 where p has no such axis."""
    if axis >= p.dim():
        return torch.zeros_like(p)
    shape = [-1 if k == axis else 1 for k in range(p.dim())]
    along = torch.arange(p.shape[axis], dtype=p.dtype)
    return along.reshape(shape).expand(p.shape)


def rank(w):
    """The fraction of the elements that are smaller in size."""
    order = w.abs().flatten().argsort(stable=True)
    fractions = torch.empty(w.numel())
    fractions[order] = torch.arange(w.numel(), dtype=torch.float32) / w.numel()
    return fractions.reshape(w.shape)


def shuffled(w):
    """Its elements in a random order."""
    flat = w.flatten()
    return flat[torch.randperm(len(flat), generator=noise)].reshape(w.shape)


def uniform(w, low, high):
    """A random number for each element of w."""
    return low + (high - low) * torch.rand(w.shape, generator=noise)


def orthogonal(w):
    """The orthogonal matrix in it, as nn.init.orthogonal_ makes one."""
    if w.dim() != 2:
        return w
    wide = w.shape[0] < w.shape[1]
    q, r = torch.linalg.qr(w.t() if wide else w)
    q = q * r.diagonal().sign()
    return q.t() if wide else q


def fresh(w, name, kind, value=0.0):
    """New values for w, of the parameter called name, as it was first drawn."""
    layer, _, part = name.rpartition(".")
    layer = dict(model.named_modules())[layer]
    return draw(w.shape, layer.weight.shape, part == "bias", kind, value)


def draw(shape, layer_shape, is_bias, kind, value=0.0):
    """As nn.Linear or nn.init.xavier_uniform_ and so on, but from noise."""
    new = torch.empty(shape)
    fan_out, fan_in = layer_shape
    if kind == "constant":
        return new.fill_(value)
    if kind == "torch":
        bound = 1 / math.sqrt(fan_in)
        return new.uniform_(-bound, bound, generator=noise)
    if is_bias or kind == "zeros":
        return new.zero_()
    std = math.sqrt(2 / (fan_in + fan_out))
    if kind.startswith("kaiming"):
        std = math.sqrt(2) / math.sqrt(fan_in)
    if kind.endswith("normal"):
        return new.normal_(0, std, generator=noise)
    return new.uniform_(-math.sqrt(3) * std, math.sqrt(3) * std, generator=noise)


def nudge(function, places, skip=False, unseen=False):
    """Puts what the function returns in place of all, or, if a number would not be finite, of none.

    Returns the places that were changed. With skip, each is by itself. unseen: autograd
    does not notice.
    """
    places = [(place, ...) if isinstance(place, str) else place for place in places]
    parameters = dict(model.named_parameters())
    together = [parameters[name][part] for name, part in places]
    drawn = noise.get_state()
    changes = []
    for k, (name, part) in enumerate(places):
        before = noise.get_state()
        new = function(name, parameters[name].detach(), part, together, k)
        if all(torch.isfinite(value).all() for value in new.values()):
            changes.append((name, part, new))
        elif skip:
            noise.set_state(before)
        else:
            noise.set_state(drawn)
            return []
    for name, _, new in changes:
        if "m" in new:
            slow.setdefault(name, parameters[name].detach().clone())
    for name, part, new in changes:
        p = parameters[name].data if unseen else parameters[name]
        if "m" in new:
            slow[name][part] = new["m"]
        if "w" in new:
            p[part] = new["w"]
    return [(name, part) for name, part, _ in changes]


def ranks(together, k):
    """rank() among all of them, of the k-th."""
    order = torch.cat([w.flatten() for w in together]).abs().argsort(stable=True)
    fractions = torch.empty(len(order))
    fractions[order] = torch.arange(len(order), dtype=torch.float32) / len(order)
    return fractions.split([w.numel() for w in together])[k].reshape(together[k].shape)


def forget(name, part=...):
    """What the optimizer remembers of a parameter, or of a part of it, is as at first."""
    p = dict(model.named_parameters())[name]
    whole = p[part].numel() == p.numel()
    if whole and not isinstance(optimizer, torch.optim.Adagrad):
        optimizer.state.pop(p, None)
        return
    at_first = {"sum": optimizer.defaults.get("initial_accumulator_value", 0)}
    for key, value in optimizer.state[p].items():
        if torch.is_tensor(value) and value.shape == p.shape:
            value[part] = at_first.get(key, 0)
        elif key == "step" and whole:
            value.zero_()


def forget_all():
    for name, _ in model.named_parameters():
        forget(name)


def carry(old, new):
    """Copies into new what of old is where it was."""
    where = tuple(slice(min(pair)) for pair in zip(old.shape, new.shape))
    new[where] = old[where]
    return new


def grown(p, layer_shape, old, n_old, keeps, init):
    """New values of p: of what is new, incoming weights are drawn, outgoing ones are 0.

    n_old: rows of its layer before, or 0. keeps: a new layer that hands on what it gets.
    init: what draw() takes. fresh: outgoing weights are drawn, too.
    """
    is_bias = p.dim() == 1
    new = torch.zeros_like(p)
    kind, value, is_fresh = init
    if keeps:
        n_rows = layer_shape[1]
        if not is_bias:
            new[:n_rows] = torch.eye(n_rows)
    else:
        n_rows = min(len(p), n_old)
        if old is None and (is_fresh or not is_bias):
            n_rows = 0
    if len(p) > n_rows:
        shape = (len(p) - n_rows, *p.shape[1:])
        new[n_rows:] = draw(shape, layer_shape, is_bias, kind, value)
    if old is None or is_bias:
        return new if old is None else carry(old, new)
    n_columns = min(p.shape[1], old.shape[1])
    if is_fresh and n_rows > 0 and p.shape[1] > n_columns:
        shape = (n_rows, p.shape[1] - n_columns)
        new[:n_rows, n_columns:] = draw(shape, layer_shape, False, kind, value)
    return carry(old, new)


@torch.no_grad()
def change(kind, sources, keeps, *init):
    """Makes another network that goes on from model: see grown() for what is new in it.

    sources: of its layers that go on from one, that one's name; the others are new. keeps:
    those new layers that hand on what they get. What belongs to parameters by name, the
    moments of the optimizer among it, goes along.
    """
    global model, first, previous, slow
    with torch.random.fork_rng():  # what nn.Linear draws is not kept
        new = kind()
    old = dict(model.named_parameters())
    layers = dict(model.named_modules())
    was = {}
    for name, p in new.named_parameters():
        layer, _, part = name.rpartition(".")
        source = sources.get(layer)
        was[name] = "%s.%s" % (source, part) if source else None
        before = old.get(was[name])
        n_old = layers[source].out_features if source else 0
        shape = dict(new.named_modules())[layer].weight.shape
        p.copy_(grown(p, shape, before, n_old, layer in keeps, init))
        if before is not None and before.grad is not None:
            p.grad = carry(before.grad, torch.zeros_like(p))
    now = {name: p.detach() for name, p in new.named_parameters()}
    first, previous, slow = (
        {
            name: carry(values[was[name]], now[name].clone()) if was[name] in values else now[name].clone()
            for name in now
            if every or was[name] in values
        }
        for values, every in ((first, True), (previous, bool(previous)), (slow, False))
    )
    pairs = [(old[was[name]], p) for name, p in new.named_parameters() if was[name] in old]
    model = new
    return pairs


def take_over(new, pairs):
    """The new optimizer goes on with the moments and the counts of steps of the old one."""
    at_first = {"sum": new.defaults.get("initial_accumulator_value", 0)}
    for old, p in pairs:
        if old not in optimizer.state:
            continue
        for key, value in optimizer.state[old].items():
            if torch.is_tensor(value) and value.shape == old.shape:
                value = carry(value, torch.full_like(p.detach(), at_first.get(key, 0)))
            new.state[p][key] = value
    give_moments(new)
    return new


def give_moments(new):
    """Those that RMSprop has had no use for, and may need now."""
    for p, state in new.state.items():
        if "square_avg" in state:
            state.setdefault("momentum_buffer", torch.zeros_like(p))
            state.setdefault("grad_avg", torch.zeros_like(p))
