"""nudge_attach.py - lets Nudge look at a PyTorch job that is running, and nudge it

SPDX-License-Identifier: MIT

    import nudge_attach
    nudge_attach.watch (model, optimizer)       # in the script, before the first step

or no change at all, also under torchrun:

    python3 -m nudge_attach train.py ARGUMENTS

Then `nudge attach` lists the job. With --pause, or watch (..., pause=True), it waits after its
first step until Nudge lets it go on. Needs the standard library and PyTorch, 1.13 or newer.
One file, so that it can be copied to where a job runs.

After optimizer.step (), and nowhere else, the job answers what Nudge asks over a Unix
socket that is this user's alone: what the parameters are, their values, the newest loss; and
it changes weights, in place and without gradients, by functions that arrive as a list of
operations from the table below. It evaluates no text and reads no pickle. What is sent over
the socket, and what it means, is in nudge-attach(7).

While no Nudge is connected, a step costs the check of a flag. The main thread never waits
for the socket: a thread for each connection reads from it, and one writes to it. Of a frame the
main thread sends what the socket takes at once: that costs less than waking the other one.
"""

import atexit
import collections
import contextlib
import ctypes
import functools
import gc
import hashlib
import itertools
import json
import math
import operator
import os
import runpy
import socket
import struct
import sys
import threading
import time
import types

import torch

VERSION = 3
HEADER = struct.Struct("<4sIQ")  # "NUDG", bytes of JSON, bytes of tensors behind it
MAGIC = b"NUDG"
MOST_TEXT = 1 << 18  # bytes of JSON in a request
MOST_CONNECTIONS = 8
MOST_WAITING = 16  # requests of one connection
MOST_ANSWERS = 64  # that a connection has not read
MOST_PARTS = 512  # that are sent at once; Linux takes 1024
MOST_OPERATIONS = 4096
MOST_STANDING = 64  # nudges that repeat
FRAMES_SHARE = 0.008  # of the job's time that frames may take, of 0.01 for everything
MOST_CONTENTION = 4  # for each processor, that is reckoned with
FRAMES_OWE = 0.25  # seconds without a frame that may be made up for later, when one was slow
ENDING = 1.0  # seconds that a job which ends lets its threads take
MOST_PAST = 4  # nudges that can be taken back
MOST_LOSSES = 1 << 14  # steps whose losses wait for the next frame
MOST_KINDS = 16  # of which frames have tensors
MOST_MODULES = 4096  # that are described
WRAPPERS = ("DistributedDataParallel", "DataParallel", "OptimizedModule")


class Refusal(Exception):
    """What was asked cannot be done; the message says why."""


# --- Update functions: operations on a stack ------------------------------------------


def _sign(x):
    return float((x > 0) - (x < 0))


def _sigmoid(x):
    return 1 / (1 + math.exp(-x))


# Of one value: PyTorch's of a tensor, Python's of a number.
FUNCTIONS = {
    "negate": (operator.neg, operator.neg),
    "abs": (torch.abs, abs),
    "sign": (torch.sign, _sign),
    "sqrt": (torch.sqrt, math.sqrt),
    "exp": (torch.exp, math.exp),
    "log": (torch.log, math.log),
    "sin": (torch.sin, math.sin),
    "cos": (torch.cos, math.cos),
    "tanh": (torch.tanh, math.tanh),
    "sigmoid": (torch.sigmoid, _sigmoid),
    "relu": (torch.relu, lambda x: max(x, 0.0)),
    "floor": (torch.floor, lambda x: float(math.floor(x))),
    "round": (torch.round, lambda x: float(round(x))),
}
# Of two, whatever they are.
OPERATORS = {
    "add": operator.add,
    "subtract": operator.sub,
    "multiply": operator.mul,
    "divide": operator.truediv,
    "power": operator.pow,
}
RELATIONS = {
    "less": operator.lt,
    "less_equal": operator.le,
    "greater": operator.gt,
    "greater_equal": operator.ge,
    "equal": operator.eq,
    "not_equal": operator.ne,
}
# Of several tensors of one type, and how many.
TENSOR_FUNCTIONS = {
    "minimum": (2, torch.minimum),
    "maximum": (2, torch.maximum),
    "clamp_min": (2, torch.maximum),
    "clamp_max": (2, torch.minimum),
    "clamp": (3, lambda x, low, high: torch.minimum(torch.maximum(x, low), high)),
    "choose": (3, lambda c, x, y: torch.where(c != 0, x, y)),
    "and": (2, lambda x, y: (x != 0) & (y != 0)),
    "or": (2, lambda x, y: (x != 0) | (y != 0)),
    "not": (1, lambda x: x == 0),
}
ELEMENTWISE = {*FUNCTIONS, *OPERATORS, *RELATIONS, *TENSOR_FUNCTIONS, "number", "a", "n"}
ELEMENTWISE |= {"lr", "w", "g", "m", "w0", "before", "set_w", "set_m"}


def _std(x, dim, biased):
    n = x.numel() if dim is None else x.shape[dim]
    if n < 2 and not biased:
        raise Refusal("one value has no std, which is over n - 1")
    if dim is None:
        return torch.std(x, unbiased=not biased)
    return torch.std(x, dim, unbiased=not biased, keepdim=True)


def _over(function):
    """Over all of a tensor, or over one dimension, which is kept."""
    return lambda x, dim, _: function(x) if dim is None else function(x, dim, keepdim=True)


def _median(x, dim, _):
    return torch.median(x) if dim is None else torch.median(x, dim, keepdim=True).values


def _norm(x, dim, _):
    return torch.norm(x) if dim is None else torch.norm(x, dim=dim, keepdim=True)


def _count(x, dim, _):
    return (x != 0).sum() if dim is None else (x != 0).sum(dim, keepdim=True)


STATISTICS = {
    "mean": _over(torch.mean),
    "sum": _over(torch.sum),
    "prod": _over(torch.prod),
    "amin": lambda x, dim, _: torch.amin(x, () if dim is None else dim, dim is not None),
    "amax": lambda x, dim, _: torch.amax(x, () if dim is None else dim, dim is not None),
    "any": lambda x, dim, _: _over(torch.any)(x != 0, dim, _),
    "all": lambda x, dim, _: _over(torch.all)(x != 0, dim, _),
    "std": _std,
    "norm": _norm,
    "median": _median,
    "count": _count,
}


def _quantile(x, q, dim):
    wide = x if x.dtype == torch.float64 else x.float()
    if dim is None:
        return torch.quantile(wide, float(q)).to(x.dtype)
    return torch.quantile(wide, float(q), dim, keepdim=True).to(x.dtype)


class _Evaluation:
    """A function, on one parameter or the chosen part of one."""

    def __init__(self, place, operations):
        self.place = place
        self.operations = operations
        self.stack = []
        self.w = place.w
        self.m = None
        self.sets_w = False
        self.sets_m = False

    def tensor(self, value):
        """As a tensor of the parameter's type."""
        return torch.as_tensor(value, dtype=self.w.dtype, device=self.w.device)

    def pop(self, n):
        if len(self.stack) < n:
            raise Refusal("an operation has too few values")
        values = self.stack[len(self.stack) - n :]
        del self.stack[len(self.stack) - n :]
        return values

    def run(self):
        for name, *rest in self.operations:
            self.stack.append(self.value(name, rest))
            if name in ("set_w", "set_m"):
                self.stack.pop()
        if self.stack:
            raise Refusal("operations leave a value over")

    def value(self, name, rest):
        if name == "number":
            return rest[0]
        if name in FUNCTIONS:
            (x,) = self.pop(1)
            return FUNCTIONS[name][0 if torch.is_tensor(x) else 1](x)
        if name in OPERATORS:
            value = OPERATORS[name](*self.pop(2))
            if isinstance(value, complex):
                raise Refusal("the root of a negative number")
            return value
        if name in RELATIONS:
            return self.relation(name, rest)
        if name in TENSOR_FUNCTIONS:
            return self.tensor_function(name)
        if name in STATISTICS or name == "quantile":
            return self.statistic(name, rest)
        if name == "normal":
            return self.normal(*self.pop(2))
        if name == "uniform":
            return self.uniform(*self.pop(2))
        if name in ("set_w", "set_m"):
            return self.set(name, *self.pop(1))
        return self.variable(name)

    def relation(self, name, rest):
        x, y = self.pop(2)
        value = RELATIONS[name](x, y)
        value = value.to(self.w.dtype) if torch.is_tensor(value) else float(value)
        if rest:  # of a chain: y is compared again
            self.stack.append(value)
            return y
        return value

    def tensor_function(self, name):
        n, function = TENSOR_FUNCTIONS[name]
        values = self.pop(n)
        value = function(*torch.broadcast_tensors(*map(self.tensor, values)))
        value = value.to(self.w.dtype)
        return value if any(map(torch.is_tensor, values)) else value.item()

    def statistic(self, name, rest):
        dim, biased = (rest + [None, False])[:2]
        x, *q = self.pop(2 if name == "quantile" else 1)
        x = self.tensor(x)
        x = x if x.dim() == self.w.dim() else x.expand(self.w.shape)
        if dim is not None and not -x.dim() <= dim < x.dim():
            raise Refusal("it has no dim %d: it has %d" % (dim, x.dim()))
        if q:
            return _quantile(x, q[0], dim)
        return STATISTICS[name](x, dim, biased).to(self.w.dtype)

    def normal(self, mean, std):
        return mean + std * self.place.noise()

    def uniform(self, low, high):
        return low + (high - low) * self.place.rand()

    def set(self, name, value):
        value = self.tensor(value).broadcast_to(self.w.shape)
        if name == "set_w":
            self.w, self.sets_w = value, True
        else:
            self.m, self.sets_m = value, True

    def variable(self, name):
        if name == "w":
            return self.w
        if name == "m":
            self.m = self.place.slow() if self.m is None else self.m
            return self.m
        if name in ("rank", "shuffled", "orthogonal"):
            return getattr(self.place, name)(self.w)
        return getattr(self.place, PLACE[name])()


# What a place has.
PLACE = {name: name for name in "w0 g before i j global_rank fresh noise rand a n lr".split()}
KNOWN = {*ELEMENTWISE, *STATISTICS, *PLACE, "quantile", "normal", "uniform", "rank"}
KNOWN |= {"shuffled", "orthogonal"}


def _ranks_of(values):
    """The fraction of values that are smaller, by |w| and then by index."""
    flat = values.abs().flatten()
    order = torch.argsort(flat, stable=True)
    n = len(order)
    rank = torch.empty(n, dtype=torch.float32, device=values.device)
    rank[order] = torch.arange(n, dtype=torch.float32, device=values.device) / n
    return rank


class _Place:
    """A parameter, or the chosen part of one, and what a function can ask of it."""

    def __init__(self, watcher, command, name, target):
        self.watcher = watcher
        self.command = command
        self.name = name
        self.parameter = watcher.names.parameters[name]
        self.whole = _local(self.parameter.detach())
        self.index = _index_of(target, self.whole)
        self.w = self.part(self.whole)
        self.global_ranks = None

    def part(self, tensor):
        if self.index is None:
            return tensor
        return _matrix(tensor)[self.index].clone()

    def put(self, tensor, values):
        """Into a copy of the whole."""
        if self.index is None:
            return tensor.copy_(values)
        matrix = _matrix(tensor)
        matrix[self.index] = values
        return tensor if matrix._base is tensor else tensor.copy_(matrix.reshape(tensor.shape))

    def slow(self):
        return self.part(self.watcher.slow.get(self.parameter, self.whole))

    def w0(self):
        if self.parameter not in self.watcher.initial:
            raise Refusal(
                "w0, the first values, was not kept: start the job with keep_initial=True, "
                "or python3 -m nudge_attach --keep-initial"
            )
        return self.part(self.watcher.initial[self.parameter])

    def g(self):
        grad = self.parameter.grad
        return torch.zeros_like(self.w) if grad is None else self.part(_dense(_local(grad.detach())))

    def before(self):
        _, before = self.watcher.before.get(self.parameter, (None, None))
        if before is None:
            raise Refusal(
                "the values from before the optimizer are kept only for nudges that "
                "stand: repeat this one"
            )
        return self.part(before)

    def along(self, axis):
        rows = self.whole.shape[0] if self.whole.dim() else 1
        shape = (rows, self.whole.numel() // max(rows, 1))
        if self.whole.dim() < 2 and axis == 1:
            return torch.zeros_like(self.w)
        numbers = torch.arange(shape[axis], dtype=self.w.dtype, device=self.w.device)
        grid = numbers.reshape((-1, 1) if axis == 0 else (1, -1)).expand(shape)
        return self.part(grid.reshape(self.whole.shape))

    def i(self):
        return self.along(0)

    def j(self):
        return self.along(1)

    def noise(self):
        return self.drawn(torch.randn(self.w.shape, generator=self.command.generator))

    def rand(self):
        return self.drawn(torch.rand(self.w.shape, generator=self.command.generator))

    def drawn(self, values):
        return values.to(device=self.w.device, dtype=self.w.dtype)

    def shuffled(self, w):
        flat = w.flatten()
        order = torch.randperm(len(flat), generator=self.command.generator)
        return flat[order.to(w.device)].reshape(w.shape)

    def rank(self, w):
        return _ranks_of(w).reshape(w.shape).to(w.dtype)

    def global_rank(self):
        if self.command.global_ranks is None:
            self.command.rank_all()
        return self.command.global_ranks[id(self)].reshape(self.w.shape).to(self.w.dtype)

    def orthogonal(self, w):
        if w.dim() < 2:
            return w
        flat = w.flatten(1)
        flat = flat if flat.dtype == torch.float64 else flat.float()
        wide = flat.shape[0] < flat.shape[1]
        q, r = torch.linalg.qr(flat.t() if wide else flat)
        q = q * r.diagonal().sign()
        return (q.t() if wide else q).reshape(w.shape).to(w.dtype)

    def fresh(self):
        """As nn.Linear and the convolutions draw their first values."""
        module, _ = self.watcher.names.owners[self.name]
        weight = getattr(module, "weight", None)
        linear = isinstance(module, (torch.nn.Linear, torch.nn.modules.conv._ConvNd))
        if not linear or getattr(module, "transposed", False):
            raise Refusal("fresh: how %s draws its first values is not known" % type(module).__name__)
        fan_in = weight[0].numel()
        gain = math.sqrt(2 / (1 + math.sqrt(5) ** 2))
        bound = math.sqrt(3) * (gain / math.sqrt(fan_in))
        bound = 1 / math.sqrt(fan_in) if self.whole.dim() == 1 else bound
        values = torch.empty(self.w.shape).uniform_(
            -bound, bound, generator=self.command.generator
        )
        return self.drawn(values)

    def a(self):
        return self.command.amount

    def n(self):
        return float(self.watcher.step)

    def lr(self):
        return float(self.watcher.names.group_of(self.parameter).get("lr", math.nan))


def _matrix(tensor):
    """First index, and the rest side by side: a view where that can be."""
    return tensor.reshape(tensor.shape[0], -1) if tensor.dim() > 2 else tensor


def _to_cpu(index):
    return tuple(i.cpu() if torch.is_tensor(i) else i for i in index)


def _local(tensor):
    """This rank's part of a tensor that is sharded."""
    return tensor.to_local() if hasattr(tensor, "to_local") else tensor


def _dense(tensor):
    """With the zeros that the gradient of an embedding may leave out."""
    return tensor if tensor.layout == torch.strided else tensor.to_dense()


def _index_of(target, whole):
    if "edges" in target:
        edges = torch.tensor(target["edges"], dtype=torch.long, device=whole.device)
        return (edges[:, 0], edges[:, 1])
    if "rows" not in target:
        return None
    if whole.dim() == 0:
        raise Refusal("a single number has no parts")
    ranges = [target["rows"]] + ([target["columns"]] if "columns" in target else [])
    if len(ranges) > max(1, min(whole.dim(), 2)):
        raise Refusal("it has no columns")
    for size, (first, n, step) in zip(_matrix(whole).shape, ranges):
        if n < 1 or step < 1 or first + (n - 1) * step >= size:
            raise Refusal("a part is outside of the parameter")
    return tuple(slice(first, first + (n - 1) * step + 1, step) for first, n, step in ranges)


# --- Names: of the parameters, from the modules that own them -------------------------


def _find_models(wanted):
    """The modules that are in no other one and have some of the parameters."""
    module = torch.nn.Module
    found = [o for o in gc.get_objects() if issubclass(type(o), module)]
    inner = {id(child) for m in found for child in m.__dict__.get("_modules", {}).values()}
    roots = [m for m in found if id(m) not in inner and "_parameters" in m.__dict__]
    owners = [m for m in roots if any(id(p) in wanted for p in m.parameters())]
    copies = [
        m for m in roots if m not in owners and any(True for _ in m.parameters())
    ]
    return owners, copies


def _unwrap(model):
    while type(model).__name__ in WRAPPERS:
        model = model.__dict__["_modules"].get("module") or model._orig_mod
    return model


def _walk(model):
    """(name, module, key, tensor) of each of its parameters and buffers, as state_dict ()."""
    for prefix, module in model.named_modules(remove_duplicate=False):
        for part in ("_parameters", "_buffers"):
            for key, tensor in module.__dict__[part].items():
                left_out = part == "_buffers" and key in module._non_persistent_buffers_set
                if tensor is not None and not left_out:
                    name = (prefix + "." if prefix else "") + key
                    for wrapper in ("_fsdp_wrapped_module.", "_orig_mod."):
                        name = name.replace(wrapper, "")
                    yield name, module, key, tensor


def _trained_by(optimizers):
    return [[id(p) for p in g["params"]] for o in optimizers for g in o.param_groups]


def _describe_modules(models):
    """Those that have no others in them, in the order in which the models name them."""
    found = [
        {"name": name, "type": type(module).__name__, "settings": module.extra_repr()[:200]}
        for model in models
        for name, module in model.named_modules()
        if not any(True for _ in module.children())
    ]
    return found[:MOST_MODULES]


def _is_sequence(model):
    """Whether its modules are called one after the other, as they are named."""
    return not any(True for _ in model.children()) or (
        type(model) is torch.nn.Sequential and all(map(_is_sequence, model.children()))
    )


class _Names:
    """What there is, by name."""

    def __init__(self, optimizers, models):
        self.optimizers = optimizers
        self.trained = _trained_by(optimizers)
        self.parameters = {}  # name: tensor, what can be nudged
        self.tensors = {}  # name: tensor, as in state_dict ()
        self.owners = {}  # name: (module, key)
        self.tied = {}  # name: the first name of the same tensor
        self.notes = []
        self.groups = {
            id(p): (k, group)
            for k, optimizer in enumerate(optimizers)
            for group in optimizer.param_groups
            for p in group["params"]
        }
        copies = []
        if not models:
            models, copies = _find_models(self.groups)
        self.roots = [_unwrap(model) for model in models]
        self.add_models(self.roots)
        self.add_rest()
        for copy in copies:
            if self.looks_alike(copy):
                self.notes.append(
                    "%s, beside the model, has parameters of its own, which no optimizer "
                    "trains: a copy such as an average is not changed" % type(copy).__name__
                )

    def add_models(self, models):
        walks = [list(_walk(model)) for model in models]
        names = [name for walk in walks for name, *_ in walk]
        clash = len(set(names)) < len(names) if len(walks) > 1 else False
        firsts = {}
        for k, (model, walk) in enumerate(zip(models, walks)):
            prefix = ""
            if clash:
                same = [m for m in models[:k] if type(m) is type(model)]
                prefix = type(model).__name__ + (str(len(same) + 1) if same else "") + "."
            for name, module, key, tensor in walk:
                self.add(prefix + name, module, key, tensor, firsts)

    def add(self, name, module, key, tensor, firsts):
        if name in self.tensors:
            return
        self.tensors[name] = tensor
        self.owners[name] = (module, key)
        if id(tensor) in firsts:
            self.tied[name] = firsts[id(tensor)]
            return
        firsts[id(tensor)] = name
        if isinstance(tensor, torch.nn.Parameter):
            self.parameters[name] = tensor

    def add_rest(self):
        """What an optimizer has and no module owns."""
        named = {id(p) for p in self.tensors.values()}
        for k, optimizer in enumerate(self.optimizers):
            for g, group in enumerate(optimizer.param_groups):
                for i, p in enumerate(group["params"]):
                    if id(p) not in named:
                        start = "optimizer%d." % k if len(self.optimizers) > 1 else ""
                        name = "%sgroup%d.%d" % (start, g, i)
                        self.parameters[name] = self.tensors[name] = p
                        self.owners[name] = (None, None)

    def looks_alike(self, model):
        own = sorted(tuple(p.shape) for p in self.parameters.values())
        return sorted(tuple(p.shape) for p in model.parameters()) == own

    def group_of(self, parameter):
        return self.groups.get(id(parameter), (None, {}))[1]

    def optimizer_of(self, parameter):
        k = self.groups.get(id(parameter), (None, {}))[0]
        return None if k is None else self.optimizers[k]

    def describe(self):
        return [self.describe_tensor(name, tensor) for name, tensor in self.tensors.items()]

    def describe_tensor(self, name, tensor):
        first = self.tied.get(name)
        facts = {
            "name": name,
            "shape": list(tensor.shape),
            "dtype": str(tensor.dtype).replace("torch.", ""),
            "kind": "parameter" if (first or name) in self.parameters else "buffer",
            "trained": id(tensor) in self.groups and tensor.requires_grad,
        }
        if first:
            facts["tied"] = first
        if id(tensor) in self.groups:
            facts["optimizer"] = self.groups[id(tensor)][0]
        return facts


# --- What becomes of the optimizer's memory -------------------------------------------


def _zero_memory(optimizer, parameter, index):
    """As if the parameter, or a part of it, had never been trained.

    Returns what puts it back.
    """
    state = optimizer.state
    if type(optimizer).__name__ == "LBFGS":
        raise Refusal(
            "LBFGS keeps one memory for all parameters together: zero it by memory=zero-all"
        )
    if parameter not in state:
        return lambda: state.pop(parameter, None)
    kept = {k: v.clone() if torch.is_tensor(v) else v for k, v in state[parameter].items()}
    if type(optimizer).__name__ == "Adagrad" or index is not None:
        _zero_tensors(optimizer, state[parameter], parameter, index)
    else:
        del state[parameter]

    def put_back():
        state[parameter] = kept

    return put_back


def _zero_tensors(optimizer, state, parameter, index):
    first = optimizer.defaults.get("initial_accumulator_value", 0)
    for key, value in state.items():
        if torch.is_tensor(value) and value.shape == parameter.shape:
            if index is None:
                value.fill_(first)
            else:
                matrix = _matrix(value)
                matrix[index] = first
                if matrix.data_ptr() != value.data_ptr():
                    value.copy_(matrix.reshape(value.shape))
        elif key == "step" and index is None:
            state[key] = torch.zeros_like(value) if torch.is_tensor(value) else 0


def _zero_all_memory(optimizers):
    put_back = []
    for optimizer in optimizers:
        if type(optimizer).__name__ == "LBFGS":
            kept = dict(optimizer.state)
            put_back.append(functools.partial(_restore_state, optimizer, kept))
            optimizer.state.clear()
            continue
        for group in optimizer.param_groups:
            put_back += [_zero_memory(optimizer, p, None) for p in group["params"]]
    return put_back


def _restore_state(optimizer, kept):
    optimizer.state.clear()
    optimizer.state.update(kept)


# --- Nudges ---------------------------------------------------------------------------


def _shown(number):
    """JSON has no infinity, and nothing that is not a number."""
    return number if math.isfinite(number) else str(number)


def _bytes_of(tensor):
    """A view of its bytes; the tensor must outlive it."""
    n = tensor.numel() * tensor.element_size()
    if n == 0:
        return memoryview(b"")
    return memoryview((ctypes.c_char * n).from_address(tensor.data_ptr())).cast("B")


def _all_bytes_of(tensors):
    return [_bytes_of(tensor) for tensor in tensors]


def _plain(tensor):
    """In memory as it is in a file."""
    return _dense(_local(tensor.detach())).cpu().contiguous()


def _hash(tensor):
    plain = _plain(tensor)
    return hashlib.sha256(_bytes_of(plain)).hexdigest()


def _bits(tensor):
    """Its bytes as whole numbers, one for each value."""
    return tensor.view({1: torch.uint8, 2: torch.int16, 4: torch.int32}.get(
        tensor.element_size(), torch.int64))


def _receipt(name, before, after):
    """Of one parameter: what has become of it, in the words of `nudge edit`."""
    old, new = _plain(before).flatten(), _plain(after).flatten()
    change = (new.double() - old.double()).abs()
    at = int(change.argmax()) if len(change) else 0
    row_length = max(1, before.numel() // max(1, before.shape[0] if before.dim() else 1))
    where = [at // row_length, at % row_length][: min(before.dim(), 2)]
    return {
        "name": name,
        "type": str(before.dtype).replace("torch.", ""),
        "shape": str(tuple(before.shape)),
        "values": old.numel(),
        "changed": int((_bits(old) != _bits(new)).sum()),
        "norm": _shown(float(torch.norm(change))),
        "largest": _shown(float(change[at]) if len(change) else 0.0),
        "largest_at": "%s[%s]" % (name, ",".join(map(str, where))),
        "sha256_before": _hash(old),
        "sha256_after": _hash(new),
    }


class _Changed:
    """A parameter as it was just before a nudge, and its version before and behind."""

    def __init__(self, name, parameter, before):
        self.name = name
        self.parameter = parameter
        self.before = before
        self.version_before = parameter._version
        self.version = None


class _Past:
    """A nudge that can be taken back."""

    def __init__(self, text, section):
        self.text = text
        self.section = section
        self.values = []  # [_Changed]
        self.put_back = []
        self.slow = []

    def is_newest(self):
        """Whether nothing else has touched what it changed."""
        return all(one.parameter._version == one.version for one in self.values)

    def follow(self, taken_back):
        """Values that another nudge has changed and then put back are this one's again."""
        earlier = {id(one.parameter): one.version_before for one in taken_back.values}
        for one in self.values:
            if earlier.get(id(one.parameter)) == one.version:
                one.version = one.parameter._version


class _Nudge:
    """One command to change weights."""

    def __init__(self, watcher, command):
        self.watcher = watcher
        self.text = str(command.get("text", ""))
        self.amount = _number(command.get("amount", 0.0))
        self.seed = int(_number(command.get("seed", 0)))
        self.skips = command.get("skip") is True
        self.memory = command.get("memory", "keep")
        self.targets = command.get("targets")
        self.operations = _check_operations(command.get("operations"))
        self.when = _check_when(command.get("when"))
        self.needs_before = any(o[0] == "before" for o in self.operations)
        self.generator = torch.Generator()
        self.places = []
        self.global_ranks = None
        self.times = 0  # that it was done
        self.newest_step = None  # in which it was done, if it stands
        if self.memory not in ("keep", "zero", "zero-all"):
            raise Refusal("what becomes of the memory is keep, zero or zero-all")
        if not isinstance(self.targets, list) or not self.targets:
            raise Refusal("no target is named")

    def bind(self):
        self.places = []
        for target in self.targets:
            name = target.get("parameter") if isinstance(target, dict) else None
            name = self.watcher.names.tied.get(name, name)
            if name not in self.watcher.names.parameters:
                raise Refusal("there is no parameter %s" % name)
            _check_target(target)
            place = _Place(self.watcher, self, name, target)
            if not place.w.is_floating_point():
                raise Refusal("%s holds %s: nudges change floating-point numbers" % (name, place.w.dtype))
            self.check_shards(place)
            self.places.append(place)
        self.check_overlap()

    def check_overlap(self):
        """Parts of one parameter have no element in common."""
        taken = {}
        for place in self.places:
            if place.name not in taken:
                taken[place.name] = torch.zeros(place.whole.shape, dtype=torch.bool)
            whole, index = taken[place.name], place.index
            matrix = _matrix(whole)
            if (whole if index is None else matrix[_to_cpu(index)]).any():
                raise Refusal("%s is a target twice: remove one of them" % place.name)
            matrix[... if index is None else _to_cpu(index)] = True

    def check_shards(self, place):
        if not hasattr(place.parameter, "to_local"):
            return
        others = {o[0] for o in self.operations} - ELEMENTWISE
        if others or place.index is not None:
            raise Refusal(
                "%s is sharded over ranks: only elementwise functions of all of it can be "
                "computed, not %s" % (place.name, ", ".join(sorted(others)) or "parts")
            )

    def rank_all(self):
        parts = [place.w.flatten() for place in self.places]
        ranks = _ranks_of(torch.cat(parts)).split([len(part) for part in parts])
        self.global_ranks = {id(p): r for p, r in zip(self.places, ranks)}

    def compute(self):
        """Every new value, before any is stored: [(place, new w, new m)]."""
        self.generator.manual_seed(self.seed + self.times)
        self.global_ranks = None
        results, skipped = [], []
        for place in self.places:
            random = self.generator.get_state()
            try:
                results.append(self.compute_one(place))
            except Refusal as refusal:
                if not self.skips:
                    raise
                self.generator.set_state(random)
                skipped.append("%s: %s" % (place.name, refusal))
        return results, skipped

    def compute_one(self, place):
        evaluation = _Evaluation(place, self.operations)
        try:
            evaluation.run()
        except (ArithmeticError, ValueError) as error:
            raise Refusal(str(error)) from error
        for value, set_ in ((evaluation.w, evaluation.sets_w), (evaluation.m, evaluation.sets_m)):
            if set_:
                _check_finite(place, value)
        return (
            place,
            evaluation.w if evaluation.sets_w else None,
            evaluation.m if evaluation.sets_m else None,
        )

    def apply(self):
        """All or nothing. Returns what the reply says, but for the receipt."""
        self.bind()
        results, skipped = self.compute()
        past = _Past(self.text, self.watcher.sections)
        if self.memory == "zero":
            self.check_memory(results)
        whole = {}
        for place, w, m in results:
            if w is not None:
                if place.name not in whole:
                    whole[place.name] = (place, place.whole.clone())
                place.put(whole[place.name][1], w)
            if m is not None:
                self.set_slow(past, place, m)
        self.store(past, whole)
        self.zero(past, results)
        self.watcher.past.append(past)
        self.times += 1
        return past, [one.name for one in past.values], skipped

    def check_memory(self, results):
        for place, *_ in results:
            optimizer = self.watcher.names.optimizer_of(place.parameter)
            if type(optimizer).__name__ == "LBFGS":
                raise Refusal(
                    "LBFGS keeps one memory for all parameters together: memory=zero-all"
                )

    def set_slow(self, past, place, m):
        slow = self.watcher.slow
        old = slow.get(place.parameter)
        past.slow.append((place.parameter, old))
        new = (place.whole if old is None else old).clone()
        slow[place.parameter] = place.put(new, m)

    def store(self, past, whole):
        for name, (place, new) in whole.items():
            changed = _Changed(name, place.parameter, place.whole.clone())
            # Through the parameter itself, so that its version counts the change.
            _local(place.parameter).copy_(new)
            changed.version = place.parameter._version
            past.values.append(changed)

    def zero(self, past, results):
        names = self.watcher.names
        if self.memory == "zero-all":
            past.put_back += _zero_all_memory(names.optimizers)
        elif self.memory == "zero":
            for place, *_ in results:
                optimizer = names.optimizer_of(place.parameter)
                if optimizer is not None:
                    past.put_back.append(
                        _zero_memory(optimizer, place.parameter, place.index)
                    )

    def is_due(self, step):
        """Once in a step, whatever the number of its optimizers."""
        if step == self.newest_step:
            return False
        if "at" in self.when:
            return step in self.when["at"]
        every, first, last = (self.when.get(k, 0) for k in ("every", "from", "to"))
        return step % max(every, 1) == 0 and first <= step and (not last or step <= last)

    def is_over(self, step):
        last = max(self.when["at"]) if "at" in self.when else self.when.get("to", 0)
        return bool(last) and step >= last


def _check_finite(place, value):
    finite = torch.isfinite(value)
    if bool(finite.all()):
        return
    index = (~finite).nonzero()[0].tolist()
    bad = value[tuple(index)].item()
    raise Refusal(
        "%s %s would become %s, from %.9g; no weight was changed"
        % (
            place.name,
            index,
            "not a number" if math.isnan(bad) else "infinite",
            place.w[tuple(index)].item(),
        )
    )


def _number(value):
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise Refusal("a number was expected")
    return float(value) if isinstance(value, float) else value


def _check_operations(operations):
    if not isinstance(operations, list) or not 0 < len(operations) <= MOST_OPERATIONS:
        raise Refusal("there is no list of operations, or it is too long")
    for operation in operations:
        if not isinstance(operation, list) or not operation or operation[0] not in KNOWN:
            raise Refusal("an operation is not known: %.60s" % json.dumps(operation))
        if operation[0] == "number":
            operation[1:] = [float(_number(operation[1] if len(operation) > 1 else None))]
        for value in operation[1:]:
            if value is not None and not isinstance(value, (bool, int, float)):
                raise Refusal("an operation is not well formed: %.60s" % json.dumps(operation))
    return operations


def _check_when(when):
    if when is None:
        return None
    if not isinstance(when, dict):
        raise Refusal("when is not an object")
    at = when.get("at", [0])
    numbers = [when.get(key, 0) for key in ("every", "from", "to")]
    if not isinstance(at, list) or not at or not all(
        isinstance(n, int) and 0 <= n for n in numbers + at
    ):
        raise Refusal("when has numbers that are none")
    return when


def _check_target(target):
    if "columns" in target and "rows" not in target:
        raise Refusal("a target has columns and no rows")
    for key, n in (("rows", 3), ("columns", 3)):
        numbers = target.get(key, [0] * n)
        if not isinstance(numbers, list) or len(numbers) != n or not all(
            isinstance(number, int) and number >= 0 for number in numbers
        ):
            raise Refusal("a target's %s are not well formed" % key)
    for edge in target.get("edges", []):
        if not isinstance(edge, list) or len(edge) != 2 or not all(
            isinstance(number, int) and number >= 0 for number in edge
        ):
            raise Refusal("a target's edges are not well formed")


# --- The wire -------------------------------------------------------------------------


def _folder():
    """The user's own folder for sockets, made if need be."""
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    usable = runtime and os.path.isabs(runtime) and os.path.isdir(runtime)
    folder = os.path.join(runtime, "nudge") if usable else "/tmp/nudge-%d" % os.getuid()
    with contextlib.suppress(FileExistsError):
        os.mkdir(folder, 0o700)
    status = os.lstat(folder)
    if status.st_uid != os.getuid() or (status.st_mode & 0o170777) != 0o040700:
        raise OSError("%s is not a folder that only this user may enter" % folder)
    return folder


def _peer_is_us(connection):
    credentials = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
    return struct.unpack("3i", credentials)[1] == os.getuid()


def _read_exactly(connection, n):
    data = bytearray()
    while len(data) < n:
        more = connection.recv(min(n - len(data), 1 << 16))
        if not more:
            raise EOFError
        data += more
    return bytes(data)


_ENCODER = json.JSONEncoder(allow_nan=False)


def _to_json(head):
    return _ENCODER.encode(head).encode()


def _message(text, parts):
    """What is sent of one: the JSON and the tensors' bytes, behind their header."""
    head = HEADER.pack(MAGIC, len(text), sum(map(len, parts))) + text
    return collections.deque([memoryview(head), *(part for part in parts if len(part))])


def _send_some(connection, parts, flags=0):
    """Many parts at once, as each call lets go of the interpreter and has to get it back."""
    n = connection.sendmsg(list(itertools.islice(parts, MOST_PARTS)), (), flags)
    while parts and n >= len(parts[0]):
        n -= len(parts.popleft())
    if n:
        parts[0] = parts[0][n:]


def _send_all(connection, parts):
    while parts:
        _send_some(connection, parts)


class _Gate:
    """What threads call that may be in the middle of something when the job ends.

    Python stops a thread where it next wants to run; in C++, which PyTorch and the store are,
    that would abort the process, as "terminate called without an active exception". So no
    call is under way once this is closed, and none begins.
    """

    def __init__(self):
        self.lock = threading.Lock()
        self.open = True
        self.pid = os.getpid()
        atexit.register(self.close)

    def call(self, function, *arguments):
        with self.lock:
            if not self.open:
                raise RuntimeError("the job has ended")
            return function(*arguments)

    def close(self):
        if os.getpid() == self.pid:  # in a child the lock may be a thread's that is not there
            with self.lock:
                self.open = False


class _Connection:
    """One Nudge: a thread that reads from it, and one that writes to it."""

    def __init__(self, watcher, sock):
        self.watcher = watcher
        self.socket = sock
        self.open = True
        self.waiting = threading.BoundedSemaphore(MOST_WAITING)
        self.out = collections.deque()
        self.has_out = threading.Semaphore(0)
        self.lock = threading.Lock()  # of the next line; no call waits with it
        self.unsent = 0  # messages that the writer has not sent yet
        self.look = None
        self.next_look = 0.0
        self.shown = None  # what there was at its newest frame
        self.looking = False  # a frame is on its way
        self.sending = 0.0  # seconds of a processor that sending the newest took the writer
        self.told = -1  # the newest step whose loss it knows
        self.threads = [threading.Thread(target=work, name="nudge_attach", daemon=True)
                        for work in (self.read, self.write)]
        for thread in self.threads:
            thread.start()

    def read(self):
        with contextlib.suppress(Exception):
            while self.open:
                magic, n, n_bytes = HEADER.unpack(_read_exactly(self.socket, HEADER.size))
                if magic != MAGIC or n > MOST_TEXT or n_bytes != 0:
                    break
                request = json.loads(_read_exactly(self.socket, n))
                if not isinstance(request, dict):
                    break
                # What asks faster than it is answered waits here, and in its own send.
                self.waiting.acquire()
                self.watcher.take(self, request)
        self.close()

    def write(self):
        with contextlib.suppress(Exception):
            while self.open:
                self.has_out.acquire()
                find, done = self.out.popleft()
                start = time.thread_time()
                _send_all(self.socket, find())
                with self.lock:
                    self.unsent -= 1
                if done:
                    done(time.thread_time() - start)
        self.close()

    def leave_to_writer(self, find, done=None):
        """With the lock.

        find: returns the parts of a message, on the writer's thread
        done: called there with the seconds of a processor that it took
        """
        self.unsent += 1
        self.out.append((find, done))
        self.has_out.release()

    def send(self, head, tensors=()):
        """Never waits.

        head: or a function that finds it, on the writer's thread
        """

        def find():
            text = _to_json(head() if callable(head) else head)
            return _message(text, self.watcher.torch.call(_all_bytes_of, tensors) if tensors else [])

        if len(self.out) >= MOST_ANSWERS:
            self.close()
        elif self.open:
            with self.lock:
                self.leave_to_writer(find)

    def show(self, text, parts):
        """A frame, which never waits either. Where the other end keeps up, no thread is woken for it."""
        parts = _message(text, parts)
        with self.lock:
            try:
                if not self.unsent:
                    _send_some(self.socket, parts, socket.MSG_DONTWAIT)
            except BlockingIOError:
                pass
            except OSError:
                return  # the reader finds out as well
            if parts:
                self.looking = True
                self.leave_to_writer(lambda: parts, self.has_shown)

    def free(self):
        """Another request may be read."""
        with contextlib.suppress(ValueError):
            self.waiting.release()

    def be_next(self, now):
        """The next frame is due so long behind the time at which this one was, if that can be."""
        late = now - self.next_look
        self.next_look = now + self.look.seconds - (late if late < self.look.seconds else 0.0)

    def has_shown(self, seconds):
        """The newest frame is sent, and there may be another."""
        self.sending = seconds
        self.looking = False
        self.watcher.may_show = True
        if self.watcher.paused:
            self.watcher.wake.set()

    def answer(self, request, head, tensors=()):
        self.send({"id": request.get("id"), "ok": True, **head}, tensors)

    def refuse(self, request, why):
        self.send({"id": request.get("id"), "ok": False, "error": str(why)[:1000]})

    def end(self, deadline):
        """As the job ends: what is on its way is sent, as long as the other end takes it."""
        while self.open and self.unsent and time.monotonic() < deadline:
            time.sleep(0.001)
        self.close()
        for thread in self.threads:
            thread.join(max(0.0, deadline + ENDING - time.monotonic()))

    def close(self):
        if not self.open:
            return
        self.open = False
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)
        self.has_out.release()
        self.watcher.lose(self)
        self.socket.close()


class _Listener:
    """The job's socket, and the thread that waits at it."""

    def __init__(self, watcher):
        self.watcher = watcher
        self.path = os.path.join(_folder(), "%d.sock" % os.getpid())
        self.socket = socket.socket(socket.AF_UNIX)
        new = self.path + ".new"
        with contextlib.suppress(FileNotFoundError):
            os.unlink(new)
        os.fchmod(self.socket.fileno(), 0o600)
        self.socket.bind(new)
        os.chmod(new, 0o600)
        self.socket.listen(MOST_CONNECTIONS)
        os.rename(new, self.path)  # who sees it can connect
        self.thread = threading.Thread(target=self.accept, name="nudge_attach", daemon=True)
        self.thread.start()

    def accept(self):
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            with contextlib.suppress(OSError):
                if _peer_is_us(connection) and len(self.watcher.connections) < MOST_CONNECTIONS:
                    self.watcher.welcome(connection)
                else:
                    connection.close()

    def end(self):
        with contextlib.suppress(OSError):
            os.unlink(self.path)
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)  # which accept () returns at
        self.thread.join(ENDING)
        self.socket.close()


# --- What is watched ------------------------------------------------------------------


class _Record:
    """How often one optimizer has stepped."""

    __slots__ = ("n",)

    def __init__(self):
        self.n = 0


# What only a step before which the values were kept has.
CHANGES = ("change", "optimizer change", "nudge change")

# Written out, as to have it written takes twice as long, after each of some steps.
FRAME = '{"event": "frame", "step": %d, "backwards": %d, "paused": %s, "loss": %s, "losses": [%s]'


def _to_text(loss):
    return "null" if loss is None else '"%s"' % loss if isinstance(loss, str) else repr(loss)


class Watcher:
    """All of a process: optimizers, connections, and what is to be done to them.

    The training thread runs section () after an optimizer's step; other threads only put
    requests into its queue and take what it has copied for them.
    """

    def __init__(self):
        self.attention = True  # whether a step has to look into anything at all
        self.only_looked_at = False  # whether there is nothing to be done but frames
        self.hears = False  # whether losses are wanted
        self.step = 0
        self.sections = 0
        self.done = 0  # requests and standing nudges
        self.optimizers = []
        self.models = []
        self.found = None
        self.lock = threading.RLock()
        self.torch = None  # a gate, for threads
        self.wake = threading.Event()
        self.queue = collections.deque()
        self.connections = []
        self.listener = None
        self.ranks = None
        self.started = False
        self.loss = None
        self.losses = collections.deque(maxlen=MOST_LOSSES)  # (step, loss), for frames
        self.started_at = time.time()
        self.backwards = 0
        self.rest_until = 0.0  # when frames have taken no more of the time than they may
        self.may_show = False  # whether when the next frame is due has to be found out
        self.next_frame = math.inf  # when it is, if not
        self.paused = False
        self.pauser = None  # whose pause it is, if it ends with the connection
        self.stop_at = math.inf  # the step after which the job pauses
        self.stepping = []  # (connection, request) to be answered when it has been done
        self.standing = {}
        self.next_standing = 1
        self.keeps_before = False
        self.before = {}  # parameter: (the step, its values before its optimizer took that)
        self.initial = {}
        self.slow = {}
        self.past = collections.deque(maxlen=MOST_PAST)
        self.changed = []  # what the newest nudge has made
        self.agreed = {}  # section: [what the ranks have agreed to do there]

    # What there is.

    def add(self, optimizer, keep_initial=False):
        if any(optimizer is other for other in self.optimizers):
            return
        self.optimizers.append(optimizer)
        self.found = None
        _wrap_step(self, optimizer, _Record())
        if keep_initial:
            self.keep_initial(optimizer)

    def pause_first(self):
        """After the first step, whose loss is wanted."""
        self.paused = self.hears = True

    def keep_initial(self, optimizer):
        for group in optimizer.param_groups:
            for p in group["params"]:
                self.initial.setdefault(p, _local(p.detach()).clone())

    @property
    def names(self):
        if self.found is None:
            self.found = _Names(self.optimizers, self.models)
        return self.found

    def look_for_more(self):
        """A group of parameters may have been added, as where a layer is trained from now on."""
        if self.found is not None and self.found.trained != _trained_by(self.optimizers):
            self.found = None

    def facts(self):
        """What a connection is told before it asks."""
        return {
            "nudge_attach": VERSION,
            "pid": os.getpid(),
            "script": os.path.basename(sys.argv[0] if sys.argv else ""),
            "step": self.step,
            "paused": self.paused,
            "ranks": self.ranks.size if self.ranks else 1,
            "torch": torch.__version__,
            "started": self.started_at,
        }

    # Other threads.

    def start(self):
        self.started = True
        self.pid = os.getpid()
        self.torch = _Gate()
        self.ranks = _find_ranks(self)
        if self.ranks is None or self.ranks.rank == 0:
            try:
                self.listener = _Listener(self)
            except OSError as error:
                print("nudge_attach: not listening: %s" % error, file=sys.stderr)
                self.go_on()  # nobody else could say so
                if self.ranks:
                    self.ranks.ask(None, {"do": "continue"})
        os.register_at_fork(after_in_child=self.forget)
        atexit.register(self.end)  # which comes before the gates' closing, as they are older
        self.settle()

    def end(self):
        """As the job ends: it shows its last state, and leaves no thread behind that runs."""
        if os.getpid() != self.pid:
            return  # a child that was forked has none of the threads
        if self.listener:
            self.listener.end()
        if self.ranks:
            self.ranks.leave()
        with contextlib.suppress(Exception), torch.no_grad():
            self.show_last()
        deadline = time.monotonic() + ENDING
        for connection in list(self.connections):
            connection.end(deadline)
        if self.ranks:
            self.ranks.end()

    def show_last(self):
        for connection in list(self.connections):
            if self.wants_frame(connection):
                self.send_frame(connection)

    def forget(self):
        """In a child, such as a loader of data: what is here is the parent's."""
        self.attention = self.hears = self.keeps_before = False
        self.started = True
        for connection in self.connections:
            connection.socket.close()
        if self.listener:
            self.listener.socket.close()

    def welcome(self, sock):
        with self.lock:
            connection = _Connection(self, sock)
            self.connections.append(connection)
            connection.send(self.facts())
            self.settle()

    def lose(self, connection):
        with self.lock:
            if connection in self.connections:
                self.connections.remove(connection)
            if self.pauser is connection and self.ranks:
                self.pauser = None
                self.ranks.ask(None, {"do": "continue"})
            elif self.pauser is connection:
                self.go_on()
            self.settle()
        self.wake.set()

    def ranks_are_gone(self):
        self.agreed = {}
        if self.ranks and self.ranks.rank > 0:
            self.go_on()
        self.settle()

    def settle(self):
        """Finds out whether steps have to look into anything."""
        with self.lock:
            self.hears = bool(self.connections)
            busy = bool(
                not self.started
                or self.queue
                or self.standing
                or self.agreed
                or self.paused
                or self.stop_at < math.inf
                or (self.ranks and self.ranks.gate)
            )
            self.only_looked_at = not busy
            self.attention = busy or bool(self.connections)

    def take(self, connection, request):
        """On the connection's thread."""
        if self.ranks and request.get("do") in AGREED + TOLD:
            self.ranks.ask(connection, request)
        else:
            self.queue.append((connection, request))
        self.settle()
        self.wake.set()

    # The training thread.

    def hear(self, tensors):
        """A backward pass begins at these: the first is the loss. Waits for no device."""
        first = tensors if torch.is_tensor(tensors) else next(iter(tensors), None)
        if torch.is_tensor(first) and first.numel() == 1:
            self.loss = first.detach()
        self.backwards += 1

    def get_loss(self):
        if self.loss is None:
            return None
        return _shown(self.loss.item())

    def note_loss(self):
        """That of this step, as long as a Nudge is connected. Waits for no device."""
        if self.hears and self.loss is not None:
            self.losses.append((self.step, self.loss))

    def take_losses(self, connection):
        """JSON: [step, loss], ... of the steps since the connection's last frame."""
        new, oldest = {}, math.inf
        for step, loss in reversed(self.losses):
            # Those that another one has seen, before a gap, are no part of it.
            if step <= connection.told or step < oldest - 1 < math.inf:
                break
            oldest = step
            new.setdefault(step, loss)  # with several optimizers, the last one's
        connection.told = max([connection.told, *new])
        return ", ".join("[%d, %s]" % (step, _to_text(_shown(loss.item())))
                         for step, loss in reversed(new.items()))

    def section(self):
        """After a step, without gradients."""
        if not self.started:
            self.start()
        self.note_loss()
        if not self.only_looked_at:
            self.do_all()
        elif self.may_show or time.monotonic() >= self.next_frame:
            with torch.no_grad():
                self.show()
        self.backwards = 0

    def do_all(self):
        with torch.no_grad():
            self.repeat()
            self.do_agreed()
            self.count_steps()
            self.do_queue()
            self.show()
            if self.paused:
                self.settle_before()
            while self.paused:
                self.wake.wait(self.time_to_frame())
                self.wake.clear()
                self.do_agreed()
                self.do_queue()
                self.show()
                if not self.paused:
                    self.do_agreed()  # what was agreed on meanwhile

    def count_steps(self):
        if self.step < self.stop_at:
            return
        self.stop_at = math.inf
        self.paused = True
        for connection, request in self.stepping:
            connection.answer(request, {"step": self.step, "loss": self.get_loss()})
        self.stepping = []
        self.settle()

    def repeat(self):
        over = []
        for key, nudge in list(self.standing.items()):
            if nudge.is_due(self.step):
                self.apply_standing(key, nudge)
            if nudge.is_over(self.step):
                over.append(self.standing.pop(key))
        if over:
            self.tell_standing()
        self.settle_before()

    def apply_standing(self, key, nudge):
        event = {"event": "nudge", "standing": key, "step": self.step}
        nudge.newest_step = self.step
        self.done += 1
        try:
            self.apply(nudge)
        except Exception as error:  # whatever it is, the job goes on
            event["error"] = str(error)[:1000]
        event["times"] = nudge.times
        self.tell(event)

    def tell(self, event, but=None):
        """All connections but one, which knows it from a reply, of what was done."""
        for connection in list(self.connections):
            if connection is not but and len(connection.out) < MOST_ANSWERS // 2:
                connection.send(event)

    def list_standing(self):
        """Those that repeat, by their names and in their order."""
        return {"standing": {key: nudge.text for key, nudge in self.standing.items()},
                "times": {key: nudge.times for key, nudge in self.standing.items()}}

    def tell_standing(self):
        """All connections: the list has changed. To none is this left out, as the next one may never come."""
        for connection in list(self.connections):
            connection.send({"event": "standing", "step": self.step, **self.list_standing()})

    def settle_before(self):
        stands = any(nudge.needs_before for nudge in self.standing.values())
        watched = [c.look for c in list(self.connections) if c.look and c.look.needs_before]
        self.keeps_before = stands or any(look.awaits_change or self.paused for look in watched)
        if not stands and not watched:
            self.before = {}

    def keep_before(self, optimizer, step):
        start = time.monotonic()
        for group in optimizer.param_groups:
            for p in group["params"]:
                now, (_, kept) = _local(p.detach()), self.before.get(p, (None, None))
                fits = kept is not None and kept.shape == now.shape and kept.dtype == now.dtype
                self.before[p] = step, kept.copy_(now) if fits else now.clone()
        self.rest(time.monotonic() - start)

    def change_of(self, kind, p):
        """By the newest step, or the optimizer's or the nudges' part of it; None: not known."""
        step, before = self.before.get(p, (None, None))
        if step != self.step:
            return None
        now = _local(p.detach())
        nudged = [one.before for past in self.past if past.section == self.sections
                  for one in past.values if one.parameter is p]
        between = nudged[0] if nudged else now
        if kind == "change":
            return now - before
        return between - before if kind == "optimizer change" else now - between

    def find_kind(self, kind, p):
        """What there is of a tensor besides itself, of its shape; None if there is none now."""
        if kind == "gradients":
            return p.grad
        if kind in CHANGES:
            return self.change_of(kind, p)
        if kind == "since start":
            first = self.initial.get(p)
            return None if first is None else _local(p.detach()) - first
        if kind == "slow":
            return self.slow.get(p)
        optimizer = self.names.optimizer_of(p)
        state = optimizer.state.get(p, {}).get(kind) if optimizer else None
        return state if torch.is_tensor(state) and state.shape == p.shape else None

    def do_agreed(self):
        if not self.ranks:
            return
        self.ranks.wait()
        for connection, request, key in self.agreed.pop(self.sections, ()):
            self.changed = []
            error = self.do(connection, request)
            self.ranks.report(key, error, self.changed)
            self.settle()

    def do_queue(self):
        while self.queue:
            connection, request = self.queue.popleft()
            if connection:
                connection.free()
            if connection is None or connection.open:
                self.do(connection, request)
        self.settle()

    def do(self, connection, request):
        self.done += 1
        self.look_for_more()
        try:
            known = REQUESTS.get(request.get("do"))
            if known is None:
                raise Refusal("not understood: %.60s" % request.get("do"))
            known(self, connection, request)
        except Exception as error:  # whatever it is, the job goes on
            why = str(error) or type(error).__name__
            if connection:
                connection.refuse(request, why)
            return why
        return None

    def show(self):
        """Frames, where they are due; and finds out when the next one is."""
        self.may_show = False  # before it is found out, as other threads set it
        start, cpu = time.monotonic(), time.thread_time()
        now, sent = start, False
        for connection in list(self.connections):
            if connection.looking:
                continue
            self.rest(connection.sending)
            connection.sending = 0.0
            if self.wants_frame(connection) and now >= self.frame_time(connection):
                if self.awaits_change(connection.look):
                    continue
                connection.be_next(now)
                self.send_frame(connection)
                sent = True
        if sent:
            # Where others keep the job off the processor, that is not the frame's doing; but
            # what it takes there is then more of what the job gets.
            cpu = time.thread_time() - cpu
            self.rest(min(time.monotonic() - start, MOST_CONTENTION * cpu))
        self.next_frame = self.find_next_frame()

    def awaits_change(self, look):
        """Whether its frame comes after the next step, before which the values are kept."""
        if not look.needs_before or self.paused:
            return False
        look.awaits_change = not look.awaits_change
        self.settle_before()
        return look.awaits_change

    def rest(self, seconds):
        """Frames have taken so long, and have to be but a small part of the time."""
        if seconds > 0 and not self.paused:
            self.rest_until = max(self.rest_until, time.monotonic()) + seconds / FRAMES_SHARE

    def state(self):
        """Is another one if there may be something to be seen that there was not."""
        return (self.sections, self.done, self.paused)

    def wants_frame(self, connection):
        return connection.look and not connection.looking and connection.shown != self.state()

    def frame_time(self, connection):
        rested = -math.inf if self.paused else self.rest_until - FRAMES_OWE
        return max(connection.next_look, rested)

    def find_next_frame(self):
        """The next section will have another state; in a pause, it takes a request to have one."""
        waiting = [c for c in list(self.connections)
                   if (self.wants_frame(c) if self.paused else c.look and not c.looking)]
        return min(map(self.frame_time, waiting), default=math.inf)

    def time_to_frame(self):
        """Seconds that a pause may sleep."""
        return max(0.0, min(1.0, self.next_frame - time.monotonic()))

    def send_frame(self, connection):
        connection.shown = self.state()
        try:
            head = FRAME % (self.step, self.backwards, "true" if self.paused else "false",
                            _to_text(self.get_loss()), self.take_losses(connection))
            text, parts = connection.look.take(self, head)
        except Exception as error:  # whatever it is, the job goes on
            connection.look = None
            connection.send({"event": "look", "error": str(error)[:1000]})
            return
        connection.show(text, parts)

    # What can be asked.

    def describe(self, connection, request):
        names = self.names
        connection.answer(
            request,
            {
                **self.facts(),
                "loss": self.get_loss(),
                "backwards": self.backwards,
                "tensors": names.describe(),
                "modules": _describe_modules(names.roots),
                "sequence": len(names.roots) == 1 and _is_sequence(names.roots[0]),
                "optimizers": [
                    {
                        "type": type(o).__name__,
                        "state": _state_of(o),
                        "lr": [_shown(float(g.get("lr", math.nan))) for g in o.param_groups],
                    }
                    for o in self.optimizers
                ],
                **self.list_standing(),
                "notes": names.notes,
            },
        )

    def send_tensors(self, connection, request):
        heads, tensors = [], []
        kind = "gradients" if request.get("gradients") else "tensors"
        for name in request.get("names") or self.names.tensors:
            tensor = self.names.tensors.get(name)
            if tensor is None:
                raise Refusal("there is no tensor %s" % name)
            tensor = tensor.grad if kind == "gradients" else tensor
            if tensor is not None:
                heads.append(_head_of(name, tensor, kind))
                tensors.append(_plain(tensor).clone())
        connection.answer(request, {"step": self.step, "tensors": heads}, tensors)

    def set_look(self, connection, request):
        every = _number(request.get("every_ms", 50))
        look = _Look(request, max(10, min(every, 60000)) / 1000)
        connection.look = look if every > 0 else None
        connection.next_look = 0.0
        connection.shown = None
        self.settle_before()
        connection.answer(request, {})

    def apply(self, nudge):
        past, names, skipped = nudge.apply()
        return past, {
            "step": self.step,
            "changed": names,
            "skipped": skipped,
            "seed": nudge.seed,
        }

    def nudge(self, connection, request):
        nudge = _Nudge(self, request)
        if nudge.when is not None:
            self.stand(connection, request, nudge)
            return
        past, head = self.apply(nudge)
        self.tell({"event": "nudge", "text": nudge.text, "step": self.step,
                   "skipped": head["skipped"]}, but=connection)
        pairs = [(one.name, one.before, one.parameter.detach().clone()) for one in past.values]
        self.changed = [after for *_, after in pairs]
        if not connection:
            return
        head = {"id": request.get("id"), "ok": True, "loss": self.get_loss(), **head}

        def find_receipts():
            if request.get("receipt"):
                head["receipt"] = [self.torch.call(_receipt, *pair) for pair in pairs]
            if self.ranks:
                head["others"] = self.ranks.compare(request["key"], [p[2] for p in pairs])
            return head

        connection.send(find_receipts)

    def stand(self, connection, request, nudge):
        if len(self.standing) >= MOST_STANDING:
            raise Refusal("%d nudges repeat already" % MOST_STANDING)
        nudge.bind()
        if nudge.is_over(self.step):
            raise Refusal("it would never be done: the job has taken %d steps" % self.step)
        nudge.newest_step = self.step
        key = str(self.next_standing)
        self.next_standing += 1
        self.put_before(key, nudge, request.get("before"))
        self.settle_before()
        if connection:
            connection.answer(request, {"step": self.step, "standing": key})
        self.tell_standing()

    def put_before(self, key, nudge, other):
        """Into the order in which they are done; before none: the last of them."""
        self.standing.pop(key, None)
        rest = list(self.standing.items())
        k = next((k for k, (each, _) in enumerate(rest) if each == other), len(rest))
        self.standing = dict([*rest[:k], (key, nudge), *rest[k:]])

    def move(self, connection, request):
        key = request.get("standing")
        nudge = self.standing.get(key) if isinstance(key, str) else None
        if nudge is None:
            raise Refusal("there is no repeating nudge %.20s" % key)
        self.put_before(key, nudge, request.get("before"))
        if connection:
            connection.answer(request, {"step": self.step, "standing": list(self.standing)})
        self.tell_standing()

    def remove(self, connection, request):
        if self.standing.pop(request.get("standing"), None) is None:
            raise Refusal("there is no repeating nudge %.20s" % request.get("standing"))
        self.settle_before()
        if connection:
            connection.answer(request, {"step": self.step})
        self.tell_standing()

    def take_back(self, connection, request):
        if not self.past:
            raise Refusal("no nudge was made that could be taken back")
        past = self.past.pop()
        exact = past.is_newest()
        for one in past.values:
            _local(one.parameter).copy_(one.before)
        for put_back in past.put_back:
            put_back()
        for parameter, old in past.slow:
            self.slow.pop(parameter, None)
            if old is not None:
                self.slow[parameter] = old
        if self.past and exact:
            self.past[-1].follow(past)
        head = {"step": self.step, "text": past.text, "exact": exact}
        head["sections_since"] = self.sections - past.section
        self.tell({"event": "take back", **head}, but=connection)
        if connection:
            connection.answer(request, head)

    def pause(self, connection, request):
        self.paused = True
        self.pauser = None if request.get("hold", True) else connection
        if connection:
            connection.answer(request, {"step": self.step, "loss": self.get_loss()})

    def go_on(self):
        self.paused = False
        self.pauser = None
        self.settle()
        self.wake.set()

    def continue_(self, connection, request):
        self.go_on()
        if connection:
            connection.answer(request, {"step": self.step})

    def one_step(self, connection, request):
        self.stop_at = self.step + max(1, min(int(_number(request.get("steps", 1))), 1 << 40))
        if connection:
            self.stepping.append((connection, request))
        self.paused = False
        self.settle()


def _state_of(optimizer):
    """What it keeps of each value of the parameters, by the names that it has there."""
    return sorted({
        key
        for p, state in list(optimizer.state.items())
        for key, value in state.items()
        if torch.is_tensor(p) and torch.is_tensor(value) and value.shape == p.shape and p.dim()
    })


REQUESTS = {
    "describe": Watcher.describe,
    "tensors": Watcher.send_tensors,
    "look": Watcher.set_look,
    "nudge": Watcher.nudge,
    "remove": Watcher.remove,
    "move": Watcher.move,
    "take back": Watcher.take_back,
    "pause": Watcher.pause,
    "continue": Watcher.continue_,
    "step": Watcher.one_step,
}

# What ranks do at the same section, and what each does at once.
AGREED = ("nudge", "remove", "move", "take back", "pause")
TOLD = ("continue", "step")


def _head_of(name, tensor, kind):
    return {
        "name": name,
        "kind": kind,
        "dtype": str(tensor.dtype).replace("torch.", ""),
        "shape": list(tensor.shape),
    }


class _Seen:
    """One tensor that is looked at, and its copy, which the next one overwrites: no memory is
    asked for at each frame."""

    def __init__(self, watcher, kind, name, tensor, most):
        self.watcher = watcher
        self.kind = kind
        self.name = name
        self.tensor = tensor
        self.most = most
        self.known = None  # of what the rest is prepared for
        self.part = None  # what is sent of it, if that is not all
        self.source = None  # that part of a tensor; of a gradient there is another at each step
        self.bytes = None  # as they are sent, also when this one is no more …
        self.copy = None  # … of which this is a view
        self.text = None

    def take(self):
        """The bytes of its copy, or None if there is no such tensor now."""
        lasts = self.kind == "tensors"
        tensor = self.tensor if lasts else self.watcher.find_kind(self.kind, self.tensor)
        if tensor is None:
            return None
        tensor = _dense(_local(tensor))
        known = (tensor.shape, tensor.dtype, lasts and (tensor.data_ptr(), tensor.stride()))
        if self.known != known:
            self.prepare(tensor)
            self.known = known
            self.source = self.part_of(tensor).detach() if lasts else None
        self.copy.copy_(self.source if lasts else self.part_of(tensor))
        return self.bytes

    def part_of(self, tensor):
        return tensor[self.part] if self.part else tensor

    def prepare(self, tensor):
        steps = _thin(tensor.shape, self.most)
        thinned = any(step > 1 for step in steps)
        self.part = tuple(slice(None, None, step) for step in steps) if thinned else None
        part = self.part_of(tensor)
        self.bytes = memoryview(bytearray(part.numel() * tensor.element_size()))
        self.copy = torch.frombuffer(self.bytes, dtype=tensor.dtype) if self.bytes else torch.empty(
            0, dtype=tensor.dtype)
        self.copy = self.copy.reshape(part.shape)
        head = _head_of(self.name, part, self.kind)
        if thinned:
            head.update(whole=list(tensor.shape), every=steps)
        self.text = json.dumps(head)


def _thin(shape, most):
    """How far apart, along each dimension, so that there are no more than so many."""
    steps = [1] * len(shape)
    sizes = list(shape)
    while most and math.prod(sizes) > most:
        k = sizes.index(max(sizes))
        steps[k] += 1 + steps[k] // 8
        sizes[k] = -(-shape[k] // steps[k])
    return steps


class _Look:
    """What one connection looks at."""

    def __init__(self, request, seconds):
        self.seconds = seconds
        self.most = int(_number(request.get("most", 0)))
        also = request.get("also", {})
        if not isinstance(also, dict) or len(also) > MOST_KINDS:
            raise Refusal("also is not an object, or it has too much")
        wanted = {"tensors": request.get("tensors", []), "gradients": request.get("gradients", []), **also}
        self.wanted = [(kind, self.check(kind, names)) for kind, names in wanted.items()]
        self.names = None  # those that seen is of
        self.seen = []
        self.needs_before = any(kind in CHANGES and names for kind, names in self.wanted)
        self.awaits_change = False

    def check(self, kind, names):
        if not isinstance(names, list) or not all(isinstance(n, str) for n in names):
            raise Refusal("%s is not a list of names" % kind)
        return names

    def take(self, watcher, head):
        """The frame's JSON, and the bytes of what is looked at."""
        names = watcher.names
        if self.names is not names:
            self.names = names
            self.seen = [
                _Seen(watcher, kind, name, names.tensors[name], self.most)
                for kind, wanted in self.wanted
                for name in wanted
                if name in names.tensors
            ]
        found = [(seen.text, part) for seen in self.seen for part in [seen.take()] if part is not None]
        # What is the same at each frame is not written anew.
        texts = ", ".join(text for text, _ in found)
        return ('%s, "tensors": [%s]}' % (head, texts)).encode(), [part for _, part in found]


# --- Several ranks --------------------------------------------------------------------

POLL = 0.05  # seconds between two looks into the store
POLL_SOON = 0.002  # while ranks wait for each other's word
PATIENCE = 5.0  # seconds until a rank that does not answer is given up


def _find_ranks(watcher):
    """None in a job of one process."""
    distributed = sys.modules.get("torch.distributed")
    if not distributed or not distributed.is_available() or not distributed.is_initialized():
        return None
    if distributed.get_world_size() < 2:
        return None
    store = distributed.distributed_c10d._get_default_store()
    store = distributed.PrefixStore("nudge_attach", store)
    return _Ranks(watcher, distributed.get_rank(), distributed.get_world_size(), store)


class _Store:
    """The job's store, for threads."""

    def __init__(self, store):
        self.store = store
        self.gate = _Gate()

    def add(self, key, n):
        return self.gate.call(self.store.add, key, n)

    def get(self, key):
        return self.gate.call(self.store.get, key)

    def set(self, key, value):
        self.gate.call(self.store.set, key, value)


class _Ranks:
    """How ranks agree on what is done, and after which step.

    Rank 0 is asked. It writes the request into the job's store, where a thread of each rank
    finds it. Each then stops its rank before it leaves the next section, and says which
    section that is; the last of these is where all do it. As it is the threads that answer,
    no rank waits for another's training, and none uses the job's group.
    """

    def __init__(self, watcher, rank, size, store):
        self.watcher = watcher
        self.rank = rank
        self.size = size
        self.store = _Store(store)
        self.gate = None  # what is being agreed on: no section is left meanwhile
        self.decided = threading.Event()
        self.wake = threading.Event()
        self.todo = collections.deque()
        self.seen = 0
        self.thread = threading.Thread(target=self.work, name="nudge_attach", daemon=True)
        self.thread.start()

    def leave(self):
        with contextlib.suppress(Exception):
            self.store.add("ended/%d" % self.rank, 1)

    def end(self):
        self.store.gate.close()
        self.wake.set()  # its next look into the store is its last
        self.thread.join(ENDING)

    def ask(self, connection, request):
        """On a connection's thread, of rank 0."""
        self.todo.append((self.publish, connection, request))
        self.wake.set()

    def report(self, key, error, changed):
        """On the training thread."""
        self.todo.append((self.tell, key, error, changed))
        self.wake.set()

    def wait(self):
        """On the training thread."""
        while self.gate is not None and self.thread.is_alive():
            self.decided.wait(1.0)

    def work(self):
        try:
            while True:
                self.wake.wait(POLL)
                self.wake.clear()
                while self.todo:
                    function, *arguments = self.todo.popleft()
                    function(*arguments)
                if self.rank > 0:
                    self.read()
        except Exception:  # the store is gone, and with it the job or its rank 0
            self.gate = None
            self.decided.set()
            self.watcher.ranks_are_gone()

    def read(self):
        while self.seen < self.store.add("n", 0):
            self.seen += 1
            request = json.loads(self.store.get("request/%d" % self.seen))
            self.handle(None, request)

    def publish(self, connection, request):
        self.seen += 1
        self.store.set("request/%d" % self.seen, json.dumps(request))
        self.store.add("n", 1)
        self.handle(connection, request)

    def handle(self, connection, request):
        request["key"] = self.seen
        if request.get("do") in AGREED:
            self.agree(self.seen, connection, request)
            return
        self.watcher.queue.append((connection, request))
        self.watcher.settle()
        self.watcher.wake.set()

    def agree(self, key, connection, request):
        watcher = self.watcher
        self.decided.clear()
        self.gate = key
        watcher.settle()
        # From here on the training thread comes to its next section, or is paused in one,
        # and waits there.
        section = watcher.sections if watcher.paused else watcher.sections + 1
        self.store.set("%d/at/%d" % (key, self.rank), str(section))
        self.store.add("%d/ready/%d" % (key, self.rank), 1)
        agreed, why = self.decide(key)
        if agreed:
            watcher.agreed.setdefault(agreed, []).append((connection, request, key))
        elif connection:
            connection.refuse(request, why)
        if connection:
            connection.free()
        self.gate = None
        self.decided.set()
        watcher.settle()
        watcher.wake.set()

    def decide(self, key):
        """The section; or 0, and why there is none."""
        if self.rank > 0:
            if self.poll("%d/decided" % key, 2 * PATIENCE):
                return int(self.store.get("%d/section" % key)), None
            return self.settle(key, 0), None
        last, missing = 0, None
        for rank in range(self.size):
            found = self.poll("%d/ready/%d" % (key, rank), PATIENCE, "ended/%d" % rank)
            if found:
                last = max(last, int(self.store.get("%d/at/%d" % (key, rank))))
            elif found is None:
                missing = rank
                break
        if missing is None:
            return self.settle(key, last), "a rank did not wait for the others"
        self.settle(key, 0)
        return 0, "rank %d does not answer; nothing was changed on any" % missing

    def settle(self, key, section):
        """The first rank that comes decides."""
        if self.store.add("%d/first" % key, 1) == 1:
            self.store.set("%d/section" % key, str(section))
            self.store.add("%d/decided" % key, 1)
            return section
        self.poll("%d/decided" % key, PATIENCE)
        return int(self.store.get("%d/section" % key))

    def poll(self, counter, patience, ended=None):
        """True once it is above 0, False if the other one ends first, None after a while."""
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            if self.store.add(counter, 0) > 0:
                return True
            if ended and self.store.add(ended, 0) > 0:
                return False
            time.sleep(POLL_SOON)
        return None

    def tell(self, key, error, changed):
        if self.rank > 0:
            text = "refused: " + error if error else self.watcher.torch.call(_sum_of, changed)
            self.store.set("%d/sum/%d" % (key, self.rank), text)
            self.store.add("%d/summed/%d" % (key, self.rank), 1)

    def compare(self, key, changed):
        """What has become of the other ranks, on the thread that writes the reply."""
        own = self.watcher.torch.call(_sum_of, changed)
        others = []
        for rank in range(1, self.size):
            found = self.poll("%d/summed/%d" % (key, rank), PATIENCE, "ended/%d" % rank)
            if not found:
                others.append("has ended" if found is False else "has not come to this step")
                continue
            text = self.store.get("%d/sum/%d" % (key, rank)).decode()
            others.append("same" if text == own else
                          text if text.startswith("refused") else "differs")
        return others


def _sum_of(tensors):
    return hashlib.sha256("".join(map(_hash, tensors)).encode()).hexdigest()


# --- Beginning ------------------------------------------------------------------------


def _wrap_step(watcher, optimizer, record):
    inner = optimizer.step

    # A method, as schedulers put a function of their own around what is one.
    @functools.wraps(inner)
    def step(self, *args, **kwargs):
        if watcher.keeps_before:
            watcher.keep_before(self, record.n + 1)
        result = inner(*args, **kwargs)
        watcher.sections += 1
        record.n += 1
        if record.n > watcher.step:
            watcher.step = record.n
        if watcher.attention:
            watcher.section()
        return result

    optimizer.step = types.MethodType(step, optimizer)


def _hear_losses(watcher):
    inner = torch.autograd.backward

    @functools.wraps(inner)
    def backward(tensors, *args, **kwargs):
        if watcher.hears:
            tensors = tensors if torch.is_tensor(tensors) else tuple(tensors)
            watcher.hear(tensors)
        return inner(tensors, *args, **kwargs)

    torch.autograd.backward = backward


_watcher = None


def _get_watcher():
    global _watcher
    if _watcher is None:
        _watcher = Watcher()
        _hear_losses(_watcher)
    return _watcher


def watch(model=None, *optimizers, keep_initial=False, pause=False):
    """From now on, Nudge can attach to this job.

    model: a module, several in a list, or None: found by what the optimizers train
    keep_initial: keep a copy of the first values, which w0 is
    pause: wait after the first step until Nudge lets the job go on
    """
    watcher = _get_watcher()
    if pause:
        watcher.pause_first()
    models = [] if model is None else [model] if isinstance(model, torch.nn.Module) else model
    watcher.models += list(models)
    for optimizer in optimizers:
        watcher.add(optimizer, keep_initial)


def _watch_all(keep_initial):
    watcher = _get_watcher()
    inner = torch.optim.Optimizer.__init__

    @functools.wraps(inner)
    def __init__(self, *args, **kwargs):
        inner(self, *args, **kwargs)
        watcher.add(self, keep_initial)

    torch.optim.Optimizer.__init__ = __init__


def main(arguments):
    chosen = set()
    while arguments[:1] and arguments[0] in ("--keep-initial", "--pause"):
        chosen.add(arguments[0])
        arguments = arguments[1:]
    if not arguments or arguments[0].startswith("-"):
        print("usage: python3 -m nudge_attach [--keep-initial] [--pause] SCRIPT ARGUMENTS",
              file=sys.stderr)
        return 2
    _watch_all("--keep-initial" in chosen)
    if "--pause" in chosen:
        _get_watcher().pause_first()
    sys.argv = arguments
    sys.path[0] = os.path.dirname(os.path.abspath(arguments[0]))
    runpy.run_path(arguments[0], run_name="__main__")
    return 0


if __name__ == "__main__":
    import nudge_attach  # the same module that a script would import

    sys.exit(nudge_attach.main(sys.argv[1:]))
