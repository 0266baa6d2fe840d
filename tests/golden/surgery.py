#!/usr/bin/python3
# surgery.py - what an edit does to a run, in PyTorch's words
#
# SPDX-License-Identifier: MIT
#
# Imported by experiment.py. Modules and optimizers are made anew, and what stays of the old
# ones is copied over, as one does it who changes a network in the midst of a training loop.

import dataclasses

import torch
from torch import nn

import language

KEEP_POSITIVES = ("identity", "relu", "leaky_relu")
POSITIVE = ("relu", "sigmoid", "softplus")


def find_sources(layers, names):
    """For each layer the name of the one that it goes on from, or None for a new one."""
    taken = [layer["was"] for layer in layers if layer["was"] is not None]
    return [
        layer["was"]
        or (layer["name"] if layer["name"] in names and layer["name"] not in taken else None)
        for layer in layers
    ]


def is_identity(layer, before, n_inputs, fresh):
    """before: the activation of the layer before, or None"""
    keeps = layer["activation"] == "identity"
    keeps = keeps or (layer["activation"] in KEEP_POSITIVES and before in POSITIVE)
    return keeps and layer["units"] >= n_inputs and not fresh


class Surgeon:
    """Makes the network after an edit from that before it."""

    def __init__(self, run, spec, n_features):
        self.run = run
        self.spec = spec
        self.old = dict(run.network.named_parameters())
        self.sources = find_sources(spec["layers"], list(run.network))
        self.fresh = spec["new"] == "fresh"
        self.network = nn.ModuleDict()
        self.pairs = []  # a parameter, the old one's name or None
        before = None
        for layer, source in zip(spec["layers"], self.sources):
            self.add(layer, source, n_features, before)
            n_features, before = layer["units"], layer["activation"]

    def add(self, layer, source, n_inputs, before):
        dtype = next(iter(self.old.values())).dtype
        module = nn.utils.skip_init(nn.Linear, n_inputs, layer["units"], bias=layer["bias"])
        module.to(dtype)
        self.network[layer["name"]] = module
        handed_on = source is None and is_identity(layer, before, n_inputs, self.fresh)
        for part, parameter in module.named_parameters():
            name = None if source is None else "%s.%s" % (source, part)
            name = name if name in self.old else None
            self.pairs.append((layer["name"] + "." + part, parameter, name))
            with torch.no_grad():
                if handed_on:
                    self.hand_on(parameter, module.weight, n_inputs)
                else:
                    self.grow(parameter, module.weight, name, source)

    def draw(self, target, weight, is_bias):
        t = torch.empty(target.shape)
        language.draw(t, self.run, weight, is_bias)
        target.copy_(t)

    def hand_on(self, parameter, weight, n):
        is_bias = parameter.dim() == 1
        parameter[:n] = 0
        if not is_bias:
            parameter[:n] = torch.eye(n)
        if len(parameter) > n:
            self.draw(parameter[n:], weight, is_bias)

    def grow(self, parameter, weight, name, source):
        is_bias = parameter.dim() == 1
        parameter.zero_()
        old = self.old.get(name)
        if old is None and is_bias and source is not None and not self.fresh:
            # It had no bias, which is one of zeros.
            old = torch.zeros(self.run.network[source].out_features)
        if old is None:
            old = torch.empty((0,) * parameter.dim())
        n_rows = min(len(parameter), len(old))
        if len(parameter) > n_rows:
            self.draw(parameter[n_rows:], weight, is_bias)
        if is_bias:
            parameter[:n_rows] = old[:n_rows]
            return
        n_columns = min(parameter.shape[1], old.shape[1])
        if self.fresh and n_rows > 0 and parameter.shape[1] > n_columns:
            self.draw(parameter[:n_rows, n_columns:], weight, False)
        parameter[:n_rows, :n_columns] = old[:n_rows, :n_columns]

    def carry(self, old, new):
        """Copies into new what of old is where it was."""
        if old is None:
            return new
        where = tuple(slice(min(pair)) for pair in zip(old.shape, new.shape))
        new[where] = old[where]
        return new

    def carry_dict(self, old):
        """A copy of parameters by name: what is new has the value that it has now."""
        if old is None:
            return None
        return {
            name: self.carry(old.get(was), parameter.detach().clone())
            for name, parameter, was in self.pairs
        }

    def carry_slow(self, old):
        """Likewise, of those that there are."""
        return {
            name: self.carry(old[was], parameter.detach().clone())
            for name, parameter, was in self.pairs
            if was in old
        }

    def carry_grads(self):
        for _, parameter, was in self.pairs:
            grad = None if was is None else self.old[was].grad
            if grad is not None:
                parameter.grad = self.carry(grad, torch.zeros_like(parameter))

    def carry_state(self, optimizer, old):
        """Moments and counts of steps, into an optimizer of the same kind."""
        first = optimizer.defaults.get("initial_accumulator_value", 0)
        for _, parameter, was in self.pairs:
            if was is None or self.old[was] not in old.state:
                continue
            state = optimizer.state[parameter]
            for key, value in old.state[self.old[was]].items():
                if torch.is_tensor(value) and value.shape == self.old[was].shape:
                    fill = first if key == "sum" else 0
                    state[key] = self.carry(value, torch.full_like(parameter.detach(), fill))
                else:
                    state[key] = value


def rename_nudges(run, surgeon):
    names = dict(zip(surgeon.sources, (la["name"] for la in surgeon.spec["layers"])))
    for entry in run.standing:
        targets = [
            dataclasses.replace(target, layer=names.get(target.layer, target.layer))
            for target in entry.nudge.targets
        ]
        entry.nudge = dataclasses.replace(entry.nudge, targets=targets)


def change_network(run, spec, n_features):
    """Returns the surgeon, who knows what has become of which parameter."""
    surgeon = Surgeon(run, spec, n_features)
    surgeon.carry_grads()
    run.initial = surgeon.carry_dict(run.initial)
    run.before = surgeon.carry_dict(run.before)
    run.slow = surgeon.carry_slow(run.slow)
    run.network = surgeon.network
    rename_nudges(run, surgeon)
    return surgeon


def change_batch(run, batch, before):
    """The present order goes on; of an epoch that has not begun, one drawn already."""
    if not run.waiting and before["shuffle"]:
        run.waiting = run.draw_batches(before)
        if not batch["shuffle"]:
            run.waiting = []
    if run.waiting:
        rest = torch.cat(run.waiting)
        run.waiting = list(rest.split(batch["size"] or len(rest)))


def change_settings(optimizer, settings):
    for group in optimizer.param_groups:
        group.update(settings)


def as_it_was(network):
    """As an edit would say it."""
    layers = [{**layer, "was": None} for layer in network["layers"]]
    return {**network, "layers": layers, "new": None}


def edit(run, keys):
    """keys: each checked, with every default filled in"""
    before = run.experiment
    run.experiment = {**before, **keys}
    surgeon = None
    if "data" in keys:
        seed = keys["data"]["seed"]
        torch.manual_seed(run.experiment["seed"] if seed is None else seed)
        run.set_data(run.experiment["data"])
    elif "batch" in keys:
        change_batch(run, keys["batch"], before["batch"])
    if "loss" in keys and "data" not in keys:
        run.set_targets()
    n_features = run.features.shape[1]
    if "network" in keys or n_features != next(iter(run.network.values())).in_features:
        spec = keys.get("network") or as_it_was(before["network"])
        surgeon = change_network(run, spec, n_features)
    old = run.optimizer
    settings = run.read_optimizer()
    same = before["optimizer"]["type"] == run.experiment["optimizer"]["type"]
    if surgeon is not None or not same:
        run.make_optimizer()
        if same:
            surgeon.carry_state(run.optimizer, old)
    elif "optimizer" in keys:
        change_settings(run.optimizer, settings)
    run.guard = keys.get("guard", run.guard)
