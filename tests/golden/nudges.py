#!/usr/bin/python3
# nudges.py - read nudges and apply them in PyTorch
#
# SPDX-License-Identifier: MIT
#
# Imported by experiment.py. TARGET: FUNCTION [@ WHEN] [a=NUMBER] [memory=WORD]

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass

import torch

import language
from language import rounded


def prune(place):
    smallest = place.w.abs().flatten().argsort(stable=True)
    fractions = torch.arange(len(smallest), dtype=torch.float32) / len(smallest)
    kept = place.w.flatten().clone()
    kept[smallest[fractions < place.a]] = 0
    return kept.reshape(place.w.shape)


def quantise(place):
    """To a signed number of so many bits, scaled to the largest weight."""
    largest = place.w.abs().max()
    levels = 2 ** (round(place.a) - 1) - 1
    return torch.round(place.w / largest * levels) * largest / levels


# What each function does, not how Nudge writes it; and its usual amount.
CATALOGUE = {
    "grow": (lambda p: p.w + p.a * p.w, 0.001),
    "scale": (lambda p: p.w * p.a, 0.01),
    "shrink": (lambda p: p.w - p.a * p.w, 0.1),
    "noise": (lambda p: p.w + p.a * p.noise, 0.01),
    "add": (lambda p: p.w + p.a, 0.1),
    "clamp": (lambda p: p.w.clamp(-p.a, p.a), 1),
    "prune": (prune, 0.5),
    "round": (quantise, 4),
    "normalise": (lambda p: p.w * (p.a / p.w.norm()), 1),
    "blend": (lambda p: p.w.lerp(p.w0, p.a), 0.1),
    "flip": (lambda p: p.w.neg(), None),
    "zero": (lambda p: torch.zeros_like(p.w), None),
    "reinitialise": (lambda p: p.fresh, None),
    "pin": (lambda p: p.before, None),
    "permute": (lambda p: p.shuffled, None),
    "orthogonalise": (lambda p: p.w.lerp(p.orthogonal, p.a), 1),
}
# An expression from there may go without its amount.
USUAL_AMOUNTS = {"w+a*w": 0.001, "a*w": 0.01, "w-a*w": 0.1, "w+a*noise": 0.01}
TEXT = re.compile(
    r"\s*(?P<layer>\*|[\w-]+)(\.(?P<part>weight|bias))?(\[(?P<where>[^]]*)\])?"
    r"\s*:(?P<body>.*?)(?P<tail>(\s*@[^@=]*?|\s*\ba\s*=\s*[-+.\deE]+|"
    r"\s*\bmemory\s*=\s*(keep|zero-all|zero))*)\s*"
)
WHEN = re.compile(
    r"(step (?P<at>[1-9]\d*)|every (?P<every>[1-9]\d*) steps?|"
    r"every (?P<each>step|example|epoch))(?P<gap> before backward)?|(?P<hand>by hand)"
)
TAIL = re.compile(
    r"\s*(@(?P<when>[^@=]*?)(?=\s*(\ba\s*=|\bmemory\s*=|@|$))|"
    r"\ba\s*=\s*(?P<amount>[-+.\deE]+)|\bmemory\s*=\s*(?P<memory>keep|zero-all|zero))"
)


def new_generator(seed):
    """What noise and rand are drawn from in a run with this seed, and nothing else is."""
    return torch.Generator().manual_seed(seed ^ 0x6E756467)


@dataclass
class Nudge:
    layer: str  # or "*"
    part: str  # "weight", "bias" or None for both
    where: str  # what stands in brackets, or None
    function: Callable
    amount: float
    when: str  # "at", "every", "example", "epoch" or "hand"
    interval: int
    before_backward: bool
    memory: str  # "keep", "zero" or "zero-all"

    def is_due(self, step, epoch_ends, before_backward):
        """In the gap before this step's backward, or in the section after the step."""
        return self.before_backward == before_backward and (
            (self.when == "at" and step == self.interval)
            or (self.when == "every" and step % self.interval == 0)
            or (self.when == "epoch" and epoch_ends)
        )

    def is_due_at_example(self, before_backward):
        return self.when == "example" and self.before_backward == before_backward

    def aims_at(self, layer, part):
        return self.layer in ("*", layer) and self.part in (None, part)

    def get_index(self, parameter):
        """What picks the target out of a parameter, as Python indexes tensors."""
        if self.where is None:
            return ...
        if ";" in self.where:
            edges = [edge.split(",") for edge in self.where.split(";")]
            return tuple(torch.tensor([int(k) for k in axis]) for axis in zip(*edges))
        ranges = [read_range(text) for text in self.where.split(",")]
        return tuple(ranges[: parameter.dim()])


def read_range(text):
    ends = [int(end) if end.strip() else None for end in text.split(":")]
    return slice(*ends) if len(ends) == 2 else slice(ends[0], ends[0] + 1)


def read_tail(tail, text):
    """The time, the amount and the memory, each as text or None."""
    found = {}
    for match in TAIL.finditer(tail):
        for key, value in match.groupdict().items():
            if value is not None:
                if key in found:
                    raise ValueError("%r says something twice" % text)
                found[key] = value
    return found.get("when"), found.get("amount"), found.get("memory", "keep")


def read_function(body, given, text):
    """What computes the new values at a place, and the amount, 0 where there is none."""
    if body in CATALOGUE:
        function, usual = CATALOGUE[body]
        takes_amount = usual is not None
    else:
        try:
            tree = language.parse(body)
            takes_amount = "a" in language.names_in(tree)
        except SyntaxError as error:
            raise ValueError("%r: %r: %s" % (text, body, error)) from error
        function = functools.partial(language.evaluate, tree)
        usual = USUAL_AMOUNTS.get(re.sub(r"\s", "", body))
    if given and not takes_amount or takes_amount and not given and usual is None:
        raise ValueError("%r: an amount, and a in the expression, go together" % text)
    return function, rounded(float(given or usual or 0))


def parse(text, layers):
    match = TEXT.fullmatch(text)
    if match is None:
        raise ValueError("%r does not read as a nudge" % text)
    if match["layer"] != "*" and match["layer"] not in layers:
        raise ValueError("%r: there is no layer %s" % (text, match["layer"]))
    when, given, memory = read_tail(match["tail"], text)
    function, amount = read_function(match["body"].strip(), given, text)
    time = WHEN.fullmatch(" ".join(when.split()) if when else "every step")
    if time is None:
        raise ValueError("%r: expected a time behind '@'" % text)
    return Nudge(
        match["layer"],
        match["part"],
        match["where"],
        function,
        amount,
        *read_when(time),
        time["gap"] is not None,
        memory,
    )


def read_when(when):
    """The kind of time, and its number of steps."""
    if when["at"]:
        return "at", int(when["at"])
    if when["hand"]:
        return "hand", 1
    if when["every"] or when["each"] == "step":
        return "every", int(when["every"] or 1)
    return when["each"], 1


def forget(run, name, index):
    """What the optimizer remembers of a parameter, or of a part of it, is as at first."""
    parameter = run.network.get_parameter(name)
    whole = parameter[index].numel() == parameter.numel()
    if whole and not isinstance(run.optimizer, torch.optim.Adagrad):
        run.optimizer.state.pop(parameter, None)
        return
    at_first = {"sum": run.optimizer.defaults.get("initial_accumulator_value", 0)}
    for key, value in run.optimizer.state[parameter].items():
        if torch.is_tensor(value) and value.shape == parameter.shape:
            value[index] = at_first.get(key, 0)
        elif key == "step" and whole:
            value.zero_()


def apply(due, run, step, unseen=False):
    """Assigns what each function returns to its target, or changes no byte of it.

    What a refused one has drawn is put back.

    unseen: through .data, so that PyTorch does not notice.
    """
    with torch.no_grad():
        for nudge in due:
            changes = []
            drawn = run.generator.get_state()
            for name, parameter in run.network.named_parameters():
                if nudge.aims_at(*name.rsplit(".", 1)):
                    index = nudge.get_index(parameter)
                    place = language.Place(run, name, parameter, index, nudge.amount, step)
                    value = nudge.function(place)
                    value = torch.as_tensor(value, dtype=parameter.dtype)
                    changes.append((name, parameter, index, value))
            if not all(torch.isfinite(change[-1]).all() for change in changes):
                run.generator.set_state(drawn)
                continue
            for name, parameter, index, value in changes:
                (parameter.data if unseen else parameter)[index] = value
                if nudge.memory == "zero":
                    forget(run, name, index)
            if nudge.memory == "zero-all":
                for name, _ in run.network.named_parameters():
                    forget(run, name, ...)
