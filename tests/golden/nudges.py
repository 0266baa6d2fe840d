#!/usr/bin/python3
# nudges.py - read nudges and apply them in PyTorch
#
# SPDX-License-Identifier: MIT
#
# Imported by experiment.py. TARGET: FUNCTION [@ WHEN] [a=NUMBER] [memory=WORD]

import ast
import re
from dataclasses import dataclass

import torch

import language
from language import rounded  # noqa: F401

CATALOGUE = {
    "grow": "w + a*w",
    "scale": "a*w",
    "shrink": "w - a*w",
    "noise": "w + a*noise",
}
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
    function: ast.expr
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


def parse(text, layers):
    match = TEXT.fullmatch(text)
    if match is None:
        raise ValueError("%r does not read as a nudge" % text)
    if match["layer"] != "*" and match["layer"] not in layers:
        raise ValueError("%r: there is no layer %s" % (text, match["layer"]))
    when, given, memory = read_tail(match["tail"], text)
    body = match["body"].strip()
    body = CATALOGUE.get(body, body)
    try:
        function = language.parse(body)
        names = language.names_in(function)
    except SyntaxError as error:
        raise ValueError("%r: %r: %s" % (text, body, error)) from error
    amount = float(given) if given else 0
    if "a" in names and not given:
        amount = USUAL_AMOUNTS.get(re.sub(r"\s", "", body))
    if amount is None or (given and "a" not in names):
        raise ValueError("%r: an amount, and a in the expression, go together" % text)
    time = WHEN.fullmatch(" ".join(when.split()) if when else "every step")
    if time is None:
        raise ValueError("%r: expected a time behind '@'" % text)
    return Nudge(
        match["layer"],
        match["part"],
        match["where"],
        function,
        rounded(amount),
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
                    value = language.evaluate(nudge.function, place)
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
