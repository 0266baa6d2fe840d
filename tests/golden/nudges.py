#!/usr/bin/python3
# nudges.py - read nudges and apply them in PyTorch
#
# SPDX-License-Identifier: MIT
#
# Imported by experiment.py.
# TARGETS: FUNCTION [@ WHEN] [a=NUMBER] [memory=WORD] [else=skip]

import fnmatch
import functools
import operator
import re
from collections.abc import Callable
from dataclasses import dataclass

import torch

import language
import said
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
    "ema": (lambda p: {"m": p.m.mul(p.a).add(p.w, alpha=1 - p.a)}, 0.99),
    "polyak": (lambda p: {"m": said.average(p.m, p.w, p.n - p.a)}, 1),
    "lookahead": (lambda p: dict.fromkeys("mw", p.m.add(p.w - p.m, alpha=p.a)), 0.5),
    "reptile": (lambda p: dict.fromkeys("mw", p.m + p.a * (p.w - p.m)), 0.1),
    "perturb": (lambda p: {"m": p.w, "w": p.w.add(p.noise, alpha=p.a)}, 0.01),
    "restore": (lambda p: p.m, None),
}
# An expression from there may go without its amount.
USUAL_AMOUNTS = {"w+a*w": 0.001, "a*w": 0.01, "w-a*w": 0.1, "w+a*noise": 0.01}
TARGET = r"[\w.*-]+(?:\[[^]]*\])?"
TEXT = re.compile(
    r"\s*(?P<targets>%s(?:\s*,\s*%s)*)\s*(?P<sign>:=|:|[-+*/]?=)" % (TARGET, TARGET)
    + r"(?P<body>.*?)(?P<tail>(\s*@[^@=]*?|\s*\ba\s*=\s*[-+.\deE]+|"
    r"\s*\bmemory\s*=\s*(keep|zero-all|zero)|\s*\belse\s*=\s*skip)*)\s*"
)
WHEN = re.compile(
    r"((?P<unit>step|epoch) (?P<at>\d+(, \d+)*)|"
    r"every ((?P<every>[1-9]\d*) )?(?P<each>step|example|epoch)s?"
    r"( from (step )?(?P<first>\d+))?( to (step )?(?P<last>\d+))?)(?P<gap> before backward)?|"
    r"(?P<start>at the start)|(?P<hand>by hand)"
)
TAIL = re.compile(
    r"\s*(@(?P<when>[^@=]*?)(?=\s*(\ba\s*=|\bmemory\s*=|\belse\s*=|@|$))|"
    r"\ba\s*=\s*(?P<amount>[-+.\deE]+)|\bmemory\s*=\s*(?P<memory>keep|zero-all|zero)|"
    r"\belse\s*=\s*(?P<otherwise>skip))"
)
ASSIGNMENTS = {
    "+=": operator.add,
    "-=": operator.sub,
    "*=": operator.mul,
    "/=": operator.truediv,
}


def new_generator(seed):
    """What noise and rand are drawn from in a run with this seed, and nothing else is."""
    return torch.Generator().manual_seed(seed ^ 0x6E756467)


@dataclass
class Target:
    layer: str  # or a pattern
    part: str  # "weight", "bias" or None for both
    where: str  # what stands in brackets, or None

    def aims_at(self, layer, part):
        return fnmatch.fnmatchcase(layer, self.layer) and self.part in (None, part)

    def get_index(self, parameter):
        """What picks the target out of a parameter, as Python indexes tensors."""
        if self.where is None:
            return ...
        if ";" in self.where:
            edges = [edge.split(",") for edge in self.where.split(";")]
            return tuple(torch.tensor([int(k) for k in axis]) for axis in zip(*edges))
        ranges = [read_range(text) for text in self.where.split(",")]
        return tuple(ranges[: parameter.dim()])


@dataclass
class Nudge:
    targets: list
    function: Callable
    amount: float
    when: str  # "at step", "at epoch", "step", "example", "epoch", "start" or "hand"
    interval: int
    named: list  # the steps or epochs that it names
    first: int
    last: int
    before_backward: bool
    memory: str  # "keep", "zero" or "zero-all"
    skips: bool

    def is_due(self, step, epoch, before_backward):
        """In the gap before this step's backward, or in the section after the step.

        epoch: the number of the one that ends with the step, from 1; None: none does
        """
        counted = {"step": step, "epoch": epoch}.get(self.when)
        return self.before_backward == before_backward and (
            (self.when == "at step" and step in self.named)
            or (self.when == "at epoch" and epoch in self.named)
            or (
                counted is not None
                and self.first <= step <= self.last
                and counted % self.interval == 0
            )
        )

    def is_due_at_start(self):
        return self.when == "start" or (self.when == "at step" and 0 in self.named)

    def is_due_at_example(self, step, before_backward):
        return (
            self.when == "example"
            and self.before_backward == before_backward
            and self.first <= step <= self.last
        )

    def get_places(self, network):
        """The parameters that it changes, and what of them: in the order of its targets."""
        for target in self.targets:
            for name, parameter in network.named_parameters():
                if target.aims_at(*name.rsplit(".", 1)):
                    yield name, parameter, target.get_index(parameter)


def read_range(text):
    ends = [int(end) if end.strip() else None for end in text.split(":")]
    return slice(*ends) if len(ends) > 1 else slice(ends[0], ends[0] + 1 or None)


def read_target(text):
    path, _, where = text.strip().partition("[")
    layer, _, part = path.strip().rpartition(".")
    if part not in ("weight", "bias") or not layer:
        layer, part = path.strip(), None
    return Target(layer, part, where.rstrip("] ") or None)


def split_targets(text):
    """At the commas that are not in brackets."""
    return re.split(r",(?![^[]*\])", text)


def read_tail(tail, text):
    """The time, the amount, the memory and whether to skip, each as text or None."""
    found = {}
    for match in TAIL.finditer(tail):
        for key, value in match.groupdict().items():
            if value is not None:
                if key in found:
                    raise ValueError("%r says something twice" % text)
                found[key] = value
    given = [found.get(key) for key in ("when", "amount", "memory", "otherwise")]
    return given[0], given[1], given[2] or "keep", given[3] is not None


def compute(variable, tree, place):
    return {variable: language.evaluate(tree, place)}


def read_function(body, given, text):
    """What computes the new values at a place, and the amount, 0 where there is none."""
    if body in CATALOGUE:
        function, usual = CATALOGUE[body]
        takes_amount = usual is not None
    elif body in said.FUNCTIONS:
        function, usual = said.FUNCTIONS[body], None
        takes_amount = False
    else:
        variable, expression = re.fullmatch(r"(?:([wm]) = )?(.*)", body).groups()
        try:
            tree = language.parse(expression)
            takes_amount = "a" in language.names_in(tree)
        except SyntaxError as error:
            raise ValueError("%r: %r: %s" % (text, body, error)) from error
        function = functools.partial(compute, variable or "w", tree)
        usual = USUAL_AMOUNTS.get(re.sub(r"\s", "", body))
    if given and not takes_amount or takes_amount and not given and usual is None:
        raise ValueError("%r: an amount, and a in the expression, go together" % text)
    return function, rounded(float(given or usual or 0))


def assign(sign, function):
    """What w becomes by += and the like."""
    operation = ASSIGNMENTS.get(sign)
    if operation is None:
        return function

    def change(place):
        values = function(place)
        return operation(place.w, values["w"] if isinstance(values, dict) else values)

    return change


def parse(text, layers):
    match = TEXT.fullmatch(text)
    if match is None:
        raise ValueError("%r does not read as a nudge" % text)
    targets = [read_target(target) for target in split_targets(match["targets"])]
    for target in targets:
        if not fnmatch.filter(layers, target.layer):
            raise ValueError("%r: there is no layer %s" % (text, target.layer))
    when, given, memory, skips = read_tail(match["tail"], text)
    function, amount = read_function(match["body"].strip(), given, text)
    time = WHEN.fullmatch(" ".join(when.split()) if when else "every step")
    if time is None:
        raise ValueError("%r: expected a time behind '@'" % text)
    return Nudge(
        targets,
        assign(match["sign"], function),
        amount,
        *read_when(time),
        int(time["first"] or 0),
        int(time["last"] or 1 << 62),
        time["gap"] is not None,
        memory,
        skips,
    )


def read_when(when):
    """The kind of time, its number of steps or epochs, and those that it names."""
    if when["at"]:
        return "at " + when["unit"], 1, [int(number) for number in when["at"].split(",")]
    if when["hand"] or when["start"]:
        return "hand" if when["hand"] else "start", 1, []
    return when["each"], int(when["every"] or 1), []


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


def are_finite(values):
    return all(bool(torch.isfinite(value).all()) for value in values.values())


def apply(due, run, step, unseen=False):
    """Assigns what each function returns to its target, or changes no byte of it.

    What a refused one has drawn is put back.

    A function that returns several values returns them by name: w's and m's, the slow
    copy's. unseen: through .data, so that PyTorch does not notice.
    """
    with torch.no_grad():
        for nudge in due:
            changes = []
            drawn = run.generator.get_state()
            places = list(nudge.get_places(run.network))
            of_all = [parameter[index].flatten() for _, parameter, index in places]
            for name, parameter, index in places:
                place = language.Place(run, name, parameter, index, nudge.amount, step)
                place.all_targets = of_all
                place.nth = len(changes)
                before = run.generator.get_state()
                values = nudge.function(place)
                values = values if isinstance(values, dict) else {"w": values}
                values = {
                    key: torch.as_tensor(value, dtype=parameter.dtype)
                    for key, value in values.items()
                }
                uses_slow = place.uses_slow or "m" in values
                changes.append((name, parameter, index, uses_slow, values))
                if nudge.skips and not are_finite(values):
                    run.generator.set_state(before)
            finite = [are_finite(change[-1]) for change in changes]
            if nudge.skips:
                changes = [change for change, whole in zip(changes, finite) if whole]
            elif not all(finite):
                run.generator.set_state(drawn)
                continue
            for name, parameter, _, uses_slow, _ in changes:
                if uses_slow and name not in run.slow:
                    run.slow[name] = parameter.detach().clone()
            for name, parameter, index, _, values in changes:
                if "m" in values:
                    run.slow[name][index] = values["m"]
                if "w" in values:
                    (parameter.data if unseen else parameter)[index] = values["w"]
                if nudge.memory == "zero":
                    forget(run, name, index)
            if nudge.memory == "zero-all":
                for name, _ in run.network.named_parameters():
                    forget(run, name, ...)
