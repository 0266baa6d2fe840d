#!/usr/bin/python3
# language.py - update functions, in PyTorch's words
#
# SPDX-License-Identifier: MIT
#
# Imported by nudges.py. An expression is read by Python's own grammar, of which Nudge's
# is a part but for `^` and `c ? x : y`, and computed with PyTorch's own functions. What
# the names in it stand for is a Place's.

import ast
import math
import operator
import re

import torch
from torch import nn

OPERATORS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
FUNCTIONS = {
    name: getattr(torch, name)
    for name in "abs sign sqrt exp log sin cos tanh sigmoid relu floor round".split()
}
FUNCTIONS.update(min=torch.minimum, max=torch.maximum, clamp=torch.clamp)
N_ARGUMENTS = {"min": 2, "max": 2, "clamp": 3}
STATISTICS = {
    "mean": torch.mean,
    "std": torch.std,
    "norm": torch.norm,
    "min": torch.amin,
    "max": torch.amax,
}


def rounded(number):
    """The float32 number nearest to a number."""
    return torch.tensor(number, dtype=torch.float32).item()


CONSTANTS = {"pi": rounded(math.pi), "e": rounded(math.e)}


def fold(text):
    """`c ? x : y` as Python says it, in parentheses, innermost first."""
    inner = re.compile(r"\(([^()]*)\)")
    kept = []
    while inner.search(text):
        match = inner.search(text)
        kept.append(fold_flat(match[1]))
        text = text[: match.start()] + "\0%d\1" % (len(kept) - 1) + text[match.end() :]
    text = fold_flat(text)
    while "\0" in text:
        text = re.sub("\0(\\d+)\1", lambda m: "(%s)" % kept[int(m[1])], text)
    return text


def fold_flat(text):
    """The same for a text, or arguments, without parentheses in it."""
    if "," in text:
        return ",".join(fold_flat(part) for part in text.split(","))
    if "?" not in text:
        return text
    condition, rest = text.split("?", 1)
    depth = 1
    for k, character in enumerate(rest):
        depth += (character == "?") - (character == ":")
        if depth == 0:
            chosen, other = fold_flat(rest[:k]), fold_flat(rest[k + 1 :])
            return "((%s) if (%s) else (%s))" % (chosen, condition, other)
    raise SyntaxError("'?' without ':'")


def parse(text):
    """Raises a SyntaxError."""
    tree = ast.parse(fold(text).replace("^", "**").strip(), mode="eval").body
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if len(node.args) != N_ARGUMENTS.get(node.func.id, 1):
                raise SyntaxError("%s: wrong number of arguments" % node.func.id)
    return tree


def draw(t, run, weight, is_bias):
    """Fills a float32 tensor as torch.nn.init would, for the layer that has this weight."""
    init, random = run.experiment["network"]["init"], {"generator": run.generator}
    fan_in, fan_out = nn.init._calculate_fan_in_and_fan_out(weight)
    if isinstance(init, dict):
        t.fill_(init["value"])
    elif init == "torch":
        gain = nn.init.calculate_gain("leaky_relu", math.sqrt(5))
        bound = math.sqrt(3) * (gain / math.sqrt(fan_in))
        bound = 1 / math.sqrt(fan_in) if is_bias else bound
        t.uniform_(-bound, bound, **random)
    elif init == "zeros" or is_bias:
        t.zero_()
    else:
        std = math.sqrt(2 / (fan_in + fan_out))
        if init.startswith("kaiming"):
            std = nn.init.calculate_gain("leaky_relu", 0) / math.sqrt(fan_in)
        if init.endswith("_normal"):
            t.normal_(0, std, **random)
        else:
            t.uniform_(-math.sqrt(3) * std, math.sqrt(3) * std, **random)


class Place:
    """A parameter, or the chosen part of one, and what an expression can ask of it."""

    def __init__(self, run, name, parameter, index, amount, step):
        self.run = run
        self.name = name
        self.index = index
        self.whole = parameter.detach()
        self.w = self.whole[index].clone()
        self.a = amount
        self.n = step

    uses_slow = False

    @property
    def m(self):
        """The slow copy: before its first use a clone of the parameter."""
        self.uses_slow = True
        return self.part(self.run.slow.get(self.name, self.whole))

    def part(self, tensor):
        return tensor.detach()[self.index].clone()

    @property
    def w0(self):
        return self.part(self.run.initial[self.name])

    @property
    def g(self):
        grad = self.run.network.get_parameter(self.name).grad
        return torch.zeros_like(self.w) if grad is None else self.part(grad)

    @property
    def before(self):
        """The values from before the optimizer, once there has been one in this step."""
        before = self.run.before
        return self.w if before is None else self.part(before[self.name])

    def indices(self, axis):
        if axis >= self.whole.dim():
            return torch.zeros_like(self.w)
        shape = [1] * self.whole.dim()
        shape[axis] = -1
        along = torch.arange(self.whole.shape[axis], dtype=self.w.dtype).reshape(shape)
        return self.part(along.expand(self.whole.shape))

    @property
    def i(self):
        return self.indices(0)

    @property
    def j(self):
        return self.indices(1)

    @property
    def noise(self):
        return torch.randn(self.w.shape, generator=self.run.generator).to(self.w.dtype)

    @property
    def rand(self):
        return torch.rand(self.w.shape, generator=self.run.generator).to(self.w.dtype)

    @property
    def shuffled(self):
        flat = self.w.flatten()
        order = torch.randperm(len(flat), generator=self.run.generator)
        return flat[order].reshape(self.w.shape)

    @property
    def rank(self):
        order = torch.argsort(self.w.abs().flatten(), stable=True)
        rank = torch.empty(len(order))
        rank[order] = torch.arange(len(order), dtype=torch.float32) / len(order)
        return rank.reshape(self.w.shape).to(self.w.dtype)

    @property
    def global_rank(self):
        together = torch.cat(self.all_targets)
        order = torch.argsort(together.abs(), stable=True)
        rank = torch.empty(len(order))
        rank[order] = torch.arange(len(order), dtype=torch.float32) / len(order)
        own = rank.split([len(target) for target in self.all_targets])[self.nth]
        return own.reshape(self.w.shape).to(self.w.dtype)

    @property
    def lr(self):
        return self.run.optimizer.param_groups[0]["lr"]

    @property
    def orthogonal(self):
        if self.w.dim() != 2:
            return self.w
        wide = self.w.shape[0] < self.w.shape[1]
        q, r = torch.linalg.qr(self.w.t() if wide else self.w)
        q = q * r.diagonal().sign()
        return q.t() if wide else q

    @property
    def fresh(self):
        """As torch.nn.init would fill a parameter of the whole one's shape."""
        weight = self.run.network.get_parameter(self.name.split(".")[0] + ".weight")
        t = torch.empty(self.w.shape)
        draw(t, self.run, weight, self.whole.dim() == 1)
        return t.to(self.w.dtype)

    def get(self, name):
        """A tensor of w's shape, one without dimensions, or a number."""
        if name in STATISTICS:
            return STATISTICS[name](self.w)
        if name in CONSTANTS:
            return CONSTANTS[name]
        value = getattr(self, name)
        return value if torch.is_tensor(value) else rounded(float(value))


NAMES = set(STATISTICS) | set("a n e pi w w0 m g before i j noise rand".split())
NAMES |= {"shuffled", "rank", "orthogonal", "fresh"}


def names_in(tree):
    """Those that stand for values; raises a SyntaxError at one that there is not."""
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    for node in names:
        if node.id not in (FUNCTIONS if id(node) in called else NAMES):
            raise SyntaxError("there is no %s" % node.id)
    return {node.id for node in names if id(node) not in called}


def evaluate(node, place):
    """A tensor; or, if none is in it, a number that float32 has, as Python's."""
    if isinstance(node, ast.Name):
        return place.get(node.id)
    if isinstance(node, ast.Constant):
        return rounded(float(node.value))
    if isinstance(node, ast.IfExp):
        nodes, function = [node.test, node.body, node.orelse], choose
    elif isinstance(node, ast.Call):
        nodes, function = node.args, FUNCTIONS[node.func.id]
        function = among_tensors(function) if len(nodes) > 1 else function
    elif isinstance(node, ast.Compare):
        nodes, function = [node.left, *node.comparators], compare(node.ops[0])
    elif isinstance(node, ast.UnaryOp):
        nodes, function = [node.operand], OPERATORS[type(node.op)]
    else:
        nodes, function = [node.left, node.right], OPERATORS[type(node.op)]
    values = [evaluate(child, place) for child in nodes]
    if any(torch.is_tensor(value) for value in values):
        return function(*values)
    return function(*map(torch.tensor, values)).item()


def among_tensors(function):
    """PyTorch's functions of several tensors want all of them to be tensors of a type."""

    def call(*values):
        types = [value.dtype for value in values if torch.is_tensor(value)]
        kind = max(types, key=lambda dtype: torch.finfo(dtype).bits)
        values = [torch.as_tensor(value).to(kind) for value in values]
        return function(*torch.broadcast_tensors(*values))

    return call


@among_tensors
def choose(condition, x, y):
    return torch.where(condition != 0, x, y)


def compare(operation):
    """1 or 0 of the type that is compared."""

    def call(x, y):
        return OPERATORS[type(operation)](x, y).to(torch.result_type(x, y))

    return call
